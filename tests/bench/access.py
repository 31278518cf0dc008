"""What it costs to be shown only one's own: pages' queries with policy and row-level security, beside the same without.

Invented rows by plain SQL: families of four with six agencies each, entries spread over them, a reader with 400 ties.
"Without" is the keeper, whom no rule cuts; "with" is the reader's own request, its beginning included. How many
entries: ONESTORY_TEST_ENTRIES (100,000; the promise is made for 1,000,000).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from tests.bench._database import own_database, spread

ENTRIES = int(os.environ.get("ONESTORY_TEST_ENTRIES") or 100_000)
TIES = 400
TIMES = 40
ENTRIES_OF_A_FAMILY = 100

FILL = """
INSERT INTO agencies_agency (id, name, sector, area)
  SELECT gen_random_uuid(), 'Agency ' || n, 'health', 'Area' FROM generate_series(1, 6) n;
INSERT INTO people_person (id, is_child, since_at)
  SELECT gen_random_uuid(), n %% 4 < 2, now() FROM generate_series(1, %(people)s) n;
INSERT INTO people_agencyrecord (id, person_id, agency_id, number, label, given_name, family_name, born, sex,
    nhs_number, upn, recorded_at, info, keys)
  SELECT gen_random_uuid(), p.id, a.id, '', 'Somebody', '', '', '', '', '', '', now(), 1, '{}'
  FROM people_person p, agencies_agency a;
CREATE TEMP TABLE child AS SELECT p.id, row_number() OVER () AS n FROM people_person p WHERE is_child;
CREATE INDEX ON child (n);
CREATE TEMP TABLE said AS
  SELECT gen_random_uuid() AS id, n, 1 + n %% (SELECT count(*) FROM child) AS child, n %% 6 AS agency
  FROM generate_series(1, %(entries)s) n;
CREATE TEMP TABLE about AS
  SELECT s.id AS entry, r.id AS record, r.agency_id, m.mark, s.n
  FROM said s JOIN child c ON c.n = s.child
  JOIN LATERAL (SELECT * FROM people_agencyrecord r WHERE r.person_id = c.id
                ORDER BY r.agency_id OFFSET s.agency LIMIT 1) r ON true
  JOIN access_recordmark m ON m.record_id = r.id;
INSERT INTO history_entry (id, happened, happened_first, happened_last, known, known_on, position, recorded_at,
    agency_id, kind, factors, count, weight, restricted, ref, own, withdrawn, from_the_start, info, keys)
  SELECT entry, day::text, day, day, day::text, day, n, now(), agency_id, 'concern', '{}', 1, 'routine', '', '', '{}',
    false, false, 2, ARRAY['=' || mark, mark::text]
  FROM about, LATERAL (SELECT date '2020-01-01' + (n %% 2000)::int AS day) AS days;
INSERT INTO history_entryperson (entry_id, record_id, part, known_on, position, info, keys)
  SELECT entry, record, 'about', date '2020-01-01' + (n %% 2000)::int, n, 0, '{}' FROM about;
INSERT INTO history_entrytext (entry_id, text, own, restricted, info, keys)
  SELECT entry, 'Words', '{}', false, 0, '{}' FROM about;
