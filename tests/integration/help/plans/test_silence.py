"""Property: no plan loses an agency in silence, in whatever order people come, go and are left out (L2, F5.33)."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestory.help.plans.actions import open_plan
from onestory.help.plans.involving import invite_team, leave_out
from onestory.help.plans.models import Plan, PlanAgency
from onestory.help.plans.policies import CannotPlan
from onestory.help.plans.relied_on import relied_on
from onestory.platform.access.policies import NotNow
from onestory.platform.notices.models import Notice
from tests.integration.help.plans.lived import Here
from tests.integration.platform.notices.teams import team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]
TEAMS = ("East", "Nurses", "Safeguarding", "Hilltop")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("works with", "leave out", "leave out silently", "invite", "open")), st.sampled_from(TEAMS)
    ),
    min_size=3,
    max_size=9,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(steps=STEPS)
def test_whoever_was_relied_on_is_in_the_plan_or_was_told_why_not(steps: list[tuple[str, str]]) -> None:
    with transaction.atomic():
        here = Here()
        teams = {"East": here.home.health, "Nurses": here.nurses, "Safeguarding": here.home.school}
        teams["Hilltop"] = team("Hilltop School", "school", "Office")
        plan = here.ready()
        for step, name in steps:
            take(here, plan, step, teams[name])
        if Plan.objects.get(pk=plan.pk).state == "draft":
            open_plan(plan.id, **here.as_lead())
        then_nobody_is_missing(here, Plan.objects.get(pk=plan.pk))
        transaction.set_rollback(True)


def take(here: Here, plan: Plan, step: str, who: object) -> None:
    row = PlanAgency.objects.filter(plan=plan, team=who).first()
    try:
        match step:
            case "works with" if Plan.objects.get(pk=plan.pk).state == "draft":
                here.works_with(who)
            case "leave out" if row:
                leave_out(row.id, reason="Not needed now.", **here.as_lead())
            case "leave out silently" if row:
                with pytest.raises(CannotPlan):
                    leave_out(row.id, reason="", **here.as_lead())
            case "invite":
                invite_team(plan.id, invited=who, **here.as_lead())
            case "open":
                open_plan(plan.id, **here.as_lead())
    except NotNow:
        pass  # what may not happen now changes nothing


def then_nobody_is_missing(here: Here, plan: Plan) -> None:
    rows = {one.team_id: one for one in plan.agencies.all()}
    for one in relied_on([here.child.person_id], at=here.at, besides=plan.id):
        row = rows[one.team_id]
        if row.how == "member":
            assert row.team_id in plan.teams
        else:
            assert row.reason
            assert row.told_at
            assert Notice.objects.filter(to_team=row.team_id, address=f"/plans/{plan.id}/without-us").exists()
            assert Notice.objects.filter(kind="left_out", words__contains=row.reason).exists()
