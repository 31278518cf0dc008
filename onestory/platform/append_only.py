"""Tables to which rows are only added.

Two guards, so that neither stands alone: a trigger refuses UPDATE and DELETE whoever asks, the owner included, and the
roles that run the program lose the right to try, TRUNCATE included (which no row trigger sees).
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings

from onestory.platform.database.own_sql import OwnSql, TableOf
from onestory.platform.database.roles import PROGRAM_ROLES


def append_only() -> list[pgtrigger.Trigger]:
    """The triggers of a model to whose table rows are only added."""
    return [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


def revoke_changes(*models: str) -> OwnSql:
    """A migration's operation: the roles that run the program may add and read rows of these models, nothing else.

    `models` are names such as ``history.Entry``. A role that does not exist is passed over: the trigger still holds.
    """

    def revoke(table_of: TableOf, schema_editor: Any) -> None:
        for role in sorted(_program_roles(schema_editor.connection)):
            for model in models:
                table = schema_editor.quote_name(table_of(model))
                schema_editor.execute(
                    f"REVOKE UPDATE, DELETE, TRUNCATE ON TABLE {table} FROM {schema_editor.quote_name(role)}"
                )

    return OwnSql(revoke)


def _program_roles(connection: Any) -> set[str]:
    """The roles under which the program runs, by its settings and by name, as far as they exist; never who migrates."""
    named = {*PROGRAM_ROLES, settings.DATABASES["default"].get("USER") or PROGRAM_ROLES[0]}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND rolname <> current_user", [list(named)]
        )
        return {name for (name,) in cursor.fetchall()}
