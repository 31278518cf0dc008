"""One check and its answer; asking."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestory.decide.checks import actions
from onestory.decide.checks.models import Check
from onestory.decide.checks.queries import check_of
from onestory.oversee.signals.acting import FROM, told_by
from onestory.platform.access.policies import NotNow
from onestory.platform.notices.queries import inbox
from onestory.platform.people.models import AgencyRecord
from onestory.platform.people.told import people_now, told_of
from onestory.platform.ui.about_child import about_child
from onestory.platform.ui.child import Identity
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import Question, ask
from onestory.web.checks import forms
from onestory.web.checks.presenters import CheckPage, check_page
from onestory.web.checks.queries import concern_of, record_for, teams_to_ask
from onestory.web.inbox.looking import note_look
from onestory.web.inbox.presenters import who_words

MAY_ASK = "social_care"
ALSO_MAY_ASK = frozenset({"early_help_lead"})


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedInRequest, check_id: UUID) -> HttpResponse:
    """One check. Whoever is asked answers it here; whoever asked reads the answer."""
    found = check_of(request.sight, check_id)
    if found is None:
        raise Http404
    note_look(request, "check", people_now(found.who).values())
    page = _page(request, found)
    shown = _forms(page, None)
    if request.method == "POST" and page.to_answer:
        done = request.POST.get("do", "")
        shown = _forms(page, request)
        if _answered(request, check_id, done, shown.get(done)):
            return redirect("check", check_id=check_id)
    return render(request, "checks/check.html", {"page": page, "forms": shown})


def _page(request: SignedInRequest, found: Check) -> CheckPage:
    asked_by_us = request.sight.team_id == found.asking_team_id
    return check_page(found, may_answer=_may_answer(request, found), may_withdraw=asked_by_us, now=request.sight.at)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, check_id: UUID) -> HttpResponse:
    """Say that an answer is no longer needed, and why: by the team that asked, as long as nobody answered."""
    found = check_of(request.sight, check_id)
    if found is None:
        raise Http404
    page = _page(request, found)
    if not page.to_withdraw:
        raise Http404
    note_look(request, "check", people_now(found.who).values())
    back = reverse("check", kwargs={"check_id": check_id})

    def act(given: dict[str, Any]) -> str:
        actions.withdraw_check(check_id, reason=given["relevance"], by=request.user, at=timezone.now())
        return back

    question = Question(
        heading="Say that an answer is no longer needed",
        button="Withdraw the question",
        back=back,
        lead=(
            f"It leaves the inbox of {page.asked}. That it was asked, and why it was withdrawn, stays on record.",
            *page.who,
        ),
    )
    return ask(request, forms.WithdrawForm, question, act)


def _may_answer(request: SignedInRequest, found: Check) -> bool:
    if request.sight.team_id == found.asked_team_id:
        return True
    return inbox(request.sight).filter(entry=found.request_id).exists()  # taken further to the reader's team


def _forms(page: CheckPage, request: SignedInRequest | None) -> dict[str, Any]:
    """The forms of the page by what they do; only the one that was sent holds what was typed."""

    def data(name: str) -> Any:
        return request.POST if request and request.POST.get("do") == name else None

    return {
        "held": forms.HeldForm(data("held"), about_adults=page.about_adults),
        "decline": forms.DeclineForm(data("decline")),
        "report": forms.ReportForm(data("report")),
    }


def _answered(request: SignedInRequest, check_id: UUID, done: str, form: Any) -> bool:
    """Whether the answer was kept; where not, the form says why."""
    if form is not None and not form.is_valid():
        return False
    given = form.cleaned_data if form is not None else {}
    who: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    try:
        match done:
            case "nothing held":
                actions.answer_nothing_held(check_id, searched=forms.OWN_RECORDS, **who)
            case "call me":
                actions.answer_call_me(check_id, **who)
            case "accept":
                actions.accept_welfare_check(check_id, **who)
            case "held":
                actions.answer_held(check_id, **given, **who)
            case "decline":
                actions.decline_welfare_check(check_id, reason=given["relevance"], **who)
            case "report":
                actions.report_welfare_check(check_id, outcome=given["outcome"], words=given["relevance"], **who)
            case _:
                return False
    except NotNow as refusal:
        if form is None:
            return True  # somebody else answered a moment ago: the page says what
        form.add_error(getattr(refusal, "field", None), str(refusal))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def ask_checks(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Ask agencies what they hold on a child."""
    record = _child(request, child_id)
    teams = teams_to_ask(request.sight)

    def act(given: dict[str, Any]) -> str:
        chosen = [teams[one] for one in given.pop("teams") if one in teams]
        return _kept(request, child_id, actions.ask_checks(teams=chosen, **_told(request, record), **given))

    question = Question(
        heading="Ask agencies what they hold",
        button="Ask",
        back=_back(request, child_id),
        lead=(
            "Each agency answers in the program. What is not answered in time is taken further by itself.",
            *told_by(request.sight, request.GET.get(FROM, "")),
        ),
        about=_identity(record),
    )
    return ask(request, lambda data, **more: forms.AskForm(data, teams=_choices(teams), **more), question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_welfare_check(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Ask the police formally to see whether a child is safe."""
    record = _child(request, child_id)
    teams = teams_to_ask(request.sight, sector="police")

    def act(given: dict[str, Any]) -> str:
        chosen = [teams[one] for one in given.pop("teams") if one in teams]
        asked = [actions.ask_welfare_check(team=one, **_told(request, record), **given) for one in chosen]
        return _kept(request, child_id, asked)

    question = Question(
        heading="Ask the police for a welfare check",
        button="Ask the police",
        back=_back(request, child_id),
        lead=(
            "Is a child in danger now? Ring 999 first. The police hold the address until they have answered.",
            *told_by(request.sight, request.GET.get(FROM, "")),
        ),
        about=_identity(record),
    )
    return ask(request, lambda data, **more: forms.WelfareForm(data, teams=_choices(teams), **more), question, act)


def _child(request: SignedInRequest, child_id: UUID) -> AgencyRecord:
    """The child's record, for whoever may ask; 404 alike for anybody else."""
    if MAY_ASK not in request.sight.groups and request.sight.role not in ALSO_MAY_ASK:
        raise Http404
    record = record_for(about_child(request, child_id), child_id)
    if record is None:
        raise Http404
    return record


def _told(request: SignedInRequest, record: AgencyRecord) -> dict[str, Any]:
    return {
        "about": [record],
        "asking_team": request.membership.team,
        "concern": concern_of(request.sight, request.GET.get("concern", "")),
        "by": request.user,
        "at": timezone.now(),
    }


def _kept(request: SignedInRequest, child_id: UUID, asked: list[Check]) -> str:
    return reverse("check", kwargs={"check_id": asked[0].id}) if len(asked) == 1 else _back(request, child_id)


def _back(request: SignedInRequest, child_id: UUID) -> str:
    return reverse("family", kwargs={"child_id": child_id})


def _identity(record: AgencyRecord) -> Identity:
    born = who_words([told_of(record)])[0].removeprefix(f"{record.label}, ").removeprefix(record.label)
    return Identity(str(record.person_id), record.label, born[:1].upper() + born[1:] or "Date of birth not recorded")


def _choices(teams: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, f"{team.agency}: {team.name}") for key, team in teams.items()]
