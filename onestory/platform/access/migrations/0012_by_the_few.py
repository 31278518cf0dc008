from django.db import migrations

from onestory.platform.access.row_level import functions


class Migration(migrations.Migration):
    """A reader who looks at few people is asked for by these people, not by all whom their agency knows."""

    dependencies = [("access", "0011_one_plan")]
    operations = [migrations.RunSQL(functions(), migrations.RunSQL.noop)]
