"""Which rows of a chronology count, where some correct or take back others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import pytest

from onestory.platform.history.corrections import Corrections


@dataclass
class Row:
    id: UUID
    known_on: dt.date | None
    supersedes_id: UUID | None = None
    withdrawn: bool = False
    from_the_start: bool = False


def chain(*links: int | None, withdrawn: bool = False, from_the_start: bool = False) -> tuple[list[Row], Corrections]:
    """A chain of corrections known on these days of a month; the flags are the last one's."""
    rows = [
        Row(UUID(int=number), dt.date(2024, 1, known) if known else None, UUID(int=number - 1) if number > 1 else None)
        for number, known in enumerate(links, start=1)
    ]
    rows[-1].withdrawn, rows[-1].from_the_start = withdrawn, from_the_start
    return rows, Corrections(reversed(rows))


@pytest.mark.parametrize(
    ("known", "withdrawn", "from_the_start", "kept"),
    [
        ((1,), False, False, [True]),
        ((1, 2), False, False, [True, True]),
        ((1, 1), False, False, [False, True]),
        ((2, 1), False, False, [False, True]),
        ((1, 2), True, False, [True, True]),
        ((1, 1), True, False, [False, False]),
        ((1, 2), False, True, [False, True]),
        ((1, 2), True, True, [False, False]),
        ((None,), False, False, [True]),
        ((None, None), True, True, [False, False]),
        ((1, None), False, False, [False, True]),
        ((None, 1), False, False, [False, True]),
        ((1, 5, 5), False, False, [True, False, True]),
        ((1, 5, 3), False, False, [True, False, True]),
        ((1, 5, 1), False, False, [False, False, True]),
        ((1, 2, 3), False, False, [True, True, True]),
        ((1, 2, 3), False, True, [False, False, True]),
    ],
)
def test_a_row_is_kept_where_it_stood_on_record_by_itself(
    known: tuple[int | None, ...], withdrawn: bool, from_the_start: bool, kept: list[bool]
) -> None:
    rows, corrections = chain(*known, withdrawn=withdrawn, from_the_start=from_the_start)
    assert [corrections.keeps(row.id) for row in rows] == kept


def test_a_row_takes_the_place_of_the_last_kept_one_before_it() -> None:
    rows, corrections = chain(1, 5, 5)
    assert corrections.supersedes(rows[2]) == rows[0].id
    assert corrections.supersedes(rows[0]) is None
    assert chain(1, 1)[1].supersedes(rows[1]) is None


def test_a_reference_means_the_row_that_stands_for_it() -> None:
    rows, corrections = chain(1, 5, 5)
    assert [corrections.now(row.id) for row in rows] == [rows[0].id, rows[2].id, rows[2].id]


def test_a_reference_to_what_was_taken_back_means_nothing() -> None:
    rows, corrections = chain(1, 1, withdrawn=True)
    assert [corrections.now(row.id) for row in rows] == [None, None]


def test_an_unknown_reference_means_itself() -> None:
    assert chain(1)[1].now(UUID(int=9)) == UUID(int=9)


def test_the_first_of_a_chain_is_found_from_every_link_even_where_it_is_missing() -> None:
    rows, corrections = chain(1, 2, 3)
    assert {corrections.first(row.id) for row in rows} == {rows[0].id}
    assert Corrections(rows[1:]).first(rows[2].id) == rows[0].id
