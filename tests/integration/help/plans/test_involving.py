"""Nobody is lost in silence: who was relied on is in the plan, or was left out with a reason that they are told."""

from __future__ import annotations

import pytest

from onestory.help.plans.actions import close_plan, name_lead, open_plan
from onestory.help.plans.agreeing import Terms, end_agreement, sign_agreement
from onestory.help.plans.involving import invite_team, leave_out, object_to_being_left_out, say_of_relative
from onestory.help.plans.models import Agreement, Plan, PlanAgency
from onestory.help.plans.policies import CannotPlan
from onestory.help.plans.proposing import answer_proposal, propose_change
from onestory.help.plans.queries import left_out_of, open_plans_of_team, plan_of, visible_plans
from onestory.help.plans.states import CannotHappen
from onestory.platform.access.ties import Tie
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.actions import record_entries
from onestory.platform.notices.models import Notice
from tests.integration.help.plans.lived import Here
from tests.integration.platform.history.families import new
from tests.integration.platform.notices.teams import AT, DAY, reads, team, works

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def here(as_keeper: None) -> Here:
    return Here()


def row_of(plan: Plan, name: str) -> PlanAgency:
    return plan.agencies.get(agency__name=name)


def test_whoever_works_with_the_child_is_in_from_the_start(here: Here) -> None:
    here.works_with(here.home.health, here.nurses)
    plan = here.drafted()
    assert {one.team.name: one.because for one in plan.agencies.exclude(team=here.home.duty)} == {
        "East": "Works with the child now",
        "Nurses": "Works with the child now",
    }


def test_whoever_an_earlier_plan_or_after_care_relied_on_is_in_the_next(here: Here) -> None:
    health, nurses = here.home.health.agency, here.nurses.agency
    duty = here.home.duty.agency
    earlier = {"type": "child_in_need", "stage": "closed", "agencies": (str(health.id),)}
    after = {"who": str(nurses.id), "what": "Sees her every three months"}
    record_entries(
        [new(duty, here.child, kind="plan", own=earlier), new(duty, here.child, kind="aftercare", own=after)],
        by=None,
        at=AT,
    )
    plan = here.drafted()
    assert row_of(plan, "Harbour Health").because == "Named in a plan, 1 February 2024"
    assert row_of(plan, "Harbour School Nursing").because == "Promised after-care, 1 February 2024"


def test_leaving_out_needs_a_reason_and_tells_the_team_and_the_manager(here: Here) -> None:
    here.works_with(here.home.health)
    plan = here.ready()
    row = row_of(plan, "Harbour Health")
    with pytest.raises(CannotPlan):
        leave_out(row.id, reason=" ", **here.as_lead())
    leave_out(row.id, reason="She is twelve.", **here.as_lead())
    assert not Notice.objects.exists()  # a draft tells nobody
    open_plan(plan.id, **here.as_lead())
    told = Notice.objects.get(to_team=here.home.health)
    assert (told.kind, told.address) == ("plan", f"/plans/{plan.id}/without-us")
    assert "She is twelve." in told.words
    assert Notice.objects.get(kind="left_out").for_user == here.helen.user


def test_a_team_that_was_left_out_sees_that_and_says_why_it_should_be_there(here: Here) -> None:
    here.works_with(here.home.health)
    plan = here.ready()
    leave_out(row_of(plan, "Harbour Health").id, reason="She is twelve.", **here.as_lead())
    open_plan(plan.id, **here.as_lead())
    found = left_out_of(reads(here.wendy), plan.id)
    assert found is not None
    object_to_being_left_out(
        found.id, words="Her brother is two.", team=here.home.health, by=here.wendy.user, at=AT + DAY
    )
    said = Notice.objects.filter(to_team=here.home.duty, words__contains="Her brother is two.")
    assert said.count() == 1
    assert left_out_of(reads(here.nora), plan.id) is None


def test_whoever_came_to_work_with_the_child_meanwhile_is_in_when_it_opens(here: Here) -> None:
    plan = here.ready()
    here.works_with(here.nurses)
    open_plan(plan.id, **here.as_lead())
    assert row_of(plan, "Harbour School Nursing").how == "member"


