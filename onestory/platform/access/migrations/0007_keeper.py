from django.db import migrations

from onestory.platform.access.privileges import give_keeper_the_same
from onestory.platform.access.row_level import functions


class Migration(migrations.Migration):
    """The keeper may do with tables what the application may; a record follows its person into adult life."""

    dependencies = [("access", "0006_ever_adult")]
    operations = [give_keeper_the_same(), migrations.RunSQL(functions(), migrations.RunSQL.noop)]
