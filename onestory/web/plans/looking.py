"""Which plan, for which reader; that they looked is on record; whose names stand on top of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from onestory.help.plans.models import Plan, PlanChild
from onestory.help.plans.policies import may_change
from onestory.help.plans.queries import plan_of, whole_plan
from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.history.dates import parse_when
from onestory.platform.history.record import Person
from onestory.platform.ui.child import Identity, identity_of
from onestory.platform.ui.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class Here:
    """A plan on a page: who reads it, and who acts for which team."""

    request: SignedInRequest
    plan: Plan

    @property
    def by(self) -> dict[str, Any]:
        """Who writes, for the actions."""
        request = self.request
        return {"team": request.membership.team, "by": request.user, "at": timezone.now()}

    @property
    def changes(self) -> bool:
        """Whether this reader changes the plan."""
        return may_change(self.plan, team_id=self.request.sight.team_id, user_id=self.request.sight.user_id)

    @property
    def is_member(self) -> bool:
        """Whether the reader's team is in the plan."""
        return self.request.sight.team_id in self.plan.teams

    @property
    def address(self) -> str:
        """The plan's own page."""
        return f"/plans/{self.plan.id}"

    @property
    def children(self) -> list[Identity]:
        """The children of the plan, for the top of the page."""
        return identities(self.plan.children.all(), self.request)


def on_plan(request: SignedInRequest, plan_id: UUID, *, whole: bool = False, changing: bool = False) -> Here:
    """The plan for this reader, with the look on record. Http404 where there is none, or they do not change it."""
    found = whole_plan(request.sight, plan_id) if whole else plan_of(request.sight, plan_id)
    if found is None:
        raise Http404
    here = Here(request, found)
    if changing and not here.changes:
        raise Http404
    note_look(request, "plan", found.children.all())
    return here


def note_look(request: SignedInRequest, what: str, children: Iterable[PlanChild]) -> None:
    """Put the look on record: no record, no page."""
    sight = request.sight
    record_access(
        act=Act.LOOK,
        what=what,
        people=[one.known_as for one in children],
        by=request.user,
        at=sight.at,
        agency_id=sight.agency_id,
        role=sight.role,
    )


def identities(children: Iterable[PlanChild], request: SignedInRequest) -> list[Identity]:
    """Children as they stand on top of a page, by the names that the plan keeps."""
    today = timezone.localdate(request.sight.at)
    return [identity_of(_person(one), today) for one in sorted(children, key=lambda one: (one.born, one.label))]


def _person(child: PlanChild) -> Person:
    return Person(str(child.known_as), child.label, True, parse_when(child.born) if child.born else None)
