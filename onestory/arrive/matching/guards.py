"""How our tables are guarded. No models here, so that migrations can read it."""

from __future__ import annotations

from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.row_level import Guarded

_INDEX = (InfoClass.INDEX,)

IN_SEARCH = Guarded("matching_recordinsearch", Level.INDEX, _INDEX, entry=None)
FORMER_NAMES = Guarded("matching_formername", Level.INDEX, _INDEX, entry=None)
CONTACTS = Guarded("matching_recordcontact", Level.FULL, (InfoClass.LOCATION,), entry=None)
CANDIDATES = Guarded("matching_candidate", Level.INDEX, _INDEX, entry=None)
DECISIONS = Guarded("matching_candidatedecision", Level.INDEX, _INDEX, entry=None)
JOINS = Guarded("matching_join", Level.INDEX, _INDEX, entry=None)

PAIRS = (CANDIDATES, DECISIONS, JOINS)
"""Tables of which a row is about two people at once. Whoever may see only one of them must not learn of the other, so
their keys only close: they are seen by those to whom the policy shows anybody's index, and by nobody through a tie."""
