"""What is on record about who belongs to whom, put in order: the latest word on each relationship. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onestory.platform.history.record import History, Person, Relationship
from onestory.platform.history.vocabulary import PARENT_RELATIONS

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


def sexes(history: History) -> dict[str, str]:
    """The sex of those whose relationship tells it; nobody's is guessed from a name."""
    return {
        row.person: SEX_OF_RELATION[row.relation] for row in history.relationships if row.relation in SEX_OF_RELATION
    }


def eldest_first(people: Iterable[Person]) -> list[Person]:
    """Children in the order of their birth; those whose birth is not recorded last."""
    return sorted(people, key=lambda one: (one.born.first if one.born else dt.date.max, one.label))
