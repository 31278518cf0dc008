"""A closure held until the transaction ends; taking its record back from all; telling a team of it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from onestory.help.closure.models import Closure
from onestory.help.closure.states import State
from onestory.help.plans.membership import records_of
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.notices.actions import send_notice, take_back_for_entry


def locked(closure_id: UUID) -> Closure:
    """The row, held until the transaction ends, so that of two who act at once the second sees the first."""
    closures = Closure.objects.select_for_update(of=("self",))
    related = ("plan__owner_team__agency", "owner_team__agency", "sent_in")
    return closures.select_related(*related).get(id=closure_id)


def again(closure: Closure, moved: State, because: str, *, by: User, at: dt.datetime) -> None:
    """Take the record back from all. Nobody is chased for a text that no longer stands."""
    closure.state, closure.reopened_because = moved, because
    closure.save(update_fields=["state", "reopened_because"])
    if closure.sent_in:
        take_back_for_entry(closure.sent_in, words="Taken back: it is being agreed again.", by=by, at=at)


def tell(
    closure: Closure, to_team: Team, kind: str, words: str, *, once: str | None = None, by: User, at: dt.datetime
) -> None:
    """Put a message about the closure into a team's inbox."""
    send_notice(
        to_team=to_team,
        from_team=closure.owner_team,
        about=records_of(closure.plan),
        kind=kind,
        words=words,
        address=f"/closures/{closure.id}",
        once=once,
        by=by,
        at=at,
    )
