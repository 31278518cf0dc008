"""The alert's page with its answer, and the catalogue of rules."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.arrive.chronology.queries import family_for
from onestory.oversee.signals import presenters
from onestory.oversee.signals.acting import Step, steps
from onestory.oversee.signals.actions import answer_alert
from onestory.oversee.signals.forms import AnswerForm
from onestory.oversee.signals.in_force import rules_on
from onestory.oversee.signals.load import MOST_A_DAY, load_of_team
from onestory.oversee.signals.policies import CannotAnswer
from onestory.oversee.signals.queries import alert_of, whom_the_reader_knows
from onestory.oversee.signals.spoken import A_YEAR, in_words, spoken
from onestory.platform.moves import CannotHappen
from onestory.platform.ui import typed_text
from onestory.platform.ui.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: SignedInRequest, alert_id: UUID) -> HttpResponse:
    """One alert; answering it comes back to it, with the answer on top."""
    today = timezone.localdate()
    typed = typed_text.take_back(request)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=typed, today=today)
    page, may_open = _page(request, alert_id)
    if form.is_valid() and _answered(request, alert_id, form):
        return redirect("alert", alert_id=alert_id)
    said = {"page": page, "steps": may_open, "form": form, "typed": typed is not None}
    return render(request, "signals/alert.html", said)


def _page(request: SignedInRequest, alert_id: UUID) -> tuple[presenters.AlertPage, list[Step]]:
    today = timezone.localdate()
    found = alert_of(request.sight, alert_id)
    if found is None:
        raise Http404
    family = family_for(request, whom_the_reader_knows(found))
    # Read again, now that the request reads among the circle: what is shown is what that reader sees.
    found = alert_of(request.sight, alert_id)
    if found is None:
        raise Http404
    page = presenters.alert_page(found, family, today)
    return page, steps(request.sight, found) if page.can_answer else []


def _answered(request: SignedInRequest, alert_id: UUID, form: AnswerForm) -> bool:
    """Whether the answer was kept; where not, the form says why."""
    given = {name: form.cleaned_data[name] for name in ("sort", "words", "until_on")}
    now = timezone.now()
    try:
        answer_alert(
            alert_id=alert_id,
            asking_id=form.cleaned_data["asking"],
            by=request.user,
            at=now,
            today=timezone.localdate(now),
            **given,
        )
    except CannotAnswer as problem:
        form.add_error(problem.field, str(problem))
    except CannotHappen as problem:
        form.add_error("words", str(problem))
    return not form.errors


@require_safe
def load(request: SignedInRequest) -> HttpResponse:
    """Whether the team's list is more than it can answer."""
    found = load_of_team(request.sight, timezone.localdate())
    said = {"load": found, "sentences": list(found.words()), "verdict": found.verdict(), "most": MOST_A_DAY}
    return render(request, "signals/load.html", said)


@require_safe
def rules(request: SignedInRequest) -> HttpResponse:
    """Everything that is looked for."""
    return render(request, "signals/rules.html", {"rules": presenters.rule_pages()})


@require_safe
def rule(request: SignedInRequest, signal: str) -> HttpResponse:
    """One rule: what it looks for, why, where that was learnt, what may be tuned."""
    if signal not in presenters.RULES:
        raise Http404
    today = timezone.localdate()
    now = next(one for one in rules_on(today).rules if one.signal == signal)
    said = {
        "rule": presenters.rule_page(now, rules_on(today).settings.get(signal, {})),
        "spoken": in_words(spoken(signal, since=today - A_YEAR)),
    }
    return render(request, "signals/rule.html", said)
