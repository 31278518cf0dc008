"""Joining moves links and nothing else: what is closed closes at once, what is open waits, and all of it is undone."""

from __future__ import annotations

import datetime as dt

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.arrive.matching import queries
from onestory.arrive.matching.actions import confirm_join, decide, join_people, undo_join
from onestory.arrive.matching.models import Candidate, Join
from onestory.arrive.matching.offering import match_records
from onestory.arrive.matching.policies import NotNow
from onestory.arrive.matching.states import Decision, State
from onestory.oversee.signals.actions import read_again
from onestory.oversee.signals.anew import read_anew
from onestory.oversee.signals.models import Alert
from onestory.platform.access.actions import declare_conflict, protect_location, seal_record
from onestory.platform.access.audit import AccessRecord
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import Conflict, LocationProtection, RecordMark, Seal, Tie
from onestory.platform.access.visibility import visible_to
from onestory.platform.history.actions import record_entry, record_relationship
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry, EntryPerson
from onestory.platform.people.actions import add_agency_record
from onestory.platform.people.models import AgencyRecord, Person, RecordMove
from tests.integration.arrive.matching.register import NOW, front_door, names, post, record, sight_of, user

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
TODAY = NOW.date()


def worry(about: AgencyRecord, text: str = "Came to school unwashed.", at: dt.datetime = NOW) -> Entry:
    return record_entry(
        agency=about.agency_id,
        kind="observation",
        happened=day(at.date()),
        about=(about.id,),
        factors={"hygiene"},
        text=text,
        by=None,
        at=at,
    )


def not_brought(about: AgencyRecord, at: dt.datetime) -> Entry:
    return record_entry(
        agency=about.agency_id,
        kind="appointment",
        happened=day(at.date()),
        about=(about.id,),
        own={"outcome": "not_brought"},
        by=None,
        at=at,
    )


def not_brought_often(about: AgencyRecord) -> None:
    for week in range(4, 0, -1):
        not_brought(about, at=NOW - dt.timedelta(weeks=week))


@pytest.fixture
def two():
    """One girl whom the school and the clinic know under two spellings; each has written something down."""
    one = record("Elizabeth Ashworth", "2016-05-04", held_by="School", number="S1")
    other = record("Lizzie Ashworth", "2016-05-04", held_by="Clinic", number="C1", at=NOW + dt.timedelta(seconds=1))
    worry(one, "Hungry in the morning.")
    worry(other, "Two appointments missed.")
    return one, other


def joined(two, by="amina", at=NOW + HOUR) -> Join:
    return join_people(two[0].person_id, other_id=two[1].person_id, reason="Same mother and home", by=user(by), at=at)


def whose() -> dict[str, object]:
    """Of every entry whose it is, and of every record."""
    with keeping():
        entries = {
            f"entry {one.entry_id}": one.record.person_id for one in EntryPerson.objects.select_related("record")
        }
        records = {f"record {one.id}": one.person_id for one in AgencyRecord.objects.all()}
        marks = {f"mark {m.record_id}": (m.person_id, m.home_id, m.grants_follow_id) for m in RecordMark.objects.all()}
        ties = {f"tie {t.id}": (t.person_id, t.until_at) for t in Tie.objects.filter(until_at=None)}
    return entries | records | marks | ties


AFTERWARDS = NOW + 5 * HOUR


def entries_seen(membership) -> int:
    return visible_to(sight_of(membership, at=AFTERWARDS), Entry.objects.all()).count()


def test_a_join_moves_every_record_and_undoing_it_restores_everything(two):
    before = whose()
    join = joined(two)
    with keeping():
        assert set(AgencyRecord.objects.values_list("person", flat=True)) == {join.to_person_id}
        assert RecordMove.objects.count() == 1
    undo_join(join.id, reason="They are cousins", by=user("nadia"), at=NOW + 2 * HOUR)
    assert whose() == before


