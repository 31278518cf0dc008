"""A question that nobody answers goes to the manager, then to who answers for the agency; a list too long says so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from onestory.arrive.feeds.actions import import_files
from onestory.oversee.signals import actions
from onestory.oversee.signals.escalating import steps, steps_due, take_further
from onestory.oversee.signals.load import Load
from onestory.oversee.signals.models import Alert
from onestory.oversee.signals.rule import Level
from onestory.oversee.signals.states import State
from onestory.platform.access.models import User
from onestory.platform.agencies.actions import add_member, ensure_team
from onestory.platform.deadlines.working_days import after_working_days
from onestory.platform.history.models import Entry, EntryText
from onestory.platform.notices.models import Notice
from onestory.platform.people.models import Person

pytestmark = pytest.mark.django_db
FLETCHER = Path(__file__).resolve().parents[4] / "demonstration" / "families" / "fletcher.yaml"
AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
TODAY = AT.date()


def late(days: int) -> tuple[dt.date, dt.datetime]:
    day = after_working_days(TODAY, days)
    return day, dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)


@pytest.fixture
def waiting() -> Alert:
    """One alert waits, due today; the others of the family are answered."""
    import_files([FLETCHER], by=None, at=AT)
    children = Person.objects.filter(is_child=True).values_list("id", flat=True)
    actions.read_again(child_ids=list(children), today=TODAY, at=AT)
    alert = Alert.objects.filter(state=State.WAITING).order_by("id")[0]
    Alert.objects.exclude(id=alert.id).update(state=State.DECLINED, ended_on=None)
    Alert.objects.filter(id=alert.id).update(due_on=TODAY, level=Level.REVIEW)
    alert.refresh_from_db()
    return alert


def manager(alert: Alert, team: str | None = None) -> User:
    user = User.objects.create(username="helen", display_name="Helen Okafor")
    chosen = alert.team if team is None else ensure_team(agency=alert.team.agency, name=team, by=None, at=AT)
    add_member(user=user, team=chosen, role="social_work_manager", since_on=TODAY, by=None, at=AT)
    return user


def test_the_steps_are_data_and_their_days_are_working_days() -> None:
    friday = dt.date(2026, 11, 20)
    assert [step.to for step in steps(Level.REVIEW)] == ["manager", "agency"]
    assert list(steps_due(Level.REVIEW, friday, friday)) == []
    assert [one.number for one in steps_due(Level.REVIEW, friday, dt.date(2026, 11, 23))] == [1]
    assert [one.number for one in steps_due(Level.REVIEW, friday, dt.date(2026, 11, 25))] == [1]
    assert [one.number for one in steps_due(Level.REVIEW, friday, dt.date(2026, 11, 26))] == [1, 2]
    assert [one.number for one in steps_due(Level.ACT, friday, dt.date(2026, 11, 24))] == [1, 2]


def test_it_goes_to_the_manager_once_and_the_chronology_says_so(waiting: Alert) -> None:
    user = manager(waiting)
    assert take_further(today=TODAY, at=AT) == 0
    day, at = late(1)
    assert take_further(today=day, at=at) == 1
    assert take_further(today=day, at=at) == 0
    notice = Notice.objects.get(kind="overdue")
    assert (notice.to_team, notice.for_user, notice.address) == (waiting.team, user, f"/alerts/{waiting.id}")
    assert "has not been answered by 23 November 2026" in notice.words
    told = EntryText.objects.filter(text__contains="Taken to the manager of the team").values_list("entry", flat=True)
    assert Entry.objects.filter(id__in=told, weight="system").count() == 1
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


def test_a_manager_in_another_team_finds_it_on_that_teams_list(waiting: Alert) -> None:
    user = manager(waiting, team="Managers")
    day, at = late(1)
    take_further(today=day, at=at)
    waiting.refresh_from_db()
    assert waiting.team.name == "Managers"
    assert Notice.objects.get(kind="overdue").for_user == user


def test_where_nobody_manages_it_goes_to_who_answers_for_the_agency(waiting: Alert) -> None:
    other = ensure_team(agency=waiting.team.agency, name="Side team", by=None, at=AT)
    Alert.objects.filter(id=waiting.id).update(team=other)
    day, at = late(1)
    assert take_further(today=day, at=at) == 0
    day, at = late(4)
    assert take_further(today=day, at=at) == 1
    waiting.refresh_from_db()
    assert waiting.team.answers_for_agency


def test_what_is_answered_put_off_or_over_goes_nowhere(waiting: Alert) -> None:
    manager(waiting)
    day, at = late(9)
    for said in ({"state": State.ACTING}, {"state": State.WAITING, "is_over": True}, {"state": State.NOT_NOW}):
        Alert.objects.filter(id=waiting.id).update(**{"is_over": False, **said})
        assert take_further(today=day, at=at) == 0
    Alert.objects.filter(id=waiting.id).update(is_over=False)
    actions.wake_put_off(today=day)
    assert take_further(today=day, at=at) == 1


def test_asked_again_it_goes_further_again(waiting: Alert) -> None:
    manager(waiting)
    day, at = late(1)
    take_further(today=day, at=at)
    Alert.objects.filter(id=waiting.id).update(due_on=day)
    day, at = late(2)
    assert take_further(today=day, at=at) == 1


def test_a_list_too_long_says_so_and_what_follows() -> None:
    assert Load(201, 201, 20, 3, 0, TODAY).is_too_much
    assert not Load(200, 100, 20, 3, 0, TODAY).is_too_much
    assert Load(20, 19, 20, 3, 1, TODAY).is_too_much
    assert not Load(20, 20, 20, 3, 1, TODAY).is_too_much
    assert "more than the team can answer" in Load(20, 19, 20, 3, 1, TODAY).verdict()
    words = " ".join(Load(20, 19, 20, 1, 0, TODAY).words())
    assert "20 questions, 1.0 on a working day, and gave 19 answers" in words
    assert "1 question waits, none of them past" in words
    assert list(Load(0, 0, 0, 0, 0, None).words())
