"""Conditions of guarded rows, written down as SQL at once.

Django's own ``Q`` looks into every part and value several times on its way into a query, and each page asks for rows of
a dozen guarded tables: half of what ``visible_to`` took. Here each is text with its values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from django.db.models import BooleanField, Expression, F

_COLUMN = re.compile(r"{(\w+)}")


class Sql(NamedTuple):
    """What has to hold of a row: ``text`` with columns in braces and ``%s`` for each of ``values``."""

    text: str
    values: tuple[Any, ...] = ()


Condition = Sql | bool
"""True: of every row, False: of no row."""


def some(*conditions: Condition) -> Condition:
    """Rows of which some condition holds."""
    return _joined(" OR ", conditions, settles=True)


def every(*conditions: Condition) -> Condition:
    """Rows of which every condition holds."""
    return _joined(" AND ", conditions, settles=False)


def unless(condition: Condition) -> Condition:
    """Rows of which the condition does not hold."""
    return not condition if isinstance(condition, bool) else Sql(f"NOT ({condition.text})", condition.values)


def _joined(word: str, conditions: Iterable[Condition], *, settles: bool) -> Condition:
    left = []
    for one in conditions:
        if not isinstance(one, bool):
            left.append(one)
        elif one is settles:
            return settles
    if len(left) < 2:
        return left[0] if left else not settles
    return Sql(word.join(f"({one.text})" for one in left), tuple(value for one in left for value in one.values))


class Holds(Expression):
    """``rows.filter(Holds(condition))``.

    One CASE around it all: the planner then takes it for even odds, and goes on walking an index in order (as in
    row_level.py).
    """

    conditional = True
    output_field = BooleanField()

    def __init__(self, condition: Condition) -> None:
        super().__init__()
        self.condition = condition if isinstance(condition, Sql) else Sql(str(condition).lower())
        self.names = tuple(dict.fromkeys(_COLUMN.findall(self.condition.text)))
        self.columns: list[Any] = [F(name) for name in self.names]

    def get_source_expressions(self) -> list[Any]:
        """The columns: Django gives each the name of its table in the query."""
        return self.columns

    def set_source_expressions(self, exprs: Any) -> None:
        """Take the columns as they are named in the query."""
        self.columns = list(exprs)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The text with the columns of this query."""
        columns = {name: compiler.compile(column)[0] for name, column in zip(self.names, self.columns, strict=True)}
        text = _COLUMN.sub(lambda part: cast("str", columns[part[1]]), self.condition.text)
        return f"CASE WHEN {text} THEN true ELSE false END", list(self.condition.values)
