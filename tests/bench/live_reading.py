"""Reading a family again after one new entry, beside the bare SQL that reads the same rows.

Child F's history is in the database. An observation is recorded, then the circle is read again, thirty times; every
time the whole history of the family is re-read against every rule.
"""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

from tests.bench._database import own_database, spread

HOUSE = Path(__file__).resolve().parents[2]
START = dt.date(2019, 2, 1)
TIMES = 30


def _rows_by_bare_sql(people: list) -> float:
    """Seconds for the rows that a re-reading needs, fetched with one plain statement a table."""
    from django.db import connection

    tables = ("entry", "entryperson", "entrytold", "entrytext", "entrysourcedetail", "entryreporter", "entrylocation")
    named = (
        "SELECT about.entry_id FROM history_entryperson about JOIN people_agencyrecord record"
        " ON record.id = about.record_id WHERE record.person_id = ANY(%s)"
    )
    started = time.perf_counter()
    with connection.cursor() as cursor:
        for table in tables:
            column = "id" if table == "entry" else "entry_id"
            cursor.execute(f"SELECT * FROM history_{table} WHERE {column} IN ({named})", [people])
            cursor.fetchall()
        cursor.execute("SELECT * FROM people_agencyrecord WHERE person_id = ANY(%s)", [people])
        cursor.fetchall()
    return time.perf_counter() - started


def _measure() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from onestory.arrive.feeds.actions import import_files
    from onestory.oversee.signals.actions import read_again
    from onestory.platform.history.actions import record_entry
    from onestory.platform.history.dates import day
    from onestory.platform.history.loading import load_history
    from onestory.platform.people.models import AgencyRecord, Person

    at = dt.datetime.combine(START, dt.time(9), tzinfo=dt.UTC)
    import_files([HOUSE / "demonstration" / "child-f.yaml"], by=None, at=at, until=START)
    children = list(Person.objects.filter(is_child=True).values_list("id", flat=True))
    people = list(Person.objects.values_list("id", flat=True))
    read_again(child_ids=children, today=START, at=at)
    record = AgencyRecord.objects.filter(person__in=children, agency__sector="school").first()
    assert record is not None
    live, load, bare, queries = [], [], [], set()
    for number in range(TIMES):
        today = START + dt.timedelta(days=number + 1)
        now = dt.datetime.combine(today, dt.time(9), tzinfo=dt.UTC)
        record_entry(
            agency=record.agency_id,
            kind="observation",
            happened=day(today),
            about=(record.id,),
            factors={"hygiene"},
            text="Came to school unwashed.",
            by=None,
            at=now,
        )
        started = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            asked = read_again(child_ids=children, today=today, at=now)
        live.append(time.perf_counter() - started)
        if not asked:
            queries.add(len(captured))
        started = time.perf_counter()
        load_history(children)
        load.append(time.perf_counter() - started)
        bare.append(_rows_by_bare_sql(people))
    entries = len(load_history(children).entries)
    print(f"Live reading of {len(children)} children, {entries} entries, every rule, one new entry at a time")
    print(f"  bare SQL of the same rows            {spread(bare)}")
    print(f"  loading the history                  {spread(load)}")
    print(f"  reading again, asking, writing down  {spread(live)}")
    print(f"  queries where nothing is asked: {sorted(queries)} (fixed, however many entries)")


if __name__ == "__main__":
    with own_database():
        _measure()