def test_who_owes_an_action_or_leads_cannot_be_left_out(here: Here) -> None:
    here.works_with(here.home.health)
    plan = here.ready()
    here.does(plan.outcomes.get(), owner_team=here.home.health.id)
    for name in ("Harbour Health", "Children's Social Care"):
        with pytest.raises(CannotPlan):
            leave_out(row_of(plan, name).id, reason="Not needed.", **here.as_lead())


def test_a_team_invited_later_sees_it_and_is_told(here: Here) -> None:
    plan = here.opened()
    assert plan_of(reads(here.nora), plan.id) is None
    invite_team(plan.id, invited=here.nurses, **here.as_lead())
    assert plan_of(reads(here.nora), plan.id) is not None
    assert list(open_plans_of_team(reads(here.nora))) == [plan]
    assert Notice.objects.filter(to_team=here.nurses, kind="plan").count() == 1


def test_ties_that_rest_on_the_plan_end_with_it_and_others_stay(here: Here) -> None:
    here.works_with(here.home.health)
    plan = here.ready()
    invite_team(plan.id, invited=here.nurses, **here.as_lead())
    plan = open_plan(plan.id, **here.as_lead())
    held = Tie.objects.filter(person=here.child.person_id, until_at=None)
    assert held.filter(team=here.nurses).exists()
    close_plan(plan=plan, words="Better.", by=here.amina.user, at=AT + DAY)
    assert not held.filter(team=here.nurses).exists()
    assert held.filter(team=here.home.health).exists()
    assert not held.filter(user=here.amina.user, because="lead").exists()


def test_an_unanswered_parent_keeps_the_plan_from_opening(here: Here) -> None:
    plan = here.drafted()
    name_lead(plan.id, lead=here.amina.user, lead_team=here.home.duty, **here.as_lead())
    here.does(here.wants(plan))
    mother = plan.relatives.get()
    assert (mother.label, mother.is_parent) == ("Mother of Ada", True)
    with pytest.raises(CannotPlan, match="Mother of Ada"):
        open_plan(plan.id, **here.as_lead())
    with pytest.raises(CannotPlan):
        say_of_relative(mother.id, invited=False, **here.as_lead())
    say_of_relative(mother.id, invited=False, reason="She is in hospital until June.", **here.as_lead())
    assert open_plan(plan.id, **here.as_lead()).state == "open"


def test_what_a_parent_undertakes_is_a_commitment_like_any_other(here: Here) -> None:
    plan = here.ready()
    mother = plan.relatives.get()
    here.does(plan.outcomes.get(), what="Rings the police if he comes.", owner_team=None, owner_person=mother.record_id)
    open_plan(plan.id, **here.as_lead())
    assert Commitment.objects.get(owner_person=mother.record_id).what.startswith("Rings the police")


def test_any_team_in_it_proposes_and_only_the_lead_answers_with_a_reason(here: Here) -> None:
    here.works_with(here.home.health)
    plan = here.opened()
    mine = {"team": here.home.health, "by": here.wendy.user, "at": AT}
    proposal = propose_change(plan.id, words="Weigh her too.", why="She has lost weight.", **mine)
    with pytest.raises(CannotHappen):
        propose_change(plan.id, words="Mine.", why="Why.", team=here.nurses, by=here.nora.user, at=AT)
    for who in (mine, {**here.as_lead(), "by": here.helen.user}):
        with pytest.raises(CannotHappen):
            answer_proposal(proposal.id, accept=True, reason="Yes.", **who)
    with pytest.raises(CannotPlan):
        answer_proposal(proposal.id, accept=False, reason=" ", **here.as_lead())
    assert answer_proposal(proposal.id, accept=True, reason="Yes.", **here.as_lead()).state == "accepted"
    assert Notice.objects.get(to_team=here.home.health, kind="answer").words.startswith("Accepted")


