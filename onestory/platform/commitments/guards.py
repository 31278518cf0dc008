"""How our tables are guarded. No models here, so that migrations can read it."""

from __future__ import annotations

from onestory.platform.access.policy import Level
from onestory.platform.access.row_level import Guarded
from onestory.platform.history.guards import OF_ENTRIES

COMMITMENT = Guarded(
    "commitments_commitment",
    Level.FULL,
    OF_ENTRIES,
    entry="made_in_id",
    owner="owner_agency_id",
    holder="held_by_id",
)
PERSON = Guarded("commitments_commitmentperson", Level.FULL, OF_ENTRIES, entry=None, holder="held_by_id")
