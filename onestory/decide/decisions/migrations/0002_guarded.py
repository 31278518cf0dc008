from django.db import migrations

from onestory.decide.decisions.guards import DECISION
from onestory.platform.access.guarding import guard_table


class Migration(migrations.Migration):
    """A decision that is being written is seen by whoever may see the child's decisions in full."""

    dependencies = [("decisions", "0001_initial"), ("access", "0007_keeper")]
    operations = [guard_table(DECISION)]
