"""Ties follow from facts: who holds a record, who was named, who is on duty, what was promised. Pure Python.

Nobody types a tie in. The stages record the facts; ``ties_at`` says which ties follow from them at an instant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from onestory.platform.access.policy import Tie


class HolderSort(StrEnum):
    """Who can hold a tie."""

    USER = "user"
    TEAM = "team"
    AGENCY = "agency"


class Holder(NamedTuple):
    """A user, a team or an agency, by id."""

    sort: HolderSort
    id: str


class DueTie(NamedTuple):
    """A tie that follows from facts: who, to whom, of which kind and because of what."""

    holder: Holder
    person: str
    kind: Tie
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Base of what is so from an instant until another; until None: it still is."""

    since: dt.datetime
    until: dt.datetime | None = None

    def holds(self, at: dt.datetime) -> bool:
        """Whether it is so at the instant. At its end it no longer is."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyKnows(Fact):
    """The agency holds a record of the person."""

    agency: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAnswers(Fact):
    """The team answers for the person when nobody is named: a school's team, a health visiting team, a duty team."""

    team: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedWorker(Fact):
    """The person was allocated to this worker."""

    user: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadProfessional(Fact):
    """This worker leads for the person across agencies."""

    user: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manages(Fact):
    """This manager answers for that worker's cases."""

    manager: str
    worker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterCareDuty(Fact):
    """Somebody promised after-care for the person, and the promise is live."""

    holder: Holder
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenConcern(Fact):
    """A concern about the person waits for a decision at the front door."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRota(Fact):
    """This worker is on the front door's rota."""

    user: str


def ties_at(at: dt.datetime, facts: Iterable[Fact]) -> frozenset[DueTie]:
    """The ties that follow from the facts at the instant; break-glass and conflicts are no ties of this sort."""
    held = [fact for fact in facts if fact.holds(at)]
    return frozenset([*_direct(held), *_front_door(held), *_managers(held)])


def _direct(held: list[Fact]) -> Iterator[DueTie]:
    for fact in held:
        match fact:
            case AgencyKnows():
                yield DueTie(Holder(HolderSort.AGENCY, fact.agency), fact.person, Tie.AGENCY, "known")
            case TeamAnswers():
                yield DueTie(Holder(HolderSort.TEAM, fact.team), fact.person, Tie.TEAM, "duty")
            case NamedWorker():
                yield DueTie(Holder(HolderSort.USER, fact.user), fact.person, Tie.WORKER, "named")
            case LeadProfessional():
                yield DueTie(Holder(HolderSort.USER, fact.user), fact.person, Tie.LEAD, "lead")
            case AfterCareDuty():
                yield DueTie(fact.holder, fact.person, Tie.WORKER, "aftercare")


def _front_door(held: list[Fact]) -> Iterator[DueTie]:
    """Only who is on the rota, and only while the concern is open: the tie ends with the decision or the shift."""
    on_rota = [fact.user for fact in held if isinstance(fact, OnRota)]
    for concern in held:
        if isinstance(concern, OpenConcern):
            for user in on_rota:
                yield DueTie(Holder(HolderSort.USER, user), concern.person, Tie.FRONT_DOOR, "open_concern")


def _managers(held: list[Fact]) -> Iterator[DueTie]:
    for managed in held:
        if isinstance(managed, Manages):
            for fact in held:
                if isinstance(fact, NamedWorker | LeadProfessional) and fact.user == managed.worker:
                    yield DueTie(Holder(HolderSort.USER, managed.manager), fact.person, Tie.LEAD, "manages")
