from django.db import migrations

from onestory.platform.access.privileges import give_the_same
from onestory.platform.database.roles import WORKER


class Migration(migrations.Migration):
    """The worker signs in under a role of its own and may do with tables what the application may."""

    dependencies = [("access", "0008_sealer_and_reader")]
    operations = [give_the_same(WORKER)]
