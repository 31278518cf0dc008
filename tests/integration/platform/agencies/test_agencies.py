"""Agencies and teams are known once; one team answers for an agency; memberships begin and end."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from onestory.platform.access.models import User
from onestory.platform.agencies.actions import add_member, ensure_agency, ensure_team
from onestory.platform.agencies.models import Agency, Membership, Team

AT = dt.datetime(2024, 3, 1, 9, 30, tzinfo=dt.UTC)


def police(area: str = "Northport", name: str = "Police") -> Agency:
    return ensure_agency(name=name, sector="police", area=area, by=None, at=AT)


@pytest.mark.django_db
def test_an_agency_is_told_by_name_sector_and_area() -> None:
    assert police() == police()
    assert police("Southport") != police()
    assert Agency.objects.count() == 2


@pytest.mark.django_db
def test_names_may_be_as_long_and_in_any_script_as_people_write_them() -> None:
    long = "🚓" * 500
    assert police(area="ميناء" * 100, name=long) == police(area="ميناء" * 100, name=long)


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_get_the_same_agency() -> None:
    found: list[Agency] = []

    def ask() -> None:
        try:
            found.append(police())
        finally:
            connection.close()

    others = [threading.Thread(target=ask) for _ in range(4)]
    for other in others:
        other.start()
    for other in others:
        other.join(30)
    assert len(found) == 4
    assert len({agency.id for agency in found}) == 1


@pytest.mark.django_db
def test_one_team_answers_for_an_agency() -> None:
    first = ensure_team(agency=police(), name="Front desk", answers_for_agency=True, by=None, at=AT)
    ensure_team(agency=police(), name="Child abuse unit", answers_for_agency=True, by=None, at=AT)

    assert [team.name for team in Team.objects.filter(answers_for_agency=True)] == ["Child abuse unit"]
    with pytest.raises(IntegrityError, match="one_team_answers"), transaction.atomic():
        Team.objects.filter(id=first.id).update(answers_for_agency=True)


@pytest.mark.django_db
def test_a_membership_is_known_once_and_does_not_end_before_it_begins() -> None:
    team = ensure_team(agency=police(), name="Front desk", by=None, at=AT)
    user = User.objects.create(username="p.constable", display_name="P Constable")
    for _ in range(2):
        add_member(user=user, team=team, role="officer", since_on=dt.date(2024, 1, 1), by=None, at=AT)
    assert Membership.objects.count() == 1

    with pytest.raises(IntegrityError, match="membership_ends"), transaction.atomic():
        add_member(
            user=user,
            team=team,
            role="clerk",
            since_on=dt.date(2024, 1, 2),
            until_on=dt.date(2023, 12, 31),  # the day before the first is as early as a post can end
            by=None,
            at=AT,
        )
