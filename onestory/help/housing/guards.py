"""Who sees that somebody applied or was placed: whoever sees the person's plans, and the housing team that wrote it."""

from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.row_level import Guarded, rule_of
from onestory.platform.notices.guards import rule_for_teams

HOME = Guarded("housing_home", Level.FULL, classes=(InfoClass.PLANS,), entry=None)


def rule() -> str:
    """The rule of the table in SQL."""
    return f"({rule_of(HOME)}) OR ({rule_for_teams('team_id')})"
