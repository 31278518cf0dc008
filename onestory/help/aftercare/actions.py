"""After-care that was not kept is asked about; what its team answers stands in the chronology (L7, F5.35, F5.40)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.help.aftercare import policies
from onestory.help.aftercare.rhythm import Standing
from onestory.help.aftercare.standing import live, standings
from onestory.platform.access.facts import AfterCareDuty, Holder, HolderSort
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.settling import end_ties
from onestory.platform.access.ties import Because, Tie
from onestory.platform.agencies.models import Team
from onestory.platform.commitments.models import Commitment
from onestory.platform.deadlines import due_on
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry, EntryPerson
from onestory.platform.notices.actions import acknowledge_notice, send_notice
from onestory.platform.notices.models import Notice
from onestory.platform.notices.states import OPEN
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.wording import day_words, plural

ASKS = "aftercare_asks"
"""The clock after which a turn that is not on record is asked about."""
AGAIN = 2
"""After how many turns in a row that were missed whoever ended the plan is told that the family draws back."""
OLDEST = dt.timedelta(days=60)
"""What was missed earlier was never asked about, because it came in with a history."""


def ask_what_was_missed(*, at: dt.datetime) -> int:
    """Ask each team about a turn that was missed, once for each turn; returns how many promises are late."""
    today = timezone.localdate(at)
    with keeping():
        promises = list(_live(today).order_by("made_on", "id"))
        stand = standings(promises, EntryPerson.objects.all(), today)
    late = [one for one in promises if _is_asked(stand[one.id], today)]
    for one in late:
        _ask(one, stand[one.id], at)
    return len(late)


def _live(today: dt.date) -> Any:
    rows = live(Commitment.objects.all(), today).exclude(made_in__agency__isnull=True)
    return rows.select_related("owner_team__agency", "owner_agency", "made_in").prefetch_related("people__record")


def _is_asked(stands: Standing, today: dt.date) -> bool:
    if not stands.is_late:
        return False
    missed = stands.turns[-1].due_on
    return missed >= today - OLDEST and due_on(ASKS, missed) < today


@transaction.atomic
def _ask(promise: Commitment, stands: Standing, at: dt.datetime) -> None:
    with keeping():
        team = promise.owner_team or _answering(promise.owner_agency_id)
        if team is None:
            return
        missed = stands.turns[-1].due_on
        what = promise.what.rstrip(".")
        words = f"{what}. Due {day_words(missed)}, and nothing is on record. Was the child seen?"
        _send(promise, team, "aftercare", words, f"aftercare {promise.id} {missed}", at)
        if stands.missed >= AGAIN:
            told = f"{what}. Missed {plural(stands.missed, 'time')} in a row, last due {day_words(missed)}."
            _tell_whoever_ended_it(promise, told, f"aftercare {promise.id} again {missed}", at)


def _send(promise: Commitment, team: Team, kind: str, words: str, once: str, at: dt.datetime) -> None:
    send_notice(
        to_team=team,
        about=_records(promise),
        kind=kind,
        words=words,
        address=_address(promise.id),
        once=once,
        by=None,
        at=at,
    )


def _tell_whoever_ended_it(promise: Commitment, words: str, once: str, at: dt.datetime) -> None:
    """Drawing back is a reason to look again for whoever ended the plan (F5.40)."""
    team = _answering(promise.made_in.agency_id)
    if team and team != promise.owner_team:
        _send(promise, team, "drawn_back", words, once, at)


def _answering(agency_id: UUID | None) -> Team | None:
    return Team.objects.filter(agency=agency_id, answers_for_agency=True).select_related("agency").first()


def _address(commitment_id: UUID) -> str:
    return f"/aftercare/{commitment_id}"


def _records(promise: Commitment) -> list[AgencyRecord]:
    return [one.record for one in promise.people.all()]


@transaction.atomic
def say_seen(commitment_id: UUID, *, on: dt.date | None, words: str, team: Team, by: User, at: dt.datetime) -> Entry:
    """Say that the child was seen: an entry with who was seen, by which the turn is kept. Raises CannotAnswer."""
    seen_on = policies.check_seen(on=on, words=words, today=timezone.localdate(at))
    with keeping():
        promise = _locked(commitment_id, team)
        seen = tuple(one.id for one in _records(promise))
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
        _tell_whoever_ended_it(promise, said, f"aftercare {promise.id} not seen {entry.id}", at)
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
        about=tuple(one.id for one in _records(promise)),
        seen=seen,
        own=own,
        text=words.strip(),
        shared_with=told,
        by=by,
        at=at,
    )
    waiting = Notice.objects.filter(address=_address(promise.id), to_team=team, kind="aftercare", state__in=OPEN)
    for notice_id in list(waiting.values_list("id", flat=True)):
        acknowledge_notice(notice_id, by=by, at=at, answer=words.strip())
    return entry


def _locked(commitment_id: UUID, team: Team) -> Commitment:
    promises = Commitment.objects.select_for_update(of=("self",)).select_related("made_in", "owner_team")
    promise = promises.prefetch_related("people__record").get(id=commitment_id)
    policies.check_owner(promise, team)
    return promise


@transaction.atomic
def end_duties_that_are_over(*, at: dt.datetime) -> int:
    """End the ties of teams whose after-care for a child is over; returns how many."""
    today = timezone.localdate(at)
    with keeping():
        ties = Tie.objects.filter(because=Because.AFTERCARE, until_at=None, team__isnull=False)
        held = {(one.team_id, one.person_id) for one in ties}
        owed = live(Commitment.objects.filter(owner_team__in={team for team, _ in held}), today)
        still = set(owed.values_list("owner_team_id", "people__record__person_id"))
        over = [
            AfterCareDuty(since=at, holder=Holder(HolderSort.TEAM, str(team)), person=str(person))
            for team, person in held - still
        ]
        return end_ties(facts=over, by=None, at=at)
