"""A lookup for guarded rows: do they have any of these keys?

Django's own ``overlap`` makes an expression of each key, and a reader can have thousands, in several filters of a
query: most of the time that a page took. Here all of them are one parameter.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Lookup


@ArrayField.register_lookup
class Among(Lookup):
    """``keys__among=frozenset(keys)``. A frozen set, since Django would look into each item of a list."""

    lookup_name = "among"
    prepare_rhs = False

    def get_prep_lookup(self) -> Any:
        """The keys as they are."""
        return self.rhs

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The operator of the database's own rules, with one parameter."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} && %s::text[]", [*parameters, sorted(self.rhs)]
