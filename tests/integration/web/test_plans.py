"""Pages of plans and meetings: each for whom it is for, absent for everybody else, and as quick for many as for one."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from onestory.help.meetings.actions import call_meeting
from onestory.help.meetings.models import Meeting
from onestory.help.plans.actions import Why, draft_plan, name_lead, open_plan
from onestory.help.plans.agreeing import Terms, sign_agreement
from onestory.help.plans.involving import invite_team, leave_out, say_of_relative
from onestory.help.plans.models import Plan
from onestory.help.plans.outcomes import Doing, Wanted, add_action, add_outcome
from onestory.platform.agencies.models import Membership, Team
from tests.integration.web.partnership import child, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("ellis",)
NOW = timezone.now()
WANTED = Wanted("safety", "Shouting at night", "Quiet nights", "He sleeps through")


def post_of(username: str) -> Membership:
    return Membership.objects.select_related("team__agency", "user").get(user__username=username)


def as_ben() -> dict[str, Any]:
    ben = post_of("ben.worker")
    return {"team": ben.team, "by": ben.user, "at": NOW}


def draft(*children: UUID, actions: int = 1) -> Plan:
    """A plan of Ben's, led by him, with this many actions for each child."""
    ben = post_of("ben.worker")
    plan = draft_plan(
        kind="child_in_need",
        children=children or [child("Lily").pk, child("Mason").pk],
        reasons=[Why("Shouting at night", ("domestic_abuse_parent",))],
        role="social_worker",
        **as_ben(),
    )
    name_lead(plan.id, lead=ben.user, lead_team=ben.team, **as_ben())
    for one in plan.children.all():
        outcome = add_outcome(plan.id, child=one.record_id, wanted=WANTED, **as_ben())
        for number in range(actions):
            doing = Doing(
                f"Visit {number}.",
                owner_team=ben.team.id,
                due_on=NOW.date() + dt.timedelta(days=20),
                measure="Made.",
                if_not="Strategy discussion.",
            )
            add_action(outcome.id, doing=doing, agreed=True, **as_ben())
    for one in plan.relatives.filter(how="unanswered"):
        say_of_relative(one.id, invited=True, seen_on=NOW.date(), **as_ben())
    return plan


def opened(*children: UUID, actions: int = 1) -> Plan:
    return open_plan(draft(*children, actions=actions).id, **as_ben())


def met(plan: Plan) -> Meeting:
    return call_meeting(plan.id, kind="cin_review", meets_at=NOW + dt.timedelta(days=9), **as_ben())


def status(username: str, path: str) -> int:
    return signed_in(username).get(path).status_code


ON_A_PLAN = ("", "/lead", "/outcomes/new", "/agencies/new", "/family/new", "/proposals/new", "/agreements/new")
READ_BY_MEMBERS = {"", "/proposals/new"}


@pytest.mark.parametrize("page", ON_A_PLAN)
def test_who_owns_it_changes_it_who_is_in_it_proposes_and_to_others_it_is_absent(page: str) -> None:
    plan = opened()
    address = f"/plans/{plan.id}{page}"
    assert status("ben.worker", address) == 200
    assert status("wendy.visitor", address) == (200 if page in READ_BY_MEMBERS else 404)
    for stranger in ("tom.nurse", "imran.teacher", "mark.mind", "gwen.partnership", "oscar.privacy"):
        assert status(stranger, address) == 404


def test_hidden_and_absent_are_the_same() -> None:
    plan = opened()
    tom = signed_in("tom.nurse")
    hidden, absent = (tom.get(f"/plans/{one}").content for one in (plan.id, uuid4()))
    assert len(hidden) == len(absent)


