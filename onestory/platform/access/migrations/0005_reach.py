from django.db import migrations

from onestory.platform.access.row_level import functions

DROP_FUNCTIONS = """
DROP TRIGGER IF EXISTS access_mark ON people_agencyrecord;
DROP FUNCTION IF EXISTS access_mark_record, access_names, access_untied, access_withheld, access_marked, access_reach,
  access_withheld_now, access_marked_now, access_sealed, access_listed, access_near, access_threats, access_keys,
  access_also, access_reach_now, access_ties, access_groups, access_among, access_agency, access_user, access_team,
  access_at, access_read_as, access_look_among, access_by_agency,
  access_knows, access_setting, access_me, access_kept, access_alleged,
  access_on_record CASCADE;
"""


class Migration(migrations.Migration):
    """What a reader may see, answered inside the database; every agency record has a mark."""

    dependencies = [("access", "0004_marks"), ("people", "0002_append_only")]
    operations = [migrations.RunSQL(functions(), DROP_FUNCTIONS + "DELETE FROM access_recordmark;")]
