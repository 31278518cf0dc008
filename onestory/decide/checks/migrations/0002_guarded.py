from django.db import migrations

from onestory.decide.checks.guards import rule
from onestory.platform.notices.guards import guard_for_teams, rule_of_parent

CHECK, PERSON = "checks_check", "checks_checkperson"


class Migration(migrations.Migration):
    """Who sees a check, and whom it is about."""

    dependencies = [("checks", "0001_initial"), ("notices", "0002_guarded"), ("access", "0007_keeper")]
    operations = [
        guard_for_teams(CHECK, rule()),
        guard_for_teams(PERSON, rule_of_parent(PERSON, CHECK, "check_asked_id")),
    ]
