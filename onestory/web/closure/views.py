"""The gate of a plan that is to end: what is open, how each point is answered, sending and ending."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.help.closure import actions, completing
from onestory.help.closure.gate import Part, left, of_part, points
from onestory.help.closure.ground import ground_of
from onestory.help.closure.models import Closure
from onestory.help.closure.queries import closure_of_plan, overrides
from onestory.help.closure.states import BEING_WRITTEN, LIVE, Party, State
from onestory.help.plans.queries import plan_of
from onestory.platform.access.policies import NotNow
from onestory.platform.notices.kinds import manager_roles
from onestory.platform.people.told import people_now
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import Question, ask
from onestory.web.closure import forms
from onestory.web.closure.presenters import open_words, receiver_rows, sections, title_of, tone_of
from onestory.web.closure.queries import (
    acting_parties,
    answers_of,
    children_of,
    for_whoever_acts,
    receiver_in,
    teams_to_tell,
)
from onestory.web.inbox.presenters import who_words

NOBODY = "-"
"""In an address: a point that is about no row of its own, such as the chronology."""


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """From a plan to its gate; where nothing has begun, the page on which it begins."""
    plan = plan_of(request.sight, plan_id)
    if plan is None or not acting_parties(request, plan_id):
        raise Http404
    under_way = closure_of_plan(request.sight, plan_id)
    if under_way and under_way.state in LIVE:
        return redirect("closure_gate", closure_id=under_way.id)
    problem = ""
    if request.method == "POST":
        try:
            begun = actions.begin_closure(plan_id, **_who(request))
            return redirect("closure_gate", closure_id=begun.id)
        except NotNow as refusal:
            problem = str(refusal)
    told = [{"person": str(one.record.person_id), "name": one.label, "born": one.born} for one in plan.children.all()]
    said = {"plan": plan, "people": who_words(told), "problem": problem}
    return render(request, "closure/begin.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def gate(request: SignedInRequest, closure_id: UUID) -> HttpResponse:
    """Every point, answered or open, and what can be done now."""
    closure = for_whoever_acts(request, closure_id)
    shown = _forms(request if request.method == "POST" else None, closure)
    problem = ""
    if request.method == "POST":
        done, problem = _done(request, closure, shown)
        if done:
            return redirect(done)
    return render(request, "closure/gate.html", _gate(request, closure) | {"forms": shown, "problem": problem})


def _gate(request: SignedInRequest, closure: Closure) -> dict[str, Any]:
    now = timezone.now()
    ground = ground_of(closure, by=request.user, at=now)
    found = points(ground)
    sent = closure.state == State.SENT
    still = left(ground, closing=sent)
    teams = {one.id: one.team for one in ground.agencies}
    return {
        "closure": closure,
        "title": title_of(closure),
        "tone": tone_of(closure),
        "state": State(closure.state).label,
        "people": who_words(closure.who),
        "child": next(iter(people_now(closure.who).values()), ""),
        "sections": sections(found, answers_of(request, closure), teams, sent=sent),
        "open": open_words(len(still)),
        "still": still,
        "missing": [one for one in of_part(found, Part.AGENCY) if one.is_open],
        "receivers": receiver_rows(closure),
        "live": closure.state in LIVE,
        "may_send": closure.state in BEING_WRITTEN and not still,
        "may_close": sent and not still,
        "sent": sent,
        "manages": Party.MANAGER in acting_parties(request, closure.plan_id),
    }


def _forms(request: SignedInRequest | None, closure: Closure) -> dict[str, Any]:
    def data(name: str) -> Any:
        return request.POST if request and request.POST.get("do") == name else None

    return {
        "analysis": forms.AnalysisForm(data("analysis"), initial={"words": closure.analysis}),
        "withdraw": forms.WhyForm(data("withdraw"), name="withdraw", label="Why does the plan go on?"),
    }


def _done(request: SignedInRequest, closure: Closure, shown: dict[str, Any]) -> tuple[str, str]:
    """Where to go once it is done; else why not, where no field says so."""
    do = request.POST.get("do", "")
    form = shown.get(do)
    if form is not None and not form.is_valid():
        return "", ""
    given = form.cleaned_data if form is not None else {}
    here, who = reverse("closure_gate", kwargs={"closure_id": closure.id}), _who(request)
    try:
        match do:
            case "analysis":
                actions.write_analysis(closure.id, words=given["words"], **who)
            case "tell all":
                actions.receive_all(closure.id, **who)
            case "send":
                actions.send_record(closure.id, **who)
            case "close":
                completing.close(closure.id, **who)
                return reverse("closure", kwargs={"closure_id": closure.id}), ""
            case "withdraw":
                actions.withdraw_closure(closure.id, reason=given["reason"], **who)
            case _:
                return "", ""
    except NotNow as refusal:
        return "", str(refusal)
    return here, ""


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedInRequest, closure_id: UUID) -> HttpResponse:
    """The closure record."""
    closure = for_whoever_acts(request, closure_id)

    def act(given: dict[str, Any]) -> str:
        then = given.pop("condition_then").strip()
        actions.write_record(closure.id, texts=given, **_who(request))
        if then != closure.condition.get("condition_then", ""):
            condition = {"condition_when": "any_concern", "condition_then": then} if then else {}
            actions.set_condition_to_come(closure.id, answers=condition, **_who(request))
        return _back(closure)

    initial = {name: getattr(closure, name) for name in actions.TEXTS}
    initial["condition_then"] = closure.condition.get("condition_then", "")
    lead = ["Everybody who goes on reads this text, and answers to it. There is no other."]
    if closure.state == State.SENT:
        lead.append("It was sent. If you change it, it is taken back from all, and everybody is asked again.")
    return ask(request, forms.RecordForm, _question(closure, "The closure record", "Save", *lead), act, initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
def receiver(request: SignedInRequest, closure_id: UUID, receiver_id: UUID | None = None) -> HttpResponse:
    """Who goes on, and with what; a new one, or one that is there."""
    closure = for_whoever_acts(request, closure_id)
    held = receiver_in(closure, receiver_id) if receiver_id else None
    teams, children = teams_to_tell(closure), children_of(closure)

    def make(data: Any, **more: Any) -> forms.TaskForm:
        return forms.TaskForm(
            data, teams=[(key, f"{one.agency}: {one.name}") for key, one in teams.items()], children=children, **more
        )

    def act(given: dict[str, Any]) -> str:
        given["children"] = [UUID(one) for one in given.get("children", ())]
        actions.set_receiver(closure.id, team=teams[given.pop("team")], **given, **_who(request))
        return _back(closure)

    initial: dict[str, Any] = {"team": request.GET.get("team", "")}
    if held:
        initial = {"team": str(held.team_id), "watches": held.watches, "every": held.every, "until_on": held.until_on}
        initial["children"] = [str(one) for one in held.children]
    lead = ("One task, how often, and until when: so that it can be seen whether it is kept.",)
    return ask(request, make, _question(closure, "Who goes on", "Save", *lead), act, initial=initial)


@require_http_methods(["POST"])
def drop(request: SignedInRequest, closure_id: UUID, receiver_id: UUID) -> HttpResponse:
    """A team does not receive the record after all."""
    closure = for_whoever_acts(request, closure_id)
    receiver_in(closure, receiver_id)
    actions.drop_receiver(receiver_id, **_who(request))
    return redirect("closure_gate", closure_id=closure.id)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, closure_id: UUID, part: str, of: str) -> HttpResponse:
    """One reason or one action: is it met, and how does one know?"""
    closure = for_whoever_acts(request, closure_id)
    point = _point(request, closure, part, of)
    held = answers_of(request, closure).get(of)

    def act(given: dict[str, Any]) -> str:
        if part == Part.REASON:
            given["met"] = given["met"] == "yes"
            actions.answer_reason(closure.id, of=of, **given, **_who(request))
        else:
            actions.answer_action(closure.id, of=of, **given, **_who(request))
        return _back(closure)

    initial = {}
    if held:
        initial = {"met": "yes" if held.met else "no", "words": held.words, "source": held.source, "on": held.on}
    make, heading = (forms.ReasonForm, "Is this met?") if part == Part.REASON else (forms.DoneForm, "Was this done?")
    return ask(request, make, _question(closure, heading, "Save", point.words), act, initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
def let_stand(request: SignedInRequest, closure_id: UUID, part: str, of: str) -> HttpResponse:
    """A manager says why the plan may end although a point is open."""
    closure = for_whoever_acts(request, closure_id)
    if Party.MANAGER not in acting_parties(request, closure.plan_id):
        raise Http404
    point = _point(request, closure, part, of)

    def act(given: dict[str, Any]) -> str:
        key = "" if of == NOBODY else of
        actions.override(closure.id, part=part, of=key, reason=given["reason"], **_who(request))
        return _back(closure)

    def make(data: Any, **more: Any) -> forms.WhyForm:
        return forms.WhyForm(data, label="Why may the plan end all the same?", **more)

    lead = (
        point.why_not or point.words,
        "Your reason stands in the chronology and on the list of what was let stand.",
    )
    return ask(request, make, _question(closure, "Let this stand", "Let it stand", *lead), act)


@require_safe
def let_stand_list(request: SignedInRequest) -> HttpResponse:
    """What managers let end although it was open: for managers."""
    roles = manager_roles().get(request.membership.team.agency.sector, frozenset())
    if request.membership.role not in roles:
        raise Http404
    return render(request, "closure/let_stand.html", {"rows": list(overrides(request.sight)[:200])})


def _point(request: SignedInRequest, closure: Closure, part: str, of: str) -> Any:
    key = (part, "" if of == NOBODY else of)
    ground = ground_of(closure, by=request.user, at=timezone.now())
    found = next((one for one in points(ground) if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _question(closure: Closure, heading: str, button: str, *lead: str) -> Question:
    who = ", ".join(who_words(closure.who))
    return Question(heading=heading, button=button, back=_back(closure), lead=lead, caption=who, section="families")


def _back(closure: Closure) -> str:
    return reverse("closure_gate", kwargs={"closure_id": closure.id})


def _who(request: SignedInRequest) -> dict[str, Any]:
    return {"post": request.membership, "by": request.user, "at": timezone.now()}
