from django.db import migrations

from onestory.help.plans.guards import TABLE, rule, rule_of_agency, rule_of_part
from onestory.platform.notices.guards import guard_for_teams

PARTS = (
    *("plans_planchild", "plans_planreason", "plans_planoutcome", "plans_planaction", "plans_planrelative"),
    *("plans_planproposal", "plans_agreement", "plans_agreementsignature"),
)


class Migration(migrations.Migration):
    """Who sees a plan and what belongs to it; a team that was left out sees that it was."""

    dependencies = [("plans", "0001_initial"), ("notices", "0002_guarded"), ("access", "0007_keeper")]
    operations = [
        guard_for_teams(TABLE, rule()),
        *(guard_for_teams(table, rule_of_part(table)) for table in PARTS),
        guard_for_teams("plans_planagency", rule_of_agency()),
    ]