def test_undoing_a_confirmed_join_restores_everything_too(two):
    protect_location(two[1].person_id, reason="Fled", by=user("lead"), at=NOW)
    before = whose()
    join = joined(two)
    confirm_join(join.id, by=user("nadia"), at=NOW + 2 * HOUR)
    assert whose() != before
    undo_join(join.id, reason="They are cousins", by=user("nadia"), at=NOW + 3 * HOUR)
    assert whose() == before
    with keeping():
        in_force = LocationProtection.objects.filter(ended_at=None)
        assert [one.person_id for one in in_force] == [two[1].person_id]


def test_nobody_sees_more_until_a_second_person_has_confirmed(two):
    leads = post("lena", "social_worker", "Help")
    tie = {"person_id": two[0].person_id, "user": user("lena"), "kind": "lead", "because": "lead"}
    Tie.objects.create(since_at=NOW - HOUR, **tie)
    assert entries_seen(leads) == 1
    join = joined(two)
    assert entries_seen(leads) == 1
    with pytest.raises(NotNow, match="Somebody other than"):
        confirm_join(join.id, by=user("amina"), at=NOW + 2 * HOUR)
    confirm_join(join.id, by=user("nadia"), at=NOW + 2 * HOUR)
    assert entries_seen(leads) == 2
    undo_join(join.id, reason="Cousins", by=user("amina"), at=NOW + 3 * HOUR)
    assert entries_seen(leads) == 1


@pytest.mark.parametrize("which", [0, 1])
def test_what_is_closed_for_one_of_them_is_closed_for_both_at_once_and_stays_so(two, which):
    leads = post("lena", "social_worker", "Help")
    for held in two:
        Tie.objects.create(person=held.person, user=user("lena"), kind="lead", because="lead", since_at=NOW - HOUR)
    assert entries_seen(leads) == 2
    nature = Conflict.Nature.RELATIVE
    declare_conflict(two[which].person_id, user_id=user("lena").id, nature=nature, by=user("lena"), at=NOW)
    assert entries_seen(leads) == 1
    join = joined(two)
    assert entries_seen(leads) == 0
    confirm_join(join.id, by=user("nadia"), at=NOW + 2 * HOUR)
    assert entries_seen(leads) == 0
    undo_join(join.id, reason="Cousins", by=user("nadia"), at=NOW + 3 * HOUR)
    assert entries_seen(leads) == 1


def test_a_seal_goes_along_with_a_join(two):
    seal_record(two[1].person_id, ground=Seal.Ground.ADOPTION, by=user("lead"), at=NOW)
    join = joined(two)
    confirm_join(join.id, by=user("nadia"), at=NOW + 2 * HOUR)
    assert names(front_door(at=AFTERWARDS), "Ashworth 4/5/2016") == []
    undo_join(join.id, reason="Cousins", by=user("nadia"), at=NOW + 3 * HOUR)
    assert names(front_door(at=AFTERWARDS), "Ashworth 4/5/2016") == ["Elizabeth Ashworth"]


def test_what_was_written_meanwhile_goes_with_the_record_that_it_was_written_about(two):
    join = joined(two)
    entry = worry(two[1], "Seen with her aunt.", at=NOW + 2 * HOUR)
    with keeping():
        newer = add_agency_record(
            person_id=join.to_person_id,
            agency_id=two[1].agency_id,
            label="Lizzie Ashworth",
            number="C1",
            born="2016-05-04",
            by=None,
            at=NOW + 2 * HOUR,
        )
        own = add_agency_record(
            person_id=join.to_person_id,
            agency_id=two[0].agency_id,
            label="E Ashworth",
            number="S1",
            by=None,
            at=NOW + 2 * HOUR,
        )
    goes, stays = join.from_person_id, join.to_person_id
    undo_join(join.id, reason="Cousins", by=user("nadia"), at=NOW + 3 * HOUR)
    with keeping():
        held = {one.id: one.person_id for one in AgencyRecord.objects.all()}
        assert (held[newer.id], held[own.id], held[two[1].id]) == (goes, stays, goes)
        assert EntryPerson.objects.get(entry=entry).record.person_id == goes
        assert RecordMark.objects.get(record=newer).grants_follow_id == goes


