"""What the roles that run the program may not do with the tables of access."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import RunPython, RunSQL

from onestory.platform.database.roles import APPLICATION, KEEPER, PROGRAM_ROLES


def only_read(*models: str) -> RunPython:
    """A migration's operation: the program may read these tables and write nothing there.

    ``models`` are names such as ``access.PolicyCell``.
    """

    def revoke(apps: Any, schema_editor: Any) -> None:
        for model in models:
            table = schema_editor.quote_name(apps.get_model(model)._meta.db_table)
            schema_editor.execute(
                f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON TABLE {table} FROM {', '.join(PROGRAM_ROLES)}"
            )

    return RunPython(revoke, RunPython.noop)


_GIVE_THE_SAME = f"""
DO $$
DECLARE given record;
BEGIN
  FOR given IN SELECT table_name, privilege_type FROM information_schema.table_privileges
    WHERE table_schema = 'public' AND grantee = '{APPLICATION}'
      AND privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
  LOOP
    EXECUTE format('GRANT %s ON TABLE %I TO {KEEPER}', given.privilege_type, given.table_name);
  END LOOP;
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {KEEPER};
END $$
"""


def give_keeper_the_same() -> RunSQL:
    """A migration's operation: the keeper gets the application's rights to the tables that were there before it was."""
    return RunSQL(_GIVE_THE_SAME, RunSQL.noop)
