"""Reading what rests on somebody who leaves, in numbers alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from onestory.platform.access.models import Listing, SealName, Tie, User
from onestory.platform.ui.wording import plural


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """How much rested on one person, in numbers alone: an administrator does not learn of whom."""

    named_for: int
    lists: int

    def words(self) -> str:
        """In one sentence, for the history of changes."""
        children = plural(self.named_for, "person", "people")
        return f"Was named for {children} and stood on {plural(self.lists, 'list')} of readers; the team names others."


def left_behind(user: User, *, at: dt.datetime) -> LeftBehind:
    """What rests on the person now."""
    people = set(ties_of(user, at).values_list("person", flat=True))
    return LeftBehind(len(people), sum(rows.count() for rows in lists_naming(user)))


def ties_of(user: User, at: dt.datetime) -> QuerySet[Tie]:
    """The ties that the person holds themselves, not through team or agency."""
    return Tie.objects.filter(Q(until_at=None) | Q(until_at__gt=at), user=user)


def lists_naming(user: User) -> Iterable[QuerySet[Listing] | QuerySet[SealName]]:
    """The places on lists of protected locations and of seals that name the person themselves."""
    return (Listing.objects.filter(user=user, ended_at=None), SealName.objects.filter(user=user, ended_at=None))
