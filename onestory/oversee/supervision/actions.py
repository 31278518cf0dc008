"""Giving a child to a worker, cover, ending it, supervision: all writes. Access follows what is written here."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.oversee.supervision import policies
from onestory.oversee.supervision.models import Allocation, Supervision
from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.access.facts import Fact, Manages, NamedWorker, TeamAnswers
from onestory.platform.access.guarding import keys_for
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policies import works_with
from onestory.platform.access.policy import InfoClass
from onestory.platform.access.settling import begin_ties, end_ties
from onestory.platform.agencies.models import Team
from onestory.platform.agencies.queries import posts_in
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.notices.actions import send_notice
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.wording import day_words


@transaction.atomic
def allocate(
    record: AgencyRecord, *, worker: User, team: Team, why: str, by: User, at: dt.datetime, sort: str = "worker"
) -> Allocation:
    """Give the child to this worker of the team, or let them cover; whoever had the child before is in its history.

    The worker and the manager who allocates see the child from now on, the team is on duty for it, and whoever had
    it no longer does by this (F5.10). Nobody takes a child whose record is not open to them.
    Who gives a child whose record was not open to them stands on the privacy officer's list. Raises CannotKeep.
    """
    policies.check_may_allocate(team=team, worker=worker, today=timezone.localdate(at))
    is_open = works_with(user_id=by.id, team_id=team.id, person_id=record.person_id, at=at)
    policies.check_not_to_oneself(worker=worker, by=by, is_open=is_open)
    with keeping():
        before = _open(record, team, sort)
        if before and before.worker_id == worker.id:
            return before
        if before:
            _end(before, by=by, at=at)
        words = "covers" if sort == Allocation.Sort.COVER else "is the named worker"
        text = f"{worker} {words}, {team}." + (f" {why}" if why else "")
        allocation = Allocation.objects.create(
            sort=sort,
            record=record,
            team=team,
            worker=worker,
            why=why,
            entry=_note(record, team, text, by=by, at=at),
            by=by,
            since_at=at,
            info=InfoClass.PLANS.number,
            agency_id=team.agency_id,
            keys=keys_for([record.id]),
        )
        begin_ties(facts=_facts(allocation, at), by=by, at=at)
        if not is_open:
            _have_it_looked_into(allocation, at=at)
        _tell(allocation, text, by=by, at=at)
    return allocation


@transaction.atomic
def end_allocation(allocation_id: UUID, *, why: str, by: User, at: dt.datetime) -> Allocation:
    """Say that this worker has the child no longer, and why. Raises CannotKeep."""
    if not why.strip():
        raise policies.CannotKeep("why", "Enter why it ends")
    with keeping():
        allocation = (
            Allocation.objects.select_for_update(of=("self",)).select_related("worker", "record").get(id=allocation_id)
        )
        if allocation.until_at is None:
            _end(allocation, by=by, at=at)
            text = f"{allocation.worker} has the child no longer, {allocation.team}. {why}"
            _note(allocation.record, allocation.team, text, by=by, at=at)
    return allocation


@transaction.atomic
def record_supervision(
    record: AgencyRecord,
    *,
    team: Team,
    held_on: dt.date,
    reflection: str,
    decision: str,
    by: User,
    at: dt.datetime,
    next_on: dt.date | None = None,
) -> Supervision:
    """Keep what manager and worker thought about together and what was decided (L9, LP8). Raises CannotKeep.

    The decision stands in the chronology, where it can be challenged; the reflection stays with the agency.
    """
    today = timezone.localdate(at)
    policies.check_supervision(reflection=reflection, decision=decision, held_on=held_on, today=today)
    with keeping():
        given = _open(record, team, Allocation.Sort.WORKER)
        again = f" Again on {day_words(next_on)}." if next_on else ""
        text = f"Supervision. Decided: {decision}{again}"
        return Supervision.objects.create(
            record=record,
            team=team,
            worker=given.worker if given else None,
            by=by,
            held_on=held_on,
            recorded_at=at,
            reflection=reflection,
            decision=decision,
            next_on=next_on,
            entry=_note(record, team, text, by=by, at=at, on=held_on, weight="key"),
            info=InfoClass.SOURCE_DETAIL.number,
            agency_id=team.agency_id,
            keys=keys_for([record.id]),
        )


def _open(record: AgencyRecord, team: Team, sort: str) -> Allocation | None:
    """Who has the child in the team now, whichever record of the child it was written by."""
    found = Allocation.objects.select_for_update(of=("self",)).select_related("worker", "team__agency", "record")
    return found.filter(record__person=record.person_id, team=team, sort=sort, until_at=None).first()


def _facts(allocation: Allocation, at: dt.datetime) -> list[Fact]:
    """What is so from now on: the worker has the child, this manager answers for them, the team is on duty."""
    person, worker = str(allocation.record.person_id), str(allocation.worker_id)
    facts: list[Fact] = [
        NamedWorker(since=at, user=worker, person=person),
        TeamAnswers(since=at, team=str(allocation.team_id), person=person),
    ]
    if allocation.by_id != allocation.worker_id:
        facts.append(Manages(since=at, manager=str(allocation.by_id), worker=worker))
    return facts


def _end(allocation: Allocation, *, by: User, at: dt.datetime) -> None:
    """End it, and the worker's tie unless they have the child by another allocation. The team and its manager go on."""
    allocation.until_at, allocation.ended_by = at, by
    allocation.save(update_fields=["until_at", "ended_by"])
    person = allocation.record.person_id
    others = Allocation.objects.filter(worker=allocation.worker, record__person=person, until_at=None)
    if not others.exists():
        fact = NamedWorker(since=allocation.since_at, user=str(allocation.worker_id), person=str(person))
        end_ties(facts=[fact], by=by, at=at)


def _note(
    record: AgencyRecord,
    team: Team,
    text: str,
    *,
    by: User,
    at: dt.datetime,
    on: dt.date | None = None,
    weight: str = "system",
) -> Entry:
    today = timezone.localdate(at)
    return record_entry(
        agency=team.agency_id,
        kind="note",
        happened=day(on or today),
        known=day(today),
        about=(record.id,),
        text=text,
        weight=weight,
        by=by,
        at=at,
    )


def _have_it_looked_into(allocation: Allocation, *, at: dt.datetime) -> None:
    """No tie explains it, so the privacy officer sees it first: one line for all whom somebody gave on one day."""
    posts = posts_in(allocation.team, timezone.localdate(at)).filter(user=allocation.by_id)
    record_access(
        act=Act.LOOK,
        what="given without a tie",
        people=[allocation.record.person_id],
        by=allocation.by,
        at=at,
        agency_id=allocation.agency_id,
        role=posts.values_list("role", flat=True).first() or "",
    )


def _tell(allocation: Allocation, text: str, *, by: User, at: dt.datetime) -> None:
    if allocation.worker_id == by.id:
        return
    send_notice(
        to_team=allocation.team,
        from_team=allocation.team,
        for_user=allocation.worker,
        about=[allocation.record],
        kind="note",
        words=text,
        address=f"/children/{allocation.record.person_id}",
        by=by,
        at=at,
    )
