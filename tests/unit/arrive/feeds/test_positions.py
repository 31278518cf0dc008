"""Places that keep a file's order, and leave alone what can stay where it is."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onestory.arrive.feeds.positions import APART, places


def test_a_new_file_gets_places_far_apart() -> None:
    assert places([None, None, None], 100) == [100, 100 + APART, 100 + 2 * APART]


def test_what_is_there_stays_when_something_comes_in_between() -> None:
    first = places([None] * 3, 100)
    now = places([first[0], None, None, first[1], first[2]], 100)

    assert [now[0], now[3], now[4]] == first
    assert now == sorted(now)


def stay(existing: list[int]) -> list[bool]:
    return [new == old for new, old in zip(places(existing, 100), existing, strict=True)]


def test_only_what_moved_moves() -> None:
    a, b, c, d = places([None] * 4, 100)

    assert stay([b, c, d, a]) == [True, True, True, False]
    assert stay([d, a, b, c]) == [False, True, True, True]


def test_a_slice_that_comes_later_takes_the_places_that_it_would_have_had() -> None:
    whole = places([None] * 5, 100)
    part = [whole[0], None, whole[2], None, None]

    assert places(part, 100) == whole


def test_where_there_is_no_room_the_next_one_moves_too() -> None:
    assert places([5, None, 6, None, 9], 0) == [5, 6, 7, 8, 9]


@given(st.lists(st.none() | st.integers(-5, 40), max_size=12), st.integers(-10, 10))
def test_every_place_is_after_the_one_before(existing: list[int | None], start: int) -> None:
    found = places(existing, start)
    assert len(found) == len(existing)
    assert all(one < other for one, other in pairwise(found))


@given(st.lists(st.integers(0, 10**9), unique=True, max_size=12), st.data())
def test_an_order_that_holds_is_not_touched(known: list[int], data: st.DataObject) -> None:
    existing = sorted(known)
    assert places(existing, 0) == existing
