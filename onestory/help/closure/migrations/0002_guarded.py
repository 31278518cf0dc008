from django.db import migrations

from onestory.help.closure import guards
from onestory.platform.append_only import revoke_changes
from onestory.platform.notices.guards import guard_for_teams


class Migration(migrations.Migration):
    """Who sees the ending of a plan, who receives it, what was answered at its gate, and what a manager overrode."""

    dependencies = [
        ("closure", "0001_initial"),
        ("plans", "0002_guarded"),
        ("notices", "0002_guarded"),
        ("access", "0007_keeper"),
    ]
    operations = [
        guard_for_teams(guards.TABLE, guards.rule()),
        guard_for_teams(guards.RECEIVER, guards.rule_of_receivers()),
        guard_for_teams(guards.ANSWER, guards.rule_of_answers()),
        guard_for_teams(guards.OVERRIDE, guards.rule_of_overrides()),
        revoke_changes("closure.Override"),
    ]
