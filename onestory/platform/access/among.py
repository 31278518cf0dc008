"""A lookup for guarded rows: do they have any of these keys?

Django's own ``overlap`` makes an expression of each key, and a reader can have thousands, in several filters of a
query: most of the time that a page took. Here all of them are one parameter, and one that is searched, as the
database's own rules do (row_level.py): an overlap of two arrays compares each key of a row with each of the thousands.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Lookup


class Keys(frozenset[str]):
    """A set of keys, which knows how it is written for the database. A frozen set: Django looks into a list's items."""

    @cached_property
    def written(self) -> str:
        """As the database searches it; in its own order, since it then reads it in less than half the time."""
        return json.dumps(dict.fromkeys(sorted(sorted(self), key=len), 1), separators=(",", ":"))


@ArrayField.register_lookup
class Among(Lookup):
    """``keys__among=Keys(…)``."""

    lookup_name = "among"
    prepare_rhs = False

    def get_prep_lookup(self) -> Any:
        """The keys as they are."""
        return self.rhs

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The operator of the database's own rules, with one parameter."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"%s::jsonb ?| {column}", [self.rhs.written, *parameters]
