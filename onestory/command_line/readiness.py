"""Whether the program may start: Django's checks, the role it runs as, the tables it expects."""

from __future__ import annotations

from django.core.checks import Error, run_checks
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from onestory.command_line.errors import Plainly


def reasons_not_to_start() -> list[str]:
    """Every reason, in plain sentences; the database is asked only when nothing else is wrong.

    Raises ImproperlyConfigured for a role that is too powerful. Leaves no connection open, nor a pool of them: what a
    server's processes inherited they would share, and one would go on in another's transaction.
    """
    reasons = [str(message.msg) for message in run_checks() if isinstance(message, Error)]
    if reasons:
        return reasons
    try:
        connection = connections["default"]
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            reasons.append("The tables are not up to date. Run `onestory manage migrate` first.")
    finally:
        for one in connections.all(initialized_only=True):
            one.close()
            one.close_pool()  # type: ignore[attr-defined]  # Django has it, its stubs do not
    return reasons


def refuse_unready() -> None:
    """Raise with every reason not to start, if there is one."""
    reasons = reasons_not_to_start()
    if reasons:
        raise Plainly("The program does not start.\n" + "\n".join(f"- {reason}" for reason in reasons))
