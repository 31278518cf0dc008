"""A migration's operation that runs our own SQL and needs no models.

Django's RunPython draws every model of every app anew each time, in case the function wants one. Ours want the names of
tables. On an empty database that was a third of the time a newcomer waits for the first page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import router
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

type TableOf = Callable[[str], str]


class OwnSql(Operation):
    """Calls ``code(table_of, schema_editor)``; ``table_of("history.Entry")`` is that model's table as it stood then."""

    reduces_to_sql = False

    def __init__(self, code: Callable[[TableOf, Any], None]) -> None:
        self.code = code

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Changes no model."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Run it where the router lets the app be migrated."""
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            self.code(lambda model: table_in(from_state, model), schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Change nothing: the guards go with their tables."""

    def describe(self) -> str:
        """What `migrate --plan` says of it."""
        return f"Own SQL: {self.code.__qualname__}"


def table_in(state: ProjectState, model: str) -> str:
    """The table of a model named ``app.Model``, as a migration's state has it."""
    app, _, name = model.partition(".")
    named = state.models[app, name.lower()].options.get("db_table")
    return str(named or f"{app}_{name.lower()}")
