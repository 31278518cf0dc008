"""Deciding on candidates, joining people and taking it back: only links move, so nothing is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from onestory.arrive.matching.carrying import carry_over, end_carried
from onestory.arrive.matching.comparing.weights import Weights
from onestory.arrive.matching.indexing import index, queue_matching
from onestory.arrive.matching.lineage import added_since
from onestory.arrive.matching.models import (
    Candidate,
    CandidateDecision,
    FormerName,
    Join,
    JoinedRecord,
    RecordContact,
    TaughtWeights,
)
from onestory.arrive.matching.offering import let_go
from onestory.arrive.matching.policies import (
    NotNow,
    check_may_confirm,
    check_may_decide,
    check_may_join,
    check_may_undo,
)
from onestory.arrive.matching.states import AFTER, Decision, State
from onestory.arrive.matching.whereabouts import Whereabouts, take_turns
from onestory.platform.access.actions import give_home, let_grants_follow
from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.access.guarding import keys_for, keys_that_only_close
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import RecordMark, User
from onestory.platform.access.policy import InfoClass
from onestory.platform.history.rereading import queue_reading_anew, queue_rereading
from onestory.platform.people.actions import move_records
from onestory.platform.people.models import AgencyRecord, Person


@transaction.atomic
def add_contact(record: AgencyRecord, *, by: User | None, at: dt.datetime, **contact: str) -> RecordContact:
    """Where an agency says that somebody lives or lived, or can be called; ``contact`` as RecordContact has it."""
    with keeping():
        about = _about(InfoClass.LOCATION, record)
        added = RecordContact.objects.create(record=record, recorded_at=at, **about, **contact)
        index([record])
    queue_matching([record.id])
    return added


@transaction.atomic
def add_former_name(
    record: AgencyRecord, *, by: User | None, at: dt.datetime, given_name: str = "", family_name: str = ""
) -> FormerName:
    """Another name of somebody at an agency: before a marriage, an alias."""
    with keeping():
        added = FormerName.objects.create(
            record=record,
            given_name=given_name,
            family_name=family_name,
            recorded_at=at,
            **_about(InfoClass.INDEX, record),
        )
        index([record])
    queue_matching([record.id])
    return added


def _about(info: InfoClass, record: AgencyRecord) -> dict[str, Any]:
    return {"info": info.number, "agency_id": record.agency_id, "keys": keys_for([record.id])}


def _about_both(*records: AgencyRecord) -> dict[str, Any]:
    """Of a row about two people: nobody sees it through a tie to one of them."""
    keys = keys_that_only_close([record.id for record in records])
    return {"info": InfoClass.INDEX.number, "agency_id": records[0].agency_id, "keys": keys}


@transaction.atomic
def decide(
    candidate_id: UUID, *, decision: Decision, reason: str, seen_at: dt.datetime, by: User, at: dt.datetime
) -> Join | None:
    """Say whether two records are one person's, and why. Confirming joins them; returns the join then.

    ``seen_at``: the candidate's ``changed_at`` that lay before whoever decides. Raises NotNow, with what changed.
    """
    with keeping():
        candidate = _held(candidate_id)
        check_may_decide(candidate, seen_at=seen_at, reason=reason)
        _note(candidate, decision, reason, by, at)
        people = [candidate.record.person_id, candidate.other.person_id]
        record_access(act=Act.WRITE, what=f"records compared: {decision.label}", people=people, by=by, at=at)
        if decision is not Decision.CONFIRM:
            return None
        return join_people(people[0], other_id=people[1], reason=reason, candidate=candidate, by=by, at=at)


def _held(candidate_id: UUID) -> Candidate:
    """The row, held until the transaction ends, so that of two who decide at once the second sees the first."""
    Candidate.objects.select_for_update().get(pk=candidate_id)
    return Candidate.objects.select_related("record", "other").get(pk=candidate_id)


def _note(candidate: Candidate, decision: Decision, reason: str, by: User, at: dt.datetime) -> None:
    CandidateDecision.objects.create(
        candidate=candidate,
        decision=decision,
        reason=reason.strip(),
        reasons=candidate.reasons,
        decided_by=by,
        decided_at=at,
        **_about_both(candidate.record, candidate.other),
    )
    Candidate.objects.filter(pk=candidate.pk).update(state=AFTER[decision], changed_at=at, new_evidence="")


@transaction.atomic
def join_people(
    person_id: UUID, *, other_id: UUID, reason: str, by: User, at: dt.datetime, candidate: Candidate | None = None
) -> Join:
    """Move every record of one of the two to the other: the one for whom a story is kept stays, or who was here first.

    Only links move. What is closed to somebody for one of them is closed for both at once; what is open waits for a
    second person (confirm_join). Stories and alerts on both sides are read again.
    """
    with keeping():
        take_turns()
        stays, goes = _who_stays(person_id, other_id)
        records, here = (list(AgencyRecord.objects.filter(person=one.id)) for one in (goes, stays))
        check_may_join(records, here)
        moves = move_records([one.id for one in records], to_person_id=stays.id, reason=reason.strip(), by=by, at=at)
        join = Join.objects.create(
            from_person=goes,
            to_person=stays,
            candidate=candidate,
            reason=reason.strip(),
            joined_by=by,
            joined_at=at,
            **_about_both(*records, *here),
        )
        JoinedRecord.objects.bulk_create([JoinedRecord(join=join, record=one.record, move=one) for one in moves])
        _carry(join, by, at)
        let_go([stays.id, goes.id], at=at)
        queue_rereading([stays.id, goes.id])
        _note_access(join, "people joined", by, at)
    return join


def _who_stays(*person_ids: UUID) -> tuple[Person, Person]:
    """Both persons, held in one order whoever asks: first the one who stays."""
    held = list(Person.objects.select_for_update().filter(id__in=person_ids).order_by("id"))
    if len(held) < 2:
        raise NotNow("These are one person already.")
    stays, goes = sorted(held, key=lambda one: (not one.is_child, one.since_at, one.id))
    return stays, goes


@transaction.atomic
def confirm_join(join_id: UUID, *, by: User, at: dt.datetime) -> Join:
    """Confirm as second person: ties to the one now open the other's records too. Raises NotNow."""
    with keeping():
        take_turns()
        join = Join.objects.select_for_update().get(pk=join_id)
        check_may_confirm(join, by=by)
        join.carried = [*join.carried, *carry_over(join, grants=True, by=by, at=at)]
        join.confirmed_by, join.confirmed_at = by, at
        join.save(update_fields=["carried", "confirmed_by", "confirmed_at"])
        _carry_further(join, by, at)
        _let_confirmed_follow(join, by, at)
        record_access(
            act=Act.WRITE, what="join confirmed", people=[join.from_person_id, join.to_person_id], by=by, at=at
        )
    return join


