"""The front door under load: the decision page of a family with a long history, and many who send concerns at once.

The page is asked for with 1,000 entries by 20 agencies, beside the same page of a child of whom nothing else is known
and beside the bare SQL that reads the same rows. The concerns are sent by 40 people at once to the program as it runs
in earnest, in processes of its own; beside it stands the processor time that each took, on every side together, and how
long 40 people wait for one another at least by that. Smaller: ONESTORY_TEST_ENTRIES, ONESTORY_TEST_CONCERNS,
ONESTORY_TEST_PEOPLE.
"""

from __future__ import annotations

import datetime as dt
import gc
import http.client
import itertools
import os
import random
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

from tests.bench._database import own_database, processor_seconds, spread

ENTRIES = int(os.environ.get("ONESTORY_TEST_ENTRIES") or 1_000)
CONCERNS = int(os.environ.get("ONESTORY_TEST_CONCERNS") or 400)
PEOPLE = int(os.environ.get("ONESTORY_TEST_PEOPLE") or 40)
AGENCIES = 20
TIMES = 20
PROCESSES = 2
TOKEN = "a" * 32
SAID = {"what": "He was alone.", "means": "He is afraid.", "who_saw": "professional", "safe": "yes", "parents": "agree"}
SECTORS = ("school", "police", "health_visiting", "general_practice", "housing", "probation", "urgent_care")
KINDS = ("observation", "visit", "concern", "absence", "note", "attendance")
OWN: dict[str, dict[str, str]] = {"visit": {"outcome": "seen"}, "attendance": {"reason": "A fall"}}


def _place() -> dict[str, Any]:
    """Social care with a duty worker, a school with people who send concerns, agencies that record."""
    from onestory.platform.access.models import User
    from onestory.platform.agencies.actions import add_member, ensure_agency, ensure_team

    at, since = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC), dt.date(2026, 1, 1)

    def team(name: str, sector: str) -> Any:
        agency = ensure_agency(name=name, sector=sector, area="", by=None, at=at)
        return ensure_team(agency=agency, name="Team", answers_for_agency=True, by=None, at=at)

    def works(name: str, where: Any, role: str) -> Any:
        user = User.objects.create(username=name, display_name=name)
        add_member(user=user, team=where, role=role, since_on=since, by=None, at=at)
        return user

    duty, school = team("Social care", "childrens_social_care"), team("School", "school")
    return {
        "duty": works("duty", duty, "duty_social_worker"),
        "school": school,
        "senders": [works(f"sender-{number}", school, "safeguarding_lead") for number in range(PEOPLE)],
        "agencies": [team(f"Agency {number}", SECTORS[number % len(SECTORS)]).agency for number in range(AGENCIES)],
    }


def _child(label: str, place: dict[str, Any], entries: int) -> Any:
    """A child with a mother and so many entries; returns the person."""
    from onestory.platform.history.actions import record_entries, record_relationship
    from onestory.platform.history.dates import day
    from onestory.platform.history.new_entry import NewEntry
    from onestory.platform.people.actions import add_agency_record, add_person

    at, chance = dt.datetime.now(dt.UTC), random.Random(7)
    child, mother = (add_person(is_child=one, by=None, at=at) for one in (True, False))
    records = {
        agency.id: [
            add_agency_record(person_id=one.id, agency_id=agency.id, label=name, by=None, at=at)
            for one, name in ((child, label), (mother, f"Mother of {label}"))
        ]
        for agency in (place["school"].agency, *place["agencies"])
    }
    of_school = records[place["school"].agency.id]
    record_relationship(person=of_school[1], relation="mother", of=of_school[0], by=None, at=at)
    new = []
    for agency, kind in itertools.islice(zip(itertools.cycle(place["agencies"]), itertools.cycle(KINDS)), entries):
        when = day(at.date() - dt.timedelta(days=chance.randrange(30, 2_000)))
        about = tuple(one.id for one in records[agency.id])
        text = "What was seen and said, in a sentence or two as people write them."
        what: dict[str, Any] = {"happened": when, "known": when, "about": about, "own": OWN.get(kind, {})}
        new.append(NewEntry(agency=agency.id, kind=kind, text=text, **what))
    record_entries(new, by=None, at=at) if new else None
    return child


def _concern(place: dict[str, Any], child: Any) -> Any:
    from onestory.arrive.concerns.actions import log_concern

    sender = place["senders"][0]
    now = dt.datetime.now(dt.UTC)
    return log_concern(form="concern", answers=SAID, child_id=child.id, from_team=place["school"], by=sender, at=now)


