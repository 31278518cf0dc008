"""A plan is drawn up by many, opens only when nothing is missing, and what it requires stands on record."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from onestory.help.plans.actions import close_plan, open_plan
from onestory.help.plans.models import Plan, PlanAction
from onestory.help.plans.outcomes import Doing, change_action, complete_action, drop_action, move_action
from onestory.help.plans.policies import CannotPlan
from onestory.help.plans.states import CannotHappen
from onestory.platform.commitments.answering import keep_commitment
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.models import Entry
from onestory.platform.notices.models import Notice
from tests.integration.help.plans.lived import Here
from tests.integration.platform.notices.teams import AT, DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]


def test_an_open_plan_stands_in_the_chronology_with_its_agencies_and_its_review() -> None:
    here = Here()
    here.works_with(here.home.health)
    plan = here.opened()
    entry = Entry.objects.get(pk=plan.entry_id)
    agencies = {str(here.home.duty.agency_id), str(here.home.health.agency_id)}
    assert (entry.kind, entry.own["type"], entry.own["stage"]) == ("plan", "child_in_need", "opened")
    assert set(entry.own["agencies"]) == agencies
    assert entry.own["review_due"] == plan.review_due.isoformat() == "2026-12-08"
    assert entry.factors == ["domestic_abuse_parent"]


def test_every_team_in_it_is_told_the_day_it_opens() -> None:
    here = Here()
    here.works_with(here.home.health, here.nurses)
    here.opened()
    told = Notice.objects.filter(kind="plan").values_list("to_team__name", flat=True)
    assert sorted(told) == ["Duty team", "East", "Nurses"]


def test_what_is_required_is_a_commitment_of_the_team_that_does_it() -> None:
    here = Here()
    here.works_with(here.home.health)
    plan = here.ready()
    here.does(plan.outcomes.get(), what="Weigh her.", owner_team=here.home.health.id)
    open_plan(plan.id, **here.as_lead())
    owed = Commitment.objects.get(owner_team=here.home.health)
    assert (owed.sort, owed.state, owed.due_on) == ("action", "open", AT.date() + 28 * DAY)
    assert owed.what.startswith("Weigh her.")


@pytest.mark.parametrize("missing", ["due_on", "measure", "if_not"])
def test_without_day_measure_or_consequence_an_action_is_a_draft_only(missing: str) -> None:
    here = Here()
    outcome = here.wants(here.drafted())
    nothing = None if missing == "due_on" else " "
    with pytest.raises(CannotPlan) as refused:
        here.does(outcome, **{missing: nothing})
    assert refused.value.field == missing
    assert here.does(outcome, agreed=False, **{missing: nothing}).state == "draft"


def test_the_database_holds_no_agreed_action_without_a_measure() -> None:
    here = Here()
    action = here.does(here.wants(here.drafted()))
    for change in ({"measure": ""}, {"due_on": None}, {"if_not": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanAction.objects.filter(pk=action.pk).update(**change)


def test_a_plan_with_a_draft_action_does_not_open() -> None:
    here = Here()
    plan = here.ready()
    here.does(plan.outcomes.get(), agreed=False, measure="")
    with pytest.raises(CannotPlan, match="not agreed yet"):
        open_plan(plan.id, **here.as_lead())
    plan.refresh_from_db()
    assert (plan.state, Entry.objects.filter(kind="plan").count()) == ("draft", 0)


def test_a_plan_without_a_lead_does_not_open() -> None:
    here = Here()
    plan = here.drafted()
    here.does(here.wants(plan))
    here.answers_for_family(plan)
    with pytest.raises(CannotPlan, match="lead professional"):
        open_plan(plan.id, **here.as_lead())


def test_done_is_recorded_with_its_evidence_and_keeps_the_commitment() -> None:
    here = Here()
    plan = here.opened()
    action = complete_action(plan.actions.get().id, evidence="Seen alone four times.", **here.as_lead(AT + 3 * DAY))
    assert (action.state, action.evidence) == ("done", "Seen alone four times.")
    assert action.evidence_entry.own == {"action": str(action.id), "stage": "done"}
    assert Commitment.objects.get(made_in=action.entry).state == "kept"


def test_what_is_answered_as_a_commitment_is_done_in_the_plan_too() -> None:
    here = Here()
    plan = here.opened()
    owed = Commitment.objects.get(sort="action")
    keep_commitment(owed.id, evidence="All four made.", team=here.home.duty, by=here.amina.user, at=AT + DAY)
    action = plan.actions.get()
    assert (action.state, action.evidence, action.ended_on) == ("done", "All four made.", AT.date() + DAY)


def test_given_up_says_why_and_stands_on_record() -> None:
    here = Here()
    action = here.opened().actions.get()
    with pytest.raises(CannotPlan):
        drop_action(action.id, reason=" ", **here.as_lead())
    assert drop_action(action.id, reason="They moved away.", **here.as_lead()).state == "dropped"
    assert Commitment.objects.get(made_in=action.entry).state == "dropped"


def test_a_new_day_keeps_the_commitment_and_says_why() -> None:
    here = Here()
    action = here.opened().actions.get()
    later = dt.date(2027, 2, 1)
    move_action(action.id, due_on=later, reason="The service is full.", seen=action.version, **here.as_lead())
    assert Commitment.objects.get(sort="action").due_on == later
    with pytest.raises(CannotPlan, match="Somebody changed"):
        move_action(action.id, due_on=later, reason="Again.", seen=action.version, **here.as_lead())


def test_of_two_who_write_one_action_the_second_is_told() -> None:
    here = Here()
    action = here.does(here.wants(here.drafted()), agreed=False)
    doing = Doing("Ring her.", owner_team=here.home.duty.id)
    change_action(action.id, doing=doing, agreed=False, seen=1, **here.as_lead())
    with pytest.raises(CannotPlan, match="Somebody changed"):
        change_action(action.id, doing=doing, agreed=False, seen=1, **here.as_lead())


def test_only_social_care_draws_up_a_child_in_need_plan_and_early_help_needs_agreement() -> None:
    here = Here()
    with pytest.raises(CannotPlan, match="social care"):
        here.drafted(role="health_visitor")
    with pytest.raises(CannotPlan, match="agreed"):
        here.drafted(kind="early_help", role="health_visitor")
    assert here.drafted(kind="early_help", role="health_visitor", agreement="Her mother, at home").state == "draft"


def test_an_ended_plan_is_not_changed() -> None:
    here = Here()
    plan = close_plan(plan=here.opened(), words="It is better.", by=here.amina.user, at=AT + DAY)
    assert (plan.state, plan.closed_in.own["stage"]) == ("closed", "closed")
    with pytest.raises(CannotHappen):
        here.wants(Plan.objects.get(pk=plan.pk))
