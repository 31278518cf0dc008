"""What is on record about a family: people, relationships, agencies, entries. Pure Python, immutable.

A ``History`` is all of it, whether read from a case history file or from the database. A ``Story``
(story.py) is the part of it that bears on one child, as it was known on one day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from onestory.platform.history.dates import When

TOLD_TO_SOCIAL_CARE = frozenset({"concern", "decision", "assessment", "meeting", "plan"})
"""Kinds that children's social care has without a word in ``shared_with`` (a concern: when sent to it)."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the history. Age always comes from ``born``; before it the child is unborn.

    ``sex`` is female, male or empty: nobody's is guessed.
    """

    id: str
    label: str
    is_child: bool
    born: When | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Relationship:
    """``person`` is the ``relation`` of ``of``, as one source recorded it on a day.

    Several rows tell how belief changed: alleged, denied, confirmed. ``known`` is None where it
    was on record from the start.
    """

    person: str
    relation: str
    of: str
    status: str = "confirmed"
    known: When | None = None
    since: When | None = None
    until: When | None = None
    by: str | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of the partnership, or a neighbouring area's. ``sector`` is a code such as ``police``."""

    id: str
    name: str
    sector: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who told. ``label`` tells distinct reporters apart."""

    role: str
    agency: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class RelationshipTest:
    """Part of a condition: that this relationship is confirmed."""

    person: str
    relation: str
    of: str


@dataclass(frozen=True, slots=True)
class ConditionTest:
    """When a standing condition fires: every part given must match.

    ``kinds`` and ``factors`` match on any, ``about`` and ``together`` on all, ``relationship`` when
    it is confirmed.
    """

    kinds: frozenset[str] = frozenset()
    factors: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    together: frozenset[str] = frozenset()
    relationship: RelationshipTest | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the chronology.

    ``happened`` is when it took place; ``known`` when the recording agency had it (None: it came out
    only afterwards and is never replayed). ``told`` holds the agencies that had it at the time, the
    author included. ``own`` holds the kind's own keys, values as vocabulary.Shape says: people,
    agencies, entries and codes are tuples of ids, dates are When, conditions are ConditionTest. A key
    that is absent is *not stated*.
    """

    id: str
    happened: When
    known: When | None
    by: str
    kind: str
    about: tuple[str, ...]
    seen: tuple[str, ...] = ()
    seen_alone: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    reporter: Reporter | None = None
    factors: frozenset[str] = frozenset()
    text: str = ""
    ref: str = ""
    told: frozenset[str] = frozenset()
    count: int = 1
    restricted: str | None = None
    own: Mapping[str, Any] = field(default_factory=dict)
    supersedes: str | None = None
    """The entry that this one takes the place of, from the day on which this one became known."""
    withdraws: bool = False
    """Takes back the entry that it supersedes and says nothing in its place."""
    weight: str = "routine"
    """key, routine or system: how it is shown. The program's own process noise (system) is in no Story."""

    @property
    def known_on(self) -> dt.date:
        """The day from which the entry counts as known; only for entries that are replayed."""
        if self.known is None:
            raise ValueError(f"entry {self.id} was never known at the time")
        return self.known.last

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class History:
    """Everything on record about a family, in the order in which it became known."""

    title: str
    area: str
    people: Mapping[str, Person]
    relationships: tuple[Relationship, ...]
    agencies: Mapping[str, Agency]
    entries: tuple[Entry, ...]


def who_was_told(
    *,
    kind: str,
    by: str,
    shared_with: Iterable[str] | None,
    sent_to: str | None,
    social_care: str | None,
) -> frozenset[str]:
    """The agencies that had an entry at the time, its author included.

    ``shared_with`` as recorded; None where the record is silent, and then the author alone has it
    and, for the kinds of TOLD_TO_SOCIAL_CARE, the area's social care (``social_care``) too. A
    concern sent elsewhere (``sent_to``) is told there instead.
    """
    told = {by} | set(shared_with or ())
    if kind == "concern" and sent_to is not None:
        told.add(sent_to)
    silent = shared_with is None
    if silent and social_care and kind in TOLD_TO_SOCIAL_CARE and sent_to in (None, social_care):
        told.add(social_care)
    return frozenset(told)


def in_order_known(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries that were ever known, by the day on which they became known, else in the order given."""
    return tuple(sorted((entry for entry in entries if entry.known is not None), key=lambda e: e.known_on))
