"""The order of rows that became known on the same day."""

from __future__ import annotations

import datetime as dt


def position_at(at: dt.datetime) -> int:
    """Nanoseconds since 1970: what is written later comes later, with room for what is put in between."""
    return int(at.timestamp()) * 1_000_000_000 + at.microsecond * 1_000
