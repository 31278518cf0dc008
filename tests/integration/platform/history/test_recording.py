"""One entry in: checked, split by class, with all that follows from it, or not at all."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.platform.commitments.models import Commitment
from onestory.platform.history import actions, projections
from onestory.platform.history.actions import record_entries, record_entry
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import (
    Entry,
    EntryCareHistory,
    EntryLegalAdvice,
    EntryLocation,
    EntryPerson,
    EntryReporter,
    EntrySourceDetail,
    EntryText,
    EntryTold,
)
from onestory.platform.history.new_entry import EntryRefused
from onestory.platform.history.record import ConditionTest, Reporter
from onestory.platform.people.models import HouseholdMember
from tests.integration.platform.history.families import AT, Family, agency, family, new, person

pytestmark = pytest.mark.django_db
PARTS = (EntryText, EntrySourceDetail, EntryCareHistory, EntryReporter, EntryLocation, EntryLegalAdvice)


def record(home: Family, **what: Any) -> Entry:
    return record_entries([new(home.social_care, home.child, **what)], by=None, at=AT)[0]


def kept_in(entry: Entry) -> dict[str, Any]:
    """The tables that hold a part of the entry, with what they hold."""
    return {part.__name__: (row.text, row.own) for part in PARTS if (row := part.objects.filter(entry=entry).first())}


def test_the_summary_holds_neither_words_nor_places_nor_who_told() -> None:
    home = family()
    entry = record(
        home,
        kind="injury",
        text="A bruise on the cheek.",
        reporter=Reporter("family", None, "grandmother"),
        factors={"bruising"},
        own={"site": "left cheek", "severity": "minor", "explanation": "fell"},
    )

    entry.refresh_from_db()
    assert entry.own == {"severity": "minor"}
    assert entry.factors == ["bruising"]
    assert kept_in(entry) == {
        "EntryText": ("A bruise on the cheek.", {"site": "left cheek", "explanation": "fell"}),
        "EntryReporter": ("", {}),
    }
    assert entry.reporter.label == "grandmother"


@pytest.mark.parametrize(
    ("restricted", "table"),
    [
        (None, "EntryText"),
        ("adult_mental_health", "EntrySourceDetail"),
        ("care_history", "EntryCareHistory"),
        ("reporter_identity", "EntryReporter"),
        ("address", "EntryLocation"),
        ("legal", "EntryLegalAdvice"),
    ],
)
def test_restricted_words_go_to_the_table_of_their_class_and_to_no_other(restricted: str | None, table: str) -> None:
    entry = record(family(), kind="attendance", text="Secret.", own={"reason": "also secret"}, restricted=restricted)

    assert kept_in(entry) == {table: ("Secret.", {"reason": "also secret"})}
    assert entry.own == {}


def test_where_a_family_goes_is_kept_with_the_location() -> None:
    entry = record(family(), kind="move", text="They move.", own={"to_area": "Southport"})

    assert kept_in(entry) == {"EntryText": ("They move.", {}), "EntryLocation": ("", {"to_area": "Southport"})}


def test_a_parents_care_history_never_stands_in_the_summary() -> None:
    home = family()
    care = {"care_experienced_parent"}
    noted = record(home, factors={*care, "young_parent"})
    assessed = record(home, kind="assessment", own={"covers": frozenset({*care, "debt"}), "type": "parenting"})
    promised = record(home, kind="condition", own={"if": ConditionTest(factors=frozenset(care)), "then": "Ask."})

    assert noted.factors == ["young_parent"]
    assert noted.entrycarehistory.factors == ["care_experienced_parent"]
    assert assessed.own == {"covers": ["debt"], "type": "parenting"}
    assert assessed.entrycarehistory.own == {"covers": ["care_experienced_parent"]}
    assert promised.own == {}
    assert Commitment.objects.get(made_in=promised).test is None


def test_social_care_of_the_area_is_told_where_the_record_is_silent() -> None:
    home = family()
    elsewhere = agency("Children's Social Care", "childrens_social_care", "Southport")
    decided = record_entries([new(home.school, home.child, kind="meeting")], by=None, at=AT)[0]
    noted = record_entries([new(home.school, home.child)], by=None, at=AT)[0]
    sent = new(home.school, home.child, kind="concern", own={"to": str(elsewhere.id)}, shared_with=frozenset())

    def told(entry: Entry) -> set[Any]:
        return set(EntryTold.objects.filter(entry=entry).values_list("agency_id", flat=True))

    assert told(decided) == {home.school.id, home.social_care.id}
    assert told(noted) == {home.school.id}
    assert told(record_entries([sent], by=None, at=AT)[0]) == {home.school.id, elsewhere.id}


def test_people_keep_their_order_and_are_named_once() -> None:
    home = family()
    entry = new(home.school, home.mother, home.child, seen=(home.child.id,), together=(home.mother.id, home.child.id))
    written = record_entries([dataclasses.replace(entry, about=(*entry.about, home.child.id))], by=None, at=AT)[0]

    named = EntryPerson.objects.filter(entry=written).order_by("id").values_list("part", "record_id")
    assert list(named) == [
        ("about", home.mother.id),
        ("about", home.child.id),
        ("seen", home.child.id),
        ("together", home.mother.id),
        ("together", home.child.id),
    ]


def test_what_is_recorded_today_is_known_today() -> None:
    home = family()
    what = {"agency": home.school.id, "kind": "note", "about": (home.child.id,), "by": None}
    late = dt.datetime(2024, 6, 30, 23, 30, tzinfo=dt.UTC)  # the first of July in England

    assert record_entry(happened=parse_when("2023"), at=late, **what).known_on == dt.date(2024, 7, 1)
    assert record_entry(happened=parse_when("2024-07"), at=late, **what).known_on == dt.date(2024, 7, 31)
    assert record_entry(happened=parse_when("2023"), known=None, at=late, **what).known_on is None


@pytest.mark.parametrize(
    ("what", "field", "found", "allowed"),
    [
        ({"kind": "gossip"}, "kind", "'gossip'", "concern, incident"),
        ({"factors": {"bad_luck"}}, "factors", "'bad_luck'", "alcohol_child"),
        ({"about": ()}, "about", "nobody", "at least one person"),
        ({"known": parse_when("2024-01-31")}, "known", "2024-01-31, before 2024-02-01", "or later"),
        ({"count": 0}, "count", "0", "a whole number from 1"),
        ({"restricted": "secret"}, "restricted", "'secret'", "care_history"),
        ({"reporter": Reporter("spy")}, "reporter", "'spy'", "professional"),
        ({"own": {"outcome": "kept"}}, "own", "'outcome'", "died"),
        ({"kind": "visit", "own": {"outcome": "kept"}}, "outcome", "'kept'", "seen, no_access"),
        ({"kind": "visit", "own": {"announced": "yes"}}, "announced", "'yes'", "true or false"),
        ({"kind": "absence", "own": {"letter": True}}, "letter", "'True'", "a whole number from 1"),
        ({"kind": "absence", "own": {"letter": 0}}, "letter", "'0'", "a whole number from 1"),
        ({"kind": "absence", "own": {"sessions_percent": 100.5}}, "sessions_percent", "'100.5'", "0 to 100"),
        ({"kind": "aftercare", "own": {"every": "monthly"}}, "every", "'monthly'", "P1M"),
        ({"kind": "aftercare", "own": {"every": "P0M"}}, "every", "'P0M'", "P1M"),
        ({"kind": "plan", "own": {"review_due": "soon"}}, "review_due", "'soon'", "a date"),
        ({"kind": "condition", "own": {"if": ConditionTest()}}, "if", "nothing to match", "something to match"),
        ({"kind": "condition", "own": {"if": ConditionTest(kinds=frozenset({"x"}))}}, "if.kinds", "'x'", "concern"),
        ({"kind": "household", "own": {"joined": ("somebody",)}}, "own", "'somebody'", "people on record"),
        ({"kind": "meeting", "own": {"present": ("an agency",)}}, "own", "'an agency'", "agencies on record"),
        ({"kind": "aftercare", "own": {"who": "whoever"}}, "own", "'whoever'", "people or agencies on record"),
    ],
)
def test_what_the_vocabulary_does_not_know_is_refused(what: dict, field: str, found: str, allowed: str) -> None:
    home = family()
    with pytest.raises(EntryRefused) as refused:
        record(home, **what)

    assert (refused.value.field, refused.value.found) == (field, found)
    assert allowed in refused.value.allowed
    assert not Entry.objects.exists()


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(EntryRefused) as refused:
        record(family(), factors={"bad_luck"}, restricted="secret", count=-1)

    assert [problem.field for problem in refused.value.problems] == ["count", "restricted", "factors"]


def test_a_failure_at_the_very_end_leaves_nothing_not_even_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    home = family()
    jobs = ProcrastinateJob.objects.count()
    queue = actions.queue_rereading

    def queue_and_fail(people: Any) -> None:
        queue(people | {person("A brother", home.social_care, is_child=True).person_id})
        assert ProcrastinateJob.objects.count() > jobs
        raise OSError("the machine stops here")

    monkeypatch.setattr(actions, "queue_rereading", queue_and_fail)
    with pytest.raises(OSError, match="stops here"):
        record(home, kind="household", own={"joined": (str(home.mother.id),)}, text="Words.")

    assert ProcrastinateJob.objects.count() == jobs
    for table in (Entry, EntryPerson, EntryTold, EntryText, HouseholdMember, Commitment):
        assert not table.objects.exists(), table.__name__


def test_a_projection_that_fails_takes_the_entry_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(written: projections.Written) -> None:
        raise RuntimeError(f"{len(written.entries)} cannot be followed")

    monkeypatch.setattr(projections, "_projections", [fail])
    home = family()
    with pytest.raises(RuntimeError, match="1 cannot"):
        record(home)
    assert not Entry.objects.exists()


def test_one_that_is_refused_takes_all_others_with_it() -> None:
    home = family()
    with pytest.raises(EntryRefused):
        record_entries([new(home.school, home.child), new(home.school, home.child, kind="gossip")], by=None, at=AT)
    assert not Entry.objects.exists()


def test_many_entries_take_as_many_queries_as_few() -> None:
    home = family()
    assert queries_to_record(home, 60) == queries_to_record(home, 3)


def queries_to_record(home: Family, number: int) -> int:
    entries = [
        new(home.school, home.child, kind="concern", text=f"{n}", reporter=Reporter("public")) for n in range(number)
    ]
    with CaptureQueriesContext(connection) as captured:
        record_entries(entries, by=None, at=AT)
    return len(captured)
