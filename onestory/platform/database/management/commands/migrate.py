"""Django's `migrate`, under the owner's role: the application's role may not change a table."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        """Django's arguments, with the owner's connection as the usual one."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Migrate; says what is missing when no owner's connection is known."""
        if options["database"] not in connections:
            raise CommandError("Set DATABASE_OWNER_URL: only the owner of the database may change its tables.")
        return super().execute(*args, **options)