def test_an_agreement_keeps_people_apart_and_stands_as_a_condition(here: Here) -> None:
    plan = here.opened()
    mother, child = plan.relatives.get(), plan.children.get()
    apart = (mother.record_id, child.record_id)
    terms = Terms("safety_plan", "No contact.", "Legal advice.", AT.date(), signed=apart[:1], apart=apart)
    agreement = sign_agreement(plan.id, terms=terms, **here.as_lead())
    assert agreement.entry.own["forbids"] == [str(one) for one in apart]
    assert str(mother.record_id) in agreement.entry.own["signed_by"]
    watched = Commitment.objects.get(sort="condition")
    assert watched.what == "Legal advice."
    assert set(watched.test["together"]) == {str(one) for one in apart}
    assert sorted(agreement.signatures.values_list("label", flat=True)) == [
        "Duty team, Children's Social Care",
        "Mother of Ada",
    ]


@pytest.mark.parametrize("lacking", ["terms", "breach_leads_to", "signed", "agreed_on"])
def test_an_agreement_says_everything(here: Here, lacking: str) -> None:
    plan = here.opened()
    given = {"terms": "No contact.", "breach_leads_to": "Legal advice.", "agreed_on": AT.date()}
    given |= {"signed": (plan.relatives.get().record_id,)}
    given[lacking] = {"signed": (), "agreed_on": None}.get(lacking, " ")
    with pytest.raises(CannotPlan):
        sign_agreement(plan.id, terms=Terms(sort="agreement", **given), **here.as_lead())


def test_who_is_not_in_it_and_has_no_tie_finds_no_plan_and_changes_none(here: Here) -> None:
    plan = here.opened()
    stranger = works("Sam Ode", team("Hilltop School", "school", "Office"), "safeguarding_lead")
    assert not visible_plans(reads(stranger)).exists()
    assert plan_of(reads(here.helen), plan.id) is not None
    for who in (here.ruth, stranger):
        with pytest.raises(CannotHappen):
            here.wants(plan, by=who.user, team=who.team)


def test_a_conflict_of_interest_closes_a_plan_to_a_member(here: Here) -> None:
    from onestory.platform.access.actions import declare_conflict

    here.works_with(here.home.health)
    plan = here.opened()
    assert plan_of(reads(here.wendy), plan.id) is not None
    declare_conflict(here.child.person_id, user_id=here.wendy.user_id, nature="relative", by=here.wendy.user, at=AT)
    assert plan_of(reads(here.wendy, AT + DAY), plan.id) is None


def signed(here: Here) -> Agreement:
    plan = here.opened()
    terms = Terms("agreement", "No contact.", "Legal advice.", AT.date(), signed=(plan.relatives.get().record_id,))
    return sign_agreement(plan.id, terms=terms, **here.as_lead())


def test_an_agreement_ends_with_a_reason_and_its_condition_with_it(here: Here) -> None:
    here.works_with(here.home.health)
    agreement = signed(here)
    end_agreement(agreement.id, reason="He has died.", **here.as_lead())
    agreement.refresh_from_db()
    assert (agreement.ended_on, agreement.ended_because, agreement.ended_by) == (
        AT.date(),
        "He has died.",
        here.amina.user,
    )
    assert not Commitment.objects.filter(sort="condition", state="open").exists()
    told = Notice.objects.filter(to_team=here.home.health, words__endswith="has ended: He has died.")
    assert told.count() == 1


def test_an_agreement_ends_once_with_a_reason_and_by_whoever_changes_the_plan(here: Here) -> None:
    here.works_with(here.home.health)
    agreement = signed(here)
    with pytest.raises(CannotPlan):
        end_agreement(agreement.id, reason=" ", **here.as_lead())
    with pytest.raises(CannotHappen):
        end_agreement(agreement.id, reason="Why.", team=here.home.health, by=here.wendy.user, at=AT)
    end_agreement(agreement.id, reason="He has died.", **here.as_lead())
    with pytest.raises(CannotHappen):
        end_agreement(agreement.id, reason="Again.", **here.as_lead())
