"""A social worker adds somebody to a family's record; a health visitor proposes that somebody has left the home."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

HOW = "How is this known?"


def test_a_social_worker_keeps_a_familys_record(arrive: Callable[..., Visitor]) -> None:
    ben = arrive()
    given_somebody_is_signed_in(ben, "Ben Carrick")
    ben.follows("Families")
    ben.follows("Filip")
    when_he_adds_an_aunt_and_forgets_how_he_knows(ben)
    then_he_is_led_to_what_is_missing_and_his_words_are_still_there(ben)
    when_he_says_how(ben)
    then_she_stands_on_the_map_and_in_the_table(ben)


def when_he_adds_an_aunt_and_forgets_how_he_knows(ben: Visitor) -> None:
    ben.follows("Add somebody to this family")
    ben.sees_heading("Add somebody to this family")
    ben.writes("Full name", "Zofia Lis")
    ben.chooses("An adult")
    ben.page.get_by_label("What are they?", exact=True).select_option(label="aunt or uncle")
    ben.chooses("Alleged")
    ben.writes("Since when (if known)", "March 2020")
    ben.presses("Record")


def then_he_is_led_to_what_is_missing_and_his_words_are_still_there(ben: Visitor) -> None:
    ben.page.get_by_role("link", name="Enter how this is known").click()
    assert ben.page.evaluate("document.activeElement.name") == "source"
    expect(ben.page.get_by_label("Full name", exact=True)).to_have_value("Zofia Lis")


def when_he_says_how(ben: Visitor) -> None:
    ben.writes(HOW, "She rang and said so")
    ben.presses("Record")


def then_she_stands_on_the_map_and_in_the_table(ben: Visitor) -> None:
    ben.sees_heading("Family")
    ben.sees("Aunt or uncle of Filip")
    ben.sees("She rang and said so")
    expect(ben.page.locator("svg.family-map")).to_contain_text("Zofia Lis")


def test_whoever_does_not_work_with_the_child_proposes(arrive: Callable[..., Visitor]) -> None:
    wendy = arrive()
    given_somebody_is_signed_in(wendy, "Wendy Oyelaran")
    wendy.follows("Families")
    wendy.follows("Noah")
    wendy.follows("Somebody came to live here, or left")
    wendy.sees("You propose this.")
    wendy.page.get_by_role("group", name="Who?").get_by_role("radio").nth(1).check()
    wendy.chooses("They left")
    wendy.writes("When?", "May 2026")
    wendy.writes(HOW, "The mother told me")
    wendy.presses("Propose")
    wendy.sees("Proposed for the family’s record")
