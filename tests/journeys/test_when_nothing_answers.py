"""The network is lost, the database is down: what was typed stays, a plain message says so, nothing says “sent”."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import expect
from psycopg import sql

from tests.conftest import OwnDatabase, close_everywhere
from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

WORDS = "She said that she does not want to go home. Her hands were shaking the whole morning."
MEANS = "She is afraid of somebody at home."


def test_without_a_network_nothing_is_sent_and_everything_stays(
    arrive: Callable[..., Visitor], page_of: Callable[[str], str]
) -> None:
    imran = arrive()
    given_he_has_written_of(imran, page_of("Ella"))
    imran.page.context.set_offline(True)
    imran.page.get_by_role("button", name="Check your answers", exact=True).click()
    imran.sees("You are not connected. Nothing was sent.")
    imran.sees_heading("A concern about a child")
    then_everything_still_stands_there(imran)


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


def given_he_has_written_of(imran: Visitor, child: str) -> None:
    given_somebody_is_signed_in(imran, "Imran Sadiq")
    imran.goes_to(f"/concerns/begin/concern?child={child.removeprefix('/children/')}")
    imran.page.locator("#concern-what").fill(WORDS)
    imran.page.locator("#concern-means").fill(MEANS)
    imran.chooses("I saw or heard it myself")
    imran.page.locator("input[name=safe][value=not_known]").check()
    imran.page.locator("input[name=parents][value=not_yet]").check()


def then_everything_still_stands_there(imran: Visitor) -> None:
    assert imran.page.locator("#concern-what").input_value() == WORDS
    assert imran.page.locator("#concern-means").input_value() == MEANS
    assert imran.page.locator("input[name=safe][value=not_known]").is_checked()


def forget_what_the_browser_said_of_it(imran: Visitor) -> None:
    """That a page was not answered; anything else stays a complaint."""
    said = ("status of 500", "Content Security Policy")
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
