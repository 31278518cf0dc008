from django.db import migrations

from onestory.platform.access.guarding import guard_table
from onestory.platform.people.guards import RECORD, RELATIONSHIP


class Migration(migrations.Migration):
    """That an agency knows somebody is asked row by row, where the reader does not look at few people."""

    dependencies = [("people", "0004_guarded"), ("access", "0012_by_the_few")]
    operations = [guard_table(one) for one in (RECORD, RELATIONSHIP)]
