"""The pages' tests run in demonstration mode, on families that are loaded once for each module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import OwnDatabase
from tests.integration.web.partnership import load


@pytest.fixture(autouse=True)
def demonstration(settings) -> None:
    """Every test here runs in demonstration mode unless it switches it off."""
    settings.DEMO = True


@pytest.fixture(autouse=True)
def what_tests_look_up_themselves(request: pytest.FixtureRequest) -> None:
    """What a test looks up or changes beside the pages it does as the keeper; pages read as whoever is signed in."""
    if request.node.get_closest_marker("django_db") and "live_server" not in request.fixturenames:
        request.getfixturevalue("as_keeper")


@pytest.fixture(scope="module")
def families(
    request: pytest.FixtureRequest, own_database: OwnDatabase, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The module's FAMILIES, committed once. Each test is rolled back; in the end the database is made anew."""
    with django_db_blocker.unblock():
        with override_settings(DEMO=True):
            load(*request.module.FAMILIES)
        connections.close_all()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        own_database.make_anew()
