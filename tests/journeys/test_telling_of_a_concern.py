"""A teacher tells of a concern in eight clicks beside typing at most; the duty worker decides with all in view."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

COUNT = """
window.name = window.name || "0";
addEventListener("click", (one) => { if (one.isTrusted) { window.name = String(Number(window.name) + 1); } }, true);
"""


def test_a_teacher_tells_and_the_front_door_decides(arrive: Callable[..., Visitor]) -> None:
    imran = arrive()
    imran.page.add_init_script(COUNT)
    given_somebody_is_signed_in(imran, "Imran Sadiq")
    begin_counting(imran.page)
    when_he_tells_of(imran, "Riley")
    then_he_has_a_receipt_after_at_most(imran, clicks=8)
    amina = arrive()
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    then_it_waits_in_her_queue(amina, "Riley")
    when_she_decides(amina)
    then_the_sender_knows_the_outcome(imran)


def begin_counting(page: Page) -> None:
    page.evaluate("window.name = '0'")


def when_he_tells_of(imran: Visitor, name: str) -> None:
    imran.follows("Tell of a concern")
    imran.page.locator("#find-name").fill(name)
    imran.presses("Find the child")
    imran.page.get_by_role("button", name=f"Choose {name}").first.click()
    imran.looks()
    imran.page.locator("#concern-what").fill("He fell asleep in class again and said that nobody was home all night.")
    imran.chooses("I saw or heard it myself")
    imran.page.locator("#concern-means").fill("He is tired, hungry and alone at night.")
    imran.page.locator("input[name=safe][value=not_known]").check()
    imran.page.locator("input[name=parents][value=not_yet]").check()
    imran.presses("Check your answers")
    imran.sees_heading("Check your answers")
    imran.sees("He is tired, hungry and alone at night.")
    imran.presses("Send to the front door")


def then_he_has_a_receipt_after_at_most(imran: Visitor, *, clicks: int) -> None:
    imran.sees(re.compile(r"reference [A-Z0-9]{4}-[A-Z0-9]{4}"))
    imran.sees("What happens next")
    assert 0 < int(imran.page.evaluate("window.name")) <= clicks


def then_it_waits_in_her_queue(amina: Visitor, name: str) -> None:
    amina.follows("Duty queue")
    amina.sees("Not said to be safe now")
    amina.follows(name)


def when_she_decides(amina: Visitor) -> None:
    amina.sees("He fell asleep in class again")
    with amina.page.context.expect_page() as opened:
        amina.page.get_by_role("link", name="Open the chronology").click()
    opened.value.close()
    amina.chooses("Child and family assessment")
    amina.page.locator("input[name=level][value='3']").check()
    amina.page.locator("#decide-rationale").fill("Reports add up.")
    amina.page.locator("#decide-considered").fill("That it was one night only; nothing says so.")
    amina.page.locator("#decide-analysis").fill("The same has been told before.")
    amina.page.locator("#decide-reply").fill("Please tell us if he is absent.")
    amina.presses("Record the decision")
    amina.sees("Decided")


def then_the_sender_knows_the_outcome(imran: Visitor) -> None:
    imran.page.reload()
    imran.looks()
    imran.sees("Child and family assessment. Please tell us if he is absent.")
    imran.does_not_see("Reports add up.")
