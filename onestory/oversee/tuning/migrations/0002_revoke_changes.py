"""What was proposed and decided stays as it was: the program's role may add and read."""

from django.db import migrations

from onestory.platform.append_only import revoke_changes


class Migration(migrations.Migration):
    dependencies = [("tuning", "0001_initial")]
    operations = [revoke_changes("tuning.Proposal", "tuning.Ruling")]
