"""What one row of an extract says, and the same as plain JSON. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field
from typing import Any

from onestory.arrive.feeds.extracts.cells import Cell
from onestory.arrive.feeds.extracts.mapping import OWN_KEYS
from onestory.platform.history.dates import When, parse_when
from onestory.platform.history.vocabulary import Shape

_TELLING = ("who", "is_child", "number", "nhs_number", "seen")
"""What of a person belongs to the row; that a name or a birth date was put right changes the person, not the row."""


@dataclass(frozen=True, slots=True)
class PersonInRow:
    """Somebody whom a row is about, as the agency tells of them."""

    who: str
    is_child: bool
    number: str = ""
    given_name: str = ""
    family_name: str = ""
    born: When | None = None
    sex: str = ""
    nhs_number: str = ""
    upn: str = ""
    seen: bool = False

    @property
    def label(self) -> str:
        """What they are called."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)

    def plain(self) -> dict[str, Any]:
        """As plain JSON, which ``person_of`` reads back."""
        return {name: getattr(self, name) for name in _PERSON_FIELDS} | {"born": str(self.born) if self.born else ""}


_PERSON_FIELDS = ("who", "is_child", "number", "given_name", "family_name", "sex", "nhs_number", "upn", "seen")


@dataclass(frozen=True, slots=True)
class ExtractRow:
    """What one row says. ``known`` is None where the extract does not say: then it is the day of the import.

    ``child_there`` : a child was involved, named in the row or not. ``report`` : how police say that it goes to the
    front door, as a report or as intelligence; empty: not stated.
    """

    number: int
    source_id: str
    kind: str
    happened: When
    people: tuple[PersonInRow, ...]
    known: When | None = None
    own: Pairs[str, Any] = field(default_factory=dict)
    factors: frozenset[str] = frozenset()
    text: str = ""
    count: int = 1
    restricted: str | None = None
    child_there: bool = False
    report: str = ""

    @property
    def key(self) -> str:
        """A digest of the source's own id, so that a table of keys tells nothing."""
        return hashlib.sha256(self.source_id.encode()).hexdigest()

    @property
    def digest(self) -> str:
        """The same for as long as the row says the same; where it stands in the file does not count."""
        said = self.plain() | {"number": 0}
        people = [{name: one[name] for name in _TELLING} for one in said["people"]]
        for plain, person in zip(people, self.people, strict=True):
            if not person.number and not person.nhs_number:  # nothing else tells who is meant
                plain["is"] = person.plain()
        return hashlib.sha256(json.dumps(said | {"people": people}, sort_keys=True).encode()).hexdigest()

    def plain(self) -> dict[str, Any]:
        """As plain JSON; ``row_of`` reads it back."""
        own = {name: str(value) if isinstance(value, When) else value for name, value in self.own.items()}
        return {
            "number": self.number,
            "source_id": self.source_id,
            "kind": self.kind,
            "happened": str(self.happened),
            "people": [person.plain() for person in self.people],
            "known": str(self.known) if self.known else None,
            "own": own,
            "factors": sorted(self.factors),
            "text": self.text,
            "count": self.count,
            "restricted": self.restricted,
            "child_there": self.child_there,
            "report": self.report,
        }


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: its number as a spreadsheet counts, and the cells of the mapped columns."""

    number: int
    cells: Pairs[str, Cell]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in any column that is read."""
        return all(cell.is_empty for cell in self.cells.values())


def person_of(plain: Pairs[str, Any]) -> PersonInRow:
    """The person that ``plain`` was written from."""
    return PersonInRow(**{**plain, "born": parse_when(plain["born"]) if plain["born"] else None})


def row_of(plain: Pairs[str, Any]) -> ExtractRow:
    """The row that ``plain`` was written from."""
    own = {name: parse_when(value) if OWN_KEYS[name] is Shape.WHEN else value for name, value in plain["own"].items()}
    return ExtractRow(
        **{
            **plain,
            "happened": parse_when(plain["happened"]),
            "known": parse_when(plain["known"]) if plain["known"] else None,
            "people": tuple(map(person_of, plain["people"])),
            "own": own,
            "factors": frozenset(plain["factors"]),
        }
    )