def _carry(join: Join, by: User, at: dt.datetime) -> None:
    """Bring along what closes, and once the join is confirmed what opens, in place of what came along before."""
    end_carried(join.carried, by=by, at=at)
    join.carried = carry_over(join, grants=False, by=by, at=at)
    if join.confirmed_at is not None:
        join.carried += carry_over(join, grants=True, by=by, at=at)
    join.save(update_fields=["carried"])


def _carry_further(join: Join, by: User, at: dt.datetime) -> None:
    """Anew along the joins that stand from there on: what came through this one went on with the next."""
    person, seen = join.to_person_id, {join.from_person_id}
    while person not in seen:
        seen.add(person)
        onward = (
            Join.objects.select_for_update().filter(from_person=person, undone_at=None).order_by("joined_at").last()
        )
        if onward is None:
            return
        _carry(onward, by, at)
        person = onward.to_person_id


def _let_confirmed_follow(join: Join, by: User, at: dt.datetime) -> None:
    """Records that came to where they are through confirmed joins alone are open to the ties of whose they are."""
    joins = Whereabouts.around([join.from_person_id, join.to_person_id])
    waiting = RecordMark.objects.filter(person__in=joins.people()).exclude(grants_follow=F("person"))
    confirmed = [one.record_id for one in waiting if joins.is_confirmed(one.home_id)]
    let_grants_follow(confirmed, by=by, at=at)


@transaction.atomic
def undo_join(join_id: UUID, *, reason: str, by: User, at: dt.datetime) -> Join:
    """Take a join back: every record goes back to its person, and with it its entries, commitments and relationships.

    Records that an agency added since go with the record of that agency which they follow. Ties and protections that
    came along end. The pair is not offered again without new evidence. Raises NotNow.
    """
    with keeping():
        take_turns()
        join = Join.objects.select_for_update().get(pk=join_id)
        check_may_undo(join, reason=reason)
        people = Whereabouts.around([join.from_person_id, join.to_person_id]).people()
        for record in added_since(join):
            give_home(record, person_id=join.from_person_id, by=by, at=at)
        join.undone_by, join.undone_at, join.why_undone = by, at, reason.strip()
        join.save(update_fields=["undone_by", "undone_at", "why_undone"])
        _send_home(people, reason.strip(), by, at)
        end_carried(join.carried, by=by, at=at)
        _carry_further(join, by, at)
        _let_confirmed_follow(join, by, at)
        if join.candidate is not None and join.candidate.state == State.CONFIRMED:
            _note(join.candidate, Decision.REJECT, reason, by, at)
        queue_reading_anew([join.from_person_id, join.to_person_id], since=timezone.localdate(join.joined_at))
        _note_access(join, "join undone", by, at)
    return join


def _send_home(people: Collection[UUID], reason: str, by: User, at: dt.datetime) -> None:
    """Move every record of these people to whose it is by the joins that still stand."""
    joins = Whereabouts.around(people)
    going: dict[UUID, list[UUID]] = {}
    for mark in RecordMark.objects.filter(person__in=people):
        if joins.now(mark.home_id) != mark.person_id:
            going.setdefault(joins.now(mark.home_id), []).append(mark.record_id)
    for person, records in sorted(going.items()):
        move_records(records, to_person_id=person, reason=reason, by=by, at=at)


def _note_access(join: Join, what: str, by: User, at: dt.datetime) -> None:
    record_access(act=Act.WRITE, what=what, people=[join.from_person_id, join.to_person_id], by=by, at=at)


@transaction.atomic
def adopt_weights(table: Mapping[str, Any], *, note: str, by: User | None, at: dt.datetime) -> TaughtWeights:
    """Compare records from now on with weights that a bulk linking taught. Raises ValueError for another version."""
    Weights.from_json(table)
    return TaughtWeights.objects.create(table=dict(table), note=note.strip(), adopted_at=at)
