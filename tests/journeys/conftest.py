"""A real server with real families, and a real browser."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from onestory.platform.people.models import Person
from tests.conftest import OwnDatabase, close_everywhere
from tests.integration.web.partnership import DEMONSTRATION, child, load
from tests.journeys.visitor import Visitor

EVIL_FAMILY = Path(__file__).with_name("names-that-could-break-a-page.yaml")
PATIENCE = 60_000
"""Milliseconds for which a page is waited for: on a busy machine too, a journey fails by what a page says alone."""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "Chromium is needed for the journeys: run scripts/browser.sh"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def with_families(
    own_database: OwnDatabase, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[OwnDatabase]:
    """A database in which families of the demonstration stand, from which each file of journeys has its own."""
    families = replace(own_database, name=f"{own_database.name}_families")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), override_settings(DEMO=True):
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver keeps an event loop in this thread
        load("abbott", "ellis", "fletcher", "wojcik", DEMONSTRATION / "child-f.yaml", EVIL_FAMILY)
        close_everywhere()
        families.make_anew(own_database.name)
        yield families
        close_everywhere()
        own_database.make_anew()


@pytest.fixture(scope="module")
def served(
    own_database: OwnDatabase, with_families: OwnDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[LiveServer]:
    """The program, serving families of the demonstration.

    What one journey changes the next one of the same file finds; each keeps to a family of its own. No journey finds
    what those of another file left.
    """
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), override_settings(DEMO=True):
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        close_everywhere()
        own_database.make_anew(with_families.name)
        server = LiveServer("127.0.0.1")
        yield server
        server.stop()
        close_everywhere()


@pytest.fixture
def arrive(served: LiveServer, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Somebody arrives: `arrive()`, `arrive(scripts=False)`, `arrive(width=320)`."""
    contexts = []

    def come(*, scripts: bool = True, width: int = 1280) -> Visitor:
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 900})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Visitor(context.new_page(), served.url, scripts=scripts)

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def page_of(served: LiveServer) -> Callable[[str], str]:
    """The address of a child's page, by the child's name."""

    def address(label: str) -> str:
        return f"/children/{child(label).pk}"

    return address


@pytest.fixture
def a_child_of_whom_nothing_is_held(served: LiveServer) -> Person:
    """Somebody who is on record as a child, with no record of any agency."""
    return Person.objects.create(is_child=True, since_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
