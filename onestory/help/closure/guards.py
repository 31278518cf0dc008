"""Who sees the ending of a plan: whoever may see the child's plans in full, and every team to which it was sent.

A receiver sees the record and who received it, whatever its tie; what was answered at the gate, and what a manager
overrode, only whoever may see the plans in full, and the team whose plan it is. Whoever the notice was taken further to
may answer it, so they see it for as long as they see the notice.
"""

from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.row_level import Guarded, rule_of
from onestory.platform.notices.guards import NOT_SHUT, OF_MY_TEAM, rule_for_teams, rule_of_parent

TABLE, RECEIVER, ANSWER, OVERRIDE = (
    "closure_closure",
    "closure_closurereceiver",
    "closure_closureanswer",
    "closure_override",
)
CLOSURE = Guarded(TABLE, Level.FULL, classes=(InfoClass.PLANS,), entry=None)
ANSWERED = Guarded(ANSWER, Level.FULL, classes=(InfoClass.PLANS,), entry=None)
OVERRIDDEN = Guarded(OVERRIDE, Level.FULL, classes=(InfoClass.PLANS,), entry=None)
SENT_TO = "(SELECT access_team()) = ANY (receiving)"
NOTICED = f"EXISTS (SELECT FROM notices_notice n WHERE n.entry_id = {TABLE}.sent_in_id)"


def rule() -> str:
    """The rule of the closures in SQL."""
    teams = f"({OF_MY_TEAM.format('owner_team_id')} OR {SENT_TO} OR {NOTICED})"
    return f"({rule_of(CLOSURE)}) OR ({teams} AND {NOT_SHUT})"


def rule_of_receivers() -> str:
    """Who received it is seen by whoever sees it."""
    return rule_of_parent(RECEIVER, TABLE, "closure_id")


def rule_of_answers() -> str:
    """What was answered at the gate: by tie alone."""
    return rule_of(ANSWERED)


def rule_of_overrides() -> str:
    """What a manager overrode: by tie, and by the team whose plan it was."""
    return f"({rule_of(OVERRIDDEN)}) OR ({rule_for_teams('team_id')})"
