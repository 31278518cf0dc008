"""Reading stories anew where two people were held to be one and are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from onestory.oversee.signals.actions import read_again
from onestory.oversee.signals.asking import Memory
from onestory.oversee.signals.circles import circles_of
from onestory.oversee.signals.models import AlertChild, Asking, AskingReason, Circle
from onestory.oversee.signals.states import State
from onestory.platform.access.keeping import keeping

LONG_AGO = dt.date.min


@transaction.atomic
@keeping()
def read_anew(*, child_ids: Collection[UUID], since: dt.date, today: dt.date, at: dt.datetime) -> list[Asking]:
    """As read_again, where two people were held to be one since a day and are not: what ended since is asked again.

    It ended because two stories were read as one, not because anybody acted. So is what was asked since about the one
    who was two: only then is it known about which of the two.
    """
    for circle, children in circles_of(child_ids):
        strangers = AlertChild.objects.filter(alert__circle=circle).exclude(child__in=children)
        about_one = circle.alerts.filter(id__in=strangers.values("alert"), last_asked_on__gte=since)
        _remember_only_what_stands(circle, since, [alert.id for alert in about_one])
        strangers.delete()
    return read_again(child_ids=child_ids, today=today, at=at)


def _remember_only_what_stands(circle: Circle, since: dt.date, about_one: Collection[UUID]) -> None:
    """Forget every pattern without an alert of its own here: it is asked about anew where it is found again."""
    standing = circle.alerts.exclude(state=State.ENDED, ended_on__gte=since).exclude(id__in=about_one)
    reasons = AskingReason.objects.filter(asking__alert__in=standing)
    remembered = set(reasons.values_list("signal", "key")) | set(standing.values_list("signal", "key"))
    memory = Memory.from_plain(circle.memory)
    patterns = {name: kept for name, kept in memory.patterns.items() if name in remembered}
    recent = tuple(one for one in memory.recent if (one.signal, one.key) in remembered)
    # They had their days of grace before they were first asked about: nobody waits for an answer a second time.
    waiting = {**memory.waiting, **dict.fromkeys(memory.patterns.keys() - remembered, LONG_AGO)}
    circle.memory = Memory(patterns, recent, waiting).to_plain()
    circle.save(update_fields=["memory"])
