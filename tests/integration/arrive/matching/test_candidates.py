"""Records that may be one person's are offered with reasons; families are kept apart; what was rejected stays so."""

from __future__ import annotations

import datetime as dt

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.arrive.matching import queries
from onestory.arrive.matching.actions import add_contact, decide
from onestory.arrive.matching.models import Candidate, CandidateDecision, RecordInSearch
from onestory.arrive.matching.offering import match_records
from onestory.arrive.matching.policies import NotNow
from onestory.arrive.matching.states import Decision, State
from onestory.platform.access.actions import protect_location
from onestory.platform.access.keeping import keeping
from tests.integration.arrive.matching.register import NOW, front_door, post, record, sight_of, user

pytestmark = pytest.mark.django_db
NUMBER, ANOTHER = {"nhs_number": "9990000018"}, {"nhs_number": "9990000026"}
LATER = NOW + dt.timedelta(hours=1)


def offered(*records) -> list[Candidate]:
    match_records([one.id for one in records], at=NOW)
    with keeping():
        return list(Candidate.objects.select_related("record", "other").order_by("-evidence"))


def pair(left: tuple, right: tuple, **more) -> list[Candidate]:
    """What is offered for two records, each as name, birth date and further fields."""
    one = record(left[0], left[1], held_by="School", **(left[2] if len(left) > 2 else {}))
    other = record(right[0], right[1], held_by="Clinic", **(right[2] if len(right) > 2 else {}))
    return offered(one, other)


def test_a_record_is_compared_by_a_job_queued_with_it():
    held = record("Ella Fenwick", "2016-05-04")
    with keeping():
        job = ProcrastinateJob.objects.get(task_name="matching.match")
        assert job.args == {"record_ids": [str(held.id)]}
        assert RecordInSearch.objects.get(record=held).matched_at is None
    offered(held)
    with keeping():
        assert RecordInSearch.objects.get(record=held).matched_at == NOW


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("Elizabeth Ashworth", "2016-05-04"), ("Lizzie Ashworth", "2016-05-04")),
        (("Elizabeth Ashworth", "2016-05-04"), ("Elizabeth Ashwort", "2016-04-05")),
        (("Elizabeth Ashworth", "2016-05-04", NUMBER), ("E Fenwick", "2016-05-04", NUMBER)),
        (("Oluwadamilola Adeyemi", "2012-11-30"), ("Damilola Adeyemi", "2012-11-30")),
        (("Mohammed Chowdhury", "1979-08-01", {"child": False}), ("Muhammad Chaudhry", "1979-08-01", {"child": False})),
    ],
)
def test_one_person_under_two_agencies_is_offered_once_with_reasons(left, right):
    found = pair(left, right)
    assert len(found) == 1
    assert any(one["agrees"] for one in found[0].reasons)
    assert found[0].state == State.WAITING


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("Jack Doyle", "2016-05-04"), ("James Doyle", "2016-05-04")),  # twins
        (("Ella Fenwick", "2016-05-04"), ("Ella Fenwick", "2013-02-11")),  # cousins of one name
        (("Mohammed Rahman", "1979-08-01", {"child": False}), ("Mohammed Rahman", "2009-08-01")),  # father and son
        (("Ella Fenwick", "2016-05-04", NUMBER), ("Ella Fenwick", "2016-05-05", ANOTHER)),
        (("Anna Nowak", ""), ("Anna Nowak", "")),  # nothing but a name
    ],
)
def test_two_people_of_one_family_or_one_name_are_not_offered(left, right):
    assert pair(left, right) == []


def test_a_twin_who_is_told_apart_anywhere_is_not_offered():
    jack = record("Jack Doyle", "2016-05-04", held_by="School")
    james = record("James Doyle", "2016-05-04", held_by="School")
    somebody = record("J Doyle", "2016-05-04", held_by="Clinic", person=james.person)
    add_contact(jack, postcode="MK9 3AB", address_line="4 Elm Walk", by=None, at=NOW)
    add_contact(somebody, postcode="MK9 3AB", address_line="4 Elm Walk", by=None, at=NOW)
    assert offered(somebody, jack) == []


def test_a_pair_is_one_row_however_many_records_say_so():
    one = record("Elizabeth Ashworth", "2016-05-04", held_by="School")
    other = record("Lizzie Ashworth", "2016-05-04", held_by="Clinic")
    newer = record("Elizabeth Ashworth", "2016-05-04", held_by="Clinic", person=other.person)
    assert len(offered(one, other, newer)) == 1
    assert len(offered(newer, one)) == 1


def decided(candidate: Candidate, decision: Decision, reason: str, by: str = "amina") -> None:
    decide(candidate.id, decision=decision, reason=reason, seen_at=candidate.changed_at, by=user(by), at=LATER)


def one_pair() -> Candidate:
    return pair(("Elizabeth Ashworth", "2016-05-04"), ("Lizzie Ashworth", "2016-05-04"))[0]


def test_a_rejected_pair_is_offered_again_only_on_new_evidence():
    candidate = one_pair()
    decided(candidate, Decision.REJECT, "Two cousins")
    records = [candidate.record, candidate.other]
    assert offered(*records)[0].state == State.REJECTED
    for one in records:
        add_contact(one, postcode="MK9 3AB", address_line="4 Elm Walk", by=None, at=LATER)
    again = offered(*records)[0]
    assert again.state == State.WAITING
    assert "same postcode" in again.new_evidence
    with keeping():
        kept = CandidateDecision.objects.get()
    assert (kept.reason, kept.decided_by) == ("Two cousins", user("amina"))


def test_who_is_not_sure_leaves_it_for_others():
    candidate = one_pair()
    decided(candidate, Decision.UNSURE, "Ask the school")
    assert [one.state for one in queries.candidates(front_door())] == [State.UNSURE]


def test_the_second_of_two_who_decide_is_told_what_changed():
    candidate = one_pair()
    seen_at = candidate.changed_at
    decide(candidate.id, decision=Decision.UNSURE, reason="?", seen_at=seen_at, by=user("amina"), at=LATER)
    with pytest.raises(NotNow, match="has changed since you opened the page"):
        decide(candidate.id, decision=Decision.CONFIRM, reason="Sure", seen_at=seen_at, by=user("nadia"), at=LATER)


def test_a_decision_needs_a_reason():
    candidate = one_pair()
    with pytest.raises(NotNow, match="why you decide so"):
        decided(candidate, Decision.REJECT, "  ")


def test_only_the_front_door_with_a_purpose_sees_pairs():
    one_pair()
    assert queries.candidates(front_door()).count() == 1
    for membership in (post("ruth", "teacher", "School"), post("wendy", "health_visitor", "Clinic")):
        assert queries.candidates(sight_of(membership, "comparing records")).count() == 0
        assert not Candidate.objects.exists()


def test_what_tells_a_protected_location_is_no_reason():
    one = record("Elizabeth Ashworth", "2016-05-04", held_by="School")
    other = record("Lizzie Ashworth", "2016-05-04", held_by="Clinic")
    for held in (one, other):
        add_contact(held, postcode="MK9 3AB", address_line="4 Elm Walk", by=None, at=NOW)
    candidate = offered(one, other)[0]
    front_door()
    assert {"place", "street"} <= {reason["aspect"] for reason in queries.reasons_shown(candidate)}
    protect_location(one.person_id, reason="Fled", by=user("lead"), at=NOW)
    assert not {"place", "street"} & {reason["aspect"] for reason in queries.reasons_shown(candidate)}
