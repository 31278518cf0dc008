"""A duty worker finds a child whose name was misheard; two records turn out to be one person's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from onestory.arrive.matching.offering import match_records
from onestory.platform.access.keeping import keeping
from onestory.platform.agencies.models import Team
from onestory.platform.people.actions import add_agency_record, add_person
from tests.integration.web.partnership import AT
from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor


@pytest.fixture
def two_records(served: LiveServer) -> None:
    """One girl whom the school and the health visitors know under two spellings."""
    with keeping():
        made = []
        for name, team in (("Tamsin", "Safeguarding and Pastoral"), ("Tamzin", "Health Visiting East")):
            person = add_person(is_child=True, by=None, at=AT)
            agency = Team.objects.get(name=team).agency
            details = {"given_name": name, "family_name": "Okafor-Lee", "born": "2018-03-27"}
            label = f"{name} Okafor-Lee"
            made.append(
                add_agency_record(person_id=person.id, agency_id=agency.id, label=label, by=None, at=AT, **details)
            )
        match_records([one.id for one in made], at=AT)


def test_a_child_is_found_and_two_records_are_compared(arrive: Callable[..., Visitor], two_records: None) -> None:
    amina = arrive()
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    when_she_asks_for_nothing(amina)
    then_she_is_told_what_is_needed(amina)
    when_she_types_what_she_heard(amina)
    then_she_sees_why_it_matched_and_who_is_involved(amina)
    when_she_compares_the_two_records(amina)
    then_what_is_equal_and_different_is_marked(amina)
    when_she_says_that_they_are_one_person(amina)
    then_it_waits_for_a_second_person(amina)
    when_she_takes_it_back(amina)
    then_what_became_of_it_is_told_in_words(amina)


def test_somebody_who_finds_nobody_is_led_to_a_concern(arrive: Callable[..., Visitor], two_records: None) -> None:
    imran = arrive(width=320)
    given_somebody_is_signed_in(imran, "Imran Sadiq")
    imran.goes_to("/find")
    imran.writes("Name", "Zbigniew Kovalenko")
    imran.presses("Find")
    imran.sees("Your agency holds no record that matches.")
    imran.sees("record a concern with the details that you have")


def when_she_asks_for_nothing(amina: Visitor) -> None:
    amina.follows("Find a person")
    amina.presses("Find")


def then_she_is_told_what_is_needed(amina: Visitor) -> None:
    amina.sees("There is a problem")


def when_she_types_what_she_heard(amina: Visitor) -> None:
    amina.writes("Name", "lee tamsyn")
    amina.writes("Date of birth", "3/27/2018")
    amina.page.get_by_label("Why are you looking?").select_option(label="A new concern has come in")
    amina.presses("Find")


def then_she_sees_why_it_matched_and_who_is_involved(amina: Visitor) -> None:
    amina.sees("2 people may be meant")
    amina.sees("Tamsin Okafor-Lee")
    expect(amina.page.locator(".onestory-found__involved").first).to_contain_text("Reach them through")
    assert "tamsyn" not in amina.page.url


def when_she_compares_the_two_records(amina: Visitor) -> None:
    amina.follows("Records to compare")
    amina.follows("Tam")


def then_what_is_equal_and_different_is_marked(amina: Visitor) -> None:
    amina.sees_heading("Are these one person?")
    expect(amina.page.get_by_role("row", name="Date of birth")).to_contain_text("Same birth date")


def when_she_says_that_they_are_one_person(amina: Visitor) -> None:
    amina.chooses("They are one person")
    amina.writes("Why?", "The school spells her with an s")
    amina.presses("Record this decision")


def then_it_waits_for_a_second_person(amina: Visitor) -> None:
    amina.sees("It waits for a second person.")


def when_she_takes_it_back(amina: Visitor) -> None:
    amina.follows("Take it back")
    amina.writes("Why are these two people?", "They are cousins")
    amina.presses("They are two people")


def then_what_became_of_it_is_told_in_words(amina: Visitor) -> None:
    amina.sees("No people are joined.")
    amina.goes_to("/find")
    amina.writes("Name", "Tamsin Okafor-Lee")
    amina.page.get_by_label("Why are you looking?").select_option(label="Two records may be one person’s")
    amina.presses("Find")
    amina.follows("Whose records these are")
    amina.sees("took it back on")
