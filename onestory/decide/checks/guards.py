"""Who sees a check: whoever may see the child's plans and decisions in full; and the teams between which it is asked.

Whoever the notice of it was taken further to may answer it too, so they see it for as long as they see the notice.
"""

from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.row_level import Guarded, rule_of
from onestory.platform.notices.guards import NOT_SHUT, rule_for_teams

CHECK = Guarded("checks_check", Level.FULL, classes=(InfoClass.PLANS,), entry=None)
NOTICED = "EXISTS (SELECT FROM notices_notice n WHERE n.entry_id = checks_check.request_id)"


def rule() -> str:
    """The rule of the table in SQL."""
    teams = rule_for_teams("asking_team_id", "asked_team_id")
    return f"({rule_of(CHECK)}) OR ({teams}) OR ({NOTICED} AND {NOT_SHUT})"
