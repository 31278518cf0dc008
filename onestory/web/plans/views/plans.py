"""A child's plans, drawing one up, the plan itself, opening it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.decide.assessments.relying import not_looked_at, relied_on
from onestory.help.meetings.queries import meetings_of
from onestory.help.plans.actions import Why, draft_plan, name_lead, open_plan, save_childs_words
from onestory.help.plans.policies import may_draw_up
from onestory.help.plans.queries import left_undone, plans_about
from onestory.help.plans.states import Kind, PlanState
from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.ui.about_child import about_child
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import Question, ask
from onestory.web.assessments.queries import identity_for
from onestory.web.plans import presenters
from onestory.web.plans.choosing import children_around, posts_that_lead
from onestory.web.plans.forms import Asked, LeadForm, StartForm, WordsForm, kinds_for
from onestory.web.plans.looking import on_plan

GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def of_child(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """The plans for a child, and what earlier ones required and nobody did."""
    sight = about_child(request, child_id)
    shown = {
        "child": identity_for(sight, child_id),
        "plans": list(plans_about(sight, [child_id])),
        "undone": list(left_undone(sight, [child_id])),
        "may": may_draw_up(Kind.EARLY_HELP, sight.role) and not sight.capped(InfoClass.PLANS, Level.FULL),
    }
    return render(request, "plans/of_child.html", shown)


@GET_AND_POST
def start(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Draw one up. What earlier plans left undone stands beside the question (F5.39)."""
    sight = about_child(request, child_id)
    children = children_around(sight, child_id)
    if not may_draw_up(Kind.EARLY_HELP, sight.role) or not children:
        raise Http404
    kinds = kinds_for(may_draw_up(Kind.CHILD_IN_NEED, sight.role))
    make = partial(StartForm, of_kind=kinds, of_children=children)

    def act(said: dict[str, Any]) -> str:
        lines = [line.strip() for line in said["reasons"].splitlines() if line.strip()]
        plan = draft_plan(
            kind=said["kind"],
            children=[UUID(one) for one in said["children"]],
            reasons=[Why(line, tuple(said["factors"])) for line in lines],
            agreement=said["agreement"],
            team=request.membership.team,
            role=sight.role,
            by=request.user,
            at=timezone.now(),
        )
        return f"/plans/{plan.id}"

    question = Question(
        "Draw up a plan",
        "Draw it up",
        f"/children/{child_id}/plans",
        about=identity_for(sight, child_id),
        section="families",
    )
    initial = {"kind": kinds[0][0] if len(kinds) == 1 else "", "children": [str(child_id)]}
    undone = list(left_undone(sight, [UUID(one) for one, _ in children]))
    return ask(request, make, question, act, initial=initial, template="plans/start.html", also={"undone": undone})


@GET_AND_POST
def plan(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Is it better for the child? The whole plan on one page; opening it, where nothing is missing."""
    here = on_plan(request, plan_id, whole=True)
    found, today = here.plan, timezone.localdate(request.sight.at)
    if request.method == "POST" and not here.changes:
        raise Http404

    def act(said: dict[str, Any]) -> str:
        open_plan(found.id, **here.by)
        return here.address

    own = {one.entry_id for outcome in found.outcomes.all() for one in outcome.actions.all()}
    people = [one.known_as for one in found.children.all()]
    began = found.opened_on or today
    undone = [one for one in left_undone(request.sight, people) if one.made_in_id not in own and one.made_on <= began]
    protective, relatives = relied_on(request.sight, people), presenters.relatives_shown(found)
    doing = [one.name for one in relatives if one.actions]
    shown = {
        "plan": found,
        "tone": presenters.TONES[PlanState(found.state)],
        "summary": presenters.summary(found, today),
        "identities": here.children,
        "children": presenters.children_shown(found, today),
        "members": presenters.members(found),
        "left_out": presenters.left_out(found),
        "relatives": relatives,
        "protective": protective,
        "not_looked_at": not_looked_at(doing, protective, [one.label for one in found.children.all()]),
        "missing": presenters.missing(found) if found.state == PlanState.DRAFT else "",
        "meetings": list(meetings_of(request.sight, found.id)),
        "undone": undone,
        "changes": here.changes,
        "is_member": here.is_member and found.state != PlanState.CLOSED,
        "leads": found.lead_id == request.user.pk,
        "names": presenters.names_in(found),
    }
    question = Question(found.get_kind_display(), "Open the plan", here.address)
    return ask(request, Asked, question, act, template="plans/plan.html", also=shown)


@GET_AND_POST
def lead(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Name the lead professional (P5)."""
    here = on_plan(request, plan_id, changing=True)
    posts = posts_that_lead(here.plan, timezone.localdate(request.sight.at))
    make = partial(
        LeadForm, of_lead=[("", "Choose"), *((key, f"{one.user}, {one.team}") for key, one in posts.items())]
    )

    def act(said: dict[str, Any]) -> str:
        chosen = posts[said["lead"]]
        name_lead(here.plan.id, lead=chosen.user, lead_team=chosen.team, **here.by)
        return here.address

    question = Question(
        "Who leads?",
        "Name them",
        here.address,
        lead=("One person leads for the children across the agencies. Everybody in the plan is told who.",),
        caption=here.plan.get_kind_display(),
        section="families",
    )
    return ask(request, make, question, act, template="plans/question.html", also={"children": here.children})


@GET_AND_POST
def childs_words(request: SignedInRequest, plan_id: UUID, child: UUID) -> HttpResponse:
    """What a child says of the plan, or what was seen of a child who does not speak (LP8)."""
    here = on_plan(request, plan_id)
    found = next((one for one in here.plan.children.all() if one.id == child), None)
    if found is None or not here.is_member:
        raise Http404

    def act(said: dict[str, Any]) -> str:
        save_childs_words(here.plan.id, child=child, words=said["words"], **here.by)
        return here.address

    question = Question(
        f"What does {found.label} say?",
        "Save",
        here.address,
        lead=(
            "In the child’s own words. Of a baby or a child who does not speak: what you saw, and how adults answered.",
        ),
        section="families",
    )
    also = {"children": here.children}
    initial = {"words": found.words}
    return ask(request, WordsForm, question, act, initial=initial, template="plans/question.html", also=also)
