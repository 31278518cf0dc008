"""What no record shows by itself: families that cannot be, and decisions on what nobody knew yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onestory.arrive.feeds.case_history import nodes
from onestory.arrive.feeds.case_history.ground import Ground, under
from onestory.arrive.feeds.case_history.problems import joined, quoted
from onestory.platform.history.record import Entry, Relationship

_ANCESTRY = frozenset({"mother", "father", "parent", "grandparent", "great_grandparent"})

type Row = tuple[Relationship, nodes.Node, str]


def check_family(ground: Ground, rows: Sequence[Row]) -> None:
    """Note confirmed relationships that cannot all hold: somebody their own ancestor, two birth mothers."""
    holding = _holding(rows)
    _check_ancestry(ground, [row for row in holding if row[0].relation in _ANCESTRY])
    _check_mothers(ground, [row for row in holding if row[0].relation == "mother"])


def _holding(rows: Iterable[Row]) -> list[Row]:
    """Of the rows on one relationship the last word, where it is ``confirmed``; later rows correct earlier ones."""
    last: dict[tuple[str, str, str], Row] = {}
    for row in sorted(rows, key=lambda row: row[0].known.last.toordinal() if row[0].known else 0):
        last[row[0].person, row[0].relation, row[0].of] = row
    return sorted(
        (row for row in last.values() if row[0].status == "confirmed"),
        key=lambda row: row[1].line,
    )


def _check_ancestry(ground: Ground, rows: Sequence[Row]) -> None:
    below: dict[str, list[str]] = {}
    for relationship, node, at in rows:
        path = _path(below, relationship.of, relationship.person)
        if path:
            found = f"a cycle: {_say_cycle([relationship.person, *path])}"
            ground.wrong(node, at, "nobody is their own parent or grandparent", found)
        else:  # left out when it closes a cycle, so that each further one is named once
            below.setdefault(relationship.person, []).append(relationship.of)


def _path(below: dict[str, list[str]], start: str, goal: str) -> list[str] | None:
    """The people from ``start`` down to ``goal``, found with a stack: a file may hold very long lines."""
    came_from: dict[str, str | None] = {start: None}
    waiting = [start]
    while waiting:
        person = waiting.pop()
        if person == goal:
            path = []
            step: str | None = person
            while step is not None:
                path.append(step)
                step = came_from[step]
            return path[::-1]
        for child in below.get(person, ()):
            if child not in came_from:
                came_from[child] = person
                waiting.append(child)
    return None


def _say_cycle(people: Sequence[str]) -> str:
    shown = [quoted(person) for person in people]
    if len(shown) > 8:
        shown = [*shown[:4], f"{len(shown) - 7} more", *shown[-3:]]
    return " above ".join(shown)


def _check_mothers(ground: Ground, rows: Sequence[Row]) -> None:
    mothers: dict[str, list[Relationship]] = {}
    for relationship, node, at in rows:
        others = [other for other in mothers.get(relationship.of, []) if _at_one_time(other, relationship)]
        if others:
            names = joined([quoted(other.person) for other in [*others[:5], relationship]])
            found = f"{names} each confirmed as the mother of {quoted(relationship.of)}"
            allowed = (
                "one confirmed mother at a time; 'is: parent' for a second mother, 'status: denied' for a correction"
            )
            ground.wrong(node, at, allowed, found)
        else:
            mothers.setdefault(relationship.of, []).append(relationship)


def _at_one_time(one: Relationship, other: Relationship) -> bool:
    ended = [(a, b) for a, b in ((one, other), (other, one)) if a.until and b.since and a.until.first <= b.since.last]
    return not ended


def check_order(ground: Ground, entries: Sequence[Entry]) -> None:
    """Note entries that build on one that became known only later, or never (``on_entries`` and ``from``)."""
    by_id = {entry.id: entry for entry in entries}
    for entry in entries:
        for key in ("on_entries", "from"):
            named = entry.own.get(key) if entry.kind in ("decision", "condition") else None
            for other in (named,) if isinstance(named, str) else named or ():
                if other in by_id and entry.known:
                    _check_known_by(ground, entry, by_id[other], key)


def _check_known_by(ground: Ground, entry: Entry, other: Entry, key: str) -> None:
    if other.known and entry.known and other.known.first <= entry.known.last:
        return
    became_known = f"became known only later ({other.known})" if other.known else "was never known at the time"
    node = ground.entry_nodes[entry.id]
    at = under(under("entries", entry.id), key)
    found = f"{quoted(other.id)}, which {became_known}"
    ground.wrong(node.values[key], at, f"entries that were known by {entry.known}", found)
