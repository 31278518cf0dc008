"""Who sees a meeting: whoever sees its plan."""

from onestory.platform.notices.guards import rule_of_parent

PLAN = "plans_plan"
TABLES = ("meetings_meeting", "meetings_invitation")


def rule_of(table: str) -> str:
    """The rule of a table in SQL."""
    return rule_of_parent(table, PLAN, "plan_id")
