"""In which capacity somebody acts on the ending of a plan."""

from __future__ import annotations

from onestory.help.closure.models import ClosureReceiver
from onestory.help.closure.states import Party, check_may, parties
from onestory.help.plans.models import Plan
from onestory.platform.agencies.models import Membership


def acting_on(plan: Plan, post: Membership) -> frozenset[Party]:
    """For whom somebody in this post acts: as lead, as manager, both or neither."""
    return parties(
        role=post.role,
        sector=plan.owner_team.agency.sector,
        in_owner_team=post.team_id == plan.owner_team_id,
        in_owner_agency=post.team.agency_id == plan.owner_team.agency_id,
        leads=plan.lead_id == post.user_id,
    )


def check_acts(event: str, plan: Plan, post: Membership) -> None:
    """Raises CannotHappen where somebody in this post may not do it for the plan's owner."""
    check_may(event, acting_on(plan, post))


def check_receives(event: str, receiver: ClosureReceiver, post: Membership) -> None:
    """A receiver's answer is its team's, whoever is there; or of the team to which the notice was taken."""
    taken_to = receiver.notice.with_team_id if receiver.notice else None
    mine = post.team_id in (receiver.team_id, taken_to)
    check_may(event, frozenset({Party.RECEIVER}) if mine else frozenset())
