"""A school's safeguarding lead checks a file, has it put right, brings it in, and says who a pupil is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from onestory.web.feeds.demonstration import load_feeds
from tests.integration.web.partnership import DEMONSTRATION
from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

EXTRACTS = DEMONSTRATION / "extracts"


@pytest.fixture(autouse=True)
def _feeds(served: LiveServer) -> None:
    load_feeds(EXTRACTS, at=timezone.now())


def test_a_file_with_mistakes_and_one_without(arrive: Callable[..., Visitor]) -> None:
    ruth = arrive()
    given_somebody_is_signed_in(ruth, "Ruth Kendrick")
    ruth.goes_to("/feeds/")
    ruth.follows("larkenby-absence")
    when_she_sends_nothing(ruth)
    when_she_sends(ruth, "larkenby-absence-with-mistakes.csv")
    then_every_row_in_error_is_named(ruth)
    ruth.follows("larkenby-absence")
    when_she_sends(ruth, "larkenby-absence.csv")
    then_she_reads_that_nothing_is_new(ruth)
    when_she_brings_it_in(ruth)
    when_she_says_who_riley_is(ruth)


def when_she_sends_nothing(ruth: Visitor) -> None:
    ruth.presses("Check this file")
    ruth.page.get_by_role("link", name="Choose a file").click()
    assert ruth.page.evaluate("document.activeElement.name") == "file"


def when_she_sends(ruth: Visitor, name: str) -> None:
    ruth.page.locator("input[type=file]").set_input_files(EXTRACTS / name)
    ruth.presses("Check this file")
    ruth.sees_heading(name)


def then_every_row_in_error_is_named(ruth: Visitor) -> None:
    ruth.sees("Not taken: rows are wrong")
    ruth.sees(re.compile("3 things are wrong"))
    ruth.sees("31/02/2026")
    ruth.sees("a number from 0 to 100")
    ruth.sees("the same id as row 4")


def then_she_reads_that_nothing_is_new(ruth: Visitor) -> None:
    ruth.sees("Checked, waits for you")
    ruth.sees("4 rows unchanged")
    ruth.sees(re.compile("rows? waits? until somebody says"))


def when_she_brings_it_in(ruth: Visitor) -> None:
    ruth.presses("Bring it in")
    ruth.sees("Brought in")


def when_she_says_who_riley_is(ruth: Visitor) -> None:
    ruth.follows("larkenby-absence")
    ruth.follows(re.compile("cannot be told apart"))
    ruth.follows("Riley Fletcher")
    ruth.presses("This is who it is")
    ruth.sees("There is a problem")
    ruth.chooses("Riley, born 8 November 2017, without a number")
    ruth.presses("This is who it is")
    ruth.sees_heading("Who is it?")
    ruth.does_not_see("Riley Fletcher")


def test_an_administrator_sets_a_feed_up_and_cannot_approve_it_alone(arrive: Callable[..., Visitor]) -> None:
    gwen = arrive()
    given_somebody_is_signed_in(gwen, "Gwen Tallis")
    gwen.goes_to("/feeds/")
    gwen.presses("Set up a feed")
    gwen.follows("Urgent and emergency care attendances")
    gwen.presses("Propose it")
    gwen.sees("There is a problem")
    gwen.writes("Name of the feed", "oak-absence")
    gwen.page.get_by_label("Team that brings it in", exact=True).select_option(index=1)
    gwen.presses("Propose it")
    gwen.sees("Waits for a second person")
    gwen.chooses("I have read what each column becomes, and it is right")
    gwen.presses("Approve")
    gwen.sees(re.compile("Somebody else has to approve it"))
