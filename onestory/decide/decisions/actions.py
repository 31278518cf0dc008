"""Deciding on a concern: all writes of decisions and of standing conditions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.arrive.concerns.actions import let_read, move_concern
from onestory.arrive.concerns.models import Concern
from onestory.arrive.concerns.states import after, check_role
from onestory.decide.decisions.conditions import condition_test
from onestory.decide.decisions.framework import needs_approval, outcomes
from onestory.decide.decisions.models import Decision
from onestory.decide.decisions.policies import (
    CannotDecide,
    ChangedMeanwhile,
    Footing,
    check_decision,
    check_second_person,
)
from onestory.decide.decisions.queries import approving_team, footing_of, teams_asked_on
from onestory.decide.decisions.recording import about_of, by_records, record_decision
from onestory.decide.decisions.wording import reply_words
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Agency
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.notices.actions import acknowledge_for_entry, send_notice
from onestory.platform.people.actions import record_of
from onestory.platform.people.models import AgencyRecord

MANAGER = "social_work_manager"


@transaction.atomic
def save_decision(
    concern: Concern, *, answers: Mapping[str, Any], seen: int, role: str, by: User, at: dt.datetime
) -> Decision:
    """Keep what is written so far. ``seen``: the version that the writer's page showed; 0: none yet.

    Raises ChangedMeanwhile where somebody saved since then, CannotHappen where the role does not decide.
    """
    check_role(role, "decide")
    with keeping():
        concern = Concern.objects.select_for_update().get(pk=concern.pk)  # of two who begin at once one waits
        kept = Decision.objects.select_related("saved_by").filter(concern=concern).first()
        if kept is None:
            assert concern.entry
            return Decision.objects.create(
                concern=concern,
                entry=concern.entry,
                answers=dict(answers),
                saved_at=at,
                saved_by=by,
                info=InfoClass.PLANS.number,
                agency_id=concern.agency_id,
                keys=concern.keys,
            )
        if kept.version != seen:
            raise ChangedMeanwhile(kept.answers, kept.version, kept.saved_by.display_name)
        if kept.answers != dict(answers):
            kept.answers, kept.version, kept.saved_at, kept.saved_by = dict(answers), kept.version + 1, at, by
            kept.save(update_fields=["answers", "version", "saved_at", "saved_by"])
        return kept


@transaction.atomic
def decide(concern: Concern, *, answers: Mapping[str, Any], seen: int, role: str, by: User, at: dt.datetime) -> Concern:
    """Take the decision; where the level or the outcome demands it, propose it to a manager instead (D5).

    Whoever told and every agency asked are told the outcome. Raises CannotDecide, ChangedMeanwhile, CannotHappen.
    """
    footing = footing_of(concern, by)
    check_decision(answers, footing)
    condition_test(answers, str(concern.child_id))
    written = save_decision(concern, answers=answers, seen=seen, role=role, by=by, at=at)
    if needs_approval(answers["level"], answers["outcome"]) and role != MANAGER:
        return _propose(concern, written, role, by, at)
    return _complete(concern, answers, footing, "decide", role, by, at)


def _propose(concern: Concern, written: Decision, role: str, by: User, at: dt.datetime) -> Concern:
    team = approving_team(concern)
    if team is None:
        raise CannotDecide("outcome", "This needs a manager’s approval, and no manager’s team is set up.")
    with keeping():
        written.proposed_by, written.proposed_at, written.sent_back = by, at, ""
        written.save(update_fields=["proposed_by", "proposed_at", "sent_back"])
        moved = move_concern(concern, event="propose", role=role, by=by, at=at, approval_team=team)
        let_read(moved, team_id=team.id, by=None, at=at)
        send_notice(
            to_team=team,
            about=_records(concern),
            kind="approval",
            words=f"A decision waits for your approval. Reference {concern.reference}.",
            address=f"/concerns/{concern.id}",
            entry=concern.entry,
            from_team=concern.to_team,
            by=by,
            at=at,
        )
    return moved


@transaction.atomic
def approve(concern: Concern, *, seen: int, role: str, by: User, at: dt.datetime) -> Concern:
    """Approve what was proposed and seen. Raises CannotDecide, ChangedMeanwhile, CannotHappen."""
    check_role(role, "approve")
    with keeping():
        after(Concern.objects.get(pk=concern.pk).state, "approve")  # what was decided meanwhile has nothing to approve
        written = (
            Decision.objects.select_for_update(of=("self",))
            .select_related("proposed_by", "saved_by")
            .get(concern=concern)
        )
        check_second_person(written.proposed_by_id, by.id)
        if written.version != seen:
            raise ChangedMeanwhile(written.answers, written.version, written.saved_by.display_name)
        assert written.proposed_by
        footing = Footing(footing_of(concern, written.proposed_by).checks_made, chronology_opened=True)
    return _complete(concern, written.answers, footing, "approve", role, by, at)


@transaction.atomic
def send_back(concern: Concern, *, words: str, role: str, by: User, at: dt.datetime) -> Concern:
    """Send a proposal back to the front door, and say why. Raises CannotDecide, CannotHappen."""
    if not words.strip():
        raise CannotDecide("sent_back", "Enter what is missing")
    with keeping():
        moved = move_concern(concern, event="send back", role=role, by=by, at=at)
        Decision.objects.filter(concern=concern).update(sent_back=words.strip())
        send_notice(
            to_team=concern.to_team,
            about=_records(concern),
            kind="answer",
            words=f"A decision was not approved yet. Reference {concern.reference}.",
            address=f"/concerns/{concern.id}",
            by=by,
            at=at,
        )
    return moved


def _complete(
    concern: Concern,
    answers: Mapping[str, Any],
    footing: Footing,
    event: str,
    role: str,
    by: User,
    at: dt.datetime,
) -> Concern:
    reply = reply_words(answers, outcomes())
    with keeping():
        asked = teams_asked_on(concern)
        told = {team.agency_id for team in asked} | ({concern.from_team.agency_id} if concern.from_team else set())
        made = record_decision(concern, answers, checks_made=footing.checks_made, told=told, by=by, at=at)
        moved = move_concern(concern, event=event, role=role, by=by, at=at, entry=made, reply=reply)
        for team in dict.fromkeys([*([concern.from_team] if concern.from_team else []), *asked]):
            address = f"/concerns/receipt/{concern.id}" if team == concern.from_team else "/"
            send_notice(
                to_team=team,
                about=_records(concern),
                kind="outcome",
                words=f"{reply} Reference {concern.reference}.",
                address=address,
                from_team=concern.to_team,
                by=by,
                at=at,
            )
    return moved


def _records(concern: Concern) -> list[AgencyRecord]:
    assert concern.entry_id
    return list(AgencyRecord.objects.filter(id__in=about_of(concern.entry_id)))


@transaction.atomic
def set_condition(*, child_id: UUID, agency: Agency, answers: Mapping[str, Any], by: User, at: dt.datetime) -> Entry:
    """Set a standing condition for a child without a concern to decide on. Raises CannotDecide."""
    test = condition_test(answers, str(child_id))
    if test is None:
        raise CannotDecide("condition_when", "Select when it is met")
    then = str(answers.get("condition_then") or "").strip()
    if not then:
        raise CannotDecide("condition_then", "Enter what is to happen if the condition is met")
    with keeping():
        about = record_of(person_id=child_id, agency_id=agency.id, by=by, at=at)
        return record_entry(
            agency=agency.id,
            kind="condition",
            happened=day(timezone.localdate(at)),
            about=(about.id,),
            own={"if": by_records(test, agency, by=by, at=at), "then": then},
            weight="key",
            by=by,
            at=at,
        )


@transaction.atomic
def end_condition(condition: Entry, *, agency: Agency, reason: str, by: User, at: dt.datetime) -> Entry:
    """End a standing condition: a named person, with a reason, on record. Raises CannotDecide."""
    if not reason.strip():
        raise CannotDecide("reason", "Enter why it no longer stands")
    today = day(timezone.localdate(at))
    with keeping():
        ended = record_entry(
            agency=agency.id,
            kind="condition",
            happened=today,
            about=about_of(condition.id),
            text=f"Ended by {by.display_name}: {reason.strip()}",
            own={"from": str(condition.id), "ended": today},
            weight="key",
            by=by,
            at=at,
        )
        acknowledge_for_entry(condition, by=by, at=at)
    return ended
