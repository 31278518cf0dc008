"""From the cells of one line to what it says, or to what is wrong with it. Pure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Pairs
from typing import Any

from onestory.arrive.feeds.extracts.cells import (
    Cell,
    NotThat,
    date_of,
    folded,
    number_of,
    percent_of,
    text_of,
)
from onestory.arrive.feeds.extracts.mapping import OWN_KEYS, Codes, Column, Mapping, PersonColumns
from onestory.arrive.feeds.extracts.problems import Problems
from onestory.arrive.feeds.extracts.rows import ExtractRow, Line, PersonInRow
from onestory.arrive.matching.comparing.identifiers import is_nhs_number, plain_number
from onestory.platform.history.dates import When
from onestory.platform.history.vocabulary import KINDS, Shape

GROWN_UP = 18
"""Years from which somebody is no child."""

_LONGEST = {"number": 60, "given_name": 200, "family_name": 200, "sex": 20, "upn": 13}
_LONGEST_ID = 300
_LONGEST_CODE = 200


class Interpreter:
    """Reads lines with one mapping. ``today`` : the day of the import; nothing has happened after it."""

    def __init__(self, mapping: Mapping, problems: Problems, *, today: dt.date) -> None:
        self._mapping, self._problems, self._today = mapping, problems, today

    def row(self, line: Line) -> ExtractRow | None:
        """What the line says; None where it is to be left out, or where something is wrong, which is noted."""
        before = self._problems.count
        sets = self._sets(line)
        if self._problems.count == before and sets.get("skip"):
            return None
        row = self._read(line, sets)
        return row if self._problems.count == before else None

    def _sets(self, line: Line) -> dict[str, Any]:
        found: dict[str, Any] = dict(self._mapping.always)
        for codes in self._mapping.codes:
            given = self._code(line, codes)
            factors = frozenset(found.get("factors", ())) | frozenset(given.get("factors", ()))
            found |= given
            if factors:
                found["factors"] = factors
        return found

    def _code(self, line: Line, codes: Codes) -> Pairs[str, Any]:
        text = self._text(line, codes.column)
        if text is None or (not text and codes.optional):
            return {}
        given = codes.values.get(folded(text), codes.otherwise)
        if given is None:
            self._problems.add(line.number, codes.column, text or "nothing", ", ".join(codes.values))
            return {}
        return given

    def _read(self, line: Line, sets: dict[str, Any]) -> ExtractRow | None:
        happened = self._happened(line)
        known = self._of(line, self._mapping.fields.get("known"), date_of)
        source_id = self._id(line)
        people = tuple(self._people(line, happened))
        own = {name: value for name, value in sets.items() if name in OWN_KEYS} | self._own(line)
        text = self._words(line)
        count = self._of(line, self._mapping.fields.get("count"), lambda cell, _: number_of(cell))
        there = self._of(line, self._mapping.fields.get("child_there"), self._truth_of(line, "child_there"))
        self._check(line, sets, happened, known, people)
        if happened is None or source_id is None or "kind" not in sets:
            return None
        own, text = _of_kind(str(sets["kind"]), own, text)
        return ExtractRow(
            number=line.number,
            source_id=source_id,
            kind=str(sets["kind"]),
            happened=happened,
            people=people,
            known=known,
            own=own,
            factors=frozenset(sets.get("factors", ())),
            text=text,
            count=int(count or sets.get("count", 1)),
            restricted=sets.get("restricted"),
            child_there=bool(there) or bool(sets.get("child_there")) or any(map(self._may_be_child, people)),
            report=str(sets.get("report", "")),
        )

    def _may_be_child(self, person: PersonInRow) -> bool:
        """A child; or somebody whose age should tell and is not given."""
        by_age = {columns.who for columns in self._mapping.people if columns.child is None}
        return person.is_child or (person.who in by_age and person.born is None)

    def _check(
        self,
        line: Line,
        sets: dict[str, Any],
        happened: When | None,
        known: When | None,
        people: tuple[PersonInRow, ...],
    ) -> None:
        if "kind" not in sets:
            self._problems.add(line.number, "kind", "no code that says it", "a code that says what kind of entry it is")
        if not people and all(self._is_absent(line, columns) for columns in self._mapping.people):
            self._problems.add(line.number, "people", "nobody", "at least one person")
        if happened and known and known.last < happened.last:
            column = self._mapping.fields["known"].name
            self._problems.add(line.number, column, known.words(), f"{happened.words()}, when it happened, or later")
        if known and known.first > self._today:
            self._problems.add(line.number, self._mapping.fields["known"].name, known.words(), "a date that has been")

    def _happened(self, line: Line) -> When | None:
        column = self._mapping.fields["happened"]
        happened: When | None = self._of(line, column, date_of)
        if happened and happened.first > self._today:
            self._problems.add(line.number, column.name, happened.words(), "a date that has been")
            return None
        return happened

    def _id(self, line: Line) -> str | None:
        parts = [self._text(line, name) for name in self._mapping.id]
        if any(part is None for part in parts):
            return None
        if not all(parts):
            empty = next(name for name, part in zip(self._mapping.id, parts, strict=True) if not part)
            self._problems.add(line.number, empty, "nothing", "what tells this row from every other")
            return None
        # Joined so that no two rows with other parts give the same id.
        return json.dumps([part[:_LONGEST_ID] for part in parts if part], ensure_ascii=False)

    def _text(self, line: Line, column: str) -> str | None:
        """The text of a cell; None where it is none, which is noted."""
        try:
            return text_of(line.cells[column])
        except NotThat as error:
            self._problems.add(line.number, column, _shown(line.cells[column]), str(error))
            return None

    def _of(self, line: Line, column: Column | None, read: Callable[[Cell, Any], Any]) -> Any:
        """The value of a field; None where it has no column or stands empty, or is wrong, which is noted."""
        if column is None:
            return None
        cell = line.cells[column.name]
        if cell.is_empty:
            if not column.optional:
                self._problems.add(line.number, column.name, "nothing", "something")
            return None
        try:
            return read(cell, column.dates)
        except NotThat as error:
            self._problems.add(line.number, column.name, _shown(cell), str(error))
            return None

    def _own(self, line: Line) -> dict[str, Any]:
        found = {}
        for name, column in self._mapping.fields.items():
            if name in OWN_KEYS:
                value = self._of(line, column, self._reader(line, name))
                if value is not None:
                    found[name] = value
        return found

    def _reader(self, line: Line, name: str) -> Callable[[Cell, Any], Any]:
        match OWN_KEYS[name]:
            case Shape.WHEN:
                return date_of
            case Shape.NUMBER:
                return lambda cell, _: number_of(cell)
            case Shape.PERCENT:
                return lambda cell, _: percent_of(cell)
            case Shape.TRUTH:
                return self._truth_of(line, name)
            case Shape.CHOICE:
                return lambda cell, _: _chosen(cell, name)
            case Shape.CODE:
                return lambda cell, _: _at_most(text_of(cell), _LONGEST_CODE)
            case _:
                return lambda cell, _: text_of(cell)

    def _truth_of(self, line: Line, name: str) -> Callable[[Cell, Any], bool]:
        column = self._mapping.fields.get(name)

        def read(cell: Cell, _: Any) -> bool:
            assert column is not None
            return _truth(cell, column)

        return read

    def _words(self, line: Line) -> str:
        said = []
        for column in self._mapping.words:
            text = self._of(line, column, lambda cell, _: text_of(cell))
            if text:
                said.append(f"{column.before}{text}")
        return "\n".join(said)

    def _people(self, line: Line, happened: When | None) -> Iterator[PersonInRow]:
        for columns in self._mapping.people:
            if not self._is_absent(line, columns) and (person := self._person(line, columns, happened)):
                yield person

    def _is_absent(self, line: Line, columns: PersonColumns) -> bool:
        cells = (line.cells[column.name] for column in columns.columns.values())
        return columns.optional and all(cell.is_empty for cell in cells)

    def _person(self, line: Line, columns: PersonColumns, happened: When | None) -> PersonInRow | None:
        before = self._problems.count
        told = {name: self._particular(line, name, column) for name, column in columns.columns.items()}
        seen = self._of(line, columns.seen, lambda cell, _: _truth(cell, columns.seen or Column("")))
        born = told.pop("born", None)
        is_child = columns.child if columns.child is not None else _is_child(born, happened)
        person = PersonInRow(columns.who, is_child, born=born, seen=bool(seen), **told)
        if self._problems.count == before and not person.label:
            self._problems.add(line.number, columns.who, "no name", "a name")
        return person if self._problems.count == before else None

    def _particular(self, line: Line, name: str, column: Column) -> Any:
        if name == "born":
            born = self._of(line, column, date_of)
            if born and born.first > self._today:
                self._problems.add(line.number, column.name, born.words(), "a date that has been")
            return born
        text = self._of(line, column, lambda cell, _: _one_line(cell, _LONGEST.get(name, 40)))
        if name in ("nhs_number", "upn") and text:
            text = plain_number(text)
            if name == "nhs_number" and not is_nhs_number(text):
                self._problems.add(line.number, column.name, text, "an NHS number with the right check digit")
        return text or ""


def _of_kind(kind: str, own: dict[str, Any], text: str) -> tuple[dict[str, Any], str]:
    """Own keys that the kind does not have are said in words instead, so that nothing is lost."""
    keys = KINDS[kind].by_name
    others = [f"{name.replace('_', ' ').capitalize()}: {value}" for name, value in own.items() if name not in keys]
    kept = {name: value for name, value in own.items() if name in keys}
    return kept, "\n".join(part for part in (text, *others) if part)


def _is_child(born: When | None, happened: When | None) -> bool:
    """Under eighteen on the day. Where no birth date is given somebody is taken for an adult."""
    if born is None or happened is None:
        return False
    grown_up = born.last.year + GROWN_UP, born.last.month, born.last.day
    return (happened.last.year, happened.last.month, happened.last.day) < grown_up


def _truth(cell: Cell, column: Column) -> bool:
    text = folded(text_of(cell))
    if text not in (*column.yes, *column.no):
        raise NotThat(f"{', '.join(column.yes)} or {', '.join(column.no)}")
    return text in column.yes


def _chosen(cell: Cell, name: str) -> str:
    allowed = {one for kind in KINDS.values() if (key := kind.by_name.get(name)) for one in key.allowed}
    code = folded(text_of(cell)).replace(" ", "_")
    if code not in allowed:
        raise NotThat(", ".join(sorted(allowed)))
    return code


def _one_line(cell: Cell, longest: int) -> str:
    return _at_most(" ".join(text_of(cell).split()), longest)


def _at_most(text: str, longest: int) -> str:
    if len(text) > longest:
        raise NotThat(f"at most {longest} letters")
    return text


def _shown(cell: Cell) -> str:
    return "a formula" if cell.is_formula else str(cell.value)
