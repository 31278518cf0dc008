"""Calling a meeting, the meeting itself, apologies, what came of it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.help.meetings.actions import Held, call_meeting, cancel_meeting, hold_meeting, send_apologies
from onestory.help.meetings.clocks import latest_next
from onestory.help.meetings.models import Meeting
from onestory.help.meetings.queries import meeting_of, minutes_sent
from onestory.help.meetings.states import REVIEWS, MeetingState
from onestory.platform.ui.requests import SignedInRequest
from onestory.platform.ui.wording import day_words
from onestory.web.asking.asking import Question, ask
from onestory.web.meetings.forms import HeldForm, MeetingForm, ViewsForm
from onestory.web.plans.forms import ReasonForm
from onestory.web.plans.looking import Here, note_look, on_plan

GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])
TEMPLATE = "plans/question.html"


@GET_AND_POST
def call(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Call a meeting on a plan; everybody in it is invited."""
    here = on_plan(request, plan_id, changing=True)
    made: list[MeetingForm] = []

    def make(*args: Any, **kwargs: Any) -> MeetingForm:
        made.append(MeetingForm(*args, **kwargs))
        return made[-1]

    def act(said: dict[str, Any]) -> str:
        meets_at = made[-1].meets_at()
        meeting = call_meeting(here.plan.id, kind=said["kind"], meets_at=meets_at, purpose=said["purpose"], **here.by)
        return f"/meetings/{meeting.id}"

    due = f"The next review is due {day_words(here.plan.review_due)}." if here.plan.review_due else ""
    lead = (f"Every team in the plan and everybody of the family who takes part is invited. {due}".strip(),)
    question = Question("Call a meeting", "Call it", here.address, lead=lead, section="families")
    initial = {"kind": REVIEWS[here.plan.kind].value, "day": here.plan.review_due}
    return ask(request, make, question, act, initial=initial, template=TEMPLATE, also={"children": here.children})


@require_safe
def meeting(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: who is invited, who came, what changed, and who has acknowledged the minutes."""
    found, here = _found(request, meeting_id)
    mine = next((one for one in found.invitations.all() if one.team_id == request.sight.team_id), None)
    planned = found.state == MeetingState.PLANNED
    shown = {
        "meeting": found,
        "plan": here.plan,
        "identities": here.children,
        "minutes": list(minutes_sent(request.sight, found)),
        "changes": here.changes and planned,
        "may_send_views": mine is not None and planned and not here.changes,
    }
    return render(request, "meetings/meeting.html", shown)


@GET_AND_POST
def hold(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Record what came of it."""
    found, here = _found(request, meeting_id, changing=True)
    invitations = list(found.invitations.all())
    made: list[HeldForm] = []

    def make(*args: Any, **kwargs: Any) -> HeldForm:
        made.append(HeldForm(*args, invitations=invitations, review=found.is_review, **kwargs))
        return made[-1]

    def act(said: dict[str, Any]) -> str:
        names = ("held_on", "what_changed", "minutes", "experience", "not_asked_because", "next_on", "later_because")
        given = {name: said[name] for name in names if name in said}
        held = Held(came=made[-1].came(), views=made[-1].views(), **given)
        hold_meeting(found.id, held=held, **here.by)
        return f"/meetings/{found.id}"

    today = timezone.localdate(request.sight.at)
    latest = latest_next(found.kind, today, reviewed_before=False)
    lead = (f"By the clock the next one is due by {day_words(latest)}.",) if latest else ()
    question = Question("What came of it?", "Save and send the minutes", f"/meetings/{found.id}", lead=lead)
    also, initial = {"children": here.children}, {"held_on": today, "next_on": latest}
    return ask(request, make, question, act, initial=initial, template=TEMPLATE, also=also)


@GET_AND_POST
def apologies(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Say as an invited team that it cannot come, and what it would say there."""
    found, here = _found(request, meeting_id)
    if found.state != MeetingState.PLANNED or not here.is_member:
        raise Http404

    def act(said: dict[str, Any]) -> str:
        send_apologies(found.id, views=said["views"], **here.by)
        return f"/meetings/{found.id}"

    question = Question("You cannot come", "Send your apologies", f"/meetings/{found.id}")
    return ask(request, ViewsForm, question, act, template=TEMPLATE, also={"children": here.children})


@GET_AND_POST
def cancel(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Cancel it, with a reason that everybody invited is told."""
    found, here = _found(request, meeting_id, changing=True)

    def act(said: dict[str, Any]) -> str:
        cancel_meeting(found.id, reason=said["reason"], **here.by)
        return f"/meetings/{found.id}"

    question = Question("Cancel the meeting", "Cancel it", f"/meetings/{found.id}", serious=True)
    make = partial(ReasonForm)
    return ask(request, make, question, act, template=TEMPLATE, also={"children": here.children})


def _found(request: SignedInRequest, meeting_id: UUID, *, changing: bool = False) -> tuple[Meeting, Here]:
    """The meeting for this reader, with the look on record. Http404 where there is none, or they do not change it."""
    found = meeting_of(request.sight, meeting_id)
    if found is None:
        raise Http404
    here = Here(request, found.plan)
    if changing and not (here.changes and found.state == MeetingState.PLANNED):
        raise Http404
    note_look(request, "meeting", found.plan.children.all())
    return found, here
