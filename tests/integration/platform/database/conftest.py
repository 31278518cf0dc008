"""What the roles may do is tested as the program runs in earnest: as the application."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def what_the_program_does_by_itself() -> None:
    """Nobody is the keeper here."""
