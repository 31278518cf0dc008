"""Which children's stories are read together, kept in step with relationships as they come on record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from onestory.oversee.signals.asking import Memory
from onestory.oversee.signals.models import Alert, Circle, CircleChild
from onestory.platform.history.reach import circles_around


def circles_of(child_ids: Collection[UUID]) -> list[tuple[Circle, frozenset[UUID]]]:
    """The circles of these children as they are today, each locked until the transaction ends.

    Where relationships have brought circles together, what was asked in either is remembered in one. Where they
    have come apart, the part that leaves takes a copy of the memory along, so that nobody is asked twice.
    """
    return [(_one_circle(children), children) for children in sorted(circles_around(child_ids), key=sorted)]


def _one_circle(children: frozenset[UUID]) -> Circle:
    before = _locked(children)
    if not before:
        circle = Circle.objects.create()
    else:
        circle = before[0]
        others = set(CircleChild.objects.filter(circle=circle).values_list("child", flat=True)) - children
        if others:
            circle = Circle.objects.create(
                memory=circle.memory, read_on=circle.read_on, next_check_on=circle.next_check_on
            )
        elif len(before) > 1:
            _bring_together(circle, before[1:])
    _set_children(circle, children)
    return circle


def _locked(children: Iterable[UUID]) -> list[Circle]:
    known = CircleChild.objects.filter(child__in=children).values("circle")
    return list(Circle.objects.filter(id__in=known).order_by("id").select_for_update())


def _bring_together(circle: Circle, others: list[Circle]) -> None:
    patterns = dict(Memory.from_plain(circle.memory).patterns)
    for other in others:
        patterns |= Memory.from_plain(other.memory).patterns
        taken = Alert.objects.filter(circle=circle).values_list("signal", "key")
        for alert in other.alerts.all():
            if (alert.signal, alert.key) not in taken:
                alert.circle = circle
                alert.save(update_fields=["circle"])
    circle.memory = Memory(patterns, Memory.from_plain(circle.memory).recent).to_plain()
    days = [one.read_on for one in (circle, *others) if one.read_on]
    circle.read_on = max(days, default=None)
    circle.save()


def _set_children(circle: Circle, children: frozenset[UUID]) -> None:
    rows = [CircleChild(child_id=child, circle=circle) for child in sorted(children)]
    CircleChild.objects.bulk_create(rows, update_conflicts=True, unique_fields=["child"], update_fields=["circle"])
