"""What new entries stand on: that the agencies and people whom they name are on record. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from onestory.platform.agencies.models import Agency
from onestory.platform.history.models import Part
from onestory.platform.history.new_entry import EntryRefused, FieldProblem, NewEntry
from onestory.platform.history.own_keys import OF_AGENCIES, OF_PARTIES, OF_PEOPLE, ids_in
from onestory.platform.history.record import who_was_told
from onestory.platform.people.models import AgencyRecord

SOCIAL_CARE = "childrens_social_care"


class Ground:
    """The agencies and the agencies' records that a number of new entries name."""

    def __init__(self, entries: Sequence[NewEntry]) -> None:
        records = {one for entry in entries for _, one in _records_of(entry)}
        agencies = {one for entry in entries for _, one in _agencies_of(entry)}
        parties = {one for entry in entries for one in ids_in(entry.kind, entry.own, OF_PARTIES)}
        self._person_of = {
            str(record): person
            for record, person in AgencyRecord.objects.filter(id__in=_uuids(records | parties)).values_list(
                "id", "person_id"
            )
        }
        self._agencies = {str(agency.id): agency for agency in Agency.objects.filter(id__in=_uuids(agencies | parties))}
        self._social_care = self._find_social_care()

    def _find_social_care(self) -> dict[str, str]:
        areas = {agency.area for agency in self._agencies.values()}
        found = Agency.objects.filter(sector=SOCIAL_CARE, area__in=areas).order_by("-name", "-id")
        return {agency.area: str(agency.id) for agency in found}

    def check(self, entry: NewEntry) -> None:
        """Raises EntryRefused when the entry names somebody who is not on record."""
        problems = [
            FieldProblem(field, f"'{one}'", "people on record")
            for field, one in _records_of(entry)
            if one not in self._person_of
        ]
        problems += [
            FieldProblem(field, f"'{one}'", "agencies on record")
            for field, one in _agencies_of(entry)
            if one not in self._agencies
        ]
        problems += [
            FieldProblem("own", f"'{one}'", "people or agencies on record")
            for one in ids_in(entry.kind, entry.own, OF_PARTIES)
            if one not in self._person_of and one not in self._agencies
        ]
        if problems:
            raise EntryRefused(*problems)

    def told(self, entry: NewEntry) -> frozenset[UUID]:
        """The agencies that have the entry, its author included."""
        if entry.told is not None:
            return frozenset(entry.told) | {entry.agency}
        told = who_was_told(
            kind=entry.kind,
            by=str(entry.agency),
            shared_with=None if entry.shared_with is None else [str(one) for one in entry.shared_with],
            sent_to=entry.own.get("to") if entry.kind == "concern" else None,
            social_care=self._social_care.get(self._agencies[str(entry.agency)].area),
        )
        return frozenset(UUID(one) for one in told)

    def people(self, entries: Iterable[NewEntry]) -> set[UUID]:
        """Everybody whom the entries are about or name as seen or in contact."""
        return {self._person_of[str(one)] for entry in entries for part in Part for one in getattr(entry, part)}


def _records_of(entry: NewEntry) -> Iterator[tuple[str, str]]:
    for part in Part:
        yield from ((str(part), str(one)) for one in getattr(entry, part))
    yield from (("own", one) for one in ids_in(entry.kind, entry.own, OF_PEOPLE))


def _agencies_of(entry: NewEntry) -> Iterator[tuple[str, str]]:
    yield "agency", str(entry.agency)
    yield from (("shared_with", str(one)) for one in entry.shared_with or ())
    yield from (("told", str(one)) for one in entry.told or ())
    if entry.reporter and entry.reporter.agency:
        yield "reporter", entry.reporter.agency
    yield from (("own", one) for one in ids_in(entry.kind, entry.own, OF_AGENCIES))


def _uuids(texts: Iterable[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:  # no id at all: not on record
            continue
    return found
