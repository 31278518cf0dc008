"""Steps that several journeys take."""

from __future__ import annotations

import os

from tests.journeys.visitor import Visitor


def given_somebody_is_signed_in(visitor: Visitor, name: str) -> None:
    """Choose who one is in the demonstration."""
    visitor.goes_to("/")
    visitor.sees_heading("Who are you in this demonstration?")
    visitor.chooses(name)
    visitor.presses("Sign in")
    visitor.sees_heading("My work")


def picture(visitor: Visitor, name: str) -> None:
    """Keep a picture of the page where ONESTORY_TEST_PICTURES names a folder: for people who look at the pages."""
    folder = os.environ.get("ONESTORY_TEST_PICTURES")
    if folder:
        visitor.page.screenshot(path=f"{folder}/{name}.png", full_page=True)
