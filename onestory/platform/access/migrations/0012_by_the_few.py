from django.db import migrations, models
from django.db.models import Q

from onestory.platform.access.row_level import functions


class Migration(migrations.Migration):
    """No question about a reader waits for all the people whom their agency knows.

    Who looks at few people is asked for by these; who looks at all of them is asked row by row whether the agency knows
    somebody (the tables' new rules: people/0005, matching/0004).
    """

    dependencies = [("access", "0011_one_plan")]
    operations = [
        migrations.RunSQL(functions(), migrations.RunSQL.noop),
        migrations.AddIndex(
            "tie",
            models.Index(fields=["agency", "person"], condition=~Q(kind="agency"), name="tie_of_agency_but_knowing"),
        ),
    ]