def _session(user: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _bare_sql(child: Any) -> float:
    """Seconds for the child's rows, fetched with one plain statement a table."""
    from django.db import connection, transaction

    from onestory.platform.access.keeping import keeping

    named = (
        "SELECT about.entry_id FROM history_entryperson about JOIN people_agencyrecord record"
        " ON record.id = about.record_id WHERE record.person_id = %s"
    )
    with transaction.atomic(), keeping(), connection.cursor() as cursor:
        started = time.perf_counter()
        for table in ("entry", "entryperson", "entrytold", "entrytext", "entryreporter"):
            column = "id" if table == "entry" else "entry_id"
            cursor.execute(f"SELECT * FROM history_{table} WHERE {column} IN ({named})", [child.id])
            cursor.fetchall()
        return time.perf_counter() - started


def _page(place: dict[str, Any], child: Any) -> tuple[str, int]:
    """Times of the decision page with the processor time of each, and how many queries it asks."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    path = f"/concerns/{_concern(place, child).id}"
    client, times = Client(headers={"host": "localhost"}), []
    client.force_login(place["duty"])
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
        queries = len(asked)
    gc.collect()
    gc.freeze()  # as whoever serves it does: config/wsgi.py
    busy = processor_seconds()
    for _ in range(TIMES):
        started = time.perf_counter()
        answer = client.get(path)
        times.append(time.perf_counter() - started)
        assert answer.status_code == 200, answer.status_code
    return f"{spread(times)}   busy {(processor_seconds() - busy) / TIMES * 1000:.0f} ms", queries


def _measure_page(place: dict[str, Any]) -> None:
    from django.db import connections

    long, empty = _child("Long", place, ENTRIES), _child("Empty", place, 0)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself before long
    print(f"Decision page: {ENTRIES:,} entries by {AGENCIES} agencies (to be: p95 at most 400 ms)", flush=True)
    (with_all, many), (with_none, few) = _page(place, long), _page(place, empty)
    print(f"  bare SQL of the same rows      {spread([_bare_sql(long) for _ in range(TIMES)])}")
    print(f"  the page of an empty history   {with_none}   {few} queries")
    print(f"  the page                       {with_all}   {many} queries", flush=True)


def _measure_sending(place: dict[str, Any]) -> None:
    """Everybody sends concerns one after the other, all at the same time; the first of each wakes the processes up."""
    from django.utils import timezone

    from onestory.arrive.concerns.actions import save_draft
    from onestory.platform.identifiers import new_id

    work = []
    for sender in place["senders"]:
        drafts = [new_id() for _ in range(CONCERNS // PEOPLE + 1)]
        for draft in drafts:
            given: dict[str, Any] = {"form": "concern", "child_id": None, "team": place["school"], "seen": 0}
            save_draft(draft, answers=SAID | {"child_name": f"Child {draft}"}, by=sender, at=timezone.now(), **given)
        work.append((_session(sender), drafts))
    with _Served() as served, ThreadPoolExecutor(PEOPLE) as people:
        begin = threading.Barrier(PEOPLE)
        list(people.map(lambda one: _sends(served, begin, one[0], one[1][:1]), work))
        started, busy = time.perf_counter(), processor_seconds()
        results = list(people.map(lambda one: _sends(served, begin, one[0], one[1][1:]), work))
        took, busy = time.perf_counter() - started, processor_seconds() - busy
    times = [one for done, _ in results for one in done]
    errors = sum(wrong for _, wrong in results)
    print(f"{len(times) + errors} concerns by {PEOPLE} people at once, {PROCESSES} processes (to be: p95 at most 1 s)")
    print(f"  sent and answered              {spread(times)}   {len(times) / took:.1f} a second   errors: {errors}")
    each, cores = busy / len(times), os.cpu_count() or 1
    waits = f"{PEOPLE} on {cores} cores wait {each * PEOPLE / cores:.2f} s"
    print(f"  floor: busy for each           {each * 1000:7.1f} ms   {waits}")


def _sends(served: _Served, begin: threading.Barrier, session: str, drafts: list[Any]) -> tuple[list[float], int]:
    from django.conf import settings

    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    body, times, errors = urlencode({"csrfmiddlewaretoken": TOKEN, "version": "1"}), [], 0
    begin.wait()
    for draft in drafts:
        started = time.perf_counter()
        line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=120)
        line.request("POST", f"/concerns/check/{draft}", body, headers)
        answer = line.getresponse()
        answer.read()
        took = time.perf_counter() - started
        line.close()
        if answer.headers.get("Location") == f"/concerns/receipt/{draft}":
            times.append(took)
        else:
            errors += 1
    return times, errors


class _Served:
    """The program over HTTP, in processes of its own, as a proxy reaches it."""

    def __enter__(self) -> _Served:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "onestory", "serve", "--port", str(self.port), "--processes", str(PROCESSES)]
        self._process = subprocess.Popen(command, env=os.environ | {"ONESTORY_DEMO": "1", "ONESTORY_BEHIND_PROXY": "1"})
        end = time.monotonic() + 120
        while not self._listens():
            assert time.monotonic() < end, "The program does not listen."
            time.sleep(0.2)
        return self

    def _listens(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(60)


def main() -> None:
    """Measure on a database of its own."""
    with own_database(demonstration=True):
        from django.conf import settings

        settings.DEMO = True  # nobody has a second proof here
        place = _place()
        _measure_page(place)
        _measure_sending(place)


if __name__ == "__main__":
    main()
