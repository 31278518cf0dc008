"""Who sees who works for a child, and what was said in supervision. No models here, so that migrations can read it.

An allocation is seen by whoever sees the child's plans, and by its team. A reflection stays within its agency.
"""

from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.row_level import Guarded, rule_of
from onestory.platform.notices.guards import rule_for_teams

ALLOCATION = Guarded("supervision_allocation", Level.FULL, classes=(InfoClass.PLANS,), entry=None)
SUPERVISION = Guarded("supervision_supervision", Level.FULL, classes=(InfoClass.SOURCE_DETAIL,), entry=None)


def rule_of_allocation() -> str:
    """The rule of the table of allocations in SQL."""
    return f"({rule_of(ALLOCATION)}) OR ({rule_for_teams('team_id')})"
