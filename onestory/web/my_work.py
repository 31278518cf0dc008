"""My work: what I or my team must answer, in the order in which it is due. No feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onestory.oversee.signals.queries import waiting
from onestory.platform.access.models import User
from onestory.platform.commitments.queries import owed_by_teams_of
from onestory.web.promises import Item, from_alert, from_commitments

AT_MOST = 100
"""A list longer than this helps nobody; the page says how many more there are."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is due in one stretch of time."""

    heading: str
    work: tuple[Item, ...]


def work_of(*, by: User, today: dt.date) -> tuple[list[tuple[dt.date | None, Item]], int]:
    """What the person's teams must answer with the day on which it is due, in that order, and how many more there are."""
    alerts, promises = waiting(by, today), owed_by_teams_of(by, today)
    dated: list[tuple[dt.date | None, Item]] = [(one.due_on, from_alert(one, today)) for one in alerts[:AT_MOST]]
    owed = list(promises[:AT_MOST])
    dated += zip((one.due_on for one in owed), from_commitments(owed, today), strict=True)
    dated.sort(key=lambda pair: pair[0] or dt.date.max)
    return dated[:AT_MOST], max(alerts.count() + promises.count() - AT_MOST, 0)


def stretches(dated: Iterable[tuple[dt.date | None, Item]], today: dt.date) -> list[Stretch]:
    """Work in the order in which it is due, under a heading for each stretch of time."""
    found = groupby(dated, key=lambda pair: _heading(pair[0], today))
    return [Stretch(heading, tuple(item for _, item in those)) for heading, those in found]


def _heading(due_on: dt.date | None, today: dt.date) -> str:
    if due_on is None:
        return "No day set"
    if due_on < today:
        return "Overdue"
    if due_on == today:
        return "Due today"
    return "Due in the next seven days" if (due_on - today).days <= 7 else "Due later"


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    today = timezone.localdate()
    work, more = work_of(by=request.user, today=today)
    return render(request, "web/my_work.html", {"stretches": stretches(work, today), "more": more})
