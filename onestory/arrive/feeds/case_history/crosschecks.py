"""What no record shows by itself: families that cannot be, and decisions on what nobody knew yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from onestory.arrive.feeds.case_history import nodes
from onestory.arrive.feeds.case_history.ground import Ground, under
from onestory.arrive.feeds.case_history.problems import joined, quoted
from onestory.platform.history.dates import When
from onestory.platform.history.record import Entry, Relationship
from onestory.platform.history.vocabulary import KINDS, Shape

_ANCESTRY = frozenset({"mother", "father", "parent", "grandparent", "great_grandparent"})

_MOST_CYCLES = 20  # naming one takes as long as the cycle is; with so many, the rows are wrong as a whole
_REFERS_TO_ENTRIES = {
    kind.code: names
    for kind in KINDS.values()
    if (names := [key.name for key in kind.keys if key.shape in (Shape.ENTRY, Shape.ENTRIES)])
}

type Row = tuple[Relationship, nodes.Node, str]
type EntryRow = tuple[Entry, nodes.Mapping, str]


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
    return sorted((row for row in last.values() if row[0].status == "confirmed"), key=lambda row: row[1].line)


def _check_ancestry(ground: Ground, rows: Sequence[Row]) -> None:
    """Walk down every line of descent with a stack of its own; a person met again on the way down closes a cycle."""
    below: dict[str, dict[str, Row]] = {}
    for row in rows:
        below.setdefault(row[0].person, {})[row[0].of] = row
    done: set[str] = set()
    cycles = 0
    for start in below:
        if start in done:
            continue
        line, paths = [start], [iter(below[start])]
        on_line = {start}
        while line:
            child = next(paths[-1], None)
            if child is None:
                paths.pop()
                on_line.discard(gone := line.pop())
                done.add(gone)
            elif child in on_line:
                _say_cycle(ground, below, [*line[line.index(child) :], child])
                if (cycles := cycles + 1) == _MOST_CYCLES:
                    return
            elif child not in done:
                line.append(child)
                on_line.add(child)
                paths.append(iter(below.get(child, ())))


def _say_cycle(ground: Ground, below: dict[str, dict[str, Row]], people: Sequence[str]) -> None:
    """Note a cycle at the last of its rows, which closed it."""
    _, node, at = max((below[one][other] for one, other in pairwise(people)), key=lambda row: row[1].line)
    shown = [quoted(person) for person in people]
    if len(shown) > 8:
        shown = [*shown[:4], f"{len(shown) - 7} more", *shown[-3:]]
    ground.wrong(node, at, "nobody is their own parent or grandparent", f"a cycle: {' above '.join(shown)}")


def _check_mothers(ground: Ground, rows: Sequence[Row]) -> None:
    """Note two mothers at one time; one whose row has ended by the time the next begins is no contradiction."""
    mothers: dict[str, Relationship] = {}
    for relationship, node, at in sorted(rows, key=lambda row: row[0].since.last.toordinal() if row[0].since else 0):
        before = mothers.get(relationship.of)
        if before and not _ended_by(before, relationship):
            names = joined([quoted(before.person), quoted(relationship.person)])
            found = f"{names} each confirmed as the mother of {quoted(relationship.of)}"
            allowed = "one confirmed mother at a time; 'is: parent' for a second, 'status: denied' for a correction"
            ground.wrong(node, at, allowed, found)
        else:
            mothers[relationship.of] = relationship


def _ended_by(before: Relationship, after: Relationship) -> bool:
    return bool(before.until and after.since and before.until.first <= after.since.last)


def check_order(ground: Ground, rows: Sequence[EntryRow]) -> None:
    """Note entries that build on one that became known only later, or never (``on_entries`` and ``from``).

    A date that is not a day may mean any of its days here, so only what is later for certain is an error.
    """
    by_id = {entry.id: entry for entry, _, _ in rows}
    for entry, node, at in rows:
        if entry.known is None:
            continue
        for name in _REFERS_TO_ENTRIES.get(entry.kind, ()):
            given = entry.own.get(name) or ()
            for other in (given,) if isinstance(given, str) else given:
                if other in by_id and not _known_by(by_id[other], entry.known):
                    found = f"{quoted(other)}, which {_became_known(by_id[other])}"
                    allowed = f"entries that were known by {entry.known}"
                    ground.wrong(node.values[name], under(at, name), allowed, found)


def _known_by(entry: Entry, by: When) -> bool:
    return entry.known is not None and entry.known.first <= by.last


def _became_known(entry: Entry) -> str:
    return f"became known only later ({entry.known})" if entry.known else "was never known at the time"
