"""Ties, conflicts and break-glass against the real database, under the program's own role."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from onestory.platform.access.actions import (
    approve_break_glass,
    break_glass,
    declare_conflict,
    end_conflict,
    end_tie,
    grant_tie,
    reconcile_break_glass,
    settle_ties,
)
from onestory.platform.access.facts import AgencyKnows, Fact, NamedWorker
from onestory.platform.access.models import AccessRecord, BreakGlass, Conflict, Tie
from onestory.platform.access.policies import NotNow
from onestory.platform.access.ties import Because, Kind
from tests.integration.access.place import NOW, Place

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def place() -> Place:
    return Place()


def opened_by(place: Place, name: str = "nurse") -> BreakGlass:
    return break_glass(
        place.person().id,
        role="health_visitor",
        reason="Baby unwell at the door, no answer from the duty team",
        scope="Who else is involved",
        by=place.user(name),
        at=NOW,
    )


def test_ties_follow_the_facts_and_nothing_is_ended_that_still_follows(place: Place) -> None:
    child, worker, agency = place.person(), place.user("worker"), place.team("Health").agency
    knows = AgencyKnows(agency=str(agency.id), person=str(child.id), since=NOW)
    named = NamedWorker(user=str(worker.id), person=str(child.id), since=NOW, until=NOW + HOUR)
    facts: list[Fact] = [knows, named]
    assert len(settle_ties(child.id, facts=facts, by=None, at=NOW)) == 2
    assert settle_ties(child.id, facts=facts, by=None, at=NOW + HOUR / 2) == []
    assert settle_ties(child.id, facts=facts, by=None, at=NOW + HOUR) == []
    assert list(Tie.objects.filter(until_at=None).values_list("kind", flat=True)) == ["agency"]
    assert Tie.objects.get(kind="worker").until_at == NOW + HOUR


def test_settling_one_person_leaves_the_others_alone(place: Place) -> None:
    child, sibling, worker = place.person(), place.person(), place.user("worker")
    grant_tie(sibling.id, kind=Kind.WORKER, because=Because.NAMED, user_id=worker.id, by=worker, at=NOW)
    settle_ties(child.id, facts=[], by=None, at=NOW)
    assert Tie.objects.filter(person=sibling, until_at=None).count() == 1


def test_granting_twice_is_one_tie_and_ending_twice_keeps_the_first_end(place: Place) -> None:
    child, worker = place.person(), place.user("worker")
    granted = [
        grant_tie(child.id, kind=Kind.LEAD, because=Because.LEAD, user_id=worker.id, by=worker, at=NOW)
        for _ in range(2)
    ]
    assert granted[0] == granted[1]
    end_tie(granted[0], by=worker, at=NOW + HOUR)
    end_tie(granted[0], by=worker, at=NOW + 2 * HOUR)
    assert Tie.objects.get().until_at == NOW + HOUR


@pytest.mark.parametrize("holders", [{}, {"user": True, "team": True}])
def test_the_database_wants_exactly_one_holder(place: Place, holders: dict[str, bool]) -> None:
    held: dict[str, UUID] = {}
    if "user" in holders:
        held = {"user_id": place.user("worker").id, "team_id": place.team("Health").id}
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.create(person=place.person(), kind="worker", because="named", since_at=NOW, **held)


def test_a_tie_is_neither_rewritten_nor_removed(place: Place) -> None:
    child, other, worker = place.person(), place.person(), place.user("worker")
    tie = grant_tie(child.id, kind=Kind.WORKER, because=Because.NAMED, user_id=worker.id, by=worker, at=NOW)
    with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
        Tie.objects.filter(pk=tie.pk).update(person=other)
    with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
        Tie.objects.filter(pk=tie.pk).delete()


def test_break_glass_lasts_an_hour_and_waits_to_be_looked_into(place: Place) -> None:
    opened = opened_by(place)
    assert opened.tie.until_at == NOW + HOUR
    assert opened.due_on == dt.date(2026, 3, 3)
    assert AccessRecord.objects.get().act == "break_glass"


def test_break_glass_before_a_bank_holiday_is_due_on_the_next_working_day(place: Place) -> None:
    thursday_before_easter = dt.datetime(2026, 4, 2, 15, tzinfo=dt.UTC)
    opened = break_glass(
        place.person().id,
        role="police_officer",
        reason="Child missing",
        scope="Where",
        by=place.user("officer"),
        at=thursday_before_easter,
    )
    assert opened.due_on == dt.date(2026, 4, 7)


@pytest.mark.parametrize("role", ["partnership_administrator", "privacy_officer", "audit_reader", "board_member"])
def test_roles_that_see_no_case_content_cannot_break_the_glass(place: Place, role: str) -> None:
    with pytest.raises(NotNow):
        break_glass(place.person().id, role=role, reason="Why", scope="What", by=place.user("a"), at=NOW)
    assert not Tie.objects.exists()


@pytest.mark.parametrize(("reason", "scope"), [("", "all"), ("because", " ")])
def test_break_glass_needs_reason_and_scope(place: Place, reason: str, scope: str) -> None:
    with pytest.raises(NotNow):
        break_glass(
            place.person().id, role="health_visitor", reason=reason, scope=scope, by=place.user("nurse"), at=NOW
        )


def test_a_conflict_of_interest_bars_break_glass(place: Place) -> None:
    child, nurse = place.person(), place.user("nurse")
    declare_conflict(child.id, user_id=nurse.id, nature=Conflict.Nature.RELATIVE, by=nurse, at=NOW)
    with pytest.raises(NotNow):
        break_glass(child.id, role="health_visitor", reason="Why", scope="What", by=nurse, at=NOW)


def test_only_somebody_else_approves_within_the_hour_and_once(place: Place) -> None:
    opened, other = opened_by(place), place.user("manager")
    with pytest.raises(NotNow):
        approve_break_glass(opened, by=place.user("nurse"), at=NOW)
    with pytest.raises(NotNow):
        approve_break_glass(opened, by=other, at=NOW + HOUR)
    approve_break_glass(opened, by=other, at=NOW)
    assert Tie.objects.get().second_person == other
    with pytest.raises(NotNow):
        approve_break_glass(opened, by=place.user("third"), at=NOW)


def test_whoever_had_a_part_in_it_does_not_judge_it(place: Place) -> None:
    opened = opened_by(place)
    approve_break_glass(opened, by=place.user("manager"), at=NOW)
    justified = BreakGlass.Outcome.JUSTIFIED
    for name in ("nurse", "manager"):
        with pytest.raises(NotNow):
            reconcile_break_glass(opened, outcome=justified, remark="Fine", by=place.user(name), at=NOW)
    reconcile_break_glass(opened, outcome=justified, remark="Needed", by=place.user("privacy"), at=NOW + HOUR)
    assert BreakGlass.objects.get().outcome == justified
    with pytest.raises(NotNow):
        reconcile_break_glass(opened, outcome=justified, remark="Again", by=place.user("privacy"), at=NOW + HOUR)


def test_nobody_ends_their_own_conflict_of_interest(place: Place) -> None:
    child, nurse = place.person(), place.user("nurse")
    conflict = declare_conflict(child.id, user_id=nurse.id, nature=Conflict.Nature.SELF, by=nurse, at=NOW)
    with pytest.raises(NotNow):
        end_conflict(conflict, by=nurse, at=NOW)
    end_conflict(conflict, by=place.user("privacy"), at=NOW + HOUR)
    assert Conflict.objects.get().ended_at == NOW + HOUR


@transaction.atomic
def open_and_fail(place: Place) -> None:
    opened_by(place)
    raise ZeroDivisionError


def test_what_fails_leaves_no_tie_and_no_audit_row(place: Place) -> None:
    with pytest.raises(ZeroDivisionError):
        open_and_fail(place)
    assert (Tie.objects.count(), BreakGlass.objects.count(), AccessRecord.objects.count()) == (0, 0, 0)
