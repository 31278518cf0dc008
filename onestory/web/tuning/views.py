"""What is set of the rules: listed, proposed, decided by a second person."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.oversee.signals.load import MOST_A_DAY, loads_of_teams
from onestory.oversee.signals.rules import BY_SIGNAL
from onestory.oversee.signals.spoken import FEW
from onestory.oversee.signals.tuned import Setting
from onestory.oversee.tuning import actions, queries
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import Question, ask
from onestory.web.asking.doors import ADMINISTRATOR, PRIVACY_OFFICER, only_for
from onestory.web.tuning import presenters
from onestory.web.tuning.forms import DecideForm, ProposeForm

OFFICE = (ADMINISTRATOR, PRIVACY_OFFICER)
SECTION = "administration"


@only_for(*OFFICE)
@require_safe
def tuning(request: SignedInRequest) -> HttpResponse:
    """What waits, what is set today, every change, and all rules."""
    here = queries.settings_in_force(timezone.localdate())
    said = {
        "waiting": [presenters.proposal_row(one) for one in queries.waiting()],
        "changed": {one.signal for one in here},
        "rules": sorted(BY_SIGNAL.values(), key=lambda rule: rule.title),
        "history": [presenters.proposal_row(one) for one in queries.history()[:50]],
    }
    return render(request, "tuning/tuning.html", said)


@only_for(*OFFICE)
@require_safe
def teams(request: SignedInRequest) -> HttpResponse:
    """How much each team is asked on a day, and what it answers: numbers alone, and none so small as to tell of one."""
    said = {"teams": loads_of_teams(timezone.localdate()), "most": MOST_A_DAY, "few": FEW}
    return render(request, "tuning/teams.html", said)


@only_for(*OFFICE)
@require_safe
def rule(request: SignedInRequest, signal: str) -> HttpResponse:
    """Everything that may be set of one rule, as shipped and as it is here."""
    if signal not in BY_SIGNAL:
        raise Http404
    here = queries.settings_in_force(timezone.localdate())
    said = {
        "rule": BY_SIGNAL[signal],
        "rows": list(presenters.settable(signal, here)),
        "history": [presenters.proposal_row(one) for one in queries.history(signal)],
    }
    return render(request, "tuning/rule.html", said)


@only_for(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedInRequest, signal: str, sort: str, parameter: str = "") -> HttpResponse:
    """Ask that one thing of a rule be set; a second person decides."""
    rows = list(presenters.settable(signal, ())) if signal in BY_SIGNAL else []
    row = next((one for one in rows if (one.sort, one.name) == (sort, parameter)), None)
    if row is None:
        raise Http404

    def act(given: dict[str, Any]) -> str:
        setting = Setting(signal, sort, parameter, given["value"].strip())
        actions.propose(setting, why=given["why"], from_on=given["from_on"], by=request.user, at=timezone.now())
        return reverse("tuning:tuning")

    lead = (f"As shipped: {row.shipped}.", "Nothing changes until somebody else has approved it.")
    back = reverse("tuning:rule", kwargs={"signal": signal})
    heading = f"Propose a change: {row.meaning}"
    question = Question(heading, "Propose it", back, lead=lead, caption=BY_SIGNAL[signal].title, section=SECTION)
    make = partial(ProposeForm, sort=sort, label=row.meaning.capitalize())
    return ask(request, make, question, act, initial={"from_on": timezone.localdate()})


@only_for(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SignedInRequest, proposal_id: UUID) -> HttpResponse:
    """Approve or decline as second person."""
    found = queries.proposal_numbered(proposal_id)
    if found is None:
        raise Http404
    row = presenters.proposal_row(found)

    def act(given: dict[str, Any]) -> str:
        approve = given["approve"] == "yes"
        actions.decide(found, approve=approve, words=given["words"], by=request.user, at=timezone.now())
        return reverse("tuning:tuning")

    lead = (f"{row.words}.", f"{row.by}: {row.why}", "Once approved, every living family is read with it on that day.")
    question = Question(
        "Decide on this change", "Save", reverse("tuning:tuning"), lead=lead, caption=row.title, section=SECTION
    )
    return ask(request, DecideForm, question, act)
