"""Who sees that a service was asked for: who may see the child's plans in full, and the two teams that it is between.

What a service for adults is asked for is that service's own detail, so it is kept as such: then the two teams alone.
Whoever the notice of it was taken further to may answer it too, so they see it for as long as they see the notice.
"""

from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.row_level import Guarded, rule_of
from onestory.platform.notices.guards import NOT_SHUT, rule_for_teams

REQUEST = Guarded("services_servicerequest", Level.FULL, classes=(InfoClass.PLANS, InfoClass.SOURCE_DETAIL), entry=None)
GAP = Guarded("services_gap", Level.FULL, classes=(InfoClass.PLANS,), entry=None)
NOTICED = "EXISTS (SELECT FROM notices_notice n WHERE n.entry_id = services_servicerequest.entry_id)"


def rule() -> str:
    """The rule of the table of requests in SQL."""
    teams = rule_for_teams("asking_team_id", "asked_team_id")
    return f"({rule_of(REQUEST)}) OR ({teams}) OR ({NOTICED} AND {NOT_SHUT})"
