"""How our tables are guarded. No models here, so that migrations can read it."""

from __future__ import annotations

from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.row_level import Guarded

OF_ENTRIES = (InfoClass.CHRONOLOGY, InfoClass.PLANS, InfoClass.SOURCE_DETAIL, InfoClass.CARE_HISTORY, InfoClass.LEGAL)
"""The classes under which an entry can fall as a whole."""


def _of_entry(table: str, level: Level, *classes: InfoClass) -> Guarded:
    return Guarded(f"history_{table}", level, classes or OF_ENTRIES, holder="held_by_id")


ENTRY = Guarded("history_entry", Level.SUMMARY, OF_ENTRIES, entry="id")
PERSON = _of_entry("entryperson", Level.SUMMARY)
TOLD = _of_entry("entrytold", Level.SUMMARY)
TEXT = _of_entry("entrytext", Level.FULL)
LOCATION_HELD = _of_entry("entrylocationheld", Level.MASKED, InfoClass.LOCATION)
PARTS = {
    InfoClass.SOURCE_DETAIL: _of_entry("entrysourcedetail", Level.FULL, InfoClass.SOURCE_DETAIL),
    InfoClass.CARE_HISTORY: _of_entry("entrycarehistory", Level.FULL, InfoClass.CARE_HISTORY),
    InfoClass.LOCATION: _of_entry("entrylocation", Level.FULL, InfoClass.LOCATION),
    InfoClass.LEGAL: _of_entry("entrylegaladvice", Level.FULL, InfoClass.LEGAL),
    InfoClass.REPORTER: _of_entry("entryreporter", Level.FULL, InfoClass.REPORTER),
}
"""The parts of an entry that have a class of their own, whatever the entry's is."""
