"""Accepting, keeping, declining, giving to a team: each writes an entry, and the commitment follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.commitments import policies
from onestory.platform.commitments.models import Commitment, Sort
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry, EntryText
from onestory.platform.notices.actions import acknowledge_for_entry, send_notice
from onestory.platform.people.models import AgencyRecord

KEPT = {Sort.ACTION: "done", Sort.REQUEST: "answered", Sort.HAND_OVER: "acknowledged"}
DECLINED = {Sort.ACTION: "dropped", Sort.REQUEST: "declined"}


@transaction.atomic
def accept_commitment(commitment_id: UUID, *, team: Team, by: User, at: dt.datetime) -> Entry:
    """Say that the team takes it on; it stays open until it is kept. Said again by the same person it changes nothing.

    Raises NotNow.
    """
    with keeping():
        commitment = _locked(commitment_id, team)
        coded = commitment.sort == Sort.REQUEST and commitment.code
        kind, own = ("request", _own(commitment, "accepted")) if coded else ("note", {})
        words = "Accepted." if coded else f"Accepted: {commitment.what}"
        said = _said_before(commitment, team, kind, own, words, by)
        return said or _record(commitment, team, kind, own, words, by=by, at=at)


@transaction.atomic
def keep_commitment(commitment_id: UUID, *, evidence: str, team: Team, by: User, at: dt.datetime) -> Entry:
    """Say that it was done, and how one knows (L1, L6). Raises NotNow: no evidence, another team's, closed already."""
    policies.check_words(evidence, "Enter what was done, and how you know")
    with keeping():
        commitment = _locked(commitment_id, team)
        policies.check_closes(commitment)
        entry = _closing(commitment, KEPT[Sort(commitment.sort)], evidence, team, by=by, at=at)
        acknowledge_for_entry(commitment.made_in, by=by, at=at, to_team=team)
    return entry


@transaction.atomic
def decline_commitment(commitment_id: UUID, *, reason: str, team: Team, by: User, at: dt.datetime) -> Entry:
    """Say that it will not be done, and why; whoever asked is told. Raises NotNow.

    What was handed over is not closed by being declined: it goes back to whoever handed it over.
    """
    policies.check_words(reason, "Enter why you decline")
    with keeping():
        commitment = _locked(commitment_id, team)
        policies.check_closes(commitment)
        stage = DECLINED.get(Sort(commitment.sort))
        if stage is None:
            entry = _record(commitment, team, "note", {}, f"Declined: {reason}", by=by, at=at)
        else:
            entry = _closing(commitment, stage, f"Declined: {reason}", team, by=by, at=at)
        acknowledge_for_entry(commitment.made_in, by=by, at=at, to_team=team)
        _tell_whoever_asked(commitment, team, reason, by=by, at=at)
    return entry


@transaction.atomic
def give_commitment(commitment_id: UUID, *, to_team: Team, team: Team, by: User, at: dt.datetime) -> Entry:
    """Give it to another team of the agency, which has it in its inbox from now on. Raises NotNow."""
    with keeping():
        commitment = _locked(commitment_id, team)
        policies.check_same_agency(commitment, to_team)
        Commitment.objects.filter(id=commitment.id).update(owner_team=to_team)
        entry = _record(commitment, team, "note", {}, f"Given to {to_team.name}: {commitment.what}", by=by, at=at)
        send_notice(
            to_team=to_team,
            from_team=team,
            about=_records(commitment),
            kind="action",
            words=commitment.what or Sort(commitment.sort).label,
            address=f"/commitments/{commitment.id}",
            once=f"commitment {commitment.id} given to {to_team.id} at {at.isoformat()}",
            by=by,
            at=at,
        )
    return entry


@transaction.atomic
def name_teams(teams: Mapping[UUID, UUID | None], *, by: User, at: dt.datetime) -> None:
    """Say which team of its agency owes what an entry made; by the entry's id. None: whoever answers for the agency."""
    by_team: dict[UUID, list[UUID]] = {}
    for entry, team in teams.items():
        if team:
            by_team.setdefault(team, []).append(entry)
    with keeping():
        for team, entries in by_team.items():
            Commitment.objects.filter(made_in__in=entries).update(owner_team=team)


def _closing(commitment: Commitment, stage: str, words: str, team: Team, *, by: User, at: dt.datetime) -> Entry:
    kind = "notice" if commitment.sort == Sort.HAND_OVER else commitment.sort
    return _record(commitment, team, kind, _own(commitment, stage), words, by=by, at=at)


def _own(commitment: Commitment, stage: str) -> dict[str, Any]:
    """The coded keys by which the entry names what it closes."""
    match commitment.sort:
        case Sort.ACTION:
            return {"action": commitment.code, "stage": stage}
        case Sort.REQUEST:
            return {"type": commitment.made_in.own.get("type", ""), "request": commitment.code, "stage": stage}
    told = EntryText.objects.filter(entry=commitment.made_in).first()
    of = told.own.get("of", "") if told else ""
    return {"stage": stage, "agencies": (str(commitment.owner_agency_id),)} | ({"of": of} if of else {})


def _record(
    commitment: Commitment, team: Team, kind: str, own: dict[str, Any], words: str, *, by: User, at: dt.datetime
) -> Entry:
    return record_entry(
        agency=team.agency_id,
        kind=kind,
        happened=day(timezone.localdate(at)),
        about=tuple(record.id for record in _records(commitment)),
        own=own,
        text=words,
        by=by,
        at=at,
    )


def _said_before(
    commitment: Commitment, team: Team, kind: str, own: Mapping[str, Any], words: str, by: User
) -> Entry | None:
    """The same words by the same person since the promise was made, unless they were corrected or taken back."""
    since = commitment.made_in.recorded_at
    said = Entry.objects.filter(agency=team.agency_id, author=by, kind=kind, recorded_at__gte=since, withdrawn=False)
    said = said.filter(people__record__in=_records(commitment), own__contains=dict(own), entrytext__text=words)
    return said.filter(superseded_by=None).first()


def _tell_whoever_asked(commitment: Commitment, team: Team, reason: str, *, by: User, at: dt.datetime) -> None:
    asked = commitment.made_in.agency_id
    to_team = Team.objects.filter(agency=asked, answers_for_agency=True).select_related("agency").first()
    if to_team is None or to_team == team:
        return
    send_notice(
        to_team=to_team,
        from_team=team,
        about=_records(commitment),
        kind="answer",
        words=f"{team} has declined: {commitment.what or Sort(commitment.sort).label} Why: {reason}",
        address=f"/commitments/{commitment.id}",
        once=f"commitment {commitment.id} declined by {team.id}",
        by=by,
        at=at,
    )


def _records(commitment: Commitment) -> list[AgencyRecord]:
    return [one.record for one in commitment.people.select_related("record").order_by("id")]


def _locked(commitment_id: UUID, team: Team) -> Commitment:
    commitments = Commitment.objects.select_for_update(of=("self",)).select_related("made_in")
    commitment = commitments.get(id=commitment_id)
    policies.check_owner(commitment, team)
    policies.check_open(commitment)
    return commitment
