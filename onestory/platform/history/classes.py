"""Under which class of information an entry's existence falls. Pure.

Its parts have classes of their own: who told (6), places (7). An entry of class 4, 5 or 9 is restricted as a whole:
that there was a therapy session, that a parent has been in care or that advice was taken is what must not be told.
"""

from __future__ import annotations

from onestory.platform.access.policy import InfoClass

PLANS_AND_DUTIES = frozenset({"plan", "decision", "action", "agreement", "condition", "aftercare", "request", "notice"})
"""Kinds by which agencies decide, plan and promise (class 3)."""
OF_RESTRICTION = {
    "adult_mental_health": InfoClass.SOURCE_DETAIL,
    "care_history": InfoClass.CARE_HISTORY,
    "legal": InfoClass.LEGAL,
}
"""Restrictions that hide an entry as a whole; the others hide its words or who told."""


def class_of(kind: str, restricted: str | None) -> InfoClass:
    """The class of an entry of this kind with this restriction."""
    if restricted in OF_RESTRICTION:
        return OF_RESTRICTION[restricted]
    return InfoClass.PLANS if kind in PLANS_AND_DUTIES else InfoClass.CHRONOLOGY
