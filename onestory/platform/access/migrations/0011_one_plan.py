from django.db import migrations

from onestory.platform.access.row_level import functions


class Migration(migrations.Migration):
    """What is on record about a reader is one function whose plan a connection keeps, as the others' are kept."""

    dependencies = [("access", "0010_opened_by_two")]
    operations = [migrations.RunSQL(functions(), migrations.RunSQL.noop)]
