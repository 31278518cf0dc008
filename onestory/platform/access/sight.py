"""What one reader can see, as sets of people: worked out once for a request from ties, protections and the table.

This is the queryset's reading of the table. The database has its own (reach.sql), and neither asks the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from onestory.platform.access.decision import policy_in_force
from onestory.platform.access.marks import RecordMark
from onestory.platform.access.policy import CAPPED, InfoClass, Level, Tie
from onestory.platform.access.protections import (
    AddressHeld,
    CareHistoryBasis,
    CareHistoryWish,
    Listing,
    LocationProtection,
    Seal,
    SealName,
    ShareDecision,
    Threat,
)
from onestory.platform.access.roles import ROLES
from onestory.platform.access.ties import Conflict
from onestory.platform.access.ties import Tie as TieRow

OF_THE_ROW = frozenset({"own", "basis", "listed", "owner", "named"})
People = frozenset[UUID]
SEES_NOTHING = frozenset({"no_case_content"})
"""How a role that nobody knows is taken: the table caps everything for it."""


@dataclass(frozen=True)
class Sight:
    """One reader at one instant. ``among`` narrows whose ties are looked at; it can only take away."""

    user_id: UUID
    team_id: UUID
    agency_id: UUID
    role: str
    at: dt.datetime
    among: frozenset[UUID] | None = None
    purpose: str = ""

    @cached_property
    def groups(self) -> frozenset[str]:
        """The words by which the table speaks of the reader's role, and of their purpose where they chose one."""
        role = ROLES.get(self.role)
        groups = role.groups if role else SEES_NOTHING
        return groups | ({"purpose"} if self.purpose else frozenset())

    def mine(self) -> Q:
        """Rows that name the reader or their team."""
        return Q(user=self.user_id) | Q(team=self.team_id)

    def in_force(self, model: Any) -> QuerySet[Any]:
        """The rows of a protection that hold at the instant."""
        return model.objects.filter(Q(ended_at=None) | Q(ended_at__gt=self.at), made_at__lte=self.at)

    def _ties(self) -> QuerySet[TieRow]:
        return TieRow.objects.filter(
            Q(user=self.user_id) | Q(team=self.team_id) | Q(agency=self.agency_id),
            Q(until_at=None) | Q(until_at__gt=self.at),
            since_at__lte=self.at,
        )

    def tied(self, kinds: Collection[str], *, approved_only: Collection[str] = ()) -> People:
        """People to whom the reader has a tie of one of the kinds."""
        return self.keep(
            ("tied", *sorted(kinds), "two", *sorted(approved_only)), lambda: self._tied(kinds, approved_only)
        )

    def _tied(self, kinds: Collection[str], approved_only: Collection[str]) -> People:
        rows = self._ties().filter(Q(kind__in=kinds) | Q(kind__in=approved_only, second_person__isnull=False))
        if self.among is not None:
            rows = rows.filter(person__in=self.among)
        return frozenset(rows.values_list("person_id", flat=True))

    def kinds_of_ties(self, person: UUID) -> frozenset[str]:
        """The kinds of the reader's ties to one person."""
        return self.keep(
            ("kinds", person), lambda: frozenset(self._ties().filter(person=person).values_list("kind", flat=True))
        )

    def capped(self, info: InfoClass, level: Level) -> bool:
        """Whether the role may never see this class at the level."""
        caps = policy_in_force().caps
        return any(caps[info, group] < level for group in self.groups & set(CAPPED))

    def who(self, info: InfoClass, level: Level, given: frozenset[str]) -> tuple[People, bool]:
        """People whose ties show the class at the level where ``given`` holds of the row; does an adverse tie?"""
        open_kinds: set[str] = set()
        with_second: set[str] = set()
        adverse = False
        for tie in Tie:
            for clause in policy_in_force().cells[info, tie]:
                left = clause.when - given - self.groups
                if clause.level < level or left - {"second_person"}:
                    continue
                adverse = adverse or tie is Tie.ADVERSE
                (with_second if left else open_kinds).add(tie.value)
        return self.tied(open_kinds - {"none", "adverse"}, approved_only=with_second), adverse

    def untied(self, info: InfoClass, level: Level) -> bool:
        """Whether the table shows the class at the level to whoever has no tie at all."""
        cells = policy_in_force().cells[info, Tie.NONE]
        return any(clause.level >= level and clause.when <= self.groups for clause in cells)

    @cached_property
    def listed(self) -> People:
        """People whose lead lists the reader or their team."""
        return _people(self.in_force(Listing).filter(self.mine()))

    @cached_property
    def threats(self) -> list[tuple[UUID, UUID]]:
        """Who is threatened by whom, of those by whom the reader has any tie at all to the alleged one."""
        rows = list(self.in_force(Threat).values_list("person_id", "alleged_id"))
        also = also_held_to_be({alleged for _, alleged in rows})
        asked = {one for alleged in also.values() for one in alleged}
        tied = frozenset(self._ties().filter(person__in=asked).values_list("person_id", flat=True))
        return [(person, alleged) for person, alleged in rows if also[alleged] & tied]

    @cached_property
    def alleged(self) -> People:
        """Everybody against whom an allegation stands."""
        return frozenset(self.in_force(Threat).values_list("alleged_id", flat=True))

    @cached_property
    def _kept(self) -> dict[Any, Any]:
        return {}

    def keep(self, name: Any, work_out: Callable[[], Any]) -> Any:
        """The answer to a question, worked out once for this reader at this instant."""
        if name not in self._kept:
            self._kept[name] = work_out()
        return self._kept[name]

    def marked(self, which: str) -> People:
        """The people of one of the sets that close a row, or open it against a closing."""
        return self.keep(("marked", which), lambda: self._marked(which))

    def _marked(self, which: str) -> People:
        match which:
            case "shut":
                conflicts = Conflict.objects.filter(Q(ended_at=None) | Q(ended_at__gt=self.at), user=self.user_id)
                return _people(conflicts.filter(declared_at__lte=self.at)) | self._sealed()
            case "unlisted":
                return _people(self.in_force(LocationProtection)) - self.listed
            case "threatened_unlisted":
                return frozenset(person for person, _ in self.threats) - self.listed
            case "threatened_listed":
                return frozenset(person for person, _ in self.threats) & self.listed
            case "near_alleged":
                return frozenset(alleged for _, alleged in self.threats)
            case "basis":
                return _people(self.in_force(CareHistoryBasis).filter(agency=self.agency_id))
            case "refused":
                wishes = self.in_force(CareHistoryWish).filter(Q(agency=self.agency_id) | Q(agency=None))
                return _people(wishes) - self.marked("basis")
            case "address_held":
                held = self.in_force(AddressHeld).filter(agency=self.agency_id)
                return _people(held) if "police" in self.groups else frozenset()
        raise KeyError(which)

    def _sealed(self) -> People:
        """People whose seal does not open to the reader."""
        seals = self.in_force(Seal)
        named = _people(seals.filter(pk__in=self.in_force(SealName).filter(self.mine()).values("seal")))
        by_list, _ = self.who(InfoClass.SEALED, Level.FULL, frozenset({"named"}))
        by_two, _ = self.who(InfoClass.SEALED, Level.FULL, frozenset())
        return _people(seals) - (named & by_list) - by_two

    def withheld(self, level: Level) -> list[UUID]:
        """Entries of which their source lets the reader's agency see less than the level."""
        return self.keep(("withheld", level), lambda: self._withheld(level))

    def _withheld(self, level: Level) -> list[UUID]:
        decided: dict[UUID, int] = {}
        rows = self.in_force(ShareDecision).filter(Q(to_agency=self.agency_id) | Q(to_agency=None))
        for entry, at_most in rows.order_by(F("to_agency").asc(nulls_first=True)).values_list("entry_id", "at_most"):
            decided[entry] = at_most  # a decision for this agency comes after, and so before, the one for all
        return [entry for entry, at_most in decided.items() if at_most < level]


def also_held_to_be(people: Iterable[UUID]) -> dict[UUID, People]:
    """Each with those whom a join that nobody has confirmed yet holds to be the same."""
    found = {one: {one} for one in people}
    waiting = RecordMark.objects.exclude(grants_follow=F("person"))
    for one, other in waiting.values_list("person_id", "grants_follow_id"):
        for this, that in ((one, other), (other, one)):
            if this in found:
                found[this].add(that)
    return {one: frozenset(same) for one, same in found.items()}


def _people(rows: QuerySet[Any]) -> People:
    return frozenset(rows.values_list("person_id", flat=True))
