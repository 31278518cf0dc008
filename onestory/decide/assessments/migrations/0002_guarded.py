from django.db import migrations

from onestory.decide.assessments.guards import rule, rule_of_contribution
from onestory.platform.notices.guards import guard_for_teams, rule_of_parent

ASSESSMENT = "assessments_assessment"
OF_ONE = ("assessments_assessmentperson", "assessments_answergiven", "assessments_review")


class Migration(migrations.Migration):
    """Who sees an assessment, its answers and its reviews; who sees that a team was asked."""

    dependencies = [("assessments", "0001_initial"), ("notices", "0002_guarded"), ("access", "0007_keeper")]
    operations = [
        guard_for_teams("assessments_contribution", rule_of_contribution()),
        guard_for_teams(ASSESSMENT, rule()),
        *(guard_for_teams(table, rule_of_parent(table, ASSESSMENT, "assessment_id")) for table in OF_ONE),
    ]
