from django.db import migrations

from onestory.platform.append_only import revoke_changes


class Migration(migrations.Migration):
    """The program may add rows to these tables and change none."""

    dependencies = [("people", "0001_initial")]
    operations = [revoke_changes("people.RecordMove", "people.Relationship")]
