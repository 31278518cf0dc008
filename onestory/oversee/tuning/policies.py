"""May it be proposed, may it be decided. Each refusal is a sentence and names the field that it stands at."""

from __future__ import annotations

import datetime as dt

from onestory.oversee.signals.tuned import Setting, problem_of
from onestory.oversee.tuning.models import Proposal, Ruling
from onestory.platform.access.models import User
from onestory.platform.agencies.policies import CannotChange


def check_proposal(setting: Setting, *, why: str, from_on: dt.date, today: dt.date) -> None:
    """Something that the rule declares, a value that it may have, a reason, and a day that is not over.

    Raises CannotChange. An empty value takes a setting back to what is shipped.
    """
    problem = problem_of(setting) if setting.value else None
    if problem is not None:
        raise CannotChange("value", problem)
    if not why.strip():
        raise CannotChange("why", "Enter why it should change")
    if from_on < today:
        raise CannotChange("from_on", "The first day must be today or later: what was asked before stays as it was")


def check_ruling(proposal: Proposal, *, words: str, by: User) -> None:
    """Somebody other than whoever proposed it, once, and with a reason. Raises CannotChange."""
    if by.pk == proposal.by_id:
        raise CannotChange("words", "Somebody else has to decide: you proposed it yourself")
    if Ruling.objects.filter(proposal=proposal).exists():
        raise CannotChange("words", "This proposal has been decided already")
    if not words.strip():
        raise CannotChange("words", "Enter why")
