from pathlib import Path

from django.db import migrations

FIND = Path(__file__).parents[1].joinpath("find.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """A question for people keeps its plan."""

    dependencies = [("matching", "0003_keys_for_what_is_there")]
    operations = [migrations.RunSQL(FIND, migrations.RunSQL.noop)]
