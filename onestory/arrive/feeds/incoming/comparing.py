"""A batch of an extract's rows against what was brought in before: what is new, what changed, what must wait."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from onestory.arrive.entries.front_door import INCIDENTS, Incident, SentAs, is_for_front_door, reports_of
from onestory.arrive.feeds.extracts import ExtractRow, PersonInRow
from onestory.arrive.feeds.incoming.models import Feed, FeedRow, WaitingRow
from onestory.arrive.feeds.incoming.people import AgencyPeople, Known, Unclear, Unknown, likeness
from onestory.arrive.feeds.source_rows import last_words
from onestory.platform.accounts.sealing import seal
from onestory.platform.history.dates import When, day
from onestory.platform.history.models import Entry
from onestory.platform.history.new_entry import NewEntry
from onestory.platform.identifiers import new_id

BATCH = 1_000
"""Rows that are compared and written together: a fixed number of queries for each."""

SEALED_FOR = "feeds.waiting-row"
COUNTED = ("new", "changed", "unchanged", "waiting", "taken_back", "left_out", "people", "reports")


@dataclass(slots=True)
class Compared:
    """What a batch comes to. ``entries`` : what would be written, each with the row that says it."""

    new: list[ExtractRow] = field(default_factory=list)
    changed: list[ExtractRow] = field(default_factory=list)
    unchanged: list[ExtractRow] = field(default_factory=list)
    waiting: list[tuple[ExtractRow, list[tuple[PersonInRow, Unclear]]]] = field(default_factory=list)
    people: list[PersonInRow] = field(default_factory=list)

    @property
    def taken(self) -> list[ExtractRow]:
        """Rows that become entries."""
        return [*self.new, *self.changed]


@dataclass(slots=True)
class Comparing:
    """Compares the batches of one file of one feed. The same for a dry run and for the import itself."""

    feed: Feed
    today: dt.date
    people: AgencyPeople
    counts: Counter[str] = field(default_factory=Counter)
    unknown: set[str] = field(default_factory=set)
    before: dict[str, FeedRow] = field(default_factory=dict)
    waited: dict[str, WaitingRow] = field(default_factory=dict)

    def compare(self, rows: Sequence[ExtractRow]) -> Compared:
        """Sort a batch into what is new, changed, unchanged and waiting. Five queries."""
        keys = [row.key for row in rows]
        self.before = {one.key: one for one in FeedRow.objects.filter(feed=self.feed, key__in=keys)}
        self.waited = {one.key: one for one in WaitingRow.objects.filter(feed=self.feed, key__in=keys)}
        self.people.look_up([person for row in rows for person in row.people])
        found = Compared()
        for row in rows:
            self._sort(row, found)
        return found

    def _sort(self, row: ExtractRow, found: Compared) -> None:
        unclear = [(one, who) for one in row.people if isinstance(who := self.people.find(one), Unclear)]
        before = self.before.get(row.key)
        if before and before.digest == row.digest:
            found.unchanged.append(row)
            self.counts["unchanged"] += 1
        elif unclear:
            found.waiting.append((row, unclear))
            self.counts["waiting"] += 1
        else:
            (found.changed if before else found.new).append(row)
            self.counts["changed" if before else "new"] += 1
        if not unclear or before:
            clear = [one for one in row.people if not isinstance(self.people.find(one), Unclear)]
            found.people += clear
            self._count_unknown(clear)

    def _count_unknown(self, people: Iterable[PersonInRow]) -> None:
        for person in people:
            if isinstance(self.people.find(person), Unknown):
                name = person.number or person.nhs_number
                if name not in self.unknown:
                    self.unknown.add(name)
                    self.counts["people"] += 1

    def count_reports(self, compared: Compared) -> None:
        """Of what is taken, count what goes to the front door; for a dry run, which makes no records of people."""
        rows = {row.key: row for row in compared.taken if row.kind in INCIDENTS}
        known = [incident_of(row, self._as_known(row)) for row in rows.values()]
        told = {report.incident.new.id for report in reports_of(known)} if known else set()
        self.counts["reports"] += len(told) + len(waiting_incidents(compared))

    def _as_known(self, row: ExtractRow) -> NewEntry:
        known = [who for one in row.people if isinstance(who := self.people.find(one), Known)]
        about = tuple(who.newest.id for who in known)
        return new_entry(row, agency_id=self.feed.agency_id, about=about, seen=(), today=self.today)

    def entries(self, compared: Compared) -> tuple[list[NewEntry], dict[str, UUID]]:
        """What is to be written for the rows that are taken, and the id that each row's entry gets by its key."""
        old = {self.before[row.key].entry_id: row.key for row in compared.changed}
        standing = {old[entry_id]: entry for entry_id, entry in last_words(Entry, list(old)).items()}
        entries = [self._entry(row, standing.get(row.key)) for row in compared.taken]
        return entries, {row.key: entry.id for row, entry in zip(compared.taken, entries, strict=True)}

    def _entry(self, row: ExtractRow, replaces: Entry | None) -> NewEntry:
        about = tuple(dict.fromkeys(self.people.record_of(one).id for one in row.people))
        seen = tuple(dict.fromkeys(self.people.record_of(one).id for one in row.people if one.seen))
        return new_entry(
            row, agency_id=self.feed.agency_id, about=about, seen=seen, today=self.today, replaces=replaces
        )


def new_entry(
    row: ExtractRow,
    *,
    agency_id: UUID,
    about: tuple[UUID, ...],
    seen: tuple[UUID, ...],
    today: dt.date,
    replaces: Entry | None = None,
) -> NewEntry:
    """What a row becomes. Where the extract does not say since when it was known, it is since today.

    A row that says otherwise than before was known otherwise until today: the earlier entry stays on record, and this
    one takes its place from today on.
    """
    known = _since(row.happened, today) if replaces or row.known is None else row.known
    return NewEntry(
        id=new_id(),
        agency=agency_id,
        kind=row.kind,
        happened=row.happened,
        known=known,
        about=about,
        seen=seen,
        factors=row.factors,
        text=row.text,
        own=row.own,
        count=row.count,
        restricted=row.restricted,
        supersedes=replaces.id if replaces else None,
        position=replaces.position if replaces and replaces.known_on == known.last else None,
    )


def _since(happened: When, today: dt.date) -> When:
    return day(today) if today >= happened.last else happened


def incident_of(row: ExtractRow, new: NewEntry) -> Incident:
    """A police row as the front door is to hear of it."""
    return Incident(new, child_there=row.child_there, sent_as=SentAs(row.report) if row.report else None)


def incidents_of(rows: Sequence[ExtractRow], entries: Sequence[NewEntry]) -> list[Incident]:
    """Of what is written, the police calls and incidents."""
    return [incident_of(row, new) for row, new in zip(rows, entries, strict=True) if is_for_front_door(new)]


def waiting_incidents(compared: Compared) -> list[ExtractRow]:
    """The police calls and incidents with a child that wait until somebody says who is in them."""
    return [row for row, _ in compared.waiting if row.kind in INCIDENTS and row.child_there]


def waiting_row(feed: Feed, row: ExtractRow, unclear: Iterable[PersonInRow], at: dt.datetime) -> WaitingRow:
    """A row that waits, sealed; not written yet."""
    return WaitingRow(
        feed=feed,
        key=row.key,
        digest=row.digest,
        sealed=seal(json.dumps(row.plain()), purpose=SEALED_FOR),
        likenesses=sorted({likeness(person) for person in unclear}),
        since_at=at,
    )
