"""How this feature's tables are guarded. Imports no models, so that migrations can read it."""

from __future__ import annotations

from onestory.platform.access.policy import Level
from onestory.platform.access.row_level import Guarded
from onestory.platform.history.guards import OF_ENTRIES

DISCLOSURE = Guarded("sharing_disclosure", Level.FULL, OF_ENTRIES, holder="held_by_id")
HANDING = Guarded("sharing_handing", Level.FULL, OF_ENTRIES, holder="held_by_id")
