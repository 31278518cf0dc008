from pathlib import Path

from django.db import migrations

from onestory.arrive.matching import guards
from onestory.platform.access.guarding import guard_table

FIND = Path(__file__).parents[1].joinpath("find.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """A question for people keeps its plan; that an agency knows somebody is asked row by row."""

    dependencies = [("matching", "0003_keys_for_what_is_there"), ("access", "0012_by_the_few")]
    operations = [
        migrations.RunSQL(FIND, migrations.RunSQL.noop),
        *[guard_table(one) for one in (guards.IN_SEARCH, guards.FORMER_NAMES, *guards.PAIRS)],
    ]
