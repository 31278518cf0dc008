"""What the team that goes on answers stands in the chronology (L7, F5.35, F5.40)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.help.aftercare import policies
from onestory.help.aftercare.asking import address_of, records_of, tell_whoever_ended_it
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.notices.actions import acknowledge_notice
from onestory.platform.notices.models import Notice
from onestory.platform.notices.states import OPEN


@transaction.atomic
def say_seen(commitment_id: UUID, *, on: dt.date | None, words: str, team: Team, by: User, at: dt.datetime) -> Entry:
    """Say that the child was seen: an entry with who was seen, by which the turn is kept. Raises CannotAnswer."""
    seen_on = policies.check_seen(on=on, words=words, today=timezone.localdate(at))
    with keeping():
        promise = _locked(commitment_id, team)
        seen = tuple(one.id for one in records_of(promise))
        own = {"service": "aftercare", "outcome": "kept"}
        return _answered(promise, team, "appointment", own, words, seen_on, seen, by=by, at=at)


@transaction.atomic
def say_not_seen(commitment_id: UUID, *, outcome: str, words: str, team: Team, by: User, at: dt.datetime) -> Entry:
    """Say that the child was not seen, how that came, and what is done; whoever ended the plan is told (F5.40).

    ``outcome`` as in policies.NOT_SEEN. Raises CannotAnswer.
    """
    kind = policies.check_not_seen(outcome=outcome, words=words)
    with keeping():
        promise = _locked(commitment_id, team)
        own = {"outcome": outcome} | ({"service": "aftercare"} if kind == "appointment" else {})
        entry = _answered(promise, team, kind, own, words, timezone.localdate(at), (), by=by, at=at)
        said = f"{team}: {policies.NOT_SEEN[outcome].lower()}. {words.strip()}"
        tell_whoever_ended_it(promise, said, f"aftercare {promise.id} not seen {entry.id}", at)
    return entry


def _answered(
    promise: Commitment,
    team: Team,
    kind: str,
    own: dict[str, str],
    words: str,
    on: dt.date,
    seen: tuple[UUID, ...],
    *,
    by: User,
    at: dt.datetime,
) -> Entry:
    told = {one for one in (promise.made_in.agency_id, team.agency_id) if one}
    entry = record_entry(
        agency=team.agency_id,
        kind=kind,
        happened=day(on),
        about=tuple(one.id for one in records_of(promise)),
        seen=seen,
        own=own,
        text=words.strip(),
        shared_with=told,
        by=by,
        at=at,
    )
    waiting = Notice.objects.filter(address=address_of(promise.id), to_team=team, kind="aftercare", state__in=OPEN)
    for notice_id in list(waiting.values_list("id", flat=True)):
        acknowledge_notice(notice_id, by=by, at=at, answer=words.strip())
    return entry


def _locked(commitment_id: UUID, team: Team) -> Commitment:
    promises = Commitment.objects.select_for_update(of=("self",)).select_related("made_in", "owner_team")
    promise = promises.prefetch_related("people__record").get(id=commitment_id)
    policies.check_owner(promise, team)
    return promise
