"""What the program does by itself is tested as the keeper; who sees what of it is tested in access and web."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def what_the_program_does_by_itself(request: pytest.FixtureRequest) -> None:
    """Every test here that uses the database works as the keeper."""
    if request.node.get_closest_marker("django_db") or "transactional_db" in request.fixturenames:
        request.getfixturevalue("as_keeper")
