"""Who is in the plan: agencies invited, left out, objecting; the family; proposals; agreements."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestory.help.plans import involving, proposing
from onestory.help.plans.agreeing import Terms, end_agreement, sign_agreement
from onestory.help.plans.queries import action_in, agency_in, agreement_in, left_out_of, proposal_in, relative_in
from onestory.help.plans.states import ProposalState
from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.ui.requests import SignedInRequest
from onestory.platform.ui.wording import day_words
from onestory.web.asking.asking import Question, ask
from onestory.web.assessments.queries import records_around
from onestory.web.plans.choosing import people_in, teams_to_invite
from onestory.web.plans.forms import (
    AgreementForm,
    AnswerForm,
    InviteForm,
    NewRelativeForm,
    ProposalForm,
    ReasonForm,
    RelativeForm,
    WordsForm,
)
from onestory.web.plans.looking import Here, on_plan

GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


def _ask(
    here: Here,
    make: Callable[..., forms.Form],
    question: tuple[str, str],
    act: Callable[[dict[str, Any]], object],
    *,
    lead: tuple[str, ...] = (),
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """One question about the plan, with its children on top; afterwards back to the plan."""

    def then(said: dict[str, Any]) -> str:
        act(said)
        return here.address

    asked = Question(*question, here.address, lead=lead, section="families")
    also = {"children": here.children}
    return ask(here.request, make, asked, then, initial=initial, template="plans/question.html", also=also)


@GET_AND_POST
def invite(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Have another team in the plan."""
    here = on_plan(request, plan_id, changing=True)
    teams = teams_to_invite(here.plan)
    make = partial(InviteForm, of_invited=[("", "Choose"), *((key, str(one)) for key, one in teams.items())])

    def act(said: dict[str, Any]) -> None:
        invited = teams[said["invited"]]
        involving.invite_team(here.plan.id, invited=invited, because=said["because"], **here.by)

    return _ask(here, make, ("Invite a team", "Invite them"), act)


@GET_AND_POST
def leave_out(request: SignedInRequest, plan_id: UUID, row_id: UUID) -> HttpResponse:
    """Leave an agency out, with a reason that it and the manager are told."""
    here = on_plan(request, plan_id, changing=True)
    row = agency_in(here.plan, row_id)
    if row is None:
        raise Http404

    def act(said: dict[str, Any]) -> None:
        involving.leave_out(row.id, reason=said["reason"], **here.by)

    who = row.team or row.agency
    lead = (
        f"{row.because}." if row.because else "They are in the plan.",
        "They are told that they are left out, and why. So is your manager.",
    )
    return _ask(here, ReasonForm, (f"Leave out {who}", "Leave them out"), act, lead=lead)


