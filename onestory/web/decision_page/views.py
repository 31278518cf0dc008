"""What is known of a child, the decision on a concern, and standing conditions set and ended by people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.arrive.chronology.narrowing import Family
from onestory.arrive.chronology.queries import family_for
from onestory.arrive.concerns.actions import give_advice
from onestory.arrive.concerns.forms import AdviceForm
from onestory.arrive.concerns.models import Concern
from onestory.arrive.concerns.policies import CannotSend
from onestory.arrive.concerns.presenters import people_to_name
from onestory.arrive.concerns.queries import concern_for
from onestory.decide.decisions.actions import approve, decide, send_back
from onestory.decide.decisions.forms import DecisionForm, SendBackForm
from onestory.decide.decisions.policies import CannotDecide, ChangedMeanwhile
from onestory.decide.decisions.queries import decision_on, footing_of
from onestory.platform.agencies.queries import phones_of
from onestory.platform.moves import CannotHappen
from onestory.platform.ui import typed_text
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.decision_page.deciding import under_decision
from onestory.web.decision_page.forms import LookBackForm
from onestory.web.decision_page.patterns import asked_of_reader
from onestory.web.decision_page.presenters import WhatIsKnown, changes_shown, what_is_known
from onestory.web.decision_page.queries import connected_agencies
from onestory.web.waiting.queries import open_alerts


@require_safe
def known(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Everything on one page, today or as it was known on a past day (F5.18–5.21, F5.58)."""
    family, today = family_for(request, child_id), timezone.localdate()
    form = LookBackForm(request.GET, today=today)
    day = form.day()
    page = what_is_known(
        family, day, connected=connected_agencies(), phones=phones_of(family.history.agencies), past=day < today
    )
    return render(request, "web/known.html", {"page": page, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: SignedInRequest, concern_id: UUID) -> HttpResponse:
    """The concern with everything known, and the form of the decision below. A question for advice is answered here."""
    concern = concern_for(request.sight, concern_id)
    if concern is None:
        raise Http404
    if request.membership.team_id not in (concern.to_team_id, concern.approval_team_id):
        return redirect("concerns:receipt", concern_id=concern_id)
    if concern.child_id is None:
        return _advice(request, concern)
    family = family_for(request, concern.child_id)
    written = decision_on(request.sight, concern)
    people = people_to_name(family)
    typed = typed_text.take_back(request)
    posted = request.POST if request.method == "POST" and "approve" not in request.POST else None
    form = DecisionForm(
        posted, people=_with_child(family, people), initial=typed or (written.answers if written else None)
    )
    said: dict[str, Any] = {"form": form, "back": SendBackForm(), "problem": "", "theirs": None, "version": None}
    if typed:  # what was typed builds on what was seen then, whatever a colleague has kept since
        said["version"] = _number(str(typed.get("version", "")))
    if request.method == "POST" and _done(request, concern, form, said):
        return redirect("decision", concern_id=concern_id)
    footing = footing_of(concern, request.user)
    said["concern"] = under_decision(concern, family, footing, written, timezone.now())
    said["version"] = said["concern"].version if said["version"] is None else said["version"]
    said["page"] = _page(request, concern, family)
    return render(request, "web/decision.html", said, status=409 if said["theirs"] else 200)


def _page(request: SignedInRequest, concern: Concern, family: Family) -> WhatIsKnown:
    today = timezone.localdate()
    alerts = open_alerts(request.sight, family=family, today=today)
    return what_is_known(
        family,
        today,
        connected=connected_agencies(),
        phones=phones_of(family.history.agencies),
        asked=asked_of_reader(alerts),
        concern=str(concern.entry_id),
    )


def _with_child(family: Family, people: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return ((family.child, family.history.people[family.child].label), *people)


def _done(request: SignedInRequest, concern: Concern, form: DecisionForm, said: dict[str, Any]) -> bool:
    """Whether what was sent was done; where not, the page says why, with what was typed still in its fields."""
    given: dict[str, Any] = {"role": request.membership.role, "by": request.user, "at": timezone.now()}
    seen = _number(request.POST.get("version", ""))
    try:
        if request.POST.get("approve") == "yes":
            approve(concern, seen=seen, **given)
        elif request.POST.get("approve") == "no":
            send_back(concern, words=request.POST.get("sent_back", "")[:8000], **given)
        elif form.is_valid():
            decide(concern, answers=form.answers(), seen=seen, **given)
        else:
            return False
    except CannotDecide as refused:
        if refused.field in form.fields and form.is_bound:
            form.add_error(refused.field, str(refused))
        said["problem"] = str(refused)
        return False
    except CannotHappen as refused:
        said["problem"] = str(refused)
        return False
    except ChangedMeanwhile as changed:
        said |= {"problem": str(changed), "theirs": changes_shown(changed.theirs, form), "version": changed.version}
        return False
    return True


def _advice(request: SignedInRequest, concern: Concern) -> HttpResponse:
    form = AdviceForm(request.POST if request.method == "POST" else None)
    problem = ""
    if form.is_bound and form.is_valid():
        try:
            advice = form.cleaned_data["advice"]
            give_advice(concern, advice=advice, role=request.membership.role, by=request.user, at=timezone.now())
            return redirect("concerns:receipt", concern_id=concern.id)
        except (CannotHappen, CannotSend) as refused:
            problem = str(refused)
    said = {"concern": concern, "words": concern.consultation.words, "form": form, "problem": problem}
    return render(request, "web/advice.html", said)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() else 0
