"""Who looked: what waits to be looked into, what was decided, one record's list."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onestory.platform.access.actions import end_conflict, reconcile_break_glass
from onestory.platform.access.models import BreakGlass
from onestory.platform.agencies.policies import CannotChange
from onestory.platform.scrutiny import actions, queries
from onestory.platform.scrutiny.models import Outcome, Why
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import Question, ask
from onestory.web.asking.doors import PRIVACY_OFFICER, only_for
from onestory.web.privacy import presenters
from onestory.web.privacy.forms import AskedForm, EndForm, JudgeForm, ReconcileForm

SECTION = "privacy"
AT_MOST = 100


@only_for(PRIVACY_OFFICER)
@require_safe
def accesses(request: SignedInRequest) -> HttpResponse:
    """What waits, what no tie explains first."""
    at = timezone.now()
    today = timezone.localdate(at)
    said = {
        "unexplained": [presenters.group(one) for one in queries.looked_into(Why.UNEXPLAINED, at)[:AT_MOST]],
        "opened": [presenters.opened(one, today) for one in queries.break_glass_to_reconcile()],
        "trawls": [presenters.group(one) for one in queries.looked_into(Why.TRAWL, at)[:AT_MOST]],
        "sample": [presenters.group(one) for one in queries.looked_into(Why.SAMPLE, at)[:AT_MOST]],
        "interests": [presenters.interest(one) for one in queries.open_conflicts()],
    }
    return render(request, "privacy/accesses.html", said)


@only_for(PRIVACY_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: SignedInRequest, why: str, actor_id: UUID, day: str) -> HttpResponse:
    """What one person did on one day, and what came of looking into it."""
    reason, on, at = _reason(why), _day(day), timezone.now()
    stretch = queries.stretch_of(reason, actor=actor_id, on=on, at=at)
    if stretch is None:
        raise Http404

    def act(given: dict[str, Any]) -> str:
        outcome = Outcome(given["outcome"])
        actions.judge(stretch, why=reason, outcome=outcome, remark=given["remark"], by=request.user, at=at)
        return reverse("privacy:accesses")

    group = presenters.group(stretch)
    question = Question(
        reason.label, "Record", reverse("privacy:accesses"), lead=group.says, caption=group.who, section=SECTION
    )
    return ask(request, JudgeForm, question, act, template="privacy/judge.html", also={"lines": group.lines})


@only_for(PRIVACY_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def reconcile(request: SignedInRequest, tie_id: UUID) -> HttpResponse:
    """A record that was opened in an emergency: was it justified?"""
    found, at = queries.break_glass_numbered(tie_id), timezone.now()
    if found is None or found.reconciled_at is not None:
        raise Http404

    def act(given: dict[str, Any]) -> str:
        outcome = BreakGlass.Outcome(given["outcome"])
        reconcile_break_glass(found, outcome=outcome, remark=given["remark"], by=request.user, at=at)
        return reverse("privacy:accesses")

    opened = presenters.opened(found, timezone.localdate(at))
    said = {"opened": opened, "lines": [presenters.line(one) for one in queries.seen_under(found)]}
    question = Question(
        "A record opened in an emergency", "Record", reverse("privacy:accesses"), caption=opened.who, section=SECTION
    )
    return ask(request, ReconcileForm, question, act, template="privacy/judge.html", also=said)


@only_for(PRIVACY_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def end_interest(request: SignedInRequest, conflict_id: UUID) -> HttpResponse:
    """The record is open again to whoever had an interest in it, as far as their ties go."""
    found = queries.conflict_numbered(conflict_id)
    if found is None:
        raise Http404

    def act(given: dict[str, Any]) -> str:
        end_conflict(found, by=request.user, at=timezone.now())
        return reverse("privacy:accesses")

    lead = (f"{presenters.interest(found).nature}. Ask them, and their manager, before you end it.",)
    question = Question(
        "End a declared interest",
        "End it",
        reverse("privacy:accesses"),
        lead=lead,
        caption=found.user.display_name,
        section=SECTION,
    )
    return ask(request, EndForm, question, act)


@only_for(PRIVACY_OFFICER)
@require_safe
def decided(request: SignedInRequest) -> HttpResponse:
    """What was decided, the newest first."""
    judged, opened = queries.judgements()[:AT_MOST], queries.break_glass_reconciled()[:AT_MOST]
    rows = presenters.decided(judged, opened, at_most=AT_MOST)
    return render(request, "privacy/decided.html", {"rows": rows})


@only_for(PRIVACY_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def asked_for(request: SignedInRequest) -> HttpResponse:
    """A family asks who looked: whose record is it, and who asks?"""

    def act(given: dict[str, Any]) -> str:
        at = timezone.now()
        found = actions.find_record_asked_for(name=given["name"], born=given["born"], by=request.user, at=at)
        if found is None:
            raise CannotChange("name", "No record, or more than one, has this whole name and date of birth")
        request.session[f"asked-for-{found}"] = {"name": given["name"], "recipient": given["recipient"]}
        return reverse("privacy:who_looked", kwargs={"person_id": found})

    lead = (
        "You see who looked, when and why, and nothing of what stands in the record.",
        "A sealed record is not found here: those whom its list names answer for it.",
    )
    question = Question("Who looked at a record", "Find", reverse("privacy:accesses"), lead=lead, section=SECTION)
    return ask(request, AskedForm, question, act)


@only_for(PRIVACY_OFFICER)
@never_cache
@require_safe
def who_looked(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Everybody who looked at a record about which a family has asked."""
    asked = _asked(request, person_id)
    rows = queries.who_looked_at(person_id)
    said = {
        "lines": [presenters.line(one) for one in rows[:AT_MOST]],
        "count": rows.count(),
        "asked": asked,
        "person": str(person_id),
        "reference": presenters.reference(person_id),
    }
    return render(request, "privacy/who_looked.html", said)


@only_for(PRIVACY_OFFICER)
@never_cache
@require_safe
def for_family(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """The list for the family, on paper, in plain words. For whom it was printed stands in the audit."""
    asked, at = _asked(request, person_id), timezone.now()
    keep_safe = queries.is_to_be_kept_safe(person_id)
    said = {
        "sentences": presenters.for_family(queries.who_looked_at(person_id), keep_safe=keep_safe),
        "asked": asked,
        "today": timezone.localdate(at),
        "keep_safe": keep_safe,
        "person": str(person_id),
    }
    actions.note_print(person_id, recipient=asked["recipient"], by=request.user, at=at)
    return render(request, "privacy/for_family.html", said)


def _asked(request: SignedInRequest, person_id: UUID) -> dict[str, str]:
    """As whom the family asked; 404 for a record that nobody has asked about in this sign-in."""
    asked = request.session.get(f"asked-for-{person_id}")
    if asked is None or queries.is_sealed(person_id):
        raise Http404
    return dict(asked)


def _reason(why: str) -> Why:
    try:
        return Why(why)
    except ValueError:
        raise Http404 from None


def _day(day: str) -> dt.date:
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
