"""A health visitor is asked what she holds, and answers in two clicks; whoever asked reads it among her work."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from onestory.decide.checks.actions import ask_checks
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.people.models import AgencyRecord
from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

QUESTION = "What do you hold on Noah since the summer?"


def test_a_partner_answers_a_check_in_two_clicks(arrive: Callable[..., Visitor]) -> None:
    given_the_front_door_has_asked()
    wendy, amina = arrive(), arrive()
    given_somebody_is_signed_in(wendy, "Wendy Oyelaran")
    clicks = when_she_answers_that_nothing_is_held(wendy)
    assert clicks == 2
    then_the_answer_stands_there_and_nothing_is_asked_any_more(wendy)
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    then_whoever_asked_reads_it_among_her_work(amina)
    and_notes_it_in_one_click(amina)


def given_the_front_door_has_asked() -> None:
    with keeping():
        record = AgencyRecord.objects.filter(label="Noah", agency__sector="childrens_social_care").latest("recorded_at")
        duty = Team.objects.select_related("agency").get(name="Front Door")
        health = Team.objects.select_related("agency").get(name="Health Visiting East")
        amina = User.objects.get(display_name="Amina Yusuf")
        ask_checks(
            about=[record],
            teams=[health],
            asking_team=duty,
            purpose="To decide on a concern",
            basis="enquiry",
            question=QUESTION,
            band="1",
            by=amina,
            at=timezone.now(),
        )


def when_she_answers_that_nothing_is_held(wendy: Visitor) -> int:
    item = wendy.page.get_by_role("listitem").filter(has_text=QUESTION)
    item.get_by_role("link", name="What do you hold on this child?").click()
    wendy.looks()
    wendy.sees("Noah, born 22 January 2024")
    wendy.sees("Lawful basis")
    wendy.presses("Nothing held")
    return 2


def then_the_answer_stands_there_and_nothing_is_asked_any_more(wendy: Visitor) -> None:
    wendy.sees("Nothing held. Searched: Our own records")
    assert wendy.page.get_by_role("button", name="Nothing held").count() == 0
    wendy.follows("My work")
    assert wendy.page.get_by_role("listitem").filter(has_text=QUESTION).count() == 0


def then_whoever_asked_reads_it_among_her_work(amina: Visitor) -> None:
    item = amina.page.get_by_role("listitem").filter(has_text="Health Visiting East")
    item.get_by_role("link", name="An answer to what you asked").first.click()
    amina.looks()
    amina.sees("Health Visiting East, CNWL Health Visiting: searched, nothing held.")
    amina.follows("Go to what it is about")
    amina.sees("Searched: Our own records")
    amina.follows("My work")
    amina.follows("What your team sent and nobody has acknowledged")
    amina.follows("My work")
    amina.follows("When you are away")
    amina.presses("Save")
    amina.sees("Enter your first day away")
    amina.follows("My work")


def and_notes_it_in_one_click(amina: Visitor) -> None:
    item = amina.page.get_by_role("listitem").filter(has_text="Health Visiting East")
    item.get_by_role("button", name="Noted").first.click()
    amina.looks()
    amina.sees_heading("My work")
    amina.does_not_see("searched, nothing held")
