"""Begin to read as somebody: the queryset's reader and the database's own, always both at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from onestory.platform.access.sight import Sight

if TYPE_CHECKING:
    from onestory.platform.agencies.models import Membership


def read_as(
    membership: Membership,
    *,
    at: dt.datetime,
    among: Collection[UUID] | None = None,
    purpose: str = "",
    using: str = DEFAULT_DB_ALIAS,
) -> Sight:
    """From now until the transaction ends, what this membership may see is what is seen. Call it in a transaction.

    ``among``: look at ties to these people only, which can only take away. ``purpose``: why somebody searches. A
    membership that has ended at ``at`` reaches nothing. The membership's team is read from it.
    """
    circle = None if among is None else list(among)
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT access_read_as(%s, %s, %s::uuid[], %s)", [membership.id, at, circle, purpose])
    return Sight(
        user_id=membership.user_id,
        team_id=membership.team_id,
        agency_id=membership.team.agency_id,
        role=membership.role,
        at=at,
        among=None if among is None else frozenset(among),
        purpose=purpose,
    )


def look_among(sight: Sight, people: Collection[UUID], *, using: str = DEFAULT_DB_ALIAS) -> Sight:
    """Go on reading as the same, until the transaction ends, among these people only: ties to no other are looked at.

    Call it in the transaction in which ``sight`` began to read. The answer's ``among`` holds those besides to whom ties
    still open records of these people, while a join waits for its second person.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT access_look_among(%s::uuid[])", [list(people)])
        (found,) = cursor.fetchone() or ([],)
    return replace(sight, among=frozenset(found))


@contextmanager
def looking_among(sight: Sight, people: Collection[UUID]) -> Iterator[Sight]:
    """The same until the block ends, in which only is read: who reads afterwards reads as before."""
    with transaction.atomic():
        yield look_among(sight, people)
        transaction.set_rollback(True)  # nothing was written: going back ends the narrowing
