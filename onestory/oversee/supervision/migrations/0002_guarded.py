from django.db import migrations

from onestory.oversee.supervision.guards import SUPERVISION, rule_of_allocation
from onestory.platform.access.guarding import guard_table
from onestory.platform.append_only import revoke_changes
from onestory.platform.notices.guards import guard_for_teams


class Migration(migrations.Migration):
    """Who sees who works for a child, and what was said in supervision."""

    dependencies = [("supervision", "0001_initial"), ("notices", "0002_guarded"), ("access", "0007_keeper")]
    operations = [
        guard_for_teams("supervision_allocation", rule_of_allocation()),
        guard_table(SUPERVISION),
        revoke_changes("supervision.Supervision"),
    ]
