"""A young mother placed out of the area is found, housed first, followed; a manager sees drift in a click."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from onestory.help.services.directory import FIELDS
from onestory.help.services.maintaining import keep_services
from onestory.help.services.queries import teams_by_name
from onestory.platform.access.facts import LeadProfessional, NamedWorker
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.settling import begin_ties
from onestory.platform.agencies.actions import add_member, ensure_agency, ensure_team
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.history.actions import record_entry, record_relationship
from onestory.platform.history.dates import day, parse_when
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import AgencyRecord
from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

SINCE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def test_a_young_mother_placed_out_of_area_is_found_housed_first_and_followed(
    arrive: Callable[..., Visitor], page_of: Callable[[str], str]
) -> None:
    given_a_young_mother_whom_housing_knows()
    joan, petra = arrive(), arrive()
    given_somebody_is_signed_in(joan, "Joan Fairley")
    when_housing_records_her_application(joan, page_of("Rosie Quick"))
    then_she_stands_among_those_housed_first_with_the_rules_sentence(joan)
    when_the_move_is_recorded_and_handed_over(joan)
    given_somebody_is_signed_in(petra, "Petra Hale")
    then_the_receiving_health_visitor_has_it_and_opens_the_child(petra)
    and_says_that_she_has_it_and_housing_reads_it(petra, joan)


def given_a_young_mother_whom_housing_knows() -> None:
    with keeping():
        housing = Agency.objects.get(name="Housing Options")
        joan = User.objects.get(display_name="Joan Fairley")
        mother = somebody("Kayla Quick", "2007-05-01", housing, is_child=False)
        baby = somebody("Rosie Quick", "2026-06-01", housing, is_child=True)
        record_relationship(person=mother, relation="mother", of=baby, by=None, at=timezone.now())
        people = [str(one.person_id) for one in (mother, baby)]
        begin_ties(facts=[NamedWorker(since=SINCE, user=str(joan.id), person=one) for one in people], by=None, at=SINCE)
        far = ensure_agency(name="Lowmoor Health", sector="health_visiting", area="Lowmoor", by=None, at=SINCE)
        team = ensure_team(agency=far, name="Lowmoor visitors", answers_for_agency=True, by=None, at=SINCE)
        petra = User.objects.create(username="petra.visitor", display_name="Petra Hale")
        add_member(user=petra, team=team, role="health_visitor", since_on=SINCE.date(), by=None, at=SINCE)


def somebody(label: str, born: str, held_by: Agency, *, is_child: bool) -> AgencyRecord:
    anchor = add_person(is_child=is_child, by=None, at=SINCE)
    return add_agency_record(
        person_id=anchor.id, agency_id=held_by.id, label=label, born=parse_when(born), by=None, at=SINCE
    )


def when_housing_records_her_application(joan: Visitor, child: str) -> None:
    joan.goes_to(f"{child}/housing")
    joan.sees_heading("Home and moves")
    joan.presses("An application or tenancy")
    joan.presses("Save")
    joan.sees("Enter what this home, or having none, means for the child")
    joan.chooses("Kayla Quick")
    joan.chooses("Has applied")
    joan.writes("Since when", "1/9/2026")
    joan.chooses("There is no home, or it may be lost")
    joan.writes("What does this home, or having none, mean for the child", "The baby sleeps on a sofa.")
    joan.presses("Save")
    joan.sees("Housed first")


def then_she_stands_among_those_housed_first_with_the_rules_sentence(joan: Visitor) -> None:
    joan.follows("Housing")
    joan.sees("A parent under 20 with a child under two, or expecting one, is housed first, and inside the area.")
    joan.sees("Kayla Quick")


def when_the_move_is_recorded_and_handed_over(joan: Visitor) -> None:
    joan.follows("Rosie Quick")
    joan.presses("The family has moved")
    joan.chooses("Kayla Quick")
    joan.writes("On which day", "20/11/2026")
    joan.chooses("Out of our area")
    joan.writes("To which area", "Lowmoor")
    joan.presses("Save and hand over")
    joan.sees("Select who takes over, or say why nobody can be told yet")
    joan.chooses("Lowmoor visitors, Lowmoor Health, Lowmoor")
    joan.writes("What do they need to know", "Feeding is hard, and Kayla knows nobody there.")
    joan.presses("Save and hand over")
    joan.sees("Placed outside the area")
    joan.sees("nobody has acknowledged it yet")


def then_the_receiving_health_visitor_has_it_and_opens_the_child(petra: Visitor) -> None:
    petra.sees("Feeding is hard, and Kayla knows nobody there.")
    petra.follows("A family has moved to your area")
    petra.follows("Go to what it is about")
    petra.sees("Rosie Quick")


def and_says_that_she_has_it_and_housing_reads_it(petra: Visitor, joan: Visitor) -> None:
    petra.follows("My work")
    petra.page.get_by_role("button", name="Acknowledge").first.click()
    petra.looks()
    joan.follows("Housing")
    joan.sees("Taken over by Lowmoor Health")


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
