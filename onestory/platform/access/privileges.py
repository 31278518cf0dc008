"""What the role that runs the program may not do with the tables of access."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import RunPython

from onestory.platform.database.roles import APPLICATION


def only_read(*models: str) -> RunPython:
    """A migration's operation: the program may read these tables and write nothing there.

    ``models`` are names such as ``access.PolicyCell``.
    """

    def revoke(apps: Any, schema_editor: Any) -> None:
        for model in models:
            table = schema_editor.quote_name(apps.get_model(model)._meta.db_table)
            schema_editor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON TABLE {table} FROM {APPLICATION}")

    return RunPython(revoke, RunPython.noop)
