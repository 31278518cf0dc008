from django.db import migrations

from onestory.platform.database.roles import APPLICATION

TABLE = "feeds_casehistorysource"


class Migration(migrations.Migration):
    """A title may be a family's name: pages learn of a source nothing but whether its history is published."""

    dependencies = [("feeds", "0003_guarded")]
    operations = [
        migrations.RunSQL(
            [
                f"REVOKE ALL ON TABLE {TABLE} FROM {APPLICATION}",
                f"GRANT SELECT (id, is_published) ON TABLE {TABLE} TO {APPLICATION}",
            ],
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE {TABLE} TO {APPLICATION}",
        )
    ]