@GET_AND_POST
def without_us(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """For a team that was left out: that it was, why, and saying why it should be there."""
    row = left_out_of(request.sight, plan_id)
    if row is None:
        raise Http404
    sight = request.sight
    record_access(
        act=Act.LOOK,
        what="left out of a plan",
        people=[],
        by=request.user,
        at=sight.at,
        agency_id=sight.agency_id,
        role=sight.role,
    )

    def act(said: dict[str, Any]) -> str:
        involving.object_to_being_left_out(
            row.id, words=said["words"], team=request.membership.team, by=request.user, at=timezone.now()
        )
        return request.path

    lead = (f"Why: {row.reason}", *((f"You said: {row.objection}",) if row.objection else ()))
    question = Question("You were left out of a plan", "Say so to whoever leads", "/", lead=lead)
    initial = {"words": row.objection}
    return ask(request, Objection, question, act, initial=initial)


class Objection(WordsForm):
    """Why a team should be there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = "If you should be in it: why?"


@GET_AND_POST
def relative(request: SignedInRequest, plan_id: UUID, row_id: UUID) -> HttpResponse:
    """Somebody of the family: invited, seen, in their words, or why not (P7, F5.30)."""
    here = on_plan(request, plan_id, changing=True)
    row = relative_in(here.plan, row_id)
    if row is None:
        raise Http404

    def act(said: dict[str, Any]) -> None:
        involving.say_of_relative(row.id, **{**said, "invited": said["invited"] == "yes"}, **here.by)

    said = {"unanswered": "", "invited": "yes", "not_invited": "no"}[row.how]
    names = ("reason", "seen_on", "not_seen_because", "words")
    initial = {"invited": said} | {name: getattr(row, name) for name in names}
    return _ask(here, RelativeForm, (f"{row.label}, {row.relation}", "Save"), act, initial=initial)


@GET_AND_POST
def new_relative(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Somebody else of the family who helps, or might."""
    here = on_plan(request, plan_id, changing=True)
    first = here.plan.children.all()[0].known_as
    known = {one.known_as for one in here.plan.children.all()}
    there = {one.label for one in here.plan.relatives.all()}
    records = records_around(request.sight, first)
    people = [
        (str(one.person_id), one.label) for one in records if one.person_id not in known and one.label not in there
    ]
    make = partial(NewRelativeForm, of_person=people)

    def act(said: dict[str, Any]) -> None:
        involving.add_relative(here.plan.id, person=UUID(said["person"]), relation=said["relation"], **here.by)

    lead = (
        "Anybody around the children whom you know of. Whoever is not on record yet is added on the family’s page.",
    )
    return _ask(here, make, ("Somebody else of the family", "Add them"), act, lead=lead)


@GET_AND_POST
def propose(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Propose a change, as any team in the plan (L2)."""
    here = on_plan(request, plan_id)
    if not here.is_member:
        raise Http404
    about = _asked_for(here, request.GET.get("action", ""))

    def act(said: dict[str, Any]) -> None:
        proposing.propose_change(here.plan.id, words=said["words"], why=said["why"], action=about, **here.by)

    lead = ("The lead professional accepts or refuses it, and tells you why.",)
    return _ask(here, ProposalForm, ("Propose a change", "Propose it"), act, lead=lead)


def _asked_for(here: Here, text: str) -> UUID | None:
    try:
        found = action_in(here.plan, UUID(text)) if text else None
    except ValueError as error:
        raise Http404 from error
    return found.id if found else None


@GET_AND_POST
def answer(request: SignedInRequest, plan_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Accept or refuse a proposed change, as lead professional."""
    here = on_plan(request, plan_id)
    found = proposal_in(here.plan, proposal_id)
    if found is None or here.plan.lead_id != request.user.pk or found.state != ProposalState.PROPOSED:
        raise Http404

    def act(said: dict[str, Any]) -> None:
        accept = said["answer"] == "accept"
        proposing.answer_proposal(found.id, accept=accept, reason=said["reason"], **here.by)

    lead = (f"{found.team} proposes: {found.words}", f"Why: {found.why}")
    return _ask(here, AnswerForm, ("A proposed change", "Answer"), act, lead=lead)


@GET_AND_POST
def agree(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """A written agreement or a safety plan (L3)."""
    here = on_plan(request, plan_id, changing=True)
    people = people_in(here.plan)
    make = partial(AgreementForm, of_apart=people, of_signed=people)

    def act(said: dict[str, Any]) -> None:
        terms = Terms(
            sort=said["sort"],
            terms=said["terms"],
            breach_leads_to=said["breach_leads_to"],
            agreed_on=said["agreed_on"],
            until_on=said["until_on"],
            signed=tuple(UUID(one) for one in said["signed"]),
            not_signed=said["refused"],
            apart=tuple(UUID(one) for one in said["apart"]),
        )
        sign_agreement(here.plan.id, terms=terms, **here.by)

    return _ask(here, make, ("An agreement or a safety plan", "Record it"), act)


@GET_AND_POST
def agreement_ends(request: SignedInRequest, plan_id: UUID, agreement_id: UUID) -> HttpResponse:
    """An agreement no longer stands, and why."""
    here = on_plan(request, plan_id, changing=True)
    found = agreement_in(here.plan, agreement_id)
    if found is None:
        raise Http404

    def act(said: dict[str, Any]) -> None:
        end_agreement(found.id, reason=said["reason"], **here.by)

    lead = (
        f"{found.get_sort_display()}, {day_words(found.agreed_on)}: {found.terms}",
        f"A breach leads to: {found.breach_leads_to}",
        "What a breach leads to is not remembered any more from today. Everybody in the plan is told why.",
    )
    return _ask(here, ReasonForm, ("End this agreement", "End it"), act, lead=lead)
