from pathlib import Path

from django.db import migrations

from onestory.arrive.matching import guards
from onestory.platform.access.guarding import guard_table, only_for_keeper
from onestory.platform.append_only import revoke_changes

FIND = Path(__file__).parents[1].joinpath("find.sql").read_text(encoding="utf-8")
DROP = "DROP FUNCTION IF EXISTS matching_find, matching_unborn_of, matching_records_of;"


class Migration(migrations.Migration):
    """Every table is guarded; keys are read by a function alone, and pairs by those who may see everybody's index."""

    dependencies = [("matching", "0001_initial"), ("access", "0007_keeper")]
    operations = [
        revoke_changes("matching.FormerName", "matching.RecordContact", "matching.CandidateDecision"),
        revoke_changes("matching.JoinedRecord", "matching.TaughtWeights"),
        *[guard_table(one) for one in (guards.IN_SEARCH, guards.FORMER_NAMES, guards.CONTACTS, *guards.PAIRS)],
        only_for_keeper("matching_searchkey"),
        only_for_keeper("matching_joinedrecord"),
        migrations.RunSQL(FIND, DROP),
    ]
