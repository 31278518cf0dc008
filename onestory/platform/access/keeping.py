"""The program's own roles in the database, for what it writes and works out by itself.

Row-level security cuts every page to its reader. What *follows* from entries must not be cut: that an entry's
commitments, households, stories and alerts are brought up to date cannot depend on who wrote the entry. So an action, a
job, a projection or a reader of the signals does that part of its work under the role `onestory_keeper`, which sees
every row. Nothing that it reads is shown: a query may learn by it whom to ask for, and then reads as its reader;
tests/architecture lists who may.

What the signals read is cut again: they read as the detector, who sees summaries alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus

from onestory.platform.database.roles import AUDIT_READER, DETECTOR, KEEPER, SEALER

_taken: WeakKeyDictionary[BaseDatabaseWrapper, str | None] = WeakKeyDictionary()


@contextmanager
def keeping(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Work as the keeper until the block ends: every row is seen and may be written as the tables allow.

    Inside a transaction it costs two statements and leaves the reader of the transaction as it was; outside it opens
    one. Blocks may lie within one another. Evaluate querysets inside: one that is read later is read as before.

        with keeping():
            Entry.objects.bulk_create(rows)
    """
    with _as_role(connections[using], KEEPER):
        yield


@contextmanager
def detecting(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Read as the rules of the signals may: summaries, no words, and less of some services, until the block ends.

    What that is stands in platform/history/detection.sql and, for feeds, in arrive/feeds. It writes nothing.
    """
    with _as_role(connections[using], DETECTOR):
        yield


@contextmanager
def sealing(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Work as the sealer, who reads the audit and adds to the chain over it, until the block ends."""
    with _as_role(connections[using], SEALER):
        yield


@contextmanager
def reading_audit(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Work as the audit reader, who reads the audit and the chain and nothing else, until the block ends."""
    with _as_role(connections[using], AUDIT_READER):
        yield


def is_keeping(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether the connection works as the keeper just now."""
    return _taken.get(connections[using]) == KEEPER


@contextmanager
def _as_role(connection: BaseDatabaseWrapper, role: str) -> Iterator[None]:
    if _taken.get(connection) == role:
        yield
    elif connection.in_atomic_block:
        with _taking(connection, role):
            yield
    else:
        with transaction.atomic(using=connection.alias), _taking(connection, role):
            yield


@contextmanager
def _taking(connection: BaseDatabaseWrapper, role: str) -> Iterator[None]:
    before, held = _take(connection, role), _taken.get(connection)
    _taken[connection] = role
    try:
        yield
    finally:
        _taken[connection] = held
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
