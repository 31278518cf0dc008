"""Calling a meeting, sending apologies and views, holding it, cancelling it: all writes of meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.help.meetings import policies
from onestory.help.meetings.clocks import latest_next
from onestory.help.meetings.models import Invitation, Meeting
from onestory.help.meetings.states import REVIEWS, Came, MeetingState, meeting_after
from onestory.help.plans.actions import record_review
from onestory.help.plans.holding import locked
from onestory.help.plans.membership import invite_relied_on, records_of
from onestory.help.plans.models import Plan, PlanAgency, PlanRelative
from onestory.help.plans.policies import CannotPlan, check_in_plan, check_may_change, check_words
from onestory.help.plans.recording import children_of
from onestory.help.plans.states import PlanState
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.notices.actions import send_notice
from onestory.platform.ui.wording import moment_words


@dataclass(frozen=True, slots=True)
class Held:
    """What is said of a meeting that was held; ``came`` and ``views`` by invitation."""

    held_on: dt.date | None
    came: Mapping[UUID, str]
    what_changed: str
    minutes: str
    views: Mapping[UUID, str] = field(default_factory=dict)
    experience: str = ""
    not_asked_because: str = ""
    next_on: dt.date | None = None
    later_because: str = ""


@transaction.atomic
def call_meeting(
    plan_id: UUID,
    *,
    kind: str,
    meets_at: dt.datetime | None,
    purpose: str = "",
    team: Team,
    by: User,
    at: dt.datetime,
) -> Meeting:
    """Call a meeting: every team in the plan gets an invitation, and whoever of the family is invited stands on it.

    Agencies that came to be relied on since the plan was drawn up are in the plan, and so invited (L2). Raises
    CannotPlan, CannotHappen.
    """
    policies.check_may_call(kind=kind, meets_at=meets_at, at=at)
    assert meets_at, "checked before"
    with keeping():
        plan = locked(plan_id)
        check_may_change(plan, team_id=team.id, user_id=by.id)
        invite_relied_on(plan, at=at)
        meeting = Meeting.objects.create(
            plan=plan,
            kind=kind,
            is_review=kind == REVIEWS[plan.kind] and plan.state == PlanState.OPEN,
            meets_at=meets_at,
            purpose=purpose.strip(),
            called_by=by,
            called_at=at,
        )
        Invitation.objects.bulk_create(_invitations(meeting, plan))
        words = f"{meeting.get_kind_display()}, {moment_words(meets_at)}. {meeting.purpose}".strip()
        _tell(meeting, "invitation", words, team, by, at)
    return meeting


def _invitations(meeting: Meeting, plan: Plan) -> list[Invitation]:
    members = plan.agencies.filter(how=PlanAgency.How.MEMBER, team__isnull=False).select_related("team__agency")
    family = plan.relatives.filter(how=PlanRelative.How.INVITED).order_by("-is_parent", "label")
    common = {"plan": plan, "meeting": meeting}
    return [
        *(Invitation(**common, team=one.team, label=str(one.team)) for one in members.order_by("id")),
        *(Invitation(**common, relative=one, label=f"{one.label}, {one.relation}"[:500]) for one in family),
        *(Invitation(**common, child=one, label=one.label) for one in plan.children.order_by("born", "id")),
    ]


@transaction.atomic
def send_apologies(meeting_id: UUID, *, views: str, team: Team, by: User, at: dt.datetime) -> Invitation:
    """Say as an invited team that it cannot come, and what it would say there. Raises CannotPlan, CannotHappen."""
    check_words(views, "views", "Enter what the meeting should know from you")
    with keeping():
        meeting = _locked(meeting_id)
        check_in_plan(meeting.plan, team_id=team.id)
        if meeting.state != MeetingState.PLANNED:
            meeting_after(meeting.state, "hold")
        invitation = Invitation.objects.filter(meeting=meeting, team=team).first()
        if invitation is None:
            raise CannotPlan("views", "Your team is not invited to this meeting")
        invitation.came, invitation.views = Came.APOLOGIES, views.strip()
        invitation.save(update_fields=["came", "views"])
    return invitation


@transaction.atomic
def hold_meeting(meeting_id: UUID, *, held: Held, team: Team, by: User, at: dt.datetime) -> Meeting:
    """Record that it was held: who came, what changed, what was agreed, when next; minutes go to every team (F5.36).

    A review says how the family finds the help, or why they were not asked, and stands on record as the plan's review.
    A next day that is later than the clock allows needs a reason. Raises CannotPlan, CannotHappen.
    """
    with keeping():
        meeting = _locked(meeting_id)
        check_may_change(meeting.plan, team_id=team.id, user_id=by.id)
        state = meeting_after(meeting.state, "hold")
        invitations = list(meeting.invitations.select_related("team"))
        _check(meeting, held, invitations, at)
        for one in invitations:
            one.came, one.views = held.came[one.id], held.views.get(one.id, one.views).strip()
        Invitation.objects.bulk_update(invitations, ["came", "views"])
        meeting.state, meeting.written_by, meeting.written_at = state, by, at
        for name in (
            "held_on",
            "what_changed",
            "minutes",
            "experience",
            "not_asked_because",
            "next_on",
            "later_because",
        ):
            setattr(meeting, name, getattr(held, name))
        meeting.entry = _record(meeting, invitations, team, by, at)
        if meeting.is_review and held.next_on:
            words = f"What has changed: {held.what_changed.strip()}"
            meeting.review_entry = record_review(meeting.plan, words=words, review_due=held.next_on, by=by, at=at)
        meeting.save()
        _tell(meeting, "minutes", f"What the {meeting.get_kind_display().lower()} agreed.", team, by, at)
    return meeting


def _check(meeting: Meeting, held: Held, invitations: list[Invitation], at: dt.datetime) -> None:
    policies.check_held(
        what_changed=held.what_changed, minutes=held.minutes, held_on=held.held_on, today=timezone.localdate(at)
    )
    policies.check_attendance(held.came.get(one.id, Came.INVITED) for one in invitations)
    if meeting.is_review:
        policies.check_review(experience=held.experience, not_asked_because=held.not_asked_because)
    assert held.held_on, "checked before"
    before = meeting.plan.meetings.filter(kind=meeting.kind, is_review=True, state=MeetingState.HELD).exists()
    policies.check_next(
        next_on=held.next_on,
        latest=latest_next(meeting.kind, held.held_on, reviewed_before=before),
        later_because=held.later_because,
        needed=meeting.is_review,
        held_on=held.held_on,
    )


def _record(meeting: Meeting, invitations: list[Invitation], team: Team, by: User, at: dt.datetime) -> Entry:
    assert meeting.held_on, "checked before"
    present = dict.fromkeys(one.team.agency_id for one in invitations if one.team and one.came == Came.PRESENT)
    children = [one.child for one in invitations if one.child and one.came == Came.PRESENT]
    invited = dict.fromkeys(one.team.agency_id for one in invitations if one.team)
    return record_entry(
        agency=team.agency_id,
        kind="meeting",
        happened=day(meeting.held_on),
        about=children_of(meeting.plan),
        seen=tuple(one.record_id for one in children),
        own={"type": meeting.kind, "present": tuple(str(one) for one in present)},
        text=f"What has changed: {meeting.what_changed.strip()}\n{meeting.minutes.strip()}"[:4_000],
        shared_with=set(invited),
        weight="key",
        by=by,
        at=at,
    )


@transaction.atomic
def cancel_meeting(meeting_id: UUID, *, reason: str, team: Team, by: User, at: dt.datetime) -> Meeting:
    """Cancel it, with a reason that every invited team is told. Raises CannotPlan, CannotHappen."""
    check_words(reason, "reason", "Enter why it does not take place")
    with keeping():
        meeting = _locked(meeting_id)
        check_may_change(meeting.plan, team_id=team.id, user_id=by.id)
        meeting.state = meeting_after(meeting.state, "cancel")
        meeting.cancelled_because, meeting.written_by, meeting.written_at = reason.strip(), by, at
        meeting.save()
        _tell(meeting, "note", f"The meeting does not take place. Why: {reason.strip()}", team, by, at)
    return meeting


def _tell(meeting: Meeting, kind: str, words: str, team: Team, by: User, at: dt.datetime) -> None:
    about = records_of(meeting.plan)
    invited = Invitation.objects.filter(meeting=meeting, team__isnull=False).select_related("team__agency")
    for one in invited.order_by("id"):
        if one.team and (one.team != team or kind == "minutes"):
            send_notice(
                to_team=one.team,
                from_team=team,
                about=about,
                kind=kind,
                words=words,
                address=f"/meetings/{meeting.id}",
                entry=meeting.entry,
                by=by,
                at=at,
            )


def _locked(meeting_id: UUID) -> Meeting:
    """The row, held until the transaction ends, with its plan."""
    meetings = Meeting.objects.select_for_update(of=("self",)).select_related("plan__owner_team", "plan__lead")
    return meetings.get(pk=meeting_id)
