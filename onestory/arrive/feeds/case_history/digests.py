"""What a file says, as digests: to tell whether, and where, a changed file says something else."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

from onestory.arrive.feeds.case_history.plain import (
    Plain,
    plain_agency,
    plain_entry,
    plain_person,
    plain_point,
    plain_relationship,
)
from onestory.platform.history.record import Agency, Entry, History, Person, Relationship

if TYPE_CHECKING:
    from onestory.arrive.feeds.case_history.case_file import CaseFile


def digest_of_file(case_file: CaseFile) -> str:
    """SHA-256, in hexadecimal, of everything that a file says. The order of entries and relationships counts."""
    history = case_file.history
    return _digest(
        {
            "title": history.title,
            "area": history.area,
            "people": {person.id: plain_person(person) for person in history.people.values()},
            "relationships": [plain_relationship(row) for row in history.relationships],
            "agencies": {agency.id: plain_agency(agency) for agency in history.agencies.values()},
            "entries": [_told(entry) for entry in history.entries],
            "expected": [plain_point(point) for point in case_file.expected],
            "acceptable_notices": list(case_file.acceptable_notices),
            "published": dict(case_file.published),
            "synthetic": str(case_file.synthetic),
        }
    )


def digests_of_records(history: History) -> dict[tuple[str, str], str]:
    """The digest of each person, relationship, agency and entry, by what it is and its key."""
    found = {("person", person.id): digest_of_person(person) for person in history.people.values()}
    found |= {("agency", agency.id): digest_of_agency(agency) for agency in history.agencies.values()}
    found |= {
        ("relationship", key): _digest(plain_relationship(row))
        for key, row in zip(relationship_keys(history), history.relationships, strict=True)
    }
    return found | {("entry", entry.id): digest_of_entry(entry) for entry in history.entries}


def relationship_keys(history: History) -> list[str]:
    """A key for each relationship, in their order: ``bc father f alleged 2016-09``.

    A row that says the same again, with another source or period, gets a number behind it.
    """
    counted: Counter[str] = Counter()
    keys = []
    for row in history.relationships:
        parts = (row.person, row.relation, row.of, row.status, row.known.text if row.known else "")
        key = json.dumps(parts, ensure_ascii=False) if any(" " in part for part in parts) else " ".join(parts).strip()
        counted[key] += 1
        keys.append(key if counted[key] == 1 else f"{key} #{counted[key]}")
    return keys


def digest_of_person(person: Person) -> str:
    """SHA-256 of what a file says of a person."""
    return _digest(plain_person(person))


def digest_of_agency(agency: Agency) -> str:
    """SHA-256 of what a file says of an agency."""
    return _digest(plain_agency(agency))


def digest_of_relationship(row: Relationship) -> str:
    """SHA-256 of one row on how two people are related."""
    return _digest(plain_relationship(row))


def digest_of_entry(entry: Entry) -> str:
    """SHA-256 of an entry, with who was told at the time."""
    return _digest(_told(entry))


def _told(entry: Entry) -> dict[str, Plain]:
    return plain_entry(entry) | {"told": [*sorted(entry.told)]}


def _digest(plain: dict[str, Plain]) -> str:
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
