"""One action, one transaction: what an action calls belongs to it, and is kept or undone with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_within: WeakKeyDictionary[BaseDatabaseWrapper, bool] = WeakKeyDictionary()


@contextmanager
def together(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """As ``transaction.atomic``, for actions that call one another: all is written or nothing.

    The outermost action can be undone by itself, so that a page may show why it was refused. An action within it has no
    savepoint of its own: each costs two statements, and half of an action is never kept. So no action may catch what
    another within it raises and go on; Django refuses every further statement then. Where one has to, it opens a
    ``transaction.atomic`` around the other.

        @together()
        def log_concern(…): …
    """
    connection = connections[using]
    within = _within.get(connection, False) and connection.in_atomic_block
    with transaction.atomic(using=using, savepoint=not within):
        _within[connection] = True
        try:
            yield
        finally:
            _within[connection] = within
