"""Where a protocol stands on a day. It is read from who approved it and from its days, and is not kept."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from onestory.platform.sharing.models import Protocol


class State(StrEnum):
    """A protocol's states, in their order."""

    DRAFT = "Waits for a second person"
    TO_COME = "Approved, not yet in force"
    IN_FORCE = "In force"
    OVER = "Over"


def state_of(protocol: Protocol, on: dt.date) -> State:
    """Where the protocol stands on the day."""
    ended = protocol.ended_on is not None and on >= protocol.ended_on
    if ended or (protocol.until_on is not None and on > protocol.until_on):
        return State.OVER
    if protocol.approved_at is None:
        return State.OVER if protocol.ended_at else State.DRAFT
    return State.IN_FORCE if on >= protocol.from_on else State.TO_COME
