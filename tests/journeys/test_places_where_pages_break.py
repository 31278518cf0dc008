"""Names in any script and with markup, narrow screens, nothing to show, no such page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from onestory.platform.people.models import Person
from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

PAGES = ("", "/chronology", "/chronology/picture", "/chronology/print?purpose=x", "/chronology?since=nonsense")


@pytest.mark.parametrize("width", [1280, 320])
def test_no_name_and_no_width_breaks_a_page(
    arrive: Callable[..., Visitor], page_of: Callable[[str], str], width: int
) -> None:
    amina = arrive(width=width)
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    for label in ("<script>alert('kid')</script>", "Noah"):
        for page in PAGES:
            amina.goes_to(page_of(label) + page)
            expect(amina.page.get_by_role("region", name="Whose record this is")).to_contain_text(label)
    amina.goes_to("/families")
    amina.goes_to("/rules")
    assert len(amina.checked) > len(PAGES) * 2


def test_where_nothing_waits_it_says_so_and_what_that_means(arrive: Callable[..., Visitor]) -> None:
    gwen = arrive()
    given_somebody_is_signed_in(gwen, "Gwen Tallis")
    gwen.sees("Nothing waits for an answer from you or your team.")
    gwen.sees("That nothing stands here does not say that no child needs you.")
    gwen.goes_to("/families")
    gwen.sees("Your agency holds no record of a child here.")


def test_what_is_hidden_and_what_is_absent_look_alike(
    arrive: Callable[..., Visitor], a_child_of_whom_nothing_is_held: Person
) -> None:
    amina = arrive()
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    pages = set()
    for path in ("/nowhere", f"/children/{a_child_of_whom_nothing_is_held.pk}"):
        amina.goes_to(path)
        amina.sees_heading("Page not found")
        pages.add(amina.page.locator("body").inner_text())
    assert len(pages) == 1


def test_somebody_who_was_signed_out_meanwhile_finds_what_they_had_typed(arrive: Callable[..., Visitor]) -> None:
    amina = arrive()
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    amina.page.locator(".onestory-item").filter(has_text="Riley").get_by_role("link").first.click()
    amina.looks()
    title = amina.page.get_by_role("heading", level=1).inner_text()
    amina.writes("What will be done, or why not", "Two lines,\nwritten with care.")
    amina.chooses("No action")
    amina.page.context.clear_cookies(name="onestory-session")
    amina.presses("Answer")
    amina.chooses("Amina Yusuf")
    amina.presses("Sign in")
    amina.sees_heading(title)
    amina.sees("Nothing was sent.")
    assert amina.page.get_by_label("What will be done, or why not").input_value() == "Two lines,\nwritten with care."
    assert amina.page.get_by_label("No action").is_checked()
