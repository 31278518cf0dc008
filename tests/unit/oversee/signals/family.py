"""An invented family and short ways to say what became known about it, for tests of rules.

``e("a", "2020-03-01", "concern", told_by="family:aunt", factors="bruising")`` is one entry; lists are words
with spaces between them. ``Case`` says on which days a rule speaks and on which it does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from onestory.oversee.signals.rule import Finding, Level
from onestory.oversee.signals.rules import BY_SIGNAL
from onestory.platform.history.dates import parse_when
from onestory.platform.history.record import (
    Agency,
    Entry,
    History,
    Person,
    Relationship,
    Reporter,
    who_was_told,
)
from onestory.platform.history.story import Story, build_story
from onestory.platform.history.vocabulary import KINDS, Shape

MANY = (Shape.PEOPLE, Shape.AGENCIES, Shape.ENTRIES, Shape.CODES, Shape.PARTIES)
BORN = {"c": "2018-05-10", "s": "2014-02-02", "m": "1990-06", "f": "1988", "p": "", "g": ""}
SECTORS = {
    "csc": "childrens_social_care",
    "police": "police",
    "school": "school",
    "nursery": "early_years",
    "hv": "health_visiting",
    "sn": "school_nursing",
    "gp": "general_practice",
    "hosp": "acute_health",
    "far": "acute_health",
    "ucc": "urgent_care",
    "amh": "adult_mental_health",
    "sub": "substance_misuse_service",
    "prob": "probation",
    "housing": "housing",
    "eh": "early_help",
    "court": "court",
    "mw": "maternity",
    "care": "leaving_care",
}
TIES = (
    Relationship("m", "mother", "c"),
    Relationship("f", "father", "c"),
    Relationship("m", "mother", "s"),
    Relationship("s", "half_sibling", "c"),
    Relationship("g", "grandparent", "c"),
    Relationship("p", "partner", "m"),
)


def e(name: str, when: str, kind: str, *, by: str = "csc", about: str = "c", known: str = "", **said: Any) -> Entry:
    """One entry. ``told_by``: who reported, as ``role:label``; ``told``: agencies told; the rest: the kind's keys."""
    who = said.pop("told_by", None)
    told = said.pop("told", None)
    people = {part: tuple(said.pop(part, "").split()) for part in ("seen", "seen_alone", "together")}
    factors = frozenset(said.pop("factors", "").split())
    count, supersedes, withdraws = said.pop("count", 1), said.pop("supersedes", None), said.pop("withdraws", False)
    own = {key.rstrip("_"): _value(kind, key.rstrip("_"), value) for key, value in said.items()}
    return Entry(
        id=name,
        happened=parse_when(when),
        known=parse_when(known or when),
        by=by,
        kind=kind,
        about=tuple(about.split()),
        reporter=_reporter(who),
        factors=factors,
        told=who_was_told(
            kind=kind,
            by=by,
            shared_with=None if told is None else told.split(),
            sent_to=own.get("to") if kind == "concern" else None,
            social_care="csc",
        ),
        count=count,
        own=own,
        supersedes=supersedes,
        withdraws=withdraws,
        **people,
    )


def day_of(text: str) -> dt.date:
    """A day, as ISO writes it."""
    return dt.date.fromisoformat(text)


def _reporter(who: str | None) -> Reporter | None:
    if who is None:
        return None
    role, _, label = who.partition(":")
    return Reporter(role, label if role == "professional" else None, "" if role == "professional" else label)


def _value(kind: str, key: str, value: Any) -> Any:
    shape = KINDS[kind].by_name[key].shape
    if shape in MANY or shape is Shape.FORBIDS:
        return tuple(value.split())
    if shape is Shape.FACTORS:
        return frozenset(value.split())
    return parse_when(value) if shape is Shape.WHEN else value


def history(
    entries: Iterable[Entry], born: dict[str, str] | None = None, ties: Iterable[Relationship] = TIES
) -> History:
    """The invented family's history. ``born`` changes birth dates, "" where none is on record."""
    days = {**BORN, **(born or {})}
    people = {
        name: Person(name, name.upper(), name in ("c", "s"), parse_when(day) if day else None)
        for name, day in days.items()
    }
    agencies = {name: Agency(name, name.upper(), sector) for name, sector in SECTORS.items()}
    return History("An invented family", "Midtown", people, tuple(ties), agencies, tuple(entries))


@dataclass(frozen=True)
class Case:
    """A rule, what is known, and the days on which it speaks or is silent; both for the edge of its window."""

    rule: str
    says: str
    entries: tuple[Entry, ...]
    speaks_on: str = ""
    silent_on: str = ""
    rests_on: str = ""
    level: Level | None = None
    born: dict[str, str] = field(default_factory=dict)
    ties: tuple[Relationship, ...] = TIES
    child: str = "c"

    @property
    def sort(self) -> str:
        """Whether it shows the rule speaking, silent, or at the edge of its window."""
        return "edge" if self.speaks_on and self.silent_on else "speaks" if self.speaks_on else "silent"

    def story(self, day: str) -> Story:
        """The child's story on a day."""
        return build_story(history(self.entries, self.born, self.ties), self.child, dt.date.fromisoformat(day))

    def found(self, day: str) -> tuple[Finding, ...]:
        """What the rule finds on a day."""
        story = self.story(day)
        return BY_SIGNAL[self.rule].evaluate(story, story.today).findings


def check(case: Case) -> None:
    """The rule speaks and is silent on the days that the case says, on the entries that it says."""
    for day in case.silent_on.split():
        assert case.found(day) == (), f"speaks on {day}"
    for day in case.speaks_on.split():
        found = case.found(day)
        assert found, f"silent on {day}"
        assert set(case.rests_on.split()) <= {entry for finding in found for entry in finding.evidence}
        if case.level is not None:
            assert max(finding.level for finding in found) is case.level
