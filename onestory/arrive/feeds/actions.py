"""Bringing case history files into the database: all of them or nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from onestory.arrive.feeds.case_history import CaseFile, CaseFileProblems, Problem, read_case_histories
from onestory.arrive.feeds.cast import Cast
from onestory.arrive.feeds.entry_import import EntryImport
from onestory.arrive.feeds.models import CaseHistorySource
from onestory.arrive.feeds.relationship_import import RelationshipImport
from onestory.arrive.feeds.reports import FileReport, ImportReport
from onestory.arrive.feeds.source_rows import SourceRows
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.history.actions import write_entries
from onestory.platform.history.rereading import queue_rereading
from onestory.platform.people.actions import record_relationships
from onestory.platform.positions import position_at

LONGEST_SECTOR = 60


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: ``done`` of ``total`` files, and what comes or came last."""

    done: int
    total: int
    says: str


type Tell = Callable[[Progress], None]


def import_files(
    paths: Iterable[Path],
    *,
    by: User | None,
    at: dt.datetime,
    until: dt.date | None = None,
    dry_run: bool = False,
    progress: Tell | None = None,
) -> ImportReport:
    """Import case history files; what was imported before is brought up to date with them.

    A file is told by its title and area. What is new is added, what changed supersedes, what vanished is taken back,
    what is the same is left alone. ``until``: only what was known by that day (a later import adds the rest).
    ``dry_run``: everything is done and undone. Raises CaseFileProblems with the problems of all files; then, as after
    any other error, nothing is imported. Stories are read again by one job for each circle.
    """
    tell = progress or (lambda _: None)
    files = read_case_histories(paths)
    _check_sectors(files)
    with transaction.atomic(), keeping():
        _wait_for_our_turn()
        report = ImportReport(tuple(_import_all(files, by, at, until, tell)), dry_run)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _check_sectors(files: Iterable[CaseFile]) -> None:
    problems = [
        Problem(
            str(case_file.path),
            0,
            f"agencies › {agency.id} › sector",
            f"{len(agency.sector)} characters",
            f"at most {LONGEST_SECTOR}",
        )
        for case_file in files
        for agency in case_file.history.agencies.values()
        if len(agency.sector) > LONGEST_SECTOR
    ]
    if problems:
        raise CaseFileProblems(problems)


def _wait_for_our_turn() -> None:
    """Imports come one after the other: two that name the same agencies in another order would wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('onestory.feeds.import'))")


def _import_all(
    files: Sequence[CaseFile], by: User | None, at: dt.datetime, until: dt.date | None, tell: Tell
) -> list[FileReport]:
    reports, people = [], set[UUID]()
    for number, case_file in enumerate(files):
        tell(Progress(number, len(files), case_file.history.title))
        report, touched = _import(case_file, by, at, until)
        reports.append(report)
        people |= touched
    tell(Progress(len(files), len(files), "stories to read again"))
    queue_rereading(people)
    return reports


def _import(
    case_file: CaseFile, by: User | None, at: dt.datetime, until: dt.date | None
) -> tuple[FileReport, set[UUID]]:
    """One file; returns its report and everybody whose stories it changes."""
    source, is_new = _source_of(case_file, by, at)
    rows = SourceRows(source)
    start = position_at(source.first_imported_at)
    cast = Cast(case_file, rows, by=by, at=at)
    entries = EntryImport(case_file, rows, cast, start=start, until=until)
    relationships = RelationshipImport(case_file, rows, cast, start=start, until=until, at=at)
    if entries.shares_nothing:
        raise CaseFileProblems([_another_history(case_file, source)])
    record_relationships(relationships.new_rows(), by=by)
    written = write_entries(entries.new_entries(), by=by, at=at)
    rows.save()
    changes = (*cast.changes, *relationships.changes, *entries.changes)
    if changes:
        _keep(source, case_file, by, at, until)
    report = FileReport(
        case_file.path, case_file.history.title, case_file.history.area, is_new, changes, entries.not_yet
    )
    return report, {*written.people, *relationships.people, *cast.changed_people}


def _source_of(case_file: CaseFile, by: User | None, at: dt.datetime) -> tuple[CaseHistorySource, bool]:
    """The source, and whether it is new."""
    history = case_file.history
    compared = "\n".join([_as_compared(history.title), _as_compared(history.area)])
    identity = hashlib.sha256(compared.encode()).hexdigest()
    source, is_new = CaseHistorySource.objects.get_or_create(
        identity=identity,
        defaults={
            "title": history.title,
            "area": history.area,
            "digest": case_file.digest,
            "is_published": bool(case_file.published),
            "imported_by": by,
            "imported_at": at,
            "first_imported_at": at,
        },
    )
    return source, is_new


def _as_compared(name: str) -> str:
    """A title or an area as two are compared: capitals, spaces and ways of writing an accent do not count."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _another_history(case_file: CaseFile, source: CaseHistorySource) -> Problem:
    when = timezone.localdate(source.imported_at)
    found = (
        f"the history that was imported on {when.day} {when:%B %Y}, of which not one entry is in this file as it was"
    )
    return Problem(str(case_file.path), 0, "title", found, "a title of its own for each history")


def _keep(
    source: CaseHistorySource, case_file: CaseFile, by: User | None, at: dt.datetime, until: dt.date | None
) -> None:
    """Note what the source says now, when and by whom it was imported."""
    source.title, source.area = case_file.history.title, case_file.history.area
    source.digest, source.until_on = case_file.digest, until
    source.is_published = bool(case_file.published)
    source.imported_by, source.imported_at = by, at
    source.save()