def test_every_page_about_one_part_opens() -> None:
    plan = opened()
    action, outcome = plan.actions.first(), plan.outcomes.first()
    meeting = met(plan)
    assert action
    assert outcome
    member = plan.agencies.exclude(team=plan.owner_team).first()
    for path in (
        f"/children/{child('Lily').pk}/plans",
        f"/children/{child('Lily').pk}/plans/new",
        f"/plans/{plan.id}/actions/{action.id}",
        f"/plans/{plan.id}/actions/{action.id}/done",
        f"/plans/{plan.id}/actions/{action.id}/new-day",
        f"/plans/{plan.id}/actions/{action.id}/give-up",
        f"/plans/{plan.id}/outcomes/{outcome.id}",
        f"/plans/{plan.id}/outcomes/{outcome.id}/actions/new",
        f"/plans/{plan.id}/family/{plan.relatives.first().id}",
        f"/plans/{plan.id}/agencies/{member.id}/leave-out",
        f"/plans/{plan.id}/children/{plan.children.first().id}",
        f"/plans/{plan.id}/meetings/new",
        f"/meetings/{meeting.id}",
        f"/meetings/{meeting.id}/held",
        f"/meetings/{meeting.id}/cancel",
    ):
        assert status("ben.worker", path) == 200, path
        assert status("imran.teacher", path) == 404, path


def test_a_team_in_the_plan_without_a_tie_reads_it_all() -> None:
    plan = draft()
    invite_team(plan.id, invited=Team.objects.get(name="School Nursing"), **as_ben())
    page = signed_in("tom.nurse").get(f"/plans/{plan.id}").content.decode()
    assert "Quiet nights" in page
    assert "Lily" in page


def test_a_team_that_was_left_out_sees_why_and_nothing_else() -> None:
    plan = draft()
    row = plan.agencies.get(team__name="Health Visiting East")
    leave_out(row.id, reason="She is at school.", **as_ben())
    open_plan(plan.id, **as_ben())
    wendy = signed_in("wendy.visitor")
    address = f"/plans/{plan.id}/without-us"
    assert "She is at school." in wendy.get(address).content.decode()
    wendy.post(address, {"words": "Lily is two."})
    row.refresh_from_db()
    assert row.objection == "Lily is two."
    assert status("tom.nurse", address) == 404


def test_an_agreement_ends_on_its_page_with_a_reason() -> None:
    plan = opened()
    parent = plan.relatives.filter(is_parent=True).first()
    assert parent
    terms = Terms("agreement", "No shouting.", "We meet.", NOW.date(), signed=(parent.record_id,))
    agreement = sign_agreement(plan.id, terms=terms, **as_ben())
    address = f"/plans/{plan.id}/agreements/{agreement.id}/end"
    assert status("wendy.visitor", address) == 404
    ben = signed_in("ben.worker")
    assert address in ben.get(f"/plans/{plan.id}").content.decode()
    assert "Enter the reason" in ben.post(address, {"reason": " "}).content.decode()
    assert ben.post(address, {"reason": "She has kept it."}).status_code == 302
    page = ben.get(f"/plans/{plan.id}").content.decode()
    assert "She has kept it." in page
    assert address not in page
    assert status("ben.worker", address) == 404


def test_what_is_refused_keeps_what_was_typed() -> None:
    plan = draft()
    outcome = plan.outcomes.first()
    assert outcome
    typed = {"what": "Ring her school.", "owner": f"team:{plan.owner_team_id}", "agreed": "yes", "due_on": ""}
    page = signed_in("ben.worker").post(f"/plans/{plan.id}/outcomes/{outcome.id}/actions/new", typed)
    assert page.status_code == 200
    assert "Without a day it can be saved as a draft only." in page.content.decode()
    assert "Ring her school." in page.content.decode()


def test_only_who_may_opens_it() -> None:
    plan = draft()
    assert signed_in("wendy.visitor").post(f"/plans/{plan.id}").status_code == 404
    assert signed_in("ben.worker").post(f"/plans/{plan.id}").status_code == 302
    plan.refresh_from_db()
    assert plan.state == "open"
