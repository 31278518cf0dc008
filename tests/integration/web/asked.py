"""How addresses are asked for with ids in them and fields sent to them; what an answer says, and what it changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection, transaction
from django.forms import BaseForm
from django.test import Client

from onestory.platform.access.keeping import keeping
from tests.integration.web.addresses import WORDS, parts, routes

OF_NO_CHILD = {
    "passkey", "sign_in", "agency", "team", "user", "post", "why", "actor", "day", "signal", "sort", "parameter",
    "proposal", "protocol", "mapping", "feed_name", "form", "token", "section", "offer", "proposed", "service",
    "part", "of", "agreement",
}  # fmt: skip
"""Parts of addresses that tell nothing about a child: the office's, the privacy officer's, rules, kinds of pages."""
OF_THE_REQUEST = re.compile(rb'nonce="[^"]*"|(name="(csrfmiddlewaretoken|written_by)" value="[^"]*")')
ANY_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
CHANGES_BY_LOOKING = {"access_accessrecord", "access_auditseal", "accounts_attempts"}
TODAY = "22/11/2026"
FORM = "application/x-www-form-urlencoded"
Fields = dict[str, str | list[str]]


@cache
def about_a_child() -> tuple[str, ...]:
    """Routes in which the id of a row about a child stands."""
    return tuple(route for route in routes() if set(parts(route)) - OF_NO_CHILD)


def filled(route: str, ids: Callable[[str], object]) -> str:
    """The address with ids in the place of its parts; what is of no child keeps a word that fits anywhere."""
    given = iter([WORDS.get(one, uuid4()) if one in OF_NO_CHILD else ids(one) for one in parts(route)])
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda _: str(next(given)), route)


def nobody() -> Callable[[str], UUID]:
    """Ids of nothing at all, for the parts of one address."""
    return cache(lambda name: uuid4())


def send(client: Client, address: str, fields: Fields, *, follow: bool = False) -> Any:
    """Send these fields to the address, as a form without files does."""
    return client.post(address, _body(_hashable(fields)), content_type=FORM, follow=follow)


def _hashable(fields: Fields) -> tuple[tuple[str, str | tuple[str, ...]], ...]:
    return tuple((name, value if isinstance(value, str) else tuple(value)) for name, value in fields.items())


@cache
def _body(fields: tuple[tuple[str, str | tuple[str, ...]], ...]) -> str:
    return urlencode(fields, doseq=True)


def told(answer: Any) -> tuple[int, bytes, str]:
    """An answer without nonce, token and ids: those that were asked for and those that were made."""
    said = OF_THE_REQUEST.sub(b"", answer.content)
    where = answer.headers.get("Location", "")
    said, where = ANY_ID.sub(b"ID", said), ANY_ID.sub(b"ID", where.encode()).decode()
    return answer.status_code, said, where


def tables(*apps_of: str) -> list[str]:
    """Tables of the program's own apps, or of these, but what a look itself adds to."""
    models = [one for one in apps.get_models() if one.__module__.startswith("onestory.") and one._meta.managed]
    named = {one._meta.db_table for one in models if not apps_of or one._meta.app_label in apps_of}
    return sorted(named - CHANGES_BY_LOOKING)


def digests(names: list[str], where: str = "") -> dict[str, str]:
    """What stands in each table, or in its rows in whose text the pattern is, whoever asks."""
    with keeping(), connection.cursor() as cursor:
        found = {}
        for name in names:
            digest = "md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
            cursor.execute(f"SELECT {digest} FROM {name} t WHERE t::text ~ %s", [where])
            found[name] = cursor.fetchone()[0]
        return found


def changed(before: dict[str, str], where: str = "") -> set[str]:
    """Tables in which something else stands than before."""
    now = digests(list(before), where)
    return {name for name, digest in now.items() if digest != before[name]}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written meanwhile is taken back: what comes next finds everything as it was."""
    before = transaction.savepoint_create()
    yield
    transaction.savepoint_rollback(before)


def changes_of(doing: Callable[[], Any], where: str = "") -> tuple[Any, set[str]]:
    """What comes of doing it, and the tables in which something else stands after it; all of it is taken back.

    PostgreSQL counts what was written to each table, even where it was taken back: only those are read whole.
    """
    before = _written()
    with undone():
        answer = doing()
        wrote = {name for name, count in _written().items() if count != before.get(name)} & set(tables())
        after = digests(sorted(wrote), where)
    return answer, changed(after, where)


def _written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())


@cache
def every_field() -> Fields:
    """Every field of every form and of every model, with a value that a form might take."""
    forms = [one for one in _kinds_of(BaseForm) if one.__module__.startswith("onestory.")]
    fields = {name: field for form in forms for name, field in getattr(form, "base_fields", {}).items()}
    models = [model for model in apps.get_models() if model.__module__.startswith("onestory.")]
    names = set(fields) | {
        name for model in models for field in model._meta.concrete_fields for name in (field.name, field.attname)
    }
    known: Fields = {name: TODAY for name, field in fields.items() if type(field).__name__ == "DayField"}
    known |= {"sure": "on", "role": "social_work_manager", "username": "mallory", "is_active": "on", "info": "1"}
    known |= {"at_most": "4", "level": "4", "until_on": "1/1/2020", "since_on": "1/1/2020", "state": "kept"}
    anything: Fields = dict.fromkeys(sorted(names), "1")
    return anything | known


def _kinds_of(base: type) -> Iterator[type]:
    for one in base.__subclasses__():
        yield one
        yield from _kinds_of(one)
