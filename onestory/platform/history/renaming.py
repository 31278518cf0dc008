"""The same history under other ids: a file's own ids on one side, the database's on the other. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onestory.platform.history.own_keys import Names, Naming, renamed
from onestory.platform.history.record import Agency, Entry, History, Relationship


def rename_entry(entry: Entry, names: Names) -> Entry:
    """The entry with every person, agency and entry that it names said by the other id; who has none is left out."""
    reporter = entry.reporter
    if reporter and reporter.agency:
        reporter = replace(reporter, agency=names.agency(reporter.agency))
    return replace(
        entry,
        id=names.entry(entry.id) or entry.id,
        by=names.agency(entry.by) or entry.by,
        about=_several(entry.about, names.person),
        seen=_several(entry.seen, names.person),
        seen_alone=_several(entry.seen_alone, names.person),
        together=_several(entry.together, names.person),
        reporter=reporter,
        told=frozenset(_several(entry.told, names.agency)),
        own=renamed(entry.kind, entry.own, names),
        supersedes=names.entry(entry.supersedes) if entry.supersedes else None,
    )


def rename_relationship(row: Relationship, names: Names) -> Relationship:
    """The relationship with its people and its source said by their other ids."""
    by = names.agency(row.by) if row.by else None
    return replace(row, person=names.person(row.person) or row.person, of=names.person(row.of) or row.of, by=by)


def rename_history(history: History, names: Names) -> History:
    """The whole history under other ids. An agency without an area gets the history's, which is what it means."""
    people = [replace(one, id=names.person(one.id) or one.id) for one in history.people.values()]
    agencies = [_rename_agency(one, history.area, names) for one in history.agencies.values()]
    return replace(
        history,
        people={one.id: one for one in people},
        agencies={one.id: one for one in agencies},
        relationships=tuple(rename_relationship(row, names) for row in history.relationships),
        entries=tuple(rename_entry(entry, names) for entry in history.entries),
    )


def _rename_agency(agency: Agency, area: str, names: Names) -> Agency:
    return replace(agency, id=names.agency(agency.id) or agency.id, area=agency.area or area)


def _several(ids: Iterable[str], naming: Naming) -> tuple[str, ...]:
    return tuple(new for old in ids if (new := naming(old)) is not None)
