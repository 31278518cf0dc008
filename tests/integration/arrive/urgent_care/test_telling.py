"""An attendance of a child is somebody's task the same day, once, whatever became of the plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.arrive.urgent_care.actions import tell_of_attendance
from onestory.arrive.urgent_care.receivers import sectors_for
from onestory.oversee.signals.rules.urgent_care_attendance import FOLLOW_UP
from onestory.platform.access.actions import grant_tie
from onestory.platform.access.keeping import keeping
from onestory.platform.access.ties import Because, Kind
from onestory.platform.agencies.models import Team
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.actions import record_entry, supersede_entry
from onestory.platform.history.dates import day, parse_when
from onestory.platform.history.models import Entry
from onestory.platform.notices.actions import acknowledge_notice
from onestory.platform.notices.models import Notice
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import AgencyRecord
from tests.integration.platform.history.families import new
from tests.integration.platform.notices.teams import AT, HOUR, Place, place, team, works

pytestmark = pytest.mark.django_db
TODAY = AT.date()


class Here:
    """A place with an urgent care centre, a health visiting and a school nursing team, and a child."""

    def __init__(self, born: str = "2024-02-01") -> None:
        self.home: Place = place()
        self.urgent: Team = team("Harbour Urgent Care", "urgent_care", "Reception")
        self.nurses: Team = team("Harbour Nurses", "school_nursing", "School nurses")
        anchor = add_person(is_child=True, by=None, at=AT)
        self.child: AgencyRecord = add_agency_record(
            person_id=anchor.id,
            agency_id=self.urgent.agency_id,
            label="Bo",
            born=parse_when(born) if born else None,
            by=None,
            at=AT,
        )

    def comes(self, on: dt.date = TODAY, **what: Any) -> Entry:
        return record_entry(
            agency=self.urgent.agency_id,
            kind="attendance",
            happened=day(on),
            known=day(on),
            about=(self.child.id,),
            text="A bump on the head.",
            by=None,
            at=AT,
            **what,
        )

    def plan(self, stage: str, on: str) -> Entry:
        return record_entry(
            agency=self.home.duty.agency_id,
            kind="plan",
            happened=parse_when(on),
            known=parse_when(on),
            about=(self.child.id,),
            own={"type": "child_in_need", "stage": stage},
            by=None,
            at=AT,
        )


def told() -> list[tuple[str, str]]:
    with keeping():
        notices = Notice.objects.filter(kind="attendance").order_by("to_team__name")
        return [(one.to_team.name, one.for_user.display_name if one.for_user else "") for one in notices]


def test_the_new_entry_queues_the_telling_in_its_own_transaction() -> None:
    here = Here()
    with transaction.atomic():
        here.comes()
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.filter(task_name="urgent_care.tell").exists()
    entry = here.comes()
    here.comes(on=AT.date() - dt.timedelta(days=15))  # came in with a history
    assert ProcrastinateJob.objects.get(task_name="urgent_care.tell").args == {"entry_id": str(entry.id)}


def test_a_baby_s_goes_to_the_health_visitor_and_whoever_leads_the_same_day() -> None:
    here = Here()
    ben = works("Ben Carrick", here.home.duty, "social_worker").user
    grant_tie(here.child.person_id, kind=Kind.LEAD, because=Because.LEAD, user_id=ben.id, by=None, at=AT)
    entry = here.comes()
    for _ in range(10):  # a job may come back
        tell_of_attendance(entry.id, by=None, at=AT)

    assert told() == [("Duty team", "Ben Carrick"), ("East", "")]
    with keeping():
        due = {one.acknowledge_by for one in Notice.objects.filter(kind="attendance")}
        promises = list(Commitment.objects.values_list("sort", "state"))
    assert due == {dt.datetime(2026, 11, 24, 13, 30, tzinfo=dt.UTC)}
    assert promises == [("hand_over", "open")] * 2


def test_acknowledging_it_closes_the_promise_and_stands_on_record() -> None:
    here = Here()
    wendy = works("Wendy Oyelaran", here.home.health, "health_visitor").user
    notice = tell_of_attendance(here.comes().id, by=None, at=AT)[0]
    acknowledge_notice(notice.id, by=wendy, at=AT + HOUR, answer="I visit tomorrow.")
    with keeping():
        assert list(Commitment.objects.values_list("state", flat=True)) == ["kept"]
        assert Entry.objects.filter(kind="notice", own__stage="acknowledged").get().agency == here.home.health.agency


def test_a_school_child_s_goes_to_the_school_nurse() -> None:
    here = Here(born="2015-02-01")
    tell_of_attendance(here.comes().id, by=None, at=AT)
    assert told() == [("School nurses", "")]


@pytest.mark.parametrize(
    ("born", "sectors"),
    [
        ("2021-11-25", ("health_visiting",)),  # five tomorrow
        ("2021-11-24", ("school_nursing",)),  # five today
        ("2021-11", ("health_visiting",)),  # five at the end of the month, as far as is known
        ("", ("health_visiting", "school_nursing")),
    ],
)
def test_who_follows_up_depends_on_the_fifth_birthday(born: str, sectors: tuple[str, ...]) -> None:
    assert sectors_for(AgencyRecord(born=parse_when(born) if born else None), AT.date()) == sectors
    assert set(sectors) <= FOLLOW_UP


@pytest.mark.parametrize(
    ("closed", "also"),
    [("2026-01-10", [("Duty team", "")]), ("2025-11-24", [("Duty team", "")]), ("2025-11-23", [])],
)
def test_whoever_led_hears_of_it_for_a_year_after_closure(closed: str, also: list[tuple[str, str]]) -> None:
    here = Here()
    here.plan("opened", "2025-01-10")
    here.plan("closed", closed)
    tell_of_attendance(here.comes().id, by=None, at=AT)
    assert told() == [*also, ("East", "")]


def test_where_nobody_is_known_social_care_hears_of_it() -> None:
    here = Here()
    Team.objects.filter(agency__sector="health_visiting").update(answers_for_agency=False)
    tell_of_attendance(here.comes().id, by=None, at=AT)
    assert told() == [("Duty team", "")]


def test_a_correction_and_an_adult_s_attendance_tell_nobody() -> None:
    here = Here()
    entry = here.comes()
    tell_of_attendance(entry.id, by=None, at=AT)
    corrected = supersede_entry(
        entry, new=new(here.urgent.agency, here.child, kind="attendance", date=AT.date().isoformat()), by=None, at=AT
    )
    tell_of_attendance(corrected.id, by=None, at=AT)
    adult = add_person(is_child=False, by=None, at=AT)
    record = add_agency_record(person_id=adult.id, agency_id=here.urgent.agency_id, label="Cy", by=None, at=AT)
    here.child = record
    tell_of_attendance(here.comes().id, by=None, at=AT)
    assert told() == [("East", "")]
