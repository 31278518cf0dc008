from django.db import migrations

from onestory.platform.access.row_level import functions
from onestory.platform.database.roles import AUDIT_READER, SEALER

GRANTS = f"""
GRANT SELECT ON access_accessrecord, access_auditseal TO {SEALER}, {AUDIT_READER};
GRANT INSERT ON access_auditseal TO {SEALER};
"""


class Migration(migrations.Migration):
    """The sealer adds to the chain over the audit; the audit reader reads both."""

    dependencies = [("access", "0007_keeper"), ("people", "0004_guarded")]
    operations = [
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunSQL(functions(), migrations.RunSQL.noop),
    ]
