"""Actions that call one another are one: kept or undone as a whole, with no savepoint but the outermost's."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from onestory.platform.agencies.models import Agency
from onestory.platform.database.together import together

pytestmark = pytest.mark.django_db


@together()
def add(name: str) -> None:
    Agency.objects.create(name=name, sector="school", area="")


@together()
def add_all(*names: str) -> None:
    for name in names:
        add(name)
        if name == "wrong":
            raise ValueError(name)


def names() -> list[str]:
    return sorted(Agency.objects.values_list("name", flat=True))


def savepoints(*given: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        add_all(*given)
    return sum(one["sql"].startswith("SAVEPOINT") for one in asked.captured_queries)


def test_what_fails_is_undone_whole_and_whoever_asked_goes_on() -> None:
    add_all("First")
    with pytest.raises(ValueError, match="wrong"):
        add_all("Second", "wrong")
    assert names() == ["First"]
    add_all("Third")
    assert names() == ["First", "Third"]


def test_actions_within_an_action_cost_no_savepoints() -> None:
    assert savepoints("One") == savepoints("Two", "Three", "Four") == 1


def test_an_action_by_itself_has_its_own_again() -> None:
    add_all("One")
    add("Two")
    with pytest.raises(ValueError, match="wrong"):
        add_all("wrong")
    assert names() == ["One", "Two"]


def test_what_an_action_within_has_refused_cannot_be_passed_over() -> None:
    @together()
    def passes_over() -> None:
        try:
            add_all("Half", "wrong")
        except ValueError:
            add("Other half")

    with pytest.raises(TransactionManagementError):
        passes_over()
    assert names() == []
