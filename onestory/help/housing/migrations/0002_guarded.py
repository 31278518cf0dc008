from django.db import migrations

from onestory.help.housing.guards import rule
from onestory.platform.notices.guards import guard_for_teams


class Migration(migrations.Migration):
    """Who sees that somebody has applied for a home, or has one."""

    dependencies = [("housing", "0001_initial"), ("notices", "0002_guarded"), ("access", "0007_keeper")]
    operations = [guard_for_teams("housing_home", rule())]
