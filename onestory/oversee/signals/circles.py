"""Which children's stories are read together, kept in step with relationships as they come on record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from onestory.oversee.signals.asking import Memory
from onestory.oversee.signals.models import AlertChild, Circle, CircleChild
from onestory.platform.history.reach import circles_around


def circles_of(child_ids: Collection[UUID]) -> list[tuple[Circle, frozenset[UUID]]]:
    """The circles of these children as they are today, each locked until the transaction ends.

    Where relationships have brought circles together, what was asked in either is remembered in one. Where they
    have come apart, the part that leaves takes its own alerts and a copy of the memory along, so that nobody is asked
    twice and no question stays behind with others.
    """
    return [(_one_circle(children), children) for children in sorted(circles_around(child_ids), key=sorted)]


def _one_circle(children: frozenset[UUID]) -> Circle:
    before = _locked(children)
    members = _members(before)
    whole = [circle for circle in before if members[circle.id] <= children]
    circle = whole[0] if whole else Circle.objects.create()
    for other in before:
        if other.id != circle.id:
            _take_over(circle, other, staying=members[other.id] - children)
    _set_children(circle, children)
    return circle


def _members(circles: Collection[Circle]) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {circle.id: set() for circle in circles}
    rows = CircleChild.objects.filter(circle__in=list(found)).values_list("circle_id", "child_id")
    for circle, child in rows:
        found[circle].add(child)
    return {circle: frozenset(children) for circle, children in found.items()}


def _take_over(circle: Circle, other: Circle, *, staying: frozenset[UUID]) -> None:
    """What was asked in the other is remembered in this one too; alerts come along, but those about who stays there."""
    ours, theirs = Memory.from_plain(circle.memory), Memory.from_plain(other.memory)
    patterns = dict(theirs.patterns)
    # Where one of the two still stands open, it is open.
    patterns |= {name: kept for name, kept in ours.patterns.items() if name not in patterns or not kept.ended}
    circle.memory = Memory(patterns, ours.recent or theirs.recent, {**theirs.waiting, **ours.waiting}).to_plain()
    circle.read_on = max((day for day in (circle.read_on, other.read_on) if day), default=None)
    circle.next_check_on = min((day for day in (circle.next_check_on, other.next_check_on) if day), default=None)
    circle.save()
    taken = set(circle.alerts.values_list("signal", "key"))
    about_others = AlertChild.objects.filter(child__in=staying).values("alert")
    for alert in other.alerts.exclude(id__in=about_others):
        if (alert.signal, alert.key) not in taken:
            alert.circle = circle
            alert.save(update_fields=["circle"])


def _locked(children: Iterable[UUID]) -> list[Circle]:
    known = CircleChild.objects.filter(child__in=children).values("circle")
    return list(Circle.objects.filter(id__in=known).order_by("id").select_for_update())


def _set_children(circle: Circle, children: frozenset[UUID]) -> None:
    rows = [CircleChild(child_id=child, circle=circle) for child in sorted(children)]
    CircleChild.objects.bulk_create(rows, update_conflicts=True, unique_fields=["child"], update_fields=["circle"])
