"""Reading a family again after one new entry, beside the bare SQL that reads the same rows.

Child F's history is in the database. An observation is recorded, then the circle is read again; every time the whole
history of the family is re-read against every rule. How often: ONESTORY_TEST_TIMES (30). The floor is that of a page:
whoever wrote the entry down may be waiting for it. The processor's time is this program's own, without the database's.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from tests.bench._database import own_database, spread

if TYPE_CHECKING:
    from onestory.platform.people.models import AgencyRecord

HOUSE = Path(__file__).resolve().parents[2]
START = dt.date(2019, 2, 1)
TIMES = int(os.environ.get("ONESTORY_TEST_TIMES") or 30)
FLOOR = 400.0
"""Milliseconds, p95."""


def _rows_by_bare_sql(people: list[UUID]) -> float:
    """Seconds for the rows that a re-reading needs, fetched with one plain statement a table."""
    from django.db import connection

    from onestory.platform.access.keeping import keeping

    tables = ("entry", "entryperson", "entrytold", "entrytext", "entrysourcedetail", "entryreporter", "entrylocation")
    named = (
        "SELECT about.entry_id FROM history_entryperson about JOIN people_agencyrecord record"
        " ON record.id = about.record_id WHERE record.person_id = ANY(%s)"
    )
    started = time.perf_counter()
    with keeping(), connection.cursor() as cursor:
        for table in tables:
            column = "id" if table == "entry" else "entry_id"
            cursor.execute(f"SELECT * FROM history_{table} WHERE {column} IN ({named})", [people])
            cursor.fetchall()
        cursor.execute("SELECT * FROM people_agencyrecord WHERE person_id = ANY(%s)", [people])
        cursor.fetchall()
    return time.perf_counter() - started


def _family_f() -> tuple[list[UUID], list[UUID], AgencyRecord]:
    """Import Child F up to the first day; the children, everybody, and what the school holds of a child."""
    from onestory.arrive.feeds.actions import import_files
    from onestory.platform.access.keeping import keeping
    from onestory.platform.people.models import AgencyRecord, Person

    import_files([HOUSE / "demonstration" / "child-f.yaml"], by=None, at=_morning_of(START), until=START)
    with keeping():
        children = list(Person.objects.filter(is_child=True).values_list("id", flat=True))
        people = list(Person.objects.values_list("id", flat=True))
        record = AgencyRecord.objects.filter(person__in=children, agency__sector="school").order_by("id")[0]
    return children, people, record


def _morning_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)


def _note(record: AgencyRecord, on: dt.date) -> None:
    from onestory.platform.history.actions import record_entry
    from onestory.platform.history.dates import day

    record_entry(
        agency=record.agency_id,
        kind="observation",
        happened=day(on),
        about=(record.id,),
        factors={"hygiene"},
        text="Came to school unwashed.",
        by=None,
        at=_morning_of(on),
    )


def _loaded(children: list[UUID]) -> tuple[float, int]:
    """Seconds for loading the history, and how many entries it has."""
    from onestory.platform.access.keeping import keeping
    from onestory.platform.history.loading import load_history

    started = time.perf_counter()
    with keeping():
        entries = len(load_history(children).entries)
    return time.perf_counter() - started, entries


def _measure() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from onestory.oversee.signals.actions import read_again

    children, people, record = _family_f()
    read_again(child_ids=children, today=START, at=_morning_of(START))
    live, busy, load, bare, queries = [], [], [], [], set()
    entries = 0
    for number in range(TIMES):
        today = START + dt.timedelta(days=number + 1)
        _note(record, today)
        started, began = time.perf_counter(), time.process_time()
        with CaptureQueriesContext(connection) as captured:
            asked = read_again(child_ids=children, today=today, at=_morning_of(today))
        live.append(time.perf_counter() - started)
        busy.append(time.process_time() - began)
        if not asked:
            queries.add(len(captured))
        seconds, entries = _loaded(children)
        load.append(seconds)
        bare.append(_rows_by_bare_sql(people))
    print(f"Live reading of {len(children)} children, {entries} entries, every rule, one new entry at a time")
    print(f"  bare SQL of the same rows            {spread(bare)}")
    print(f"  loading the history                  {spread(load)}")
    kept = "kept" if sorted(live)[int(len(live) * 0.95)] * 1000 <= FLOOR else "NOT KEPT"
    print(f"  reading again, asking, writing down  {spread(live)}   floor p95 {FLOOR:.0f} ms: {kept}")
    print(f"    of it this processor's time        {spread(busy)}")
    print(f"  queries where nothing is asked: {sorted(queries)} (fixed, however many entries)")


if __name__ == "__main__":
    with own_database():
        _measure()
