"""Who sees a notice: the team that it was sent to, whom it was taken further to, the team that sent it. Nobody else.

A team that is asked about a child need not have a tie to the child, so the reviewed table does not decide here; but a
conflict of interest or a seal closes a notice as it closes everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from onestory.platform.access import among as among  # the lookup of keys
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import keys_about
from onestory.platform.database.own_sql import OwnSql, TableOf
from onestory.platform.database.roles import APPLICATION, KEEPER, OWNER

NOT_SHUT = "NOT (SELECT nullif(current_setting('onestory.shut', true), '')::jsonb) ?| keys"
OF_MY_TEAM = "(SELECT access_team()) IN ({})"


def rule_for_teams(*columns: str) -> str:
    """Rows in one of whose columns the reader's team stands, and which nothing closes to the reader."""
    return f"{OF_MY_TEAM.format(', '.join(columns))} AND {NOT_SHUT}"


def rule_of_parent(table: str, parent: str, column: str) -> str:
    """Rows of a table whose parent row the reader sees."""
    return f"EXISTS (SELECT FROM {parent} p WHERE p.id = {table}.{column})"


def guard_for_teams(table: str, rule: str) -> OwnSql:
    """A migration's operation: put the table under row-level security with this rule; only the keeper changes rows."""

    def run(_table_of: TableOf, schema_editor: Any) -> None:
        for statement in _statements(table, rule):
            schema_editor.execute(statement)

    return OwnSql(run)


def _statements(table: str, rule: str) -> Iterator[str]:
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    for name in ("seen", "written", "kept", "of_owner"):
        yield f"DROP POLICY IF EXISTS {name} ON {table}"
    yield f"CREATE POLICY seen ON {table} FOR SELECT TO {APPLICATION} USING ({rule})"
    yield f"CREATE POLICY written ON {table} FOR INSERT TO {APPLICATION} WITH CHECK (true)"
    yield f"CREATE POLICY kept ON {table} TO {KEEPER} USING (true) WITH CHECK (true)"
    yield (
        f"CREATE POLICY of_owner ON {table} TO {OWNER} USING (current_setting('onestory.owner_reads', true) = 'yes')"
        " WITH CHECK (true)"
    )


def not_shut(sight: Sight) -> Q:
    """The queryset's form of the same: rows about nobody in whose record the reader may not look at all."""
    shut = keys_about(sight, sight.marked("shut"))
    return ~Q(keys__among=shut) if shut else ~Q(pk__in=[])
