"""The network is lost, the database is down: what was typed stays, a plain message says so, nothing says “sent”."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from playwright.sync_api import Route, expect
from psycopg import sql

from onestory.arrive.concerns.models import Concern
from onestory.platform.access.keeping import keeping
from tests.conftest import OwnDatabase, close_everywhere
from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

WORDS = "She said that she does not want to go home. Her hands were shaking the whole morning."
SEND = "Send to the front door"
MEANS = "She is afraid of somebody at home."


def test_without_a_network_nothing_is_sent_and_when_it_is_back_it_is_sent_once(
    arrive: Callable[..., Visitor], page_of: Callable[[str], str]
) -> None:
    imran = arrive()
    given_he_has_written_of(imran, page_of("Ella"))
    imran.page.context.set_offline(True)
    imran.page.get_by_role("button", name="Check your answers", exact=True).click()
    then_it_says_that_nothing_was_sent(imran, "A concern about a child")
    then_everything_still_stands_there(imran)
    when_the_network_is_back(imran)
    imran.presses("Check your answers")
    imran.sees_heading("Check your answers")
    imran.page.context.set_offline(True)
    imran.page.get_by_role("button", name=SEND, exact=True).click()
    then_it_says_that_nothing_was_sent(imran, "Check your answers")
    imran.sees(WORDS)
    when_the_network_is_back(imran)
    imran.presses(SEND)
    then_he_has_a_receipt(imran)
    then_the_front_door_has_it_once(WORDS)


def test_whose_answer_is_lost_on_its_way_sends_again_and_comes_to_the_receipt(
    arrive: Callable[..., Visitor], page_of: Callable[[str], str]
) -> None:
    """The program has it and the browser does not know: “sent” is said with the receipt, and it is there once."""
    imran, words = arrive(), "He came to school without a coat and would not say why."
    given_he_has_written_of(imran, page_of("Ella"), words)
    imran.presses("Check your answers")
    checking = imran.page.url
    with the_answer_lost(imran):
        imran.page.get_by_role("button", name=SEND, exact=True).click()
        imran.page.wait_for_url("chrome-error://**")
    forget_what_the_browser_said_of_it(imran)
    imran.page.goto(checking)
    then_he_has_a_receipt(imran)
    then_the_front_door_has_it_once(words)


def test_while_the_database_is_down_nothing_is_sent_and_everything_stays(
    arrive: Callable[..., Visitor], page_of: Callable[[str], str], own_database: OwnDatabase
) -> None:
    imran = arrive()
    given_he_has_written_of(imran, page_of("Ella"))
    with down(own_database):
        imran.page.get_by_role("button", name="Check your answers", exact=True).click()
        expect(imran.page.get_by_role("heading", level=1)).to_have_text("Something went wrong here")
        imran.sees("What you sent last was not saved.")
        imran.sees(WORDS)
        imran.page.get_by_role("button", name="Send it once more").click()
        imran.sees("What you sent last was not saved.")
        imran.sees(WORDS)
    forget_what_the_browser_said_of_it(imran)
    imran.presses("Send it once more")
    imran.sees_heading("Check your answers")
    imran.sees(WORDS)
    imran.sees(MEANS)


def given_he_has_written_of(imran: Visitor, child: str, words: str = WORDS) -> None:
    given_somebody_is_signed_in(imran, "Imran Sadiq")
    imran.goes_to(f"/concerns/begin/concern?child={child.removeprefix('/children/')}")
    imran.page.locator("#concern-what").fill(words)
    imran.page.locator("#concern-means").fill(MEANS)
    imran.chooses("I saw or heard it myself")
    imran.page.locator("input[name=safe][value=not_known]").check()
    imran.page.locator("input[name=parents][value=not_yet]").check()


def when_the_network_is_back(imran: Visitor) -> None:
    imran.page.context.set_offline(False)
    imran.sees("You are connected again. Nothing was sent yet")


@contextmanager
def the_answer_lost(imran: Visitor) -> Iterator[None]:
    """What is sent arrives and is worked on; the connection breaks before the answer is through."""

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    imran.page.route("**/concerns/check/*", lose)
    yield
    imran.page.unroute("**/concerns/check/*", lose)


def then_it_says_that_nothing_was_sent(imran: Visitor, heading: str) -> None:
    imran.sees("You are not connected. Nothing was sent.")
    imran.sees_heading(heading)


def then_he_has_a_receipt(imran: Visitor) -> None:
    imran.sees(re.compile(r"reference [A-Z0-9]{4}-[A-Z0-9]{4}"))
    imran.looks()


def then_the_front_door_has_it_once(words: str) -> None:
    with transaction.atomic(), keeping():
        assert Concern.objects.filter(entry__entrytext__text__contains=words).count() == 1


def then_everything_still_stands_there(imran: Visitor) -> None:
    assert imran.page.locator("#concern-what").input_value() == WORDS
    assert imran.page.locator("#concern-means").input_value() == MEANS
    assert imran.page.locator("input[name=safe][value=not_known]").is_checked()


def forget_what_the_browser_said_of_it(imran: Visitor) -> None:
    """That a page was not answered; anything else stays a complaint."""
    said = ("status of 500", "ERR_CONNECTION_RESET")
    imran.complaints = [one for one in imran.complaints if not any(words in one for words in said)]


@contextmanager
def down(database: OwnDatabase) -> Iterator[None]:
    """Nobody reaches the database, and whoever did is cut off."""
    close_everywhere()
    name = sql.Identifier(database.name)
    with database.server.superuser() as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database.name])
        try:
            yield
        finally:
            connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))
