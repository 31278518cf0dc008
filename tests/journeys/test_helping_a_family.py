"""A manager sees in one click which families need her, and a service is asked for and answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from onestory.help.services.directory import FIELDS
from onestory.help.services.maintaining import keep_services
from onestory.help.services.queries import teams_by_name
from onestory.platform.access.facts import LeadProfessional
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.settling import begin_ties
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day, parse_when
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import AgencyRecord
from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

SINCE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def test_a_manager_sees_which_families_need_her_in_one_click(arrive: Callable[..., Visitor]) -> None:
    given_a_plan_that_nobody_works_on()
    helen = arrive()
    given_somebody_is_signed_in(helen, "Helen Ashworth")
    helen.follows("My team")
    helen.sees_heading("Which families need me?")
    helen.sees("Dora Drift")
    helen.sees("Nobody is named as worker; the child in need plan was opened on 1 September 2026.")
    helen.follows("Dora Drift")
    helen.presses("Give to a worker")
    helen.chooses("Ben Carrick")
    helen.presses("Save")
    helen.sees("Named worker")
    helen.presses("Record supervision")
    helen.presses("Save")
    helen.sees("Enter what was decided")
    helen.writes("When did you talk", "20/11/2026")
    helen.writes("What did you think about together", "Who has asked Dora?")
    helen.writes("What was decided", "Ben sees Dora alone this week.")
    helen.presses("Save")
    helen.sees("Who has asked Dora?")
    helen.follows("My team")
    helen.does_not_see("Nobody is named as worker; the child in need plan was opened on 1 September 2026.")


def given_a_plan_that_nobody_works_on() -> None:
    with keeping():
        helen = User.objects.get(display_name="Helen Ashworth")
        agency = helen.memberships.get().team.agency
        dora = somebody("Dora Drift", "2019-03-01", agency, is_child=True)
        fact = LeadProfessional(since=SINCE, user=str(helen.id), person=str(dora.person_id))
        begin_ties(facts=[fact], by=None, at=SINCE)
        record_entry(
            agency=agency.id,
            kind="plan",
            happened=day(dt.date(2026, 9, 1)),
            about=(dora.id,),
            own={"type": "child_in_need", "stage": "opened"},
            text="Child in need plan.",
            by=None,
            at=timezone.now(),
        )


def somebody(label: str, born: str, held_by: Agency, *, is_child: bool) -> AgencyRecord:
    anchor = add_person(is_child=is_child, by=None, at=SINCE)
    return add_agency_record(
        person_id=anchor.id, agency_id=held_by.id, label=label, born=parse_when(born), by=None, at=SINCE
    )


def test_a_service_is_asked_for_and_answered(arrive: Callable[..., Visitor], page_of: Callable[[str], str]) -> None:
    given_a_service_in_the_directory()
    ben, wendy = arrive(), arrive()
    given_somebody_is_signed_in(ben, "Ben Carrick")
    ben.follows("Services")
    ben.follows("Baby massage")
    ben.sees("Parents of babies under one")
    ben.goes_to(f"{page_of('Filip')}/services")
    ben.follows("Baby massage")
    ben.writes("Why is it needed", "She would like to meet others.")
    ben.presses("Ask")
    ben.sees("Asked, no answer yet")
    given_somebody_is_signed_in(wendy, "Wendy Oyelaran")
    wendy.follows("A service is asked of you")
    wendy.presses("Put on the waiting list")
    wendy.sees("Enter why they have to wait")
    wendy.writes("Why do they have to wait", "The group is full.")
    wendy.presses("Put on the waiting list")
    wendy.sees("On a waiting list")
    ben.goes_to(f"{page_of('Filip')}/services")
    ben.sees("The group is full.")
    ben.presses("Help was needed and not to be had")
    ben.presses("Save")
    ben.sees("Select what was needed")
    ben.goes_to("/services/gaps")
    ben.sees_heading("How often help was not to be had")
    ben.sees("On a waiting list")


def given_a_service_in_the_directory() -> None:
    with keeping():
        health = Team.objects.select_related("agency").get(name="Health Visiting East")
        gwen = User.objects.get(display_name="Gwen Tallis")
        told = dict.fromkeys((field.name for field in FIELDS), None) | {
            "organization.name": "CNWL Health Visiting",
            "service.name": "Baby massage",
            "taxonomy_term.code": "young_parents_group",
            "service.eligibility_description": "Parents of babies under one",
            "cost_option.amount": 0,
            "team": str(health),
        }
        keep_services([told], teams=teams_by_name(), by=gwen, at=timezone.now())
