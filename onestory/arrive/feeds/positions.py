"""The places of a file's rows among all rows, so that the file's order is kept when rows come in between. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

APART = 1_000_000
"""Room left between two rows of a new file, for those that a changed file puts in between."""


def places(existing: Sequence[int | None], start: int) -> list[int]:
    """A place for each row, in the file's order; ``existing`` holds the places of rows that are there already.

    As many as possible keep theirs. Those that moved get a new one, as new rows do: the place that the row's number
    in the file asks for (``start`` + number × APART), or one between its neighbours.
    """
    found = [place if keeps else None for place, keeps in zip(existing, _in_order(existing), strict=True)]
    first = next((place for place in found if place is not None), start)
    below = min(first, start) - (len(found) + 1) * APART  # room before the first one, too
    number = 0
    while number < len(found):
        if found[number] is None:
            end = next((n for n in range(number, len(found)) if found[n] is not None), len(found))
            above = found[end] if end < len(found) else None
            if above is not None and above - below <= end - number:
                found[end] = None  # no room: the next one moves too
                continue
            found[number:end] = _between(below, above, [start + n * APART for n in range(number, end)])
            number = end - 1
        below = found[number] or 0
        number += 1
    return [place or 0 for place in found]


def _between(below: int, above: int | None, wanted: Sequence[int]) -> list[int]:
    if wanted[0] > below and (above is None or wanted[-1] < above):
        return list(wanted)
    if above is None:
        return [below + (n + 1) * APART for n in range(len(wanted))]
    step = (above - below) // (len(wanted) + 1)
    return [below + (n + 1) * max(step, 1) for n in range(len(wanted))]


def _in_order(existing: Sequence[int | None]) -> list[bool]:
    """Which rows keep their place: the longest run of rows that stand in the file's order."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number, place in enumerate(existing):
        if place is None:
            continue
        length = bisect_left(tails, place)
        tails[length : length + 1], ends[length : length + 1] = [place], [number]
        before[number] = ends[length - 1] if length else None
    keeps = [False] * len(existing)
    last: int | None = ends[-1] if ends else None
    while last is not None:
        keeps[last] = True
        last = before[last]
    return keeps
