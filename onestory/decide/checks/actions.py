"""Asking agencies and answering: all writes of checks. Each is an entry too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from onestory.decide.checks import policies
from onestory.decide.checks.bands import band_of
from onestory.decide.checks.models import Check, CheckPerson
from onestory.decide.checks.recording import about_of, record_asking, record_found, record_stage, record_welfare
from onestory.decide.checks.states import Sort, State, after
from onestory.platform.access.actions import end_protection, hold_address
from onestory.platform.access.guarding import keys_for
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.access.protections import AddressHeld
from onestory.platform.agencies.models import Team
from onestory.platform.deadlines import due_at
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id
from onestory.platform.notices.actions import acknowledge_for_entry, send_notice, take_back_for_entry
from onestory.platform.people.models import AgencyRecord
from onestory.platform.people.told import told_of


@transaction.atomic
def ask_checks(
    *,
    about: Sequence[AgencyRecord],
    teams: list[Team],
    asking_team: Team,
    purpose: str,
    basis: str,
    question: str,
    band: str,
    by: User,
    at: dt.datetime,
    concern: Entry | None = None,
) -> list[Check]:
    """Ask one or several teams what they hold on these people; each gets a notice with the band's clock (F5.18, F5.19).

    ``concern``: the entry that is to be decided on. ``basis``: code of a lawful basis. Raises CannotAsk.
    """
    policies.check_may_ask(teams=teams, purpose=purpose, basis=basis, question=question, asking_team=asking_team)
    told: dict[str, Any] = {"purpose": purpose, "basis": basis, "question": question, "band": band, "concern": concern}
    return [_ask(Sort.CHECK, about, one, asking_team, told, by, at) for one in teams]


@transaction.atomic
def ask_welfare_check(
    *,
    about: Sequence[AgencyRecord],
    team: Team,
    asking_team: Team,
    purpose: str,
    basis: str,
    question: str,
    grounds: str,
    band: str,
    by: User,
    at: dt.datetime,
    concern: Entry | None = None,
) -> Check:
    """Ask the police formally to see whether a child is safe; until they have answered they hold the address (F5.51).

    Raises CannotAsk: not the police, no grounds, nothing asked.
    """
    policies.check_may_ask(teams=[team], purpose=purpose, basis=basis, question=question, asking_team=asking_team)
    policies.check_may_ask_police(team=team, grounds=grounds)
    told: dict[str, Any] = {"purpose": purpose, "basis": basis, "question": question, "band": band, "concern": concern}
    check = _ask(Sort.WELFARE, about, team, asking_team, told | {"grounds": grounds}, by, at)
    with keeping():
        for record in about:
            hold_address(record.person_id, agency_id=team.agency_id, by=by, at=at)
    return check


def _ask(
    sort: Sort,
    about: Sequence[AgencyRecord],
    asked: Team,
    asking: Team,
    told: dict[str, Any],
    by: User,
    at: dt.datetime,
) -> Check:
    code = new_id()
    text = f"{told['purpose']}. {told['question']}" + (f" Grounds: {told['grounds']}" if "grounds" in told else "")
    due = due_at(band_of(sort, str(told["band"])).clock, at)
    with keeping():
        request = record_asking(
            code=str(code), sort=sort, about=about, asking=asking, asked=asked, text=text, by=by, at=at
        )
        check = Check.objects.create(
            id=code,
            sort=sort,
            request=request,
            asking_team=asking,
            asked_team=asked,
            asked_by=by,
            asked_at=at,
            due_at=due,
            who=[told_of(record) for record in about],
            info=InfoClass.PLANS.number,
            agency_id=asking.agency_id,
            keys=keys_for(record.id for record in about),
            **told,
        )
        CheckPerson.objects.bulk_create(CheckPerson(check_asked=check, record=record) for record in about)
        send_notice(
            to_team=asked,
            from_team=asking,
            about=about,
            kind="welfare_check" if sort == Sort.WELFARE else "check",
            words=str(told["question"]),
            address=f"/checks/{code}",
            entry=request,
            acknowledge_by=due,
            by=by,
            at=at,
        )
    return check


@transaction.atomic
def answer_nothing_held(check_id: UUID, *, searched: str, by: User, at: dt.datetime) -> Check:
    """Say that one has searched and holds nothing. Raises CannotAsk, CannotHappen."""
    with keeping():
        check = _locked(check_id)
        policies.check_answer(check, held=False, relevance="", searched=searched, parent_told="")
        check.state, check.searched = after(check.sort, check.state, "nothing held"), searched
        return _answered(check, record_found(check, by=by, at=at), by=by, at=at)


@transaction.atomic
def answer_held(
    check_id: UUID, *, relevance: str, searched: str, by: User, at: dt.datetime, parent_told: str = ""
) -> Check:
    """Say what is held that bears on the child, and what was searched. Raises CannotAsk, CannotHappen."""
    with keeping():
        check = _locked(check_id)
        policies.check_answer(check, held=True, relevance=relevance, searched=searched, parent_told=parent_told)
        check.state = after(check.sort, check.state, "held")
        check.searched, check.relevance, check.parent_told = searched, relevance, parent_told
        return _answered(check, record_found(check, by=by, at=at), by=by, at=at)


@transaction.atomic
def answer_call_me(check_id: UUID, *, by: User, at: dt.datetime) -> Check:
    """Ask to be rung: something is better said than written. The question stays open until it is answered."""
    with keeping():
        check = _locked(check_id)
        check.state = after(check.sort, check.state, "call me")
        record_stage(check, "accepted", "Asks to be rung.", by=by, at=at)
        return _answered(check, None, by=by, at=at)


@transaction.atomic
def accept_welfare_check(check_id: UUID, *, by: User, at: dt.datetime) -> Check:
    """Say that the police will go (F5.51)."""
    with keeping():
        check = _locked(check_id)
        check.state = after(check.sort, check.state, "accept")
        record_stage(check, "accepted", "Accepted.", by=by, at=at)
        check.save()
        acknowledge_for_entry(check.request, by=by, at=at)
        _tell_asker(check, by=by, at=at)
    return check


@transaction.atomic
def decline_welfare_check(check_id: UUID, *, reason: str, by: User, at: dt.datetime) -> Check:
    """Say that the police will not go, and why. They hold the address no longer. Raises CannotAsk, CannotHappen."""
    policies.check_reason(reason)
    with keeping():
        check = _locked(check_id)
        check.state, check.relevance = after(check.sort, check.state, "decline"), reason
        _give_up_address(check, by=by, at=at)
        return _answered(check, record_stage(check, "declined", reason, by=by, at=at), by=by, at=at)


@transaction.atomic
def report_welfare_check(
    check_id: UUID, *, outcome: str, words: str, seen: Collection[UUID] = (), by: User, at: dt.datetime
) -> Check:
    """Say what the police found, and which children they saw (ids of agency records); it is a visit in the chronology.

    They hold the address no longer. Raises CannotAsk where the outcome or the words are missing, CannotHappen.
    """
    if outcome not in Check.Outcome.values:
        raise policies.CannotAsk("outcome", "Select what you found")
    if not words.strip():
        raise policies.CannotAsk("relevance", "Enter what you saw")
    with keeping():
        check = _locked(check_id)
        check.state = after(check.sort, check.state, "report")
        check.outcome, check.relevance = outcome, words
        met = [one for one in about_of(check) if one in seen] if outcome.startswith("seen") else []
        entry = record_welfare(check, met, by=by, at=at)
        record_stage(check, "answered", "", by=by, at=at)
        _give_up_address(check, by=by, at=at)
        return _answered(check, entry, by=by, at=at)


@transaction.atomic
def withdraw_check(check_id: UUID, *, reason: str, by: User, at: dt.datetime) -> Check:
    """Say that an answer is no longer needed, and why. Raises CannotAsk, CannotHappen."""
    if not reason.strip():
        raise policies.CannotAsk("relevance", "Enter why it is no longer needed")
    with keeping():
        check = _locked(check_id)
        check.state, check.relevance = after(check.sort, check.state, "withdraw"), reason
        check.answered_by, check.answered_at = by, at
        record_stage(check, "withdrawn", f"No longer needed: {reason}", by=by, at=at)
        _give_up_address(check, by=by, at=at)
        check.save()
        take_back_for_entry(check.request, words=f"No longer needed: {reason}", by=by, at=at)
    return check


def _answered(check: Check, entry: Entry | None, *, by: User, at: dt.datetime) -> Check:
    """Keep the answer, close the request and its notices, and tell whoever asked."""
    check.answer, check.answered_by, check.answered_at = entry, by, at
    if check.sort == Sort.CHECK and check.state != State.CALL_ME:
        record_stage(check, "answered", "", by=by, at=at)
    check.save()
    acknowledge_for_entry(check.request, by=by, at=at)
    _tell_asker(check, by=by, at=at)
    return check


def _tell_asker(check: Check, *, by: User, at: dt.datetime) -> None:
    label = State(check.state).label.lower()
    number = f" on {check.asked_team.phone}" if check.asked_team.phone else ""
    words = f"{check.asked_team}: {label}." + (f" Ring {by}{number}." if check.state == State.CALL_ME else "")
    send_notice(
        to_team=check.asking_team,
        from_team=check.asked_team,
        for_user=check.asked_by,
        about=AgencyRecord.objects.filter(id__in=about_of(check)),
        kind="answer",
        words=words,
        address=f"/checks/{check.id}",
        once=f"check {check.id} {check.state}",
        by=by,
        at=at,
    )


def _give_up_address(check: Check, *, by: User, at: dt.datetime) -> None:
    """The police hold the address no longer, unless another welfare check about the same person waits for them."""
    if check.sort != Sort.WELFARE:
        return
    people = set(CheckPerson.objects.filter(check_asked=check).values_list("record__person", flat=True))
    others = Check.objects.filter(
        sort=Sort.WELFARE,
        state__in=(State.ASKED, State.ACCEPTED),
        asked_team__agency=check.asked_team.agency_id,
        people__record__person__in=people,
    ).exclude(id=check.id)
    still = set(others.values_list("people__record__person", flat=True))
    held = AddressHeld.objects.filter(agency=check.asked_team.agency_id, person__in=people - still, ended_at=None)
    for one in held:
        end_protection(one, by=by, at=at)


def _locked(check_id: UUID) -> Check:
    """The row, held until the transaction ends, so that of two who answer at once the second sees the first."""
    checks = Check.objects.select_for_update(of=("self",))
    return checks.select_related("asked_team__agency", "asking_team__agency", "request", "asked_by").get(id=check_id)
