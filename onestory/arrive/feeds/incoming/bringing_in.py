"""One file of a feed into the database, batch by batch, in one transaction: all of it or nothing."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import BinaryIO
from uuid import UUID

from django.db import connection
from django.utils import timezone

from onestory.arrive.entries.front_door import also_told, front_door_of, reports_of, send_reports, send_waiting_report
from onestory.arrive.feeds.extracts import Extract, ExtractRow, Mapping, PersonInRow, read_extract
from onestory.arrive.feeds.incoming.admission import Admission
from onestory.arrive.feeds.incoming.comparing import (
    BATCH,
    Compared,
    Comparing,
    incidents_of,
    new_entry,
    waiting_incidents,
    waiting_row,
)
from onestory.arrive.feeds.incoming.models import Feed, FeedRow, WaitingPerson, WaitingRow
from onestory.arrive.feeds.incoming.people import AgencyPeople, Unclear, likeness
from onestory.arrive.feeds.incoming.reports import Progress, Tell
from onestory.arrive.feeds.source_rows import last_words
from onestory.platform.access.guarding import keys_for_each
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Team
from onestory.platform.history.actions import withdrawals, write_entries
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.history.new_entry import EntryRefused, check
from onestory.platform.history.rereading import queue_rereading

NOBODY = UUID(int=0)


def wait_for_our_turn(feed: Feed) -> None:
    """Files of one agency come one after the other, so that two do not make the same person twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"onestory.feeds.{feed.agency_id}"])


def batches(rows: Iterator[ExtractRow], size: int = BATCH) -> Iterator[list[ExtractRow]]:
    """The rows in portions."""
    while portion := list(itertools.islice(rows, size)):
        yield portion


