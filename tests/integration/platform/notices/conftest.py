"""Notices are tried as the application, cut to its reader: who can see one is half of what they are."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def what_the_program_does_by_itself() -> None:
    """Not here."""
