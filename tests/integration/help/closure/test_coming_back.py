"""A family that comes back within six weeks finds the same team with everything in place; after it a new plan."""

from __future__ import annotations

import pytest

from onestory.help.closure.actions import send_record
from onestory.help.closure.completing import close, reopen
from onestory.help.closure.models import Closure
from onestory.help.plans.models import Plan
from onestory.platform.access.ties import Tie
from onestory.platform.commitments.models import Commitment
from onestory.platform.moves import CannotHappen
from tests.integration.help.closure.place import CONTACT, TESTS, Second
from tests.integration.platform.notices.teams import AT, DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]


def ended(here: Second) -> Closure:
    """Ended with the tests undone, which a manager let stand."""
    closure = here.answered("action")
    here.overrides(closure, "action", str(here.action.id))
    here.does(send_record, closure.id)
    here.all_accept(closure)
    closed: Closure = here.does(close, closure.id)
    return closed


def test_it_comes_back_in_one_action_with_everything_in_place() -> None:
    here = Second()
    closure = ended(here)
    assert Tie.objects.filter(team=here.visiting, because="aftercare", until_at=None).exists()
    plan = here.does(reopen, closure.id, reason="Father has moved in.")

    plan = Plan.objects.get(id=plan.id)
    assert (plan.kind, plan.state, plan.owner_team, plan.lead) == ("child_in_need", "open", here.social, here.ben.user)
    assert [one.words for one in plan.reasons.all()] == [CONTACT, "It came back: Father has moved in."]
    left = plan.actions.get()
    assert (left.what, left.state) == (TESTS, "required")
    assert left.due_on >= AT.date()
    members = set(plan.agencies.filter(how="member").values_list("team", flat=True))
    assert {here.social.id, here.school.id, here.visiting.id} <= members
    closure.refresh_from_db()
    assert (closure.state, closure.next_plan) == ("came_back", plan)


def test_the_after_care_ends_because_the_plan_carries_it_on() -> None:
    here = Second()
    closure = ended(here)
    here.does(reopen, closure.id, reason="Father has moved in.")
    standing = Commitment.objects.get(sort="aftercare", owner_agency=here.visiting.agency_id, state="open")
    assert standing.until_on == AT.date()
    assert not Tie.objects.filter(because="aftercare", until_at=None).exists()


def test_after_six_weeks_a_new_plan_is_drawn_up() -> None:
    here = Second()
    closure = ended(here)
    late = {"post": here.ben, "by": here.ben.user, "at": AT + 43 * DAY}
    with pytest.raises(CannotHappen, match="Draw up a new one"):
        reopen(closure.id, reason="Father has moved in.", **late)
    with pytest.raises(CannotHappen, match="why"):
        here.does(reopen, closure.id, reason=" ")
    with pytest.raises(CannotHappen, match="lead professional, their team"):
        here.does(reopen, closure.id, reason="He is back.", post=here.wendy)