def test_relationships_go_with_their_records(two):
    mother = record("Kelly Ashworth", "1990-01-01", held_by="Clinic", child=False)
    with keeping():
        record_relationship(person=mother, relation="mother", of=two[1], by=None, at=NOW)
    join = joined(two)
    undo_join(join.id, reason="Cousins", by=user("nadia"), at=NOW + 2 * HOUR)
    with keeping():
        assert mother.relationships.get().of.person_id == two[1].person_id


def test_a_join_is_undone_once_and_with_a_reason(two):
    join = joined(two)
    with pytest.raises(NotNow, match="why these are two people"):
        undo_join(join.id, reason=" ", by=user("nadia"), at=NOW + 2 * HOUR)
    undo_join(join.id, reason="Cousins", by=user("nadia"), at=NOW + 2 * HOUR)
    with pytest.raises(NotNow, match="undone already"):
        undo_join(join.id, reason="Cousins", by=user("nadia"), at=NOW + 3 * HOUR)
    with pytest.raises(NotNow, match="was undone"):
        confirm_join(join.id, by=user("nadia"), at=NOW + 3 * HOUR)


def test_who_has_a_story_stays_whichever_was_here_first():
    adult = record("Jade Abbott", "2008-02-03", held_by="Housing", child=False)
    child = record("Jade Abbott", "2008-02-03", held_by="School", at=NOW + HOUR)
    join = join_people(adult.person_id, other_id=child.person_id, reason="Same", by=user("amina"), at=NOW + 2 * HOUR)
    assert join.to_person_id == child.person_id


def test_stories_on_both_sides_are_read_again_and_alerts_come_back_to_whom_they_are_about(two):
    for held in two:
        not_brought_often(held)
    children = [one.person_id for one in two]
    brother = record("Tom Ashworth", "2019-01-01", held_by="Clinic")
    not_brought_often(brother)
    with keeping():
        record_relationship(person=brother, relation="sibling", of=two[1], by=None, at=NOW)

    def asked(read=read_again, **more) -> set[tuple]:
        read(child_ids=[*children, brother.person_id], today=TODAY, at=NOW + HOUR, **more)
        with keeping():
            waiting = Alert.objects.exclude(state="ended").prefetch_related("children")
            return {(one.signal, tuple(sorted(str(c.child_id) for c in one.children.all()))) for one in waiting}

    before = asked()
    assert len({about for _, about in before}) == 3
    join = joined(two)
    assert rereading() >= {str(one) for one in children}
    together = asked()
    assert {about for _, about in together} == {(str(join.to_person_id),), (str(brother.person_id),)}
    undo_join(join.id, reason="Cousins", by=user("nadia"), at=NOW + 2 * HOUR)
    assert asked(read_anew, since=TODAY) == before


def rereading() -> set[str]:
    """Children whose stories are queued to be read again."""
    jobs = ProcrastinateJob.objects.filter(task_name="signals.reread", status="todo")
    return {child for job in jobs for child in job.args["child_ids"]}


def test_confirming_a_candidate_joins_and_undoing_says_that_they_are_two(two):
    match_records([two[0].id], at=NOW)
    with keeping():
        candidate = Candidate.objects.get()
    at = NOW + HOUR
    decide(
        candidate.id, decision=Decision.CONFIRM, reason="Same", seen_at=candidate.changed_at, by=user("amina"), at=at
    )
    with keeping():
        join = Join.objects.get()
        assert Candidate.objects.get().state == State.CONFIRMED
    undo_join(join.id, reason="Cousins", by=user("nadia"), at=NOW + 2 * HOUR)
    match_records([two[0].id, two[1].id], at=NOW + 3 * HOUR)
    with keeping():
        assert Candidate.objects.get().state == State.REJECTED


