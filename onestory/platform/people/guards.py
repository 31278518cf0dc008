"""How our tables are guarded. No models here, so that migrations can read it."""

from __future__ import annotations

from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.row_level import Guarded

_INDEX = (InfoClass.INDEX,)
_OF_ENTRIES = (InfoClass.CHRONOLOGY, InfoClass.PLANS, InfoClass.SOURCE_DETAIL, InfoClass.CARE_HISTORY, InfoClass.LEGAL)

RECORD = Guarded(
    "people_agencyrecord",
    Level.INDEX,
    _INDEX,
    entry=None,
    named_in=(
        ("history_entryperson", "record_id"),
        ("people_relationship", "person_id"),
        ("people_relationship", "of_id"),
    ),
)
"""Who somebody is. Also seen by whoever sees an entry or a relationship that names the record."""
RELATIONSHIP = Guarded("people_relationship", Level.INDEX, _INDEX, entry=None, holder="held_by_id")
HOUSEHOLD_MEMBER = Guarded("people_householdmember", Level.SUMMARY, _OF_ENTRIES, holder="held_by_id")
