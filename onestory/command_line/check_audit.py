"""`onestory check audit`: is the record of who looked at what as it was written?"""

from __future__ import annotations

import click

from onestory.command_line.errors import Plainly
from onestory.command_line.surroundings import django_running


@click.command("audit")
def check_audit_command() -> None:
    """Find what was edited, removed or cut off in the record of accesses, against its chain and the heads outside."""
    with django_running():
        from django.conf import settings
        from django.db import DEFAULT_DB_ALIAS

        from onestory.platform.access.auditing import check_audit
        from onestory.platform.access.keeping import reading_audit
        from onestory.platform.access.models import AuditSeal

        with reading_audit():
            problems = check_audit(settings.AUDIT_HEADS, using=DEFAULT_DB_ALIAS)
            sealed = AuditSeal.objects.count()
    if problems:
        raise Plainly("The record of accesses is not as it was written.\n" + "\n".join(f"- {one}" for one in problems))
    click.echo(f"{sealed} accesses are sealed, and every one is as it was written.")
