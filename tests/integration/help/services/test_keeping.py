"""A directory that comes again changes what is new in it, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from onestory.help.services.maintaining import PARTS, keep_services
from onestory.help.services.models import Service
from onestory.help.services.queries import teams_by_name
from onestory.help.services.reading import read_directory
from onestory.platform.agencies.models import Change
from tests.integration.platform.notices.teams import AT, HOUR, team, works

pytestmark = [pytest.mark.usefixtures("as_keeper"), pytest.mark.django_db]
HEADING = "organization.name,service.name,taxonomy_term.code,service.minimum_age,cost_option.amount,schedule.opens_at"
TESTS = "Harbour Recovery,Drug tests,drug_test,16,12.50,09:30"
COURSE = "Harbour Recovery,Positive parents,parenting_programme,,,"


def comes(*rows: str, at: dt.datetime) -> list[str]:
    """The file comes in; which services it changed."""
    teams = teams_by_name()
    told = read_directory("\n".join((HEADING, *rows)).encode(), file="services.csv", teams=teams)
    gwen = works("Gwen Tallis", team("Partnership", "partnership", "Office"), "partnership_administrator").user
    return [one.name for one in keep_services(told, teams=teams, by=gwen, at=at) if one.last_modified == at]


def held() -> list[list[dict[str, Any]]]:
    return [list(model._default_manager.order_by("pk").values()) for model in (Service, *PARTS, Change)]


def test_a_repeat_changes_nothing() -> None:
    assert comes(TESTS, COURSE, at=AT) == ["Drug tests", "Positive parents"]
    before = held()
    assert comes(TESTS, COURSE, at=AT + HOUR) == []
    assert [len(rows) for rows in held()[:-1]] == [len(rows) for rows in before[:-1]]
    assert held()[:-1] == before[:-1]
    assert not Change.objects.filter(at=AT + HOUR, words__contains="directory").exists()


@pytest.mark.parametrize(("what", "now"), [("12.50", "14"), ("09:30", ""), (",16,", ",,")])
def test_what_is_new_in_it_is_changed_and_nothing_else(what: str, now: str) -> None:
    comes(TESTS, COURSE, at=AT)
    assert comes(TESTS.replace(what, now), COURSE, at=AT + HOUR) == ["Drug tests"]