def test_every_step_stands_in_the_audit_and_in_the_persons_story(two):
    join = joined(two)
    confirm_join(join.id, by=user("nadia"), at=NOW + 2 * HOUR)
    undo_join(join.id, reason="Cousins", by=user("nadia"), at=NOW + 3 * HOUR)
    with keeping():
        told = list(AccessRecord.objects.filter(people__contains=[join.to_person_id]).values_list("what", flat=True))
    assert {"people joined", "join confirmed", "join undone"} <= set(told)
    sight = front_door()
    assert [one.why_undone for one in queries.joins_of(sight, join.from_person_id)] == ["Cousins"]
    assert queries.joins_of(sight_of(post("ruth", "teacher", "School"), "x"), join.from_person_id) == []


def test_a_person_without_records_after_a_join_breaks_no_page(two):
    join = joined(two)
    with keeping():
        assert Person.objects.filter(id=join.from_person_id).exists()
    read_again(child_ids=[join.from_person_id], today=TODAY, at=NOW + 2 * HOUR)


def in_force_about(person_id) -> set[tuple[str, str]]:
    """What is in force about somebody: who may look by a tie, who is shut out, and why a location is protected."""
    with keeping():
        ties = Tie.objects.filter(person=person_id, until_at=None, user__isnull=False).values_list("user__username")
        shut = Conflict.objects.filter(person=person_id, ended_at=None).values_list("user__username")
        kept = LocationProtection.objects.filter(person=person_id, ended_at=None).values_list("reason")
        found = {"tie": ties, "conflict": shut, "place": kept}
        return {(what, value) for what, rows in found.items() for (value,) in rows}


def test_what_came_through_a_join_that_was_wrong_does_not_stay_with_whom_it_went_on_to():
    """The wrong one of a chain is taken back: who could look at the stranger cannot look at the child for it."""
    child, sister, stranger = (
        record(name, born, held_by=agency, number=agency, at=NOW + dt.timedelta(seconds=second))
        for second, (name, born, agency) in enumerate(
            [
                ("Ann Lee", "2016-05-04", "School"),
                ("Anne Lee", "2016-05-04", "Clinic"),
                ("Ann Leigh", "2016-04-05", "Police"),
            ]
        )
    )
    people = [one.person_id for one in (child, sister, stranger)]
    grant = {"person_id": stranger.person_id, "user": user("lena"), "kind": "lead", "because": "lead"}
    Tie.objects.create(since_at=NOW - HOUR, **grant)
    declare_conflict(
        stranger.person_id, user_id=user("tom").id, nature=Conflict.Nature.RELATIVE, by=user("tom"), at=NOW
    )
    protect_location(sister.person_id, reason="Fled", by=user("lead"), at=NOW)
    before = [in_force_about(one) for one in people]
    wrong = join_people(sister.person_id, other_id=stranger.person_id, reason="Same", by=user("amina"), at=NOW + HOUR)
    right = join_people(child.person_id, other_id=sister.person_id, reason="Same", by=user("amina"), at=NOW + 2 * HOUR)
    for second, join in enumerate((right, wrong)):
        confirm_join(join.id, by=user("nadia"), at=NOW + 3 * HOUR + dt.timedelta(seconds=second))
    assert in_force_about(child.person_id) == {("tie", "lena"), ("conflict", "tom"), ("place", "Fled")}
    undo_join(wrong.id, reason="A stranger", by=user("nadia"), at=NOW + 4 * HOUR)
    assert in_force_about(child.person_id) == {("place", "Fled")}
    undo_join(right.id, reason="A sister", by=user("nadia"), at=NOW + 5 * HOUR)
    assert [in_force_about(one) for one in people] == before
