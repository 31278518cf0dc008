"""Who sees an assessment: whoever may see the child's plans and decisions in full, and teams that were asked to add.

What a parent told of their own time in care is of its own class, whatever the assessment is of (T4.5).
"""

from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.row_level import Guarded, rule_of
from onestory.platform.notices.guards import NOT_SHUT

TABLE = "assessments_assessment"
ASSESSMENT = Guarded(TABLE, Level.FULL, classes=(InfoClass.PLANS, InfoClass.CARE_HISTORY), entry=None)
OF_WHAT_FOLLOWS = tuple(f"assessments_{name}" for name in ("agreement", "challenge", "comment", "documentgiven"))
"""Tables whose rows are seen by whoever sees the assessment that they belong to."""
ASKED = (
    f"EXISTS (SELECT FROM assessments_contribution c WHERE c.assessment_id = {TABLE}.id"
    f" AND c.team_id = (SELECT access_team())) AND {TABLE}.info <> {InfoClass.CARE_HISTORY.number}"
)


def rule() -> str:
    """The rule of the table in SQL."""
    return f"({rule_of(ASSESSMENT)}) OR ({ASKED} AND {NOT_SHUT})"


def rule_of_contribution() -> str:
    """A contribution is seen by the team that was asked, and by the one that leads: neither asks the assessment's rule,
    which asks this table."""
    return "(SELECT access_team()) IN (team_id, asking_team_id)"
