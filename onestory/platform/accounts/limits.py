"""How long a session lasts. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a session ended without its owner's doing; the sign-in page says so."""

    IDLE = "idle"
    LONG = "long"
    LEFT = "left"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Limits:
    """``idle`` without any request, ``whole`` since signing in."""

    idle: dt.timedelta
    whole: dt.timedelta


def why_over(*, opened_at: dt.datetime, seen_at: dt.datetime, at: dt.datetime, limits: Limits) -> Why | None:
    """Why a session is over at this moment; None while it is not. A clock that was set back ends it, too."""
    if at < seen_at - limits.idle:
        return Why.LONG
    if at - opened_at >= limits.whole:
        return Why.LONG
    return Why.IDLE if at - seen_at >= limits.idle else None
