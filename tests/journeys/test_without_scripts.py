"""Everything works in a browser that runs no script."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor


def test_a_worker_reads_filters_and_answers_without_scripts(
    arrive: Callable[..., Visitor], page_of: Callable[[str], str]
) -> None:
    amina = arrive(scripts=False)
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    when_she_filters_a_chronology(amina, page_of("Mason"))
    then_it_is_filtered(amina)
    when_she_puts_a_question_off(amina)
    then_it_is_put_off(amina)
    when_she_signs_out(amina)
    then_she_is_asked_who_she_is(amina)


def when_she_filters_a_chronology(amina: Visitor, address: str) -> None:
    amina.goes_to(address)
    amina.follows("Chronology")
    amina.page.get_by_text("Filter, or look back to a day").click()
    amina.page.get_by_label("Kind of entry").select_option(label="Appointment")
    amina.presses("Show entries")


def then_it_is_filtered(amina: Visitor) -> None:
    amina.sees("Kind: Appointment")
    kinds = amina.page.locator(".onestory-days__row .onestory-tag").all_inner_texts()
    assert set(kinds) == {"Appointment"}


def when_she_puts_a_question_off(amina: Visitor) -> None:
    amina.goes_to("/")
    amina.page.locator(".onestory-item").filter(has_text="Mason").get_by_role("link").first.click()
    amina.looks()
    amina.chooses("Not now: ask again on a day")
    expect(amina.page.get_by_label("Ask again on", exact=True)).to_be_visible()
    amina.writes("Ask again on", "1/3/2099")
    amina.writes("What will be done, or why not", "Waiting for the school's report.")
    amina.presses("Answer")


def then_it_is_put_off(amina: Visitor) -> None:
    amina.sees("Put off until a day")
    amina.sees("until 1 March 2099")
    amina.sees("Waiting for the school's report.")


def when_she_signs_out(amina: Visitor) -> None:
    amina.presses("Sign out")


def then_she_is_asked_who_she_is(amina: Visitor) -> None:
    amina.sees_heading("Who are you in this demonstration?")
