"""What is in force on a day, what waits for a second person, what was changed."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from onestory.oversee.signals.tuned import Setting, TunedRules, tuned
from onestory.oversee.tuning.models import Proposal


def settings_in_force(on: dt.date) -> list[Setting]:
    """Everything that is set differently from what is shipped, on the day."""
    latest: dict[tuple[str, str, str], Setting] = {}
    for proposal in _approved().filter(from_on__lte=on).order_by("from_on", "ruling__decided_at"):
        setting = as_setting(proposal)
        latest.pop(setting.key, None)
        if setting.value:
            latest[setting.key] = setting
    return list(latest.values())


def rules_in_force(on: dt.date) -> TunedRules:
    """The rules with their levels, owners and parameters as they are on the day. One query."""
    return tuned(settings_in_force(on))


def as_setting(proposal: Proposal) -> Setting:
    """What a proposal sets."""
    return Setting(proposal.signal, proposal.sort, proposal.name, proposal.value)


def _approved() -> QuerySet[Proposal]:
    return Proposal.objects.filter(ruling__is_approved=True)


def waiting() -> QuerySet[Proposal]:
    """Proposals that nobody has decided, the oldest first."""
    return Proposal.objects.filter(ruling__isnull=True).select_related("by", "ruling").order_by("proposed_at")


def history(signal: str | None = None) -> QuerySet[Proposal]:
    """Every proposal that was decided, the newest first; of one rule or of all."""
    found = Proposal.objects.filter(ruling__isnull=False).select_related("by", "ruling__by")
    found = found.filter(signal=signal) if signal else found
    return found.order_by("-ruling__decided_at")


def proposal_numbered(proposal_id: UUID) -> Proposal | None:
    """One proposal; None where there is none."""
    return Proposal.objects.filter(pk=proposal_id).select_related("by", "ruling__by").first()
