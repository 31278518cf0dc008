"""Whether it may happen now. Each check raises NotNow with a sentence that can be shown."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from onestory.platform.access.marks import RecordMark
from onestory.platform.access.protections import Seal
from onestory.platform.access.roles import ROLES
from onestory.platform.access.ties import BreakGlass, Conflict, Kind, Tie

OPENING_WAITS = dt.timedelta(days=7)
"""How long a second person has to open a seal; later it has to be asked for again."""


class NotNow(ValueError):
    """It may not happen now; the message is a sentence for whoever tried."""


def has_interest(*, user_id: UUID, person_id: UUID) -> bool:
    """Whether the user has declared an interest of their own in the person's record, which comes before anything."""
    return Conflict.objects.filter(user_id=user_id, person_id=person_id, ended_at__isnull=True).exists()


def works_with(*, user_id: UUID, team_id: UUID, person_id: UUID, at: dt.datetime) -> bool:
    """Whether a tie of the user or the team opens the person's record; break-glass does for an hour only."""
    holds = Q(until_at=None) | Q(until_at__gt=at)
    ties = Tie.objects.filter(Q(user=user_id) | Q(team=team_id), holds, person=person_id, since_at__lte=at)
    return ties.filter(kind__in=(Kind.TEAM, Kind.FRONT_DOOR, Kind.WORKER, Kind.LEAD)).exists()


def check_may_break_glass(*, user_id: UUID, role: str, person_id: UUID, reason: str, scope: str) -> None:
    """Break-glass needs a role that may see case content, no conflict of interest, a reason and what is needed."""
    if "no_case_content" in ROLES[role].groups:
        raise NotNow("Your role does not open children's records.")
    if has_interest(user_id=user_id, person_id=person_id):
        raise NotNow("You have declared an interest in this record. Ask a colleague to look.")
    if not reason.strip() or not scope.strip():
        raise NotNow("Say why you need to look now, and what you need.")


def check_may_approve(break_glass: BreakGlass, *, by_id: UUID, at: dt.datetime) -> None:
    """A second person with no interest of their own in the record approves, within the hour, and once."""
    tie = break_glass.tie
    if by_id == tie.user_id or has_interest(user_id=by_id, person_id=tie.person_id):
        raise NotNow("Somebody else has to approve this.")
    if tie.until_at is not None and at >= tie.until_at:
        raise NotNow("The hour is over.")
    if tie.second_person_id is not None:
        raise NotNow("A second person has approved this already.")


def check_may_reconcile(break_glass: BreakGlass, *, by_id: UUID) -> None:
    """Neither whoever opened the record nor whoever approved it judges it, and it is judged once."""
    if by_id in (break_glass.tie.user_id, break_glass.tie.second_person_id):
        raise NotNow("Somebody who had no part in it has to look into this.")
    if break_glass.reconciled_at is not None:
        raise NotNow("Somebody has looked into this already.")


def check_may_end_conflict(conflict: Conflict, *, by_id: UUID) -> None:
    """Nobody ends their own conflict of interest."""
    if by_id == conflict.user_id:
        raise NotNow("Somebody else has to end a conflict of interest.")
    if conflict.ended_at is not None:
        raise NotNow("This conflict of interest was ended already.")


def check_may_ask_to_open(seal: Seal, *, at: dt.datetime) -> None:
    """A seal in force, of which nobody has asked the opening these days."""
    if seal.ended_at is not None:
        raise NotNow("This seal was opened already.")
    if seal.opening_asked_at is not None and at - seal.opening_asked_at < OPENING_WAITS:
        raise NotNow("It was asked already. It waits for a second person.")


def check_may_open(seal: Seal, *, by_id: UUID, at: dt.datetime) -> None:
    """A second person with no interest of their own in the record opens a seal, within a week of the first."""
    if seal.ended_at is not None:
        raise NotNow("This seal was opened already.")
    if seal.opening_asked_at is None or at - seal.opening_asked_at >= OPENING_WAITS:
        raise NotNow("Nobody has asked to open it in the last week.")
    if seal.opening_asked_by_id == by_id or has_interest(user_id=by_id, person_id=seal.person_id):
        raise NotNow("Somebody else has to open it: two people open a seal.")


def check_may_confirm_join(mark: RecordMark, *, by_id: UUID) -> None:
    """A move waits for somebody other than whoever made it last."""
    if mark.person_id == mark.grants_follow_id:
        raise NotNow("No join of this record waits to be confirmed.")
    moves = apps.get_model("people", "RecordMove")._default_manager.filter(record_id=mark.record_id)
    last = moves.order_by("-moved_at", "-id").first()
    if last is not None and last.by_id == by_id:
        raise NotNow("Somebody other than whoever joined these people has to confirm it.")
