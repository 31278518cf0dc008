"""Proposing and deciding: all writes of tuning."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from onestory.oversee.signals.models import Circle
from onestory.oversee.signals.tuned import Setting
from onestory.oversee.tuning.models import Proposal, Ruling
from onestory.oversee.tuning.policies import check_proposal, check_ruling
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.actions import note_change
from onestory.platform.agencies.policies import CannotChange


@transaction.atomic
def propose(setting: Setting, *, why: str, from_on: dt.date, by: User, at: dt.datetime) -> Proposal:
    """Ask that something of a rule be set from a day on; nothing changes by it. Raises CannotChange."""
    check_proposal(setting, why=why, from_on=from_on, today=timezone.localdate(at))
    proposal = Proposal.objects.create(
        signal=setting.signal,
        sort=setting.sort,
        name=setting.name,
        value=setting.value,
        why=why.strip(),
        from_on=from_on,
        by=by,
        proposed_at=at,
    )
    note_change(f"Proposed a change of the rule {setting.signal}.", by=by, at=at)
    return proposal


@transaction.atomic
def decide(proposal: Proposal, *, approve: bool, words: str, by: User, at: dt.datetime) -> Ruling:
    """Approve or decline as second person. An approved one counts from its day, at the earliest from now on.

    The sweep of its first day reads every living circle with it; what was asked before stays as it was asked.
    Raises CannotChange.
    """
    check_ruling(proposal, words=words, by=by)
    # Rows that are never changed cannot be locked by the program's role: of two at once the table keeps one.
    ruling, is_ours = Ruling.objects.get_or_create(
        proposal=proposal, defaults={"is_approved": approve, "words": words.strip(), "by": by, "decided_at": at}
    )
    if not is_ours:
        raise CannotChange("words", "This proposal has been decided already")
    if approve:
        _read_all_again(max(proposal.from_on, timezone.localdate(at)))
    note_change(f"{'Approved' if approve else 'Declined'} a change of the rule {proposal.signal}.", by=by, at=at)
    return ruling


@keeping()
def _read_all_again(on: dt.date) -> None:
    """Let the sweep of a day visit every living circle, since the rules are others from then on."""
    Circle.objects.filter(is_over=False).exclude(next_check_on__lte=on).update(next_check_on=on)
