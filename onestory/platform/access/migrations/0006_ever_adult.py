from importlib import import_module

from django.db import migrations, models

from onestory.platform.access.row_level import functions

REMOVE = import_module("onestory.platform.access.migrations.0005_reach").DROP_FUNCTIONS


class Migration(migrations.Migration):
    """A record knows whether rows may know its person as an adult, so that a child needs one key and not three."""

    dependencies = [("access", "0005_reach")]
    operations = [
        migrations.AddField(
            "recordmark",
            "was_adult",
            models.BooleanField(
                db_default=False,
                help_text="Whether rows may know the person as an adult: a young parent has a story later.",
            ),
        ),
        migrations.RunSQL(
            "UPDATE access_recordmark m SET was_adult = NOT p.is_child FROM people_person p WHERE p.id = m.home_id",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(REMOVE + functions(), migrations.RunSQL.noop),
    ]
