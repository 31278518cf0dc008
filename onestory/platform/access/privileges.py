"""What the roles that run the program may not do with the tables of access."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import RunSQL

from onestory.platform.database.own_sql import OwnSql, TableOf
from onestory.platform.database.roles import APPLICATION, KEEPER, PROGRAM_ROLES


def only_read(*models: str) -> OwnSql:
    """A migration's operation: the program may read these tables and write nothing there.

    ``models`` are names such as ``access.PolicyCell``.
    """

    def revoke(table_of: TableOf, schema_editor: Any) -> None:
        for model in models:
            table = schema_editor.quote_name(table_of(model))
            schema_editor.execute(
                f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON TABLE {table} FROM {', '.join(PROGRAM_ROLES)}"
            )

    return OwnSql(revoke)


_GIVE_THE_SAME = """
DO $$
DECLARE given record;
BEGIN
  FOR given IN SELECT table_name, privilege_type FROM information_schema.table_privileges
    WHERE table_schema = 'public' AND grantee = '%(like)s'
      AND privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
  LOOP
    EXECUTE format('GRANT %%s ON TABLE %%I TO %(role)s', given.privilege_type, given.table_name);
  END LOOP;
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO %(role)s;
END $$
"""


def give_the_same(role: str) -> RunSQL:
    """A migration's operation: a role of the program gets the application's rights to the tables that are there."""
    return RunSQL(_GIVE_THE_SAME % {"like": APPLICATION, "role": role}, RunSQL.noop)


def give_keeper_the_same() -> RunSQL:
    """The same for the keeper, whose role is younger than the first tables."""
    return give_the_same(KEEPER)
