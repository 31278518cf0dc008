"""A change that a team in the plan proposes; the lead professional accepts or refuses it with a reason (L2)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from onestory.help.plans import policies
from onestory.help.plans.holding import locked
from onestory.help.plans.membership import records_of
from onestory.help.plans.models import Plan, PlanProposal
from onestory.help.plans.states import ProposalState, proposal_after
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.notices.actions import send_notice


@transaction.atomic
def propose_change(
    plan_id: UUID, *, words: str, why: str, action: UUID | None = None, team: Team, by: User, at: dt.datetime
) -> PlanProposal:
    """Propose a change, to one action or to the plan; it waits for the lead professional. Any team in it may (L2).

    Raises CannotPlan, CannotHappen.
    """
    policies.check_words(words, "words", "Enter what you would change")
    policies.check_words(why, "why", "Enter why")
    with keeping():
        plan = locked(plan_id)
        policies.check_in_plan(plan, team_id=team.id)
        about = plan.actions.filter(pk=action).first() if action else None
        proposal = PlanProposal.objects.create(
            plan=plan, action=about, words=words.strip(), why=why.strip(), team=team, by=by, at=at
        )
        lead = plan.lead_team or plan.owner_team
        _tell(plan, lead, "plan", f"{team} proposes a change: {proposal.words}", from_team=team, by=by, at=at)
    return proposal


@transaction.atomic
def answer_proposal(
    proposal_id: UUID, *, accept: bool, reason: str, team: Team, by: User, at: dt.datetime
) -> PlanProposal:
    """Accept or refuse as lead professional, with a reason; the team is told. Raises CannotPlan, CannotHappen."""
    policies.check_words(reason, "reason", "Enter why you accept or refuse it")
    with keeping():
        proposal = (
            PlanProposal.objects.select_for_update(of=("self",)).select_related("team__agency").get(pk=proposal_id)
        )
        plan = locked(proposal.plan_id)
        policies.check_leads(plan, user_id=by.id)
        proposal.state = proposal_after(proposal.state, "accept" if accept else "refuse")
        proposal.reason, proposal.decided_by, proposal.decided_at = reason.strip(), by, at
        proposal.save()
        said = f"{ProposalState(proposal.state).label}: {proposal.words} Why: {proposal.reason}"
        _tell(plan, proposal.team, "answer", said, from_team=team, by=by, at=at)
    return proposal


def _tell(plan: Plan, to_team: Team, kind: str, words: str, *, from_team: Team, by: User, at: dt.datetime) -> None:
    send_notice(
        to_team=to_team,
        from_team=from_team,
        about=records_of(plan),
        kind=kind,
        words=words,
        address=f"/plans/{plan.id}",
        by=by,
        at=at,
    )
