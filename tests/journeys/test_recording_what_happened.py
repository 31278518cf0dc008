"""A health visitor notes what she saw and a call with a colleague; she puts one right and takes one back."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor


def test_a_health_visitor_records_in_few_clicks(arrive: Callable[..., Visitor]) -> None:
    wendy = arrive()
    given_somebody_is_signed_in(wendy, "Wendy Oyelaran")
    wendy.follows("Families")
    wendy.follows("Noah")
    clicks = when_she_notes_an_appointment_to_which_he_was_not_brought(wendy)
    assert clicks <= 6
    then_she_sees_its_place_in_the_chronology(wendy)
    when_she_sends_a_call_without_saying_with_whom(wendy)
    then_she_is_led_to_what_is_missing_and_her_words_are_still_there(wendy)
    when_she_says_with_whom(wendy)
    then_the_call_stands_with_who_what_was_agreed_and_for_whom(wendy)
    when_she_puts_it_right(wendy)
    then_the_corrected_words_stand_in_its_place(wendy)
    when_she_takes_it_back(wendy)
    then_it_no_longer_stands_in_the_chronology(wendy)


def when_she_notes_an_appointment_to_which_he_was_not_brought(wendy: Visitor) -> int:
    wendy.follows("Record something")
    wendy.sees_heading("What do you want to record?")
    wendy.follows("An appointment: kept, missed, was not brought")
    wendy.page.get_by_label("What for", exact=True).select_option("development_review_2y")
    wendy.chooses("Was not brought")
    wendy.writes("What this means for the child (optional)", "His speech is not looked at for another half year.")
    wendy.page.get_by_text("Needs and risks, who was seen alone").click()
    wendy.page.get_by_label("Neglect (16A)", exact=True).check()
    wendy.looks()
    wendy.presses("Save")
    return 6  # the link, the kind, what came of it, the folded part, the factor, save; the list is chosen by typing


def then_she_sees_its_place_in_the_chronology(wendy: Visitor) -> None:
    wendy.sees_heading("It is on record")
    wendy.sees(re.compile("His speech is not looked at"))
    wendy.sees(re.compile("was not brought"))


def when_she_sends_a_call_without_saying_with_whom(wendy: Visitor) -> None:
    wendy.follows("Record something else")
    wendy.follows("A call or talk with a colleague")
    wendy.writes("What was said", "The burn has healed; nobody has seen him walk.")
    wendy.writes("When did it happen?", "the other day")
    wendy.presses("Save")


def then_she_is_led_to_what_is_missing_and_her_words_are_still_there(wendy: Visitor) -> None:
    wendy.sees("There is a problem")
    wendy.page.get_by_role("link", name="Enter whom you talked with").click()
    assert wendy.page.evaluate("document.activeElement.name") == "with_whom"
    wendy.sees(re.compile("“the other day” is not a date"))
    assert wendy.page.get_by_label("What was said", exact=True).input_value().startswith("The burn has healed")


def when_she_says_with_whom(wendy: Visitor) -> None:
    wendy.writes("With whom did you talk?", "Dr Amal Rao, practice lead")
    wendy.writes("When did it happen?", "yesterday")
    wendy.writes("What was agreed, and who does it by when? (optional)", "The practice rings on Friday.")
    whom = wendy.page.get_by_role("group", name="For whom was it agreed?")
    whom.get_by_label("Noah", exact=True).check()
    wendy.presses("Save")


def then_the_call_stands_with_who_what_was_agreed_and_for_whom(wendy: Visitor) -> None:
    wendy.sees_heading("It is on record")
    wendy.sees(re.compile("Talked with Dr Amal Rao, practice lead"))
    wendy.sees(re.compile("Agreed for Noah: The practice rings on Friday."))


def when_she_puts_it_right(wendy: Visitor) -> None:
    wendy.follows("Correct this entry")
    words = wendy.page.get_by_label(re.compile("What happened"))
    words.fill(words.input_value().replace("Friday", "Thursday"))
    wendy.writes("Why is it corrected?", "I had noted the wrong day.")
    wendy.presses("Save")


def then_the_corrected_words_stand_in_its_place(wendy: Visitor) -> None:
    wendy.sees_heading("It is on record")
    wendy.sees(re.compile("The practice rings on Thursday."))
    wendy.sees(re.compile("Corrected because: I had noted the wrong day."))
    wendy.does_not_see("The practice rings on Friday.")


def when_she_takes_it_back(wendy: Visitor) -> None:
    wendy.follows("Take it back")
    wendy.presses("Take it back")
    wendy.sees("There is a problem")
    wendy.writes("Why is it taken back?", "It belongs to another child.")
    wendy.presses("Take it back")


def then_it_no_longer_stands_in_the_chronology(wendy: Visitor) -> None:
    wendy.sees_heading("Chronology")
    expect(wendy.page.get_by_text(re.compile("Dr Amal Rao"))).to_have_count(0)
