from django.db import migrations

from onestory.help.meetings.guards import TABLES, rule_of
from onestory.platform.notices.guards import guard_for_teams


class Migration(migrations.Migration):
    """Who sees a meeting, and who was invited to it."""

    dependencies = [("meetings", "0001_initial"), ("plans", "0002_guarded")]
    operations = [guard_for_teams(table, rule_of(table)) for table in TABLES]
