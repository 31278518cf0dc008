"""Commitments follow from entries, whatever order they come in and however often they are corrected."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onestory.platform.commitments.actions import project_commitments
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.actions import record_entries, supersede_entry, withdraw_entry
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import Entry
from onestory.platform.history.projections import Written
from onestory.platform.history.record import ConditionTest
from tests.integration.platform.history.families import AT, Family, agency, family, new, person, relate

pytestmark = pytest.mark.django_db


def record(home: Family, kind: str, own: dict[str, Any], **what: Any) -> Entry:
    return record_entries([new(home.social_care, home.child, kind=kind, own=own, **what)], by=None, at=AT)[0]


def kept() -> list[tuple[str, str]]:
    return list(Commitment.objects.order_by("made_on", "id").values_list("sort", "state"))


def test_a_standing_condition_stands_until_an_entry_ends_it() -> None:
    home = family()
    test = ConditionTest(kinds=frozenset({"concern"}), about=frozenset({str(home.mother.id)}))
    made = record(home, "condition", {"if": test, "then": "An assessment is to be made."})
    standing = Commitment.objects.get()

    assert (standing.sort, standing.state, standing.made_in, standing.what) == (
        "condition",
        "open",
        made,
        "An assessment is to be made.",
    )
    assert standing.test == {"kinds": ["concern"], "about": [str(home.mother.id)]}
    assert [one.record for one in standing.people.all()] == [home.child]

    ended = record(home, "condition", {"from": str(made.id), "ended": parse_when("2024-02-20")}, date="2024-02-20")
    standing.refresh_from_db()
    assert (standing.state, standing.closed_in, Commitment.objects.count()) == ("ended", ended, 1)


def test_a_condition_that_says_when_it_ends_stands_until_then() -> None:
    record(family(), "condition", {"if": ConditionTest(kinds=frozenset({"harm"})), "ended": parse_when("2024-06")})

    assert Commitment.objects.get().until_on == dt.date(2024, 6, 30)


def test_an_action_is_done_or_dropped_by_its_id() -> None:
    home = family()
    for code in ("a1", "a2", "a3"):
        record(home, "action", {"action": code, "stage": "required"}, text=f"Do {code}.")
    record(home, "action", {"action": "a1", "stage": "done"}, date="2024-02-05")
    record(home, "action", {"action": "a2", "stage": "dropped"}, date="2024-02-05")

    assert [(one.code, one.state, one.what) for one in Commitment.objects.order_by("code")] == [
        ("a1", "kept", "Do a1."),
        ("a2", "dropped", "Do a2."),
        ("a3", "open", "Do a3."),
    ]


def test_an_action_required_again_is_the_same_action_with_a_new_day() -> None:
    home = family()
    record(home, "action", {"action": "a1", "stage": "required", "due": parse_when("2024-02-10")})
    record(home, "action", {"action": "a1", "stage": "required", "due": parse_when("2024-04")}, date="2024-02-15")

    assert Commitment.objects.get().due_on == dt.date(2024, 4, 30)


def test_who_owes_is_an_agency_or_a_person() -> None:
    home = family()
    record(home, "action", {"action": "a1", "stage": "required", "owner": str(home.school.id)})
    record(home, "action", {"action": "a2", "stage": "required", "owner": str(home.mother.id)})

    owed = Commitment.objects.order_by("code").values_list("owner_agency", "owner_person")
    assert list(owed) == [(home.school.id, None), (None, home.mother.id)]


def test_ids_of_another_family_close_nothing() -> None:
    one, other = family("Ada"), family("Bo")
    record(one, "action", {"action": "a1", "stage": "required"})
    record(other, "action", {"action": "a1", "stage": "done"}, date="2024-02-05")

    assert kept() == [("action", "open")]


def test_what_the_mother_promised_is_closed_in_an_entry_about_the_child() -> None:
    home = family()
    required = new(home.social_care, home.mother, kind="action", own={"action": "a1", "stage": "required"})
    record_entries([required], by=None, at=AT)
    record(home, "action", {"action": "a1", "stage": "done"}, date="2024-02-05")

    assert kept() == [("action", "kept")]


@pytest.mark.parametrize(
    ("stage", "state"),
    [("accepted", "open"), ("declined", "declined"), ("answered", "kept"), ("withdrawn", "dropped"), (None, "open")],
)
def test_a_request_waits_until_it_is_answered_or_declined(stage: str | None, state: str) -> None:
    home = family()
    asked = {"type": "welfare_check", "of": str(home.school.id), "request": "r1", "stage": "asked"}
    record(home, "request", asked)
    answer = {"request": "r1", "stage": stage} if stage else {"request": "r1"}
    record(home, "request", answer, date="2024-02-05")

    assert kept() == [("request", state)]
    assert Commitment.objects.get().owner_agency == home.school


def test_a_notice_waits_for_each_agency_that_was_told() -> None:
    home = family()
    nurse = agency("School nursing", "school_nursing")
    told = {"to": (str(home.school.id), str(nurse.id)), "stage": "sent", "of": "closure of the plan"}
    record(home, "notice", told)
    acknowledged = new(nurse, home.child, kind="notice", date="2024-02-03", own={"stage": "acknowledged"})
    record_entries([acknowledged], by=None, at=AT)

    states = dict(Commitment.objects.values_list("owner_agency__name", "state"))
    assert states == {"Harbour School": "open", "School nursing": "kept"}


def test_an_acknowledgement_closes_the_notice_that_it_names() -> None:
    home = family()
    for of in ("first plan", "second plan"):
        record(home, "notice", {"to": (str(home.school.id),), "stage": "sent", "of": of})
    record(home, "notice", {"agencies": (str(home.school.id),), "stage": "acknowledged", "of": "second plan"})

    assert dict(Commitment.objects.values_list("code", "state")) == {"first plan": "open", "second plan": "kept"}


def test_after_care_says_who_does_what_how_often_and_until_when() -> None:
    home = family()
    care = {"who": str(home.school.id), "what": "Breakfast club", "every": "P1W", "until": parse_when("2024-07")}
    record(home, "aftercare", care)

    promise = Commitment.objects.get()
    assert (promise.sort, promise.owner_agency, promise.what, promise.every, promise.until_on) == (
        "aftercare",
        home.school,
        "Breakfast club",
        "P1W",
        dt.date(2024, 7, 31),
    )


def test_words_of_a_restricted_entry_are_not_repeated() -> None:
    record(family(), "aftercare", {"what": "Therapy"}, text="Therapy goes on.", restricted="adult_mental_health")

    assert Commitment.objects.get().what == ""


def test_what_was_never_known_promises_nothing() -> None:
    record(family(), "aftercare", {"what": "Said later"}, known=None)

    assert kept() == []


def test_a_corrected_promise_is_the_same_commitment() -> None:
    home = family()
    made = record(home, "action", {"action": "a1", "stage": "required", "due": parse_when("2024-02-10")})
    before = Commitment.objects.get()
    own = {"action": "a1", "stage": "required", "due": parse_when("2024-02-20")}
    better = supersede_entry(made, new=new(home.school, home.mother, kind="action", own=own), by=None, at=AT)

    after = Commitment.objects.get()
    assert (after.id, after.made_in, after.due_on) == (before.id, better, dt.date(2024, 2, 20))
    assert [one.record for one in after.people.all()] == [home.mother]


def test_a_promise_that_was_taken_back_is_dropped() -> None:
    home = family()
    made = record(home, "aftercare", {"what": "Breakfast club"})
    taken_back = withdraw_entry(made, by=None, at=AT)

    promise = Commitment.objects.get()
    assert (promise.state, promise.closed_in) == ("dropped", taken_back)


def test_a_closing_that_was_taken_back_opens_the_promise_again() -> None:
    home = family()
    record(home, "action", {"action": "a1", "stage": "required"})
    done = record(home, "action", {"action": "a1", "stage": "done"}, date="2024-02-05")
    assert kept() == [("action", "kept")]
    withdraw_entry(done, by=None, at=AT)

    assert kept() == [("action", "open")]
    assert Commitment.objects.get().closed_in is None


def test_a_closing_that_was_recorded_first_counts_when_the_promise_comes_in() -> None:
    home = family()
    record(home, "action", {"action": "a1", "stage": "done"}, date="2024-02-05")
    assert kept() == []
    record(home, "action", {"action": "a1", "stage": "required"}, date="2024-02-01")

    assert kept() == [("action", "kept")]


def test_projecting_again_changes_nothing() -> None:
    home = family()
    entries = [
        record(home, "action", {"action": "a1", "stage": "required"}),
        record(home, "notice", {"to": (str(home.school.id), str(home.social_care.id)), "stage": "sent"}),
        record(home, "action", {"action": "a1", "stage": "done"}, date="2024-02-05"),
    ]
    before = list(Commitment.objects.order_by("id").values())
    project_commitments(Written(entries, {home.child.person_id}, AT))

    assert list(Commitment.objects.order_by("id").values()) == before


def test_entries_that_promise_nothing_ask_the_database_nothing() -> None:
    home = family()
    entry = record(home, "note", {})
    with CaptureQueriesContext(connection) as captured:
        project_commitments(Written([entry], {home.child.person_id}, AT))
    assert len(captured) == 0


def test_the_number_of_queries_does_not_grow_with_promises() -> None:
    home = family()
    brother = person("Brother", home.social_care, is_child=True)
    relate(home.mother, "mother", brother)

    def queries(number: int) -> int:
        entries = [
            new(
                home.social_care,
                home.child,
                brother,
                kind="action",
                own={"action": f"{number}-{n}", "stage": "required"},
            )
            for n in range(number)
        ]
        with CaptureQueriesContext(connection) as captured:
            record_entries(entries, by=None, at=AT)
        return len(captured)

    assert queries(40) == queries(2)
