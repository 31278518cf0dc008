"""One promise to go on after a plan has ended, and what its team says of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestory.help.aftercare import actions
from onestory.help.aftercare.queries import AfterCare, one_aftercare
from onestory.platform.access.policies import NotNow
from onestory.platform.people.told import told_of
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.aftercare import forms
from onestory.web.aftercare.presenters import aftercare_row
from onestory.web.inbox.looking import note_look
from onestory.web.inbox.presenters import who_words


@require_http_methods(["GET", "HEAD", "POST"])
def aftercare(request: SignedInRequest, commitment_id: UUID) -> HttpResponse:
    """Turns kept and missed; the team that goes on says whether the child was seen."""
    found = one_aftercare(request.sight, commitment_id, today=timezone.localdate())
    if found is None:
        raise Http404
    records = [one.record for one in found.promise.people.all()]
    note_look(request, "aftercare", [one.person_id for one in records])
    mine = found.promise.owner_team_id == request.sight.team_id or _answers(request, found)
    shown = _forms(request if request.method == "POST" else None)
    if request.method == "POST" and mine and _done(request, commitment_id, shown):
        return redirect("aftercare", commitment_id=commitment_id)
    page = {
        "row": aftercare_row(found),
        "people": who_words(map(told_of, records)),
        "mine": mine and not found.stands.over,
    }
    return render(request, "aftercare/aftercare.html", page | {"forms": shown})


def _answers(request: SignedInRequest, found: AfterCare) -> bool:
    """What an agency owes without a team being named is answered by the team that answers for it."""
    promise, team = found.promise, request.membership.team
    return promise.owner_team_id is None and promise.owner_agency_id == team.agency_id and team.answers_for_agency


def _forms(request: SignedInRequest | None) -> dict[str, Any]:
    def data(name: str) -> Any:
        return request.POST if request and request.POST.get("do") == name else None

    return {"seen": forms.SeenForm(data("seen")), "not_seen": forms.NotSeenForm(data("not_seen"))}


def _done(request: SignedInRequest, commitment_id: UUID, shown: dict[str, Any]) -> bool:
    form = shown.get(request.POST.get("do", ""))
    if form is None or not form.is_valid():
        return False
    given = form.cleaned_data
    who: dict[str, Any] = {"team": request.membership.team, "by": request.user, "at": timezone.now()}
    try:
        if "on" in given:
            actions.say_seen(commitment_id, on=given["on"], words=given["words"], **who)
        else:
            actions.say_not_seen(commitment_id, outcome=given["outcome"], words=given["not_seen_words"], **who)
    except NotNow as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else next(iter(form.fields)), str(refusal))
        return False
    return True
