from django.db import migrations

from onestory.platform.access.privileges import only_read
from onestory.platform.access.reviewed import lay_down_policy
from onestory.platform.append_only import revoke_changes


class Migration(migrations.Migration):
    """The reviewed table lies in the database; accesses are only added, and the chain over them is a sealer's."""

    dependencies = [("access", "0002_ties_protections_and_audit")]
    operations = [
        lay_down_policy(),
        only_read("access.PolicyCell", "access.PolicyCap", "access.RoleGroup", "access.AuditSeal"),
        revoke_changes("access.AccessRecord", "access.AuditSeal"),
    ]
