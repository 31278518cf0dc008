"""The closure record: read by everybody who goes on, answered by each for its own task."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestory.help.closure import answering, completing
from onestory.help.closure.models import Closure, ClosureReceiver
from onestory.help.closure.queries import my_receiver
from onestory.help.closure.states import TRANSITIONS, Answer, State
from onestory.help.closure.wording import receiver_words
from onestory.platform.access.policies import NotNow
from onestory.platform.ui.requests import SignedInRequest
from onestory.platform.ui.wording import moment_words
from onestory.web.closure import forms
from onestory.web.closure.presenters import receiver_rows, title_of, tone_of
from onestory.web.closure.queries import acting_parties, found_closure
from onestory.web.inbox.presenters import who_words


@require_http_methods(["GET", "HEAD", "POST"])
def closure(request: SignedInRequest, closure_id: UUID) -> HttpResponse:
    """The record, the same for all; a receiver answers for its own task here."""
    found = found_closure(request, closure_id)
    mine = my_receiver(request.sight, found)
    acts = bool(acting_parties(request, found.plan_id))
    shown = _forms(request if request.method == "POST" else None)
    problem = ""
    if request.method == "POST":
        done, problem = _done(request, found, mine, shown)
        if done is not None:
            return done
    said = _record(found) | _task(found, mine)
    said |= {"forms": shown, "problem": problem, "acts": acts, "may_reopen": acts and found.state == State.CLOSED}
    return render(request, "closure/record.html", said)


def _record(found: Closure) -> dict[str, Any]:
    return {
        "closure": found,
        "title": title_of(found),
        "tone": tone_of(found),
        "state": State(found.state).label,
        "people": who_words(found.who),
        "receivers": receiver_rows(found),
        "sent": moment_words(found.sent_at) if found.sent_at else "",
        "ended": moment_words(found.ended_at) if found.ended_at else "",
    }


def _task(found: Closure, mine: ClosureReceiver | None) -> dict[str, Any]:
    """The reader's own task, and whether it is asked now."""
    if mine is None or found.version == 0:
        return {"mine": None, "task": "", "asked": False}
    stale = mine.to_version != found.version
    asked = "accept" in TRANSITIONS[State(found.state)] and not stale and mine.answer == Answer.WAITING
    return {"mine": mine, "task": receiver_words(mine), "asked": asked}


def _forms(request: SignedInRequest | None) -> dict[str, Any]:
    def data(name: str) -> Any:
        return request.POST if request and request.POST.get("do") == name else None

    return {
        "decline": forms.NotSoForm(data("decline"), name="decline", label="Why can you not do it?"),
        "differ": forms.NotSoForm(data("differ"), name="differ", label="What did you understand?"),
        "reopen": forms.WhyForm(data("reopen"), name="reopen", label="Why does it come back?"),
    }


def _done(
    request: SignedInRequest, found: Closure, mine: ClosureReceiver | None, shown: dict[str, Any]
) -> tuple[HttpResponse | None, str]:
    """Where to go once it is done; else why not, where no field says so."""
    do = request.POST.get("do", "")
    form = shown.get(do)
    if form is not None and not form.is_valid():
        return None, ""
    given = form.cleaned_data if form is not None else {}
    who: dict[str, Any] = {"post": request.membership, "by": request.user, "at": timezone.now()}
    try:
        if do == "reopen":
            plan = completing.reopen(found.id, reason=given["reason"], **who)
            return redirect(f"/plans/{plan.id}"), ""
        if mine is not None:
            _answer(do, mine, _version(request), given.get("words", ""), who)
    except NotNow as refusal:
        return None, str(refusal)
    return redirect("closure", closure_id=found.id), ""


def _answer(do: str, mine: ClosureReceiver, version: int, words: str, who: dict[str, Any]) -> None:
    match do:
        case "accept":
            answering.accept_task(mine.id, version=version, **who)
        case "decline":
            answering.decline_task(mine.id, version=version, words=words, **who)
        case "differ":
            answering.understand_differently(mine.id, version=version, words=words, **who)


def _version(request: SignedInRequest) -> int:
    """The text that stood on the page when it was answered."""
    seen = request.POST.get("version", "")
    return int(seen) if seen.isascii() and seen.isdigit() else 0
