from django.db import migrations

from onestory.platform.append_only import revoke_changes


class Migration(migrations.Migration):
    """The program may add rows to these tables and change none."""

    dependencies = [("history", "0001_initial")]
    operations = [
        revoke_changes(
            "history.Entry",
            "history.EntryPerson",
            "history.EntryTold",
            "history.EntryText",
            "history.EntrySourceDetail",
            "history.EntryCareHistory",
            "history.EntryReporter",
            "history.EntryLocation",
            "history.EntryLegalAdvice",
        )
    ]
