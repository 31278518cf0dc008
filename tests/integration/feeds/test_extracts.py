"""Extracts come in: whole or not at all, once, corrected, taken back, and never about the wrong person."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.arrive.feeds.extracts import ExtractProblems
from onestory.arrive.feeds.incoming.actions import settle_person
from onestory.arrive.feeds.incoming.models import FeedRow, FeedRun, WaitingPerson, WaitingRow
from onestory.arrive.feeds.incoming.policies import NotPossible
from onestory.platform.access.keeping import keeping
from onestory.platform.history.dates import parse_when
from onestory.platform.history.loading import load_history
from onestory.platform.history.models import Entry
from onestory.platform.people.models import AgencyRecord, Person
from onestory.platform.sharing.admission import NotAdmitted
from tests.integration.feeds.place import (
    ABSENCE_HEADING,
    AT,
    absence,
    absences,
    agency,
    came,
    feed,
    held,
    lines,
    school_feed,
    user,
)

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def _as_the_program():
    """What is looked at here is what was kept, whoever may see it."""
    with keeping():
        yield


def test_a_file_becomes_the_agencys_own_people_and_entries() -> None:
    counts = absences(
        school_feed(), absence("A1"), absence("A2", "09/10/2026", "30"), absence("A3", number="P2", first="Bo")
    )
    assert counts == {"new": 3, "people": 2}
    (ann,) = AgencyRecord.objects.filter(number="P1")
    assert (ann.label, ann.born, ann.person.is_child, ann.agency.name) == (
        "Ann Larch",
        parse_when("2018-02-01"),
        True,
        "Oak School",
    )
    entries = load_history([ann.person_id]).entries
    assert [(one.kind, one.happened.text, one.own) for one in entries] == [
        ("absence", "2026-10-02", {"sessions_percent": 20.0, "letter": 1}),
        ("absence", "2026-10-09", {"sessions_percent": 30.0, "letter": 1}),
    ]
    assert all(one.known == parse_when("2026-11-02") for one in entries)
    assert ProcrastinateJob.objects.filter(
        task_name="signals.reread", args__child_ids__contains=[str(ann.person_id)]
    ).exists()


def test_a_repeat_changes_nothing() -> None:
    to, rows = school_feed(), [absence("A1"), absence("A2", "09/10/2026")]
    absences(to, *rows)
    before = Entry.objects.count(), AgencyRecord.objects.count(), Person.objects.count()
    assert absences(to, *reversed(rows), at=LATER) == {"unchanged": 2}
    assert (Entry.objects.count(), AgencyRecord.objects.count(), Person.objects.count()) == before


def test_a_correction_supersedes_from_the_day_on_which_it_came() -> None:
    to = school_feed()
    absences(to, absence(share="20"))
    assert absences(to, absence(share="25"), at=LATER) == {"changed": 1}
    (record,) = AgencyRecord.objects.filter(number="P1")
    first, second = load_history([record.person_id]).entries
    assert second.supersedes == first.id
    assert (first.known, second.known) == (parse_when("2026-11-02"), parse_when("2026-11-09"))
    assert absences(to, absence(share="20"), at=LATER) == {"changed": 1}


def test_a_row_that_vanished_is_no_withdrawal() -> None:
    to = school_feed()
    absences(to, absence("A1"), absence("A2"))
    assert absences(to, absence("A1"), at=LATER) == {"unchanged": 1}
    assert not Entry.objects.filter(withdrawn=True).exists()


def test_in_a_complete_extract_it_is_and_may_come_back() -> None:
    to = school_feed(**{"complete: false": "complete: true"})
    absences(to, absence("A1"), absence("A2"))
    assert absences(to, absence("A1"), at=LATER) == {"unchanged": 1, "taken_back": 1}
    assert Entry.objects.filter(withdrawn=True).count() == 1
    assert absences(to, absence("A1"), at=LATER) == {"unchanged": 1}
    assert absences(to, absence("A1"), absence("A2"), at=LATER) == {"unchanged": 1, "changed": 1}
    (record,) = AgencyRecord.objects.filter(number="P1")
    standing = [one for one in load_history([record.person_id]).entries if not one.withdraws]
    assert len({one.id for one in standing}) >= 2


def test_one_row_in_error_and_nothing_comes_in() -> None:
    to = school_feed()
    with pytest.raises(ExtractProblems) as refused:
        absences(to, absence("A1"), absence("A2", "31/02/2026"), absence("A1"))
    assert [(one.row, one.field) for one in refused.value.problems] == [(3, "Week ending"), (4, "Record")]
    assert not Entry.objects.exists()
    assert not Person.objects.exists()
    assert not FeedRow.objects.exists()


def test_a_dry_run_says_the_same_and_keeps_nothing() -> None:
    to, rows = school_feed(), [absence("A1"), absence("A2", number="P2", first="Bo")]
    assert absences(to, *rows, dry_run=True) == {"new": 2, "people": 2}
    assert not Entry.objects.exists()
    assert not Person.objects.exists()
    assert not FeedRun.objects.exists()
    assert absences(to, *rows) == {"new": 2, "people": 2}


def test_nothing_comes_in_without_a_protocol_that_admits_it() -> None:
    to = feed("other", "school-absence", agency_name="Elm School", sector="school")
    with pytest.raises(NotAdmitted, match="no information-sharing protocol"):
        absences(to, absence())
    to = feed("another", "school-absence", agency_name="Ash School", sector="school", kinds=("note",))
    with pytest.raises(NotAdmitted, match="School absence"):
        absences(to, absence())
    assert not Entry.objects.exists()


def test_nothing_comes_in_by_a_mapping_that_nobody_else_has_approved() -> None:
    from onestory.arrive.feeds.incoming.actions import approve_mapping, set_up_feed
    from tests.integration.feeds.place import MAPPINGS

    _, team = agency("Elm School", "school")
    text = (MAPPINGS / "school-absence.yaml").read_text(encoding="utf-8")
    made = set_up_feed(name="elm", team=team, mapping=text, by=user("proposes"), at=AT)
    with pytest.raises(NotPossible, match="No mapping"):
        absences(made.feed, absence())
    with pytest.raises(NotPossible, match="Somebody else"):
        approve_mapping(made, by=user("proposes"), at=AT)
    again = set_up_feed(name="elm", team=team, mapping=text, by=user("proposes"), at=AT)
    assert again.version == 1
    changed = set_up_feed(name="elm", team=team, mapping=text.replace("false", "true"), by=user("proposes"), at=AT)
    assert changed.version == 2


def test_a_name_put_right_is_a_newer_record_beside_the_old_one() -> None:
    to = school_feed()
    absences(to, absence(first="Ann"))
    assert absences(to, absence(first="Anne")) == {"unchanged": 1}
    assert [one.label for one in AgencyRecord.objects.filter(number="P1").order_by("recorded_at", "id")] == [
        "Ann Larch",
        "Anne Larch",
    ]
    assert Person.objects.count() == 1
    absences(to, absence(first="Ann"), absence("A2", first="Anne"))
    assert AgencyRecord.objects.count() == 2


def test_a_number_given_out_again_is_nobody_for_sure() -> None:
    to = school_feed()
    held(to.agency, "Zed Quill", number="P1", given_name="Zed", family_name="Quill", born=parse_when("2011-01-01"))
    assert absences(to, absence()) == {"waiting": 1}
    assert not Entry.objects.exists()
    assert absences(to, absence(), at=LATER) == {"waiting": 1}
    assert WaitingRow.objects.count() == WaitingPerson.objects.count() == 1


def test_what_waits_comes_in_when_somebody_says_who_it_is_and_is_not_asked_again() -> None:
    to = school_feed()
    ann = held(to.agency, "Ann", born=parse_when("2018-02-01"))
    assert absences(to, absence("A1"), absence("A2"), absence("B1", number="P2", first="Bo")) == {
        "new": 1,
        "waiting": 2,
        "people": 1,
    }
    (waiting,) = WaitingPerson.objects.all()
    assert waiting.candidates == [ann.id]
    assert settle_person(waiting, record_id=ann.id, by=user("settles"), at=AT) == 2
    assert {entry.agency_id for entry in Entry.objects.all()} == {to.agency_id}
    assert len(load_history([ann.person_id]).entries) == 2
    assert not WaitingRow.objects.exists()
    assert absences(to, absence("A1"), absence("A3"), at=LATER) == {"new": 1, "unchanged": 1}
    with pytest.raises(NotPossible, match="settled this already"):
        settle_person(waiting, record_id=None, by=user("settles"), at=AT)


def test_somebody_else_becomes_a_person_of_the_agency() -> None:
    to = school_feed()
    ann = held(to.agency, "Ann", born=parse_when("2018-02-01"))
    absences(to, absence("A1"))
    settle_person(WaitingPerson.objects.get(), record_id=None, by=user("settles"), at=AT)
    other = AgencyRecord.objects.get(number="P1")
    assert other.person_id != ann.person_id
    assert load_history([ann.person_id]).entries == ()
    assert len(load_history([other.person_id]).entries) == 1


def test_another_agencys_people_are_no_candidates() -> None:
    other, _ = agency("Elm School", "school")
    held(other, "Ann Larch", number="P1", born=parse_when("2018-02-01"))
    assert absences(school_feed(), absence()) == {"new": 1, "people": 1}
    assert Person.objects.count() == 2


def test_what_waits_is_sealed() -> None:
    to = school_feed()
    held(to.agency, "Ann", born=parse_when("2018-02-01"))
    absences(to, absence("A1", reason="Slept at her aunt"))
    assert "aunt" not in WaitingRow.objects.get().sealed


def test_the_work_for_a_batch_does_not_grow_with_its_rows() -> None:
    to = school_feed()

    def queries(letter: str, number: int) -> int:
        rows = [absence(f"{letter}{n}", number=f"{letter}{n}", first=f"Ann{n}") for n in range(number)]
        with CaptureQueriesContext(connection) as asked:
            absences(to, *rows)
        # One job for each circle of children is queued, whoever writes their entries.
        return len([one for one in asked if "procrastinate" not in one["sql"]])

    queries("x", 1)
    assert queries("a", 3) == queries("b", 30)


def test_an_unreadable_file_says_so_and_keeps_nothing() -> None:
    with pytest.raises(ExtractProblems, match="bytes that are not utf-8"):
        came(school_feed(), lines(ABSENCE_HEADING, absence(first="Zoë")).decode().encode("cp1252"))
    assert not Person.objects.exists()
