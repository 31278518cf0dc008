"""Who sees a plan: whoever may see the child's plans in full, and every team in it, whatever its tie (L2, F5.33).

A team that was left out sees that it was, and why; nothing else of the plan.
"""

from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.row_level import Guarded, rule_of
from onestory.platform.notices.guards import NOT_SHUT, OF_MY_TEAM, rule_of_parent

TABLE = "plans_plan"
PLAN = Guarded(TABLE, Level.FULL, classes=(InfoClass.PLANS,), entry=None)
IN_IT = "(SELECT access_team()) = ANY (teams)"


def rule() -> str:
    """The rule of the table in SQL."""
    return f"({rule_of(PLAN)}) OR ({IN_IT} AND {NOT_SHUT})"


def rule_of_part(table: str) -> str:
    """What belongs to a plan is seen by whoever sees the plan."""
    return rule_of_parent(table, TABLE, "plan_id")


def rule_of_agency() -> str:
    """The same, and by the team that the row is about: being left out is no secret to it."""
    return f"{OF_MY_TEAM.format('team_id')} OR {rule_of_part('plans_planagency')}"
