"""How our tables are guarded. No models here, so that migrations can read it."""

from __future__ import annotations

from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.row_level import Guarded

OF_ALERTS = (InfoClass.CHRONOLOGY, InfoClass.SOURCE_DETAIL, InfoClass.CARE_HISTORY, InfoClass.LEGAL)


def _of_alert(table: str) -> Guarded:
    return Guarded(f"signals_{table}", Level.SUMMARY, OF_ALERTS, entry=None, holder="held_by_id")


ALERT = Guarded("signals_alert", Level.SUMMARY, OF_ALERTS, entry=None)
CHILD, ASKING, REASON, ANSWER = map(_of_alert, ("alertchild", "asking", "askingreason", "answer"))
CITED = Guarded(
    "signals_askingentry", Level.SUMMARY, (*OF_ALERTS, InfoClass.PLANS), entry="entry_id", holder="held_by_id"
)
"""A cited entry is seen by whoever sees the entry: what an alert shows is cut to its reader, the number included."""
