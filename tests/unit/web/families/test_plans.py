"""Which of what is told of a child's plans stands on a list: the last, and one that is closing before any other."""

from __future__ import annotations

from uuid import UUID

import pytest

from onestory.platform.history.dates import parse_when
from onestory.web.families.plans import Stage, Told, statuses

CHILD, OTHER = UUID(int=1), UUID(int=2)


def told(stage: Stage, on: str, number: int = 1, plan: str = "child in need plan", address: str = "") -> Told:
    return Told(stage, parse_when(on), UUID(int=number), plan, address)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (told(Stage.ACTIVE, "2026-05-03"), "Child in need plan, active since 3 May 2026"),
        (told(Stage.CLOSING, "2026-05-03"), "Child in need plan, closing since 3 May 2026"),
        (told(Stage.CLOSED, "2026-05-03"), "Child in need plan, closed on 3 May 2026"),
        (told(Stage.CLOSED, "2017-12", plan="plan"), "Plan, closed in December 2017"),
    ],
)
def test_each_stage_in_words(one: Told, words: str) -> None:
    assert statuses([(CHILD, one)])[CHILD].words == words


def test_the_last_day_counts_and_of_one_day_what_was_written_last() -> None:
    opened, ended = told(Stage.ACTIVE, "2026-05-03", 7), told(Stage.CLOSED, "2026-05-04", 8)
    again = told(Stage.ACTIVE, "2026-05-04", 9, "child protection plan")
    for rows in ([opened, ended, again], [again, ended, opened]):
        assert statuses((CHILD, one) for one in rows)[CHILD].words.startswith("Child protection plan, active")
    assert statuses([(CHILD, ended), (CHILD, opened)])[CHILD].words.endswith("closed on 4 May 2026")


def test_a_plan_that_is_closing_stands_there_whatever_was_written_since() -> None:
    rows = [told(Stage.CLOSING, "2026-05-03", address="/closures/1"), told(Stage.ACTIVE, "2026-06-01", 5)]
    assert statuses((CHILD, one) for one in rows)[CHILD].address == "/closures/1"


def test_each_child_has_its_own() -> None:
    found = statuses([(CHILD, told(Stage.ACTIVE, "2026-05-03")), (OTHER, told(Stage.CLOSED, "2026-05-03"))])
    assert [found[one].words.split(", ")[1].split()[0] for one in (CHILD, OTHER)] == ["active", "closed"]
