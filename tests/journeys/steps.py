"""Steps that several journeys take."""

from __future__ import annotations

from tests.journeys.visitor import Visitor


def given_somebody_is_signed_in(visitor: Visitor, name: str) -> None:
    """Choose who one is in the demonstration."""
    visitor.goes_to("/")
    visitor.sees_heading("Who are you in this demonstration?")
    visitor.chooses(name)
    visitor.presses("Sign in")
    visitor.sees_heading("My work")
