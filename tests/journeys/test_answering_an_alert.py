"""A duty worker finds a question among her work, reads what it rests on, and answers it."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

TITLE = "A health need that is not met"


def test_a_duty_worker_answers_a_question(arrive: Callable[..., Visitor]) -> None:
    amina = arrive()
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    when_she_opens_the_question_about(amina, "Noah")
    then_she_reads_what_was_seen_and_what_it_rests_on(amina)
    when_she_answers_without_saying_anything(amina)
    then_she_is_told_what_is_missing_and_led_to_it(amina)
    when_she_puts_it_off_without_a_day(amina)
    then_what_she_wrote_is_still_there(amina)
    when_she_says_what_will_be_done(amina)
    then_her_answer_stands_on_top_of_the_page(amina)
    and_it_no_longer_waits_among_her_work(amina)
    and_it_stands_in_the_chronology(amina)


def when_she_opens_the_question_about(amina: Visitor, child: str) -> None:
    item = amina.page.get_by_role("listitem").filter(has_text=TITLE).filter(has_text=child).first
    item.get_by_role("link", name=TITLE).click()
    amina.looks()


def then_she_reads_what_was_seen_and_what_it_rests_on(amina: Visitor) -> None:
    amina.sees_heading(TITLE)
    amina.sees("Born 22 January 2024")
    amina.sees("What was seen")
    amina.sees("Why this is asked:")
    amina.sees(re.compile(r"It rests on \d+ entries"))
    amina.follows("About this rule")
    amina.sees("Learnt from")
    amina.page.go_back()
    amina.looks()


def when_she_answers_without_saying_anything(amina: Visitor) -> None:
    amina.presses("Answer")


def then_she_is_told_what_is_missing_and_led_to_it(amina: Visitor) -> None:
    amina.sees("There is a problem")
    assert amina.page.title().startswith("Error: ")
    amina.page.get_by_role("link", name="Select your answer").click()
    assert amina.page.evaluate("document.activeElement.name") == "sort"
    amina.page.get_by_role("link", name="Enter what will be done, or why not").click()
    assert amina.page.evaluate("document.activeElement.name") == "words"


def when_she_puts_it_off_without_a_day(amina: Visitor) -> None:
    amina.chooses("Not now: ask again on a day")
    amina.writes("What will be done, or why not", "The review is on Monday.")
    amina.presses("Answer")


def then_what_she_wrote_is_still_there(amina: Visitor) -> None:
    amina.sees("Enter the day on which you want to be asked again")
    assert (
        amina.page.get_by_label("What will be done, or why not", exact=True).input_value() == "The review is on Monday."
    )
    assert amina.page.get_by_label("Not now: ask again on a day", exact=True).is_checked()


def when_she_says_what_will_be_done(amina: Visitor) -> None:
    amina.chooses("We are acting on it")
    amina.writes("What will be done, or why not", "Ben visits with the health visitor on Friday.")
    amina.presses("Answer")


def then_her_answer_stands_on_top_of_the_page(amina: Visitor) -> None:
    amina.sees_heading(TITLE)
    amina.sees("Being acted on")
    amina.sees("Ben visits with the health visitor on Friday.")
    amina.sees("Change the answer")


def and_it_no_longer_waits_among_her_work(amina: Visitor) -> None:
    amina.follows("My work")
    assert amina.page.get_by_role("listitem").filter(has_text=TITLE).filter(has_text="Noah").count() == 0


def and_it_stands_in_the_chronology(amina: Visitor) -> None:
    amina.follows("Families")
    amina.follows("Noah")
    amina.follows("Chronology")
    amina.sees(re.compile("answered. We are acting on it: Ben visits"))
