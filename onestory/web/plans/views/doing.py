"""What is wanted for a child, and who does what: writing it, agreeing, doing, moving, giving up."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.help.plans import outcomes
from onestory.help.plans.models import PlanAction, PlanOutcome
from onestory.help.plans.outcomes import Doing, Wanted
from onestory.help.plans.queries import action_in, outcome_in
from onestory.help.plans.states import ActionState
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import Question, ask
from onestory.web.plans import presenters
from onestory.web.plans.choosing import owners
from onestory.web.plans.forms import ActionForm, EvidenceForm, MoveForm, OutcomeForm, ReasonForm
from onestory.web.plans.looking import Here, on_plan

GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])
TEMPLATE = "plans/question.html"


@GET_AND_POST
def outcome(request: SignedInRequest, plan_id: UUID, outcome_id: UUID | None = None) -> HttpResponse:
    """Write what is wanted for a child, or write it anew."""
    here = on_plan(request, plan_id, changing=True)
    found = _outcome(here, outcome_id) if outcome_id else None
    children = [(str(one.record_id), one.label) for one in here.plan.children.all()]
    make = partial(OutcomeForm, of_child=children)

    def act(said: dict[str, Any]) -> str:
        wanted = Wanted(said["domain"], said["worry"], said["wanted"], said["how_known"])
        if found:
            outcomes.change_outcome(found.id, wanted=wanted, seen=said["seen"] or 0, **here.by)
        else:
            outcomes.add_outcome(here.plan.id, child=UUID(said["child"]), wanted=wanted, **here.by)
        return here.address

    initial: dict[str, Any] = {"child": children[0][0] if len(children) == 1 else request.GET.get("child", "")}
    if found:
        names = ("domain", "worry", "wanted", "how_known")
        initial = {name: getattr(found, name) for name in names}
        initial |= {"child": str(found.record_id), "seen": found.version}
    question = Question("What is wanted for the child?", "Save", here.address, section="families")
    return ask(request, make, question, act, initial=initial, template=TEMPLATE, also={"children": here.children})


@GET_AND_POST
def action(request: SignedInRequest, plan_id: UUID, outcome_id: UUID, action_id: UUID | None = None) -> HttpResponse:
    """Write who does what for an outcome, as a draft or as agreed."""
    here = on_plan(request, plan_id, changing=True)
    wanted = _outcome(here, outcome_id)
    found = _action(here, action_id) if action_id else None
    make = partial(ActionForm, of_owner=[("", "Choose"), *owners(here.plan)])

    def act(said: dict[str, Any]) -> str:
        sort, _, owner = said["owner"].partition(":")
        doing = Doing(
            what=said["what"],
            owner_team=UUID(owner) if sort == "team" else None,
            owner_person=UUID(owner) if sort == "person" else None,
            due_on=said["due_on"],
            measure=said["measure"],
            if_not=said["if_not"],
        )
        agreed = said["agreed"] == "yes"
        if found:
            outcomes.change_action(found.id, doing=doing, agreed=agreed, seen=said["seen"] or 0, **here.by)
        else:
            outcomes.add_action(wanted.id, doing=doing, agreed=agreed, **here.by)
        return here.address

    question = Question(
        "Who does what?",
        "Save",
        here.address,
        lead=(f"Wanted: {wanted.wanted}",),
        section="families",
    )
    initial = _as_typed(found) if found else {}
    return ask(request, make, question, act, initial=initial, template=TEMPLATE, also={"children": here.children})


def _as_typed(found: PlanAction) -> dict[str, Any]:
    owner = f"team:{found.owner_team_id}" if found.owner_team_id else f"person:{found.owner_person_id}"
    said = {name: getattr(found, name) for name in ("what", "due_on", "measure", "if_not")}
    return said | {"owner": owner, "seen": found.version, "agreed": "no" if found.state == "draft" else "yes"}


@require_safe
def one_action(request: SignedInRequest, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """One action, and what can be done about it."""
    here = on_plan(request, plan_id)
    found = _action(here, action_id)
    names = {str(one.record_id): one.label for one in here.plan.relatives.all()}
    mine = found.owner_team_id == request.sight.team_id or here.changes
    shown = {
        "plan": here.plan,
        "identities": here.children,
        "action": presenters.action_shown(found, names, timezone.localdate(request.sight.at)),
        "row": found,
        "changes": here.changes and found.state in (ActionState.DRAFT, ActionState.REQUIRED),
        "does": mine and found.state == ActionState.REQUIRED and here.plan.state == "open",
    }
    return render(request, "plans/action.html", shown)


@GET_AND_POST
def done(request: SignedInRequest, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """Say that it was done, with evidence."""
    here = on_plan(request, plan_id)
    found = _action(here, action_id)
    if found.owner_team_id != request.sight.team_id and not here.changes:
        raise Http404

    def act(said: dict[str, Any]) -> str:
        outcomes.complete_action(found.id, evidence=said["evidence"], **here.by)
        return here.address

    question = Question(
        "What was done?",
        "Save",
        f"{here.address}/actions/{found.id}",
        lead=(found.what, f"How we said we would know: {found.measure}"),
        section="families",
    )
    return ask(request, EvidenceForm, question, act, template=TEMPLATE, also={"children": here.children})


@GET_AND_POST
def moved(request: SignedInRequest, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """Give what is required a new day, with a reason."""
    here = on_plan(request, plan_id, changing=True)
    found = _action(here, action_id)

    def act(said: dict[str, Any]) -> str:
        outcomes.move_action(found.id, due_on=said["due_on"], reason=said["reason"], seen=said["seen"], **here.by)
        return here.address

    question = Question("A new day", "Save", f"{here.address}/actions/{found.id}", lead=(found.what,))
    also, initial = {"children": here.children}, {"seen": found.version}
    return ask(request, MoveForm, question, act, initial=initial, template=TEMPLATE, also=also)


@GET_AND_POST
def given_up(request: SignedInRequest, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """Give it up, with a reason that stands on record."""
    here = on_plan(request, plan_id, changing=True)
    found = _action(here, action_id)

    def act(said: dict[str, Any]) -> str:
        outcomes.drop_action(found.id, reason=said["reason"], **here.by)
        return here.address

    question = Question(
        "Give it up", "Give it up", f"{here.address}/actions/{found.id}", lead=(found.what,), serious=True
    )
    return ask(request, ReasonForm, question, act, template=TEMPLATE, also={"children": here.children})


def _outcome(here: Here, outcome_id: UUID) -> PlanOutcome:
    found = outcome_in(here.plan, outcome_id)
    if found is None:
        raise Http404
    return found


def _action(here: Here, action_id: UUID) -> PlanAction:
    found = action_in(here.plan, action_id)
    if found is None:
        raise Http404
    return found