"""


def _fill() -> Any:
    """The rows, and the reader's post."""
    import datetime as dt

    from django.db import connections, transaction

    from onestory.platform.access.models import Tie, User
    from onestory.platform.agencies.models import Agency, Membership, Team

    children = max(ENTRIES // ENTRIES_OF_A_FAMILY, TIES + 1)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SET LOCAL onestory.owner_reads = 'yes'")
        cursor.execute(FILL, {"people": children * 2, "entries": ENTRIES})
        cursor.execute("ANALYZE")
        cursor.execute("SELECT id FROM child ORDER BY n LIMIT %s", [TIES])
        mine = [row[0] for row in cursor.fetchall()]
    user = User.objects.create(username="reader", display_name="Reader")
    elsewhere = Agency.objects.create(name="Reader's own", sector="childrens_social_care", area="Area")
    team = Team.objects.create(agency=elsewhere, name="Team")
    post = Membership.objects.create(user=user, team=team, role="social_worker", since_on=dt.date(2020, 1, 1))
    since = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    Tie.objects.bulk_create(
        Tie(person_id=one, user=user, kind="worker", because="named", since_at=since) for one in mine
    )
    return post, mine


def _latest(rows: Any, child: Any) -> list[Any]:
    """A child's latest 25 entries."""
    from onestory.platform.access.models import RecordMark
    from onestory.platform.history.models import Entry, EntryPerson

    records = list(RecordMark.objects.filter(person=child).values_list("record_id", flat=True))
    named = rows(EntryPerson.objects.filter(record__in=records))
    latest = list(named.order_by("-known_on", "-position").values_list("entry_id", flat=True)[:25])
    return list(rows(Entry.objects.filter(id__in=latest)))


def _caseload(rows: Any, people: list[Any]) -> list[Any]:
    """The day of the last entry of each record of everybody whom the reader works with: one walk of an index each."""
    from django.db.models import OuterRef, Subquery

    from onestory.platform.access.models import RecordMark
    from onestory.platform.history.models import EntryPerson

    named = rows(EntryPerson.objects.filter(record=OuterRef("record_id"))).order_by("-known_on", "-position")
    records = RecordMark.objects.filter(person__in=people)
    return list(records.annotate(last=Subquery(named.values("known_on")[:1])).values_list("record", "last"))


def _timed(what: str, ask: Callable[[], list[Any]]) -> float:
    """Print how long it takes; returns the median in milliseconds."""
    ask()
    times = []
    for _ in range(TIMES):
        started = time.perf_counter()
        found = ask()
        times.append(time.perf_counter() - started)
    print(f"  {what:<58} {spread(times)}   {len(found):>5} rows", flush=True)
    return sorted(times)[len(times) // 2] * 1000


def _promise(what: str, kept: bool) -> None:
    print(f"  {'kept' if kept else 'NOT KEPT'}: {what}", flush=True)


def _measure() -> None:
    from django.db import transaction
    from django.utils import timezone

    from onestory.platform.access.auditing import record_access
    from onestory.platform.access.keeping import keeping
    from onestory.platform.access.reading_as import read_as
    from onestory.platform.access.visibility import visible_to

    post, mine = _fill()
    print(f"access: {ENTRIES:,} entries, a reader with {TIES} ties", flush=True)

    def without(ask: Callable[..., list[Any]], of: Any) -> list[Any]:
        with transaction.atomic(), keeping():
            return ask(lambda rows: rows, of)

    def with_rules(ask: Callable[..., list[Any]], of: Any, among: Any) -> list[Any]:
        with transaction.atomic():
            sight = read_as(post, at=timezone.now(), among=among)
            return ask(lambda rows: visible_to(sight, rows), of)

    child = mine[0]
    floor = _timed("latest 25 of a child, nothing guarded", lambda: without(_latest, child))
    cut = _timed("latest 25 of a child, policy and row-level security", lambda: with_rules(_latest, child, [child]))
    _promise(
        f"at most twice the floor, or 2 ms more: {cut:.1f} ms beside {floor:.1f} ms, × {cut / floor:.1f}",
        cut <= max(2 * floor, floor + 2),
    )
    _timed("the same, among all ties", lambda: with_rules(_latest, child, None))
    _timed("a caseload's list, nothing guarded", lambda: without(_caseload, mine))
    cut = _timed("a caseload's list, policy and row-level security", lambda: with_rules(_caseload, mine, None))
    _promise(f"a caseload's list within 50 ms: {cut:.1f} ms", cut <= 50)
    started, number = time.perf_counter(), 2_000
    with transaction.atomic():
        for _ in range(number):
            record_access(act="look", what="bench", by=post.user, at=timezone.now(), people=[child])
    print(f"  audit rows added in a second: {number / (time.perf_counter() - started):,.0f}", flush=True)


def main() -> None:
    """Measure on a database of its own."""
    with own_database():
        _measure()


if __name__ == "__main__":
    main()
