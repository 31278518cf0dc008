"""Ties begin and end with the facts that they follow from. Whoever changes a fact calls this in the same transaction.

That an agency holds a record of a person needs no call: the database begins that tie with the record. Everything else
does: a team begins to answer for somebody, a worker is allocated, somebody leads, a concern opens or is decided,
somebody goes on the front door's rota, after-care is promised or done.

    begin_ties(facts=[NamedWorker(since=at, user=str(user.id), person=str(child.id))], by=request.user, at=now)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.access.facts import DueTie, Fact, ties_at
from onestory.platform.access.models import User
from onestory.platform.access.ties import Tie

AT_ONCE = 200


@transaction.atomic
def begin_ties(*, facts: Iterable[Fact], by: User | None, at: dt.datetime) -> None:
    """Begin the ties that follow from these facts, as of ``at``; those that are open already stay as they are."""
    due = sorted(ties_at(at, facts))
    Tie.objects.bulk_create([_row(tie, at) for tie in due], batch_size=AT_ONCE, ignore_conflicts=True)
    _note("ties begun", due, by, at)


@transaction.atomic
def end_ties(*, facts: Iterable[Fact], by: User | None, at: dt.datetime) -> int:
    """End the open ties that followed from these facts, which held until ``at``. Returns how many; gone at once."""
    due = sorted(ties_at(at, facts))
    ended = 0
    for start in range(0, len(due), AT_ONCE):
        wanted = Q(pk__in=[])
        for tie in due[start : start + AT_ONCE]:
            wanted |= Q(**_holder(tie), person=tie.person, kind=tie.kind, because=tie.because)
        ended += Tie.objects.filter(wanted, until_at=None).update(until_at=at)
    _note("ties ended", due, by, at)
    return ended


def _row(due: DueTie, at: dt.datetime) -> Tie:
    return Tie(person_id=due.person, kind=due.kind, because=due.because, since_at=at, **_holder(due))


def _holder(due: DueTie) -> dict[str, str]:
    return {f"{due.holder.sort}_id": due.holder.id}


def _note(what: str, due: Iterable[DueTie], by: User | None, at: dt.datetime) -> None:
    people = sorted({UUID(tie.person) for tie in due})
    if by is not None and people:
        record_access(act=Act.WRITE, what=what, people=people, by=by, at=at)