class BringingIn:
    """One file of one feed. ``check`` compares only, ``write`` writes too. Call them inside ``keeping``."""

    def __init__(self, feed: Feed, *, by: User | None, at: dt.datetime, tell: Tell | None = None) -> None:
        self.feed, self._by, self._at = feed, by, at
        self._tell = tell or (lambda _: None)
        self._today = timezone.localdate(at)
        self._rows = 0
        self._admission = Admission(feed.agency_id, self._today)
        self._front_door: Team | None = None
        self.comparing = Comparing(feed, self._today, AgencyPeople(feed.agency))

    @property
    def counts(self) -> dict[str, int]:
        """What it came to."""
        return {name: count for name, count in self.comparing.counts.items() if count}

    def check(self, file: BinaryIO, *, name: str, mapping: Mapping) -> None:
        """Read the whole file and compare it. Raises ExtractProblems, NotAdmitted and NoFrontDoor."""
        extract = read_extract(file, name=name, mapping=mapping, today=self._today)
        for rows in batches(iter(extract)):
            compared = self.comparing.compare(rows)
            self._check_entries(extract, compared)
            self.comparing.count_reports(compared)
            self._say("Checking", len(rows))
        extract.problems.raise_any()
        self._finish(extract, mapping)
        if self.comparing.counts["reports"]:
            front_door_of(self.feed.agency)

    def _check_entries(self, extract: Extract, compared: Compared) -> None:
        entries = [
            new_entry(row, agency_id=self.feed.agency_id, about=(NOBODY,), seen=(), today=self._today)
            for row in (*compared.taken, *(row for row, _ in compared.waiting))
        ]
        for row, entry in zip((*compared.taken, *(row for row, _ in compared.waiting)), entries, strict=True):
            try:
                check(entry)
            except EntryRefused as refused:
                for one in refused.problems:
                    extract.problems.add(row.number, one.field, one.found, one.allowed)
        if not extract.problems.count:
            self._admission.check(entries)

    def write(self, file: BinaryIO, *, name: str, mapping: Mapping) -> None:
        """Bring the file in, whatever it takes; call it after ``check`` of the same file, in a transaction."""
        extract = read_extract(file, name=name, mapping=mapping, today=self._today)
        for rows in batches(iter(extract)):
            compared = self.comparing.compare(rows)
            self._check_entries(extract, compared)
            extract.problems.raise_any()
            self.take(compared)
            self._say("Bringing in", len(rows))
        extract.problems.raise_any()
        gone = self._finish(extract, mapping)
        if gone:
            self._take_back(gone)

    def take(self, compared: Compared) -> None:
        """Write one batch: people, entries, what waits, and what goes to the front door."""
        self.comparing.people.add(compared.people, by=self._by, at=self._at)
        entries, ids = self.comparing.entries(compared)
        reports = reports_of(incidents_of(compared.taken, entries))
        if reports:
            self._front_door = self._front_door or front_door_of(self.feed.agency)
            entries = also_told(entries, reports, self._front_door)
        written = write_entries(entries, by=self._by, at=self._at)
        self._keep_rows(compared, ids)
        self._keep_waiting(compared)
        if self._front_door is not None:
            send_reports(reports, entries=written.entries, team=self._front_door, by=self._by, at=self._at)
            self.comparing.counts["reports"] += len(reports)
        self._tell_of_waiting(compared)
        queue_rereading(written.people)

    def _tell_of_waiting(self, compared: Compared) -> None:
        """An incident that waits because nobody knows yet who is in it reaches the front door all the same (D11)."""
        for row in waiting_incidents(compared):
            self._front_door = self._front_door or front_door_of(self.feed.agency)
            once = f"waits {self.feed.id} {row.key}"
            send_waiting_report(
                row.happened, agency=self.feed.agency, team=self._front_door, once=once, by=self._by, at=self._at
            )
            self.comparing.counts["reports"] += 1

    def _keep_rows(self, compared: Compared, ids: dict[str, UUID]) -> None:
        FeedRow.objects.bulk_create(
            FeedRow(feed=self.feed, key=row.key, digest=row.digest, entry_id=ids[row.key]) for row in compared.new
        )
        changed = []
        for row in compared.changed:
            before = self.comparing.before[row.key]
            before.digest, before.entry_id = row.digest, ids[row.key]
            changed.append(before)
        FeedRow.objects.bulk_update(changed, ["digest", "entry_id"])
        taken = [row.key for row in compared.taken if row.key in self.comparing.waited]
        if taken:
            WaitingRow.objects.filter(feed=self.feed, key__in=taken).delete()

    def _keep_waiting(self, compared: Compared) -> None:
        """Rows that wait, and the people for whom they wait; both stay as they are where they wait already."""
        people: dict[str, tuple[PersonInRow, Unclear]] = {}
        rows = []
        for row, unclear in compared.waiting:
            people |= {likeness(person): (person, who) for person, who in unclear}
            waited = self.comparing.waited.get(row.key)
            if waited is None or waited.digest != row.digest:
                rows.append(waiting_row(self.feed, row, [person for person, _ in unclear], self._at))
        if rows:
            WaitingRow.objects.filter(feed=self.feed, key__in=[row.key for row in rows]).delete()
            WaitingRow.objects.bulk_create(rows)
        if people:
            self._keep_waiting_people(people)

    def _keep_waiting_people(self, people: dict[str, tuple[PersonInRow, Unclear]]) -> None:
        keys = keys_for_each({like: [one.id for one in who.candidates] for like, (_, who) in people.items()})
        WaitingPerson.objects.bulk_create(
            [
                WaitingPerson(
                    info=InfoClass.INDEX.number,
                    agency=self.feed.agency,
                    keys=keys[like],
                    team=self.feed.team,
                    likeness=like,
                    told=person.plain(),
                    candidates=[one.id for one in who.candidates],
                    since_at=self._at,
                )
                for like, (person, who) in people.items()
            ],
            ignore_conflicts=True,
        )

    def _finish(self, extract: Extract, mapping: Mapping) -> Sequence[FeedRow]:
        """Count what was left out, and in a complete extract find what has vanished from it."""
        if extract.left_out:
            self.comparing.counts["left_out"] = extract.left_out
        if not mapping.complete:
            return []
        held = FeedRow.objects.filter(feed=self.feed).exclude(digest="").iterator(chunk_size=BATCH)
        gone = [row for row in held if bytes.fromhex(row.key) not in extract.keys]
        if gone:
            self.comparing.counts["taken_back"] = len(gone)
        return gone

    def _take_back(self, gone: Sequence[FeedRow]) -> None:
        """From today on these count no more. One that somebody had taken back already stays as it is."""
        for rows in itertools.batched(gone, BATCH):
            standing = last_words(Entry, [row.entry_id for row in rows])
            taken_back = [entry for entry in standing.values() if not entry.withdrawn]
            written = write_entries(withdrawals(taken_back, known=day(self._today)), by=self._by, at=self._at)
            FeedRow.objects.filter(id__in=[row.id for row in rows]).update(digest="")
            queue_rereading(written.people)

    def _say(self, what: str, rows: int) -> None:
        self._rows += rows
        self._tell(Progress(what, self._rows))
