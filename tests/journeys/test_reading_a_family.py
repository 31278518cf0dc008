"""A manager finds a child, sees who is in this life and who is involved, and reads the history in three ways."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor


def test_a_manager_reads_a_familys_history(arrive: Callable[..., Visitor]) -> None:
    helen = arrive()
    given_somebody_is_signed_in(helen, "Helen Ashworth")
    when_she_finds_a_child_by_name(helen)
    then_she_sees_who_is_in_this_childs_life(helen)
    and_who_is_involved_and_what_is_promised(helen)
    when_she_follows_a_report_into_the_chronology(helen)
    then_the_entry_stands_there_marked(helen)
    when_she_filters_by_agency(helen)
    then_only_that_agencys_entries_are_shown_and_it_is_said(helen)
    when_she_looks_back_to_a_day(helen)
    then_what_became_known_later_is_not_there(helen)
    when_she_asks_for_what_was_never_recorded(helen)
    then_she_is_told_what_that_means(helen)
    when_she_types_a_day_that_is_none(helen)
    then_she_is_led_to_the_field(helen)
    when_she_looks_at_the_picture(helen)
    then_the_same_stands_in_sentences_and_tables(helen)
    when_she_prints_it(helen)
    then_who_prints_it_when_and_for_what_stands_on_it(helen)


def when_she_finds_a_child_by_name(helen: Visitor) -> None:
    helen.follows("Families")
    helen.writes("Find a child by name", "riley")
    helen.presses("Find")
    helen.follows("Riley")


def then_she_sees_who_is_in_this_childs_life(helen: Visitor) -> None:
    expect(helen.page.get_by_role("img", name=re.compile("Family map of Riley"))).to_be_visible()
    helen.sees("Mother of Riley and Ella")
    helen.sees("Confirmed, on record from the start")
    expect(helen.page.get_by_role("region", name="Whose record this is")).to_contain_text("Born 8 November 2017")


def and_who_is_involved_and_what_is_promised(helen: Visitor) -> None:
    for heading in (
        "When each child was last seen by a professional",
        "What is promised and open",
        "Who is involved",
        "Plans",
    ):
        expect(helen.page.get_by_role("heading", name=heading)).to_be_visible()


def when_she_follows_a_report_into_the_chronology(helen: Visitor) -> None:
    helen.page.get_by_role("region", name="Who is involved").locator("a[href*=chronology]").first.click()
    helen.looks()


def then_the_entry_stands_there_marked(helen: Visitor) -> None:
    helen.sees_heading("Chronology")
    expect(helen.page.locator(":target")).to_have_count(1)
    expect(helen.page.locator(":target")).to_be_in_viewport()


def open_filters(helen: Visitor) -> None:
    if not helen.page.get_by_label("Agency", exact=True).is_visible():
        helen.page.get_by_text("Filter, or look back to a day").click()


def when_she_filters_by_agency(helen: Visitor) -> None:
    open_filters(helen)
    helen.page.get_by_label("Agency", exact=True).select_option(label="Larkenby Primary School")
    helen.presses("Show entries")


def then_only_that_agencys_entries_are_shown_and_it_is_said(helen: Visitor) -> None:
    helen.sees("Agency: Larkenby Primary School")
    helen.sees(re.compile(r"entries by 1 agency.*are left out by the filters"))
    helen.follows("Remove filter Agency")
    helen.does_not_see("are left out by the filters")


def when_she_looks_back_to_a_day(helen: Visitor) -> None:
    open_filters(helen)
    helen.writes("As it was known on", "1/7/2025")
    helen.presses("Show entries")


def then_what_became_known_later_is_not_there(helen: Visitor) -> None:
    helen.sees("This is what was on record on 1 July 2025")
    assert "2026" not in helen.page.locator(".onestory-days").inner_text()


def when_she_asks_for_what_was_never_recorded(helen: Visitor) -> None:
    helen.page.goto(helen.page.url.split("?")[0] + "?kind=harm")
    helen.looks()


def then_she_is_told_what_that_means(helen: Visitor) -> None:
    helen.sees("searched, and nothing of this kind held")


def when_she_types_a_day_that_is_none(helen: Visitor) -> None:
    open_filters(helen)
    helen.writes("From", "31/2/2026")
    helen.presses("Show entries")


def then_she_is_led_to_the_field(helen: Visitor) -> None:
    helen.page.get_by_role("link", name="“31/2/2026” is not a day").click()
    assert helen.page.evaluate("document.activeElement.value") == "31/2/2026"
    helen.sees("The chronology is not shown until the filters are corrected.")


def when_she_looks_at_the_picture(helen: Visitor) -> None:
    helen.follows("Chronology as a picture")


def then_the_same_stands_in_sentences_and_tables(helen: Visitor) -> None:
    expect(helen.page.get_by_role("img", name=re.compile("what each agency recorded, and when"))).to_be_visible()
    helen.sees(re.compile("Riley was last seen on record"))
    expect(helen.page.get_by_role("table", name="What each agency recorded")).to_be_visible()


def when_she_prints_it(helen: Visitor) -> None:
    helen.page.get_by_role("navigation", name="Pages about this child").get_by_role(
        "link", name="Chronology", exact=True
    ).click()
    helen.looks()
    helen.follows("Print this chronology")
    helen.writes("What are you printing it for?", "Strategy discussion on Tuesday")
    helen.presses("Continue")


def then_who_prints_it_when_and_for_what_stands_on_it(helen: Visitor) -> None:
    for words in ("Helen Ashworth", "Strategy discussion on Tuesday", "None: this is the whole chronology"):
        helen.sees(words)
    helen.page.emulate_media(media="print")
    for hidden in (".onestory-header", ".onestory-footer", ".moj-sub-navigation"):
        expect(helen.page.locator(hidden)).to_be_hidden()
    expect(helen.page.get_by_role("region", name="Whose record this is")).to_be_visible()
