"""Who sees a decision that is being written: whoever may see the child's decisions in full."""

from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.row_level import Guarded

DECISION = Guarded("decisions_decision", Level.FULL, classes=(InfoClass.PLANS,), entry=None)
