"""Where a family is: read by those who may, "protected, ask the holder" for a team on duty, nothing for others."""

from __future__ import annotations

import pytest

from onestory.platform.access.actions import grant_tie, record_threat
from onestory.platform.access.keeping import keeping
from onestory.platform.access.ties import Because, Kind
from onestory.platform.agencies.models import Membership
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.people.actions import add_person
from onestory.web.family.queries import holders_of_places
from tests.integration.platform.notices.teams import AT, DAY, Place, place, reads, works

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def what_tests_look_up_themselves() -> None:
    """Who may know is the question here: nobody is the keeper."""


@pytest.fixture
def home() -> Place:
    found = place()
    record_entry(
        agency=found.duty.agency_id,
        kind="note",
        happened=day((AT - 2 * DAY).date()),
        about=(found.child.id,),
        restricted="address",
        text="12 Harbour Street",
        by=None,
        at=AT - 2 * DAY,
    )
    return found


def wendy(home: Place, kind: Kind | None = Kind.TEAM, because: Because = Because.DUTY) -> Membership:
    post = works("Wendy Oyelaran", home.health, "health_visitor")
    if kind is not None:
        holder = {"team_id": post.team_id} if kind is Kind.TEAM else {"user_id": post.user_id}
        grant_tie(home.child.person_id, kind=kind, because=because, by=None, at=AT - DAY, **holder)
    return post


def holders(home: Place, post: Membership) -> list[str]:
    return holders_of_places(reads(post), [home.child.person_id])


def test_a_team_on_duty_is_told_whom_to_ask(home: Place) -> None:
    assert holders(home, wendy(home)) == ["Children's Social Care"]


def test_whoever_may_read_it_is_not_told_to_ask(home: Place) -> None:
    assert holders(home, wendy(home, Kind.WORKER, Because.NAMED)) == []


def test_without_a_tie_nobody_learns_that_a_place_is_held(home: Place) -> None:
    assert holders(home, wendy(home, None)) == []


def test_whoever_is_tied_to_somebody_dangerous_learns_nothing(home: Place) -> None:
    post = wendy(home)
    with keeping():
        father = add_person(is_child=False, by=None, at=AT - DAY)
    record_threat(home.child.person_id, alleged_id=father.id, reason="Bail", by=post.user, at=AT - DAY)
    assert holders(home, post) == ["Children's Social Care"]
    grant_tie(father.id, kind=Kind.TEAM, because=Because.DUTY, team_id=post.team_id, by=None, at=AT - DAY)
    assert holders(home, post) == []
