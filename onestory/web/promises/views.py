"""One promise, and what is done about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestory.platform.access.policies import NotNow
from onestory.platform.agencies.models import Team
from onestory.platform.commitments import answering
from onestory.platform.commitments.models import Commitment, State
from onestory.platform.commitments.queries import commitment_of
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.inbox.looking import note_look
from onestory.web.promises.forms import TeamForm, WordsForm
from onestory.web.promises.queries import is_owed_by, other_teams
from onestory.web.waiting.presenters import from_commitment

KEEP = {"label": "What was done, and how you know", "missing": "Enter what was done, and how you know"}
DECLINE = {"label": "Why you decline", "missing": "Enter why you decline"}


@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: SignedInRequest, commitment_id: UUID) -> HttpResponse:
    """One promise. The team that owes it acts on it here; everybody else who may see it reads it."""
    found = commitment_of(request.sight, commitment_id)
    if found is None:
        raise Http404
    note_look(request, "promise", [one.record.person_id for one in found.people.all()])
    teams, mine = other_teams(request.sight), is_owed_by(request.sight, found)
    shown = _forms(request if request.method == "POST" else None, teams)
    if request.method == "POST" and mine and _done(request, found, shown, teams):
        return redirect("promise", commitment_id=commitment_id)
    item = from_commitment(found, {}, timezone.localdate(request.sight.at))
    page = {"item": item, "promise": found, "mine": mine, "state": State(found.state).label, "teams": bool(teams)}
    return render(request, "promises/promise.html", {**page, "forms": shown})


def _forms(request: SignedInRequest | None, teams: dict[str, Team]) -> dict[str, django_forms.Form]:
    def data(name: str) -> Any:
        return request.POST if request and request.POST.get("do") == name else None

    named = [(key, team.name) for key, team in teams.items()]
    return {
        "keep": WordsForm(data("keep"), name="keep", **KEEP),
        "decline": WordsForm(data("decline"), name="decline", **DECLINE),
        "give": TeamForm(data("give"), teams=named),
    }


def _done(
    request: SignedInRequest, found: Commitment, shown: dict[str, django_forms.Form], teams: dict[str, Team]
) -> bool:
    """Whether it was done; where not, the form says why."""
    do = request.POST.get("do", "")
    form = shown.get(do)
    if form is not None and not form.is_valid():
        return False
    given = form.cleaned_data if form is not None else {}
    who: dict[str, Any] = {"team": request.membership.team, "by": request.user, "at": timezone.now()}
    try:
        match do:
            case "accept":
                answering.accept_commitment(found.id, **who)
            case "keep":
                answering.keep_commitment(found.id, evidence=given["words"], **who)
            case "decline":
                answering.decline_commitment(found.id, reason=given["words"], **who)
            case "give":
                answering.give_commitment(found.id, to_team=teams[given["team"]], **who)
            case _:
                return False
    except NotNow as refusal:
        if form is None:
            return True  # it moved on a moment ago: the page says where it stands
        form.add_error("team" if do == "give" else "words", str(refusal))
        return False
    return True
