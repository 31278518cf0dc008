"""Protection of one child: where it stands, which clocks run, and the next step."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestory.arrive.chronology.narrowing import Family
from onestory.arrive.chronology.queries import family_for
from onestory.decide.protection.actions import end_enquiry, record_conference, record_discussion, step_up
from onestory.decide.protection.forms import StepForm
from onestory.decide.protection.policies import CannotRecord, sees_where_it_stands
from onestory.decide.protection.queries import agencies_chosen, agencies_to_choose, teams_of_agencies
from onestory.decide.protection.reading import running, standing_of
from onestory.decide.protection.steps import steps_shown
from onestory.platform.moves import CannotHappen
from onestory.platform.ui import typed_text
from onestory.platform.ui.child import identity_of
from onestory.platform.ui.requests import SignedInRequest
from onestory.platform.ui.wording import day_words


@require_http_methods(["GET", "HEAD", "POST"])
def protection(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Where it stands, and what may follow."""
    family, today = family_for(request, child_id), timezone.localdate()
    if not sees_where_it_stands(request.sight, child_id):
        return _not_open(request, family, today)
    agencies, typed = agencies_to_choose(), typed_text.take_back(request)
    sent = StepForm(request.POST, do=request.POST.get("do", ""), agencies=agencies) if request.POST else None
    problem = ""
    if sent is not None and sent.is_valid():
        try:
            _take(request, child_id, sent)
            return redirect("protection", child_id=child_id)
        except CannotRecord as refused:
            sent.add_error(refused.field, str(refused))
        except CannotHappen as refused:
            problem = str(refused)
    now = standing_of(family.history.entries, family.child)
    said = {
        "sent": sent,
        "steps": steps_shown(now.stage, request.membership.role, agencies, sent=sent, typed=typed),
        "problem": problem,
        "identity": identity_of(family.history.people[family.child], today),
        "stage": str(now.stage),
        "since": day_words(now.since),
        "clocks": [(one.what, day_words(one.due_on), one.edition, one.due_on < today) for one in running(now)],
    }
    return render(request, "protection/protection.html", said)


def _not_open(request: SignedInRequest, family: Family, today: dt.date) -> HttpResponse:
    """Who only knows that there is the child reads how to learn more, and can send nothing. Raises Http404."""
    if request.method == "POST":
        raise Http404
    identity = identity_of(family.history.people[family.child], today)
    return render(request, "protection/not_open.html", {"identity": identity})


def _take(request: SignedInRequest, child_id: UUID, form: StepForm) -> None:
    given = form.cleaned_data
    who: dict[str, Any] = {
        "team": request.membership.team,
        "role": request.membership.role,
        "by": request.user,
        "at": timezone.now(),
    }
    goes_on = given["goes_on"] == "yes"
    if form.do == "step up":
        step_up(child_id=child_id, asked=teams_of_agencies(given["present"]), why=given["why"], **who)
    elif form.do == "end":
        end_enquiry(child_id=child_id, words=given["words"], **who)
    elif not given["goes_on"]:
        raise CannotRecord("goes_on", "Select what follows")
    elif form.do == "discussion":
        record_discussion(
            child_id=child_id,
            held_on=given["held_on"],
            present=agencies_chosen(given["present"]),
            why_not=given["why_not"],
            words=given["words"],
            enquiry=goes_on,
            **who,
        )
    elif form.do == "conference":
        record_conference(
            child_id=child_id,
            held_on=given["held_on"],
            present=agencies_chosen(given["present"]),
            words=given["words"],
            plan=goes_on,
            **who,
        )
