"""What lies ahead for the reader's team besides what waits for an answer: meetings, and the plans that it is in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from onestory.help.meetings.models import Meeting
from onestory.help.meetings.queries import next_meetings
from onestory.help.plans.models import Plan
from onestory.help.plans.queries import open_plans_of_team
from onestory.platform.access.sight import Sight
from onestory.platform.ui.wording import due_words, listed, moment_words

MEETINGS, PLANS = 5, 20
"""Longer lists help nobody: every child's plan stands with the child under Families."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A meeting, or an open plan: what, for whom, when, and where it stands."""

    words: str
    children: str
    when: str
    address: str


@dataclass(frozen=True, slots=True)
class Lists:
    """Both lists; ``more``: that the team is in more plans than are named."""

    meetings: tuple[Ahead, ...]
    plans: tuple[Ahead, ...]
    more: bool


def ahead_of(sight: Sight, *, today: dt.date) -> Lists:
    """Meetings to which the team is invited, the next first; open plans that it is in, by review. Four queries."""
    meetings = next_meetings(sight).prefetch_related("plan__children")[:MEETINGS]
    plans = list(open_plans_of_team(sight)[: PLANS + 1])
    return Lists(
        meetings=tuple(_meeting(one) for one in meetings),
        plans=tuple(_plan(one, today) for one in plans[:PLANS]),
        more=len(plans) > PLANS,
    )


def _meeting(one: Meeting) -> Ahead:
    return Ahead(str(one), _names(one.plan), moment_words(one.meets_at), f"/meetings/{one.pk}")


def _plan(one: Plan, today: dt.date) -> Ahead:
    words = due_words(one.review_due, today)
    return Ahead(
        one.get_kind_display(), _names(one), words and f"Review: {words[:1].lower()}{words[1:]}", f"/plans/{one.pk}"
    )


def _names(plan: Plan) -> str:
    return listed(_sorted(one.label for one in plan.children.all()))


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(names, key=str.casefold)
