"""What was asked and answered stays as it was: the program's role may add and read."""

from django.db import migrations

from onestory.platform.append_only import revoke_changes


class Migration(migrations.Migration):
    dependencies = [("signals", "0001_initial")]
    operations = [revoke_changes("signals.Asking", "signals.AskingReason", "signals.AskingEntry", "signals.Answer")]
