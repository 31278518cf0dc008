"""What is on record about who belongs to whom, put in order: the latest word on each relationship. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onestory.platform.history.record import Entry, History, Person, Relationship
from onestory.platform.history.vocabulary import APART_RELATIONS, COUPLE_RELATIONS, PARENT_RELATIONS

SEX_OF_RELATION = {"mother": "female", "father": "male"}


@dataclass(frozen=True, slots=True)
class Tie:
    """One relationship with everything that was recorded about it, the latest word last (P2)."""

    person: str
    relation: str
    of: str
    rows: tuple[Relationship, ...]

    @property
    def now(self) -> Relationship:
        """The latest word."""
        return self.rows[-1]

    @property
    def status(self) -> str:
        """alleged, denied or confirmed."""
        return self.now.status


def ties(relationships: Iterable[Relationship]) -> tuple[Tie, ...]:
    """Every relationship once, in the order of its first mention, its rows in the order in which they became known."""
    rows: dict[tuple[str, str, str], list[Relationship]] = defaultdict(list)
    for row in relationships:
        rows[row.person, row.relation, row.of].append(row)
    return tuple(Tie(*key, tuple(sorted(those, key=_known_on))) for key, those in rows.items())


def _known_on(row: Relationship) -> dt.date:
    return row.known.last if row.known else dt.date.min


def is_parent(tie: Tie) -> bool:
    """Whether the tie is a parent's, alleged and denied ones too."""
    return tie.relation in PARENT_RELATIONS


@dataclass(frozen=True, slots=True)
class Couple:
    """Two people who are or were together, by the latest word: ``sort`` is married, together, separated, divorced."""

    people: frozenset[str]
    sort: str


def couples(held: Iterable[Tie], today: dt.date) -> tuple[Couple, ...]:
    """Every two people who are on record as a couple and not denied to be one, with where they stand today."""
    latest: dict[frozenset[str], Tie] = {}
    for tie in held:
        pair = frozenset((tie.person, tie.of))
        if tie.relation in COUPLE_RELATIONS and (pair not in latest or _word_of(latest[pair]) <= _word_of(tie)):
            latest[pair] = tie
    return tuple(Couple(pair, _sort(tie, today)) for pair, tie in latest.items() if tie.status != "denied")


def _word_of(tie: Tie) -> dt.date:
    """The day of which the latest word of it tells."""
    known = _known_on(tie.now)
    return max(known, tie.now.since.last) if tie.now.since else known


def _sort(tie: Tie, today: dt.date) -> str:
    if tie.relation in APART_RELATIONS:
        return "divorced" if tie.relation == "ex_spouse" else "separated"
    if tie.now.until and tie.now.until.last <= today:
        return "separated"
    return "married" if tie.relation == "spouse" else "together"


def sexes(history: History) -> dict[str, str]:
    """The sex that is on record, or else that a relationship tells; nobody's is guessed from a name."""
    told = {
        row.person: SEX_OF_RELATION[row.relation] for row in history.relationships if row.relation in SEX_OF_RELATION
    }
    return told | {one.id: one.sex for one in history.people.values() if one.sex in SEX_OF_RELATION.values()}


def deaths(entries: Iterable[Entry]) -> dict[str, Entry]:
    """For each of those who are on record as dead, the entry that says so last."""
    return {person: entry for entry in entries for person in entry.own.get("died", ())}


def eldest_first(people: Iterable[Person]) -> list[Person]:
    """Children in the order of their birth; those whose birth is not recorded last."""
    return sorted(people, key=lambda one: (one.born.first if one.born else dt.date.max, one.label))
