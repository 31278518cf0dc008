"""The program's own role in the database, for what it writes and works out by itself.

Row-level security cuts every page to its reader. What *follows* from entries must not be cut: that an entry's
commitments, households, stories and alerts are brought up to date cannot depend on who wrote the entry. So an action, a
job, a projection or a reader of the signals does that part of its work under the role `onestory_keeper`, which sees
every row. Views and queries that show something never do; tests/architecture lists who may.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus

from onestory.platform.database.roles import KEEPER

_keeping: WeakKeyDictionary[BaseDatabaseWrapper, bool] = WeakKeyDictionary()


@contextmanager
def keeping(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Work as the keeper until the block ends: every row is seen and may be written as the tables allow.

    Inside a transaction it costs two statements and leaves the reader of the transaction as it was; outside it opens
    one. Blocks may lie within one another. Evaluate querysets inside: one that is read later is read as before.

        with keeping():
            Entry.objects.bulk_create(rows)
    """
    connection = connections[using]
    if _keeping.get(connection):
        yield
    elif connection.in_atomic_block:
        with _as_keeper(connection):
            yield
    else:
        with transaction.atomic(using=using), _as_keeper(connection):
            yield


def is_keeping(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether the connection works as the keeper just now."""
    return _keeping.get(connections[using], False)


@contextmanager
def _as_keeper(connection: BaseDatabaseWrapper) -> Iterator[None]:
    before = _take(connection, KEEPER)
    _keeping[connection] = True
    try:
        yield
    finally:
        _keeping[connection] = False
        # After a failed statement nothing can be said to the server. The rollback that must follow, to a point before
        # this block, gives the role back by itself: it was taken for the transaction only.
        if _can_be_spoken_to(connection):
            _take(connection, before)


def _take(connection: BaseDatabaseWrapper, role: str) -> str:
    """Take a role until the transaction ends; returns the one before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role'), set_config('role', %s, true)", [role])
        return str(cursor.fetchone()[0])


def _can_be_spoken_to(connection: BaseDatabaseWrapper) -> bool:
    opened = connection.connection
    if opened is None or opened.closed:
        return False
    return opened.info.transaction_status == TransactionStatus.INTRANS and not connection.needs_rollback
