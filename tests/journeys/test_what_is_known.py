"""A duty worker opens Child F's record as it stood in December 2018 and has the whole in view."""

from __future__ import annotations

from collections.abc import Callable

from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

SECOND_SCREEN = 1800
IN_VIEW = (
    "No record that it was done: Mother to complete a set of drug tests.",
    "Legal action will be sought.",
    "Child protection and legal advice will be sought to safeguard unborn F.",
    "An assessment is to be completed.",
    "Met 2 times since",
    "A professional (School)",
    "An anonymous caller (neighbour)",
    "Development review at two years, not arranged",
)


def test_what_stood_in_eleven_places_stands_on_one_page(
    arrive: Callable[..., Visitor], page_of: Callable[[str], str]
) -> None:
    amina = arrive()
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    amina.goes_to(f"{page_of('F')}/known?known_on=30/12/2018")
    then_everything_that_mattered_is_in_view(amina)
    and_each_agencys_last_report_stands_with_its_own_date(amina)


def bottom_of(amina: Visitor, words: str) -> float:
    place = amina.page.get_by_text(words).first.bounding_box()
    assert place, words
    return place["y"] + place["height"]


def then_everything_that_mattered_is_in_view(amina: Visitor) -> None:
    assert amina.page.evaluate("window.scrollY") == 0
    assert amina.page.locator("#plans ~ ul .govuk-tag").all_inner_texts() == [
        "Closed April 2018",
        "Closed December 2017",
    ]
    too_far = {words: bottom_of(amina, words) for words in IN_VIEW if bottom_of(amina, words) > SECOND_SCREEN}
    assert too_far == {}
    seen = amina.page.locator("#seen ~ ul li").filter(has_text="January 2018")
    assert "CNWL Health Visiting" in seen.inner_text()


def and_each_agencys_last_report_stands_with_its_own_date(amina: Visitor) -> None:
    police = amina.page.locator("#agencies ~ ul > li").filter(has_text="Thames Valley Police")
    assert "Last report 2016 to 2017" in police.inner_text()
    place = police.bounding_box()
    assert place
    assert place["y"] + place["height"] <= SECOND_SCREEN
