"""What each column of an agency's extract means: a mapping, kept as data and approved by somebody."""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field
from typing import Any

import yaml

from onestory.arrive.feeds.extracts.cells import DATE_WORDS, folded
from onestory.platform.history.vocabulary import FACTORS, KINDS, RESTRICTIONS, Shape

SORTS = ("csv", "xlsx")
DELIMITERS = (",", ";", "\t", "|")
PARTICULARS = ("number", "given_name", "family_name", "born", "sex", "nhs_number", "upn")
"""What an extract may tell of a person; nothing else about them is read."""

REPORTS = ("report", "intelligence")
_OF_A_COLUMN = {
    Shape.TEXT, Shape.CODE, Shape.CHOICE, Shape.TRUTH, Shape.NUMBER, Shape.PERCENT, Shape.WHEN, Shape.PLACE,
    Shape.DETAIL,
}  # fmt: skip
OWN_KEYS: dict[str, Shape] = {
    key.name: key.shape for kind in KINDS.values() for key in kind.keys if key.shape in _OF_A_COLUMN
}
"""The kinds' own keys that a column can hold. People and agencies in own keys are for forms, not for extracts."""

_SETTABLE = {"kind", "factors", "count", "restricted", "skip", "child_there", "report", *OWN_KEYS}
_TOP = {"format", "title", "says", "file", "complete", "id", "always", "fields", "codes", "people"}


class MappingProblems(ValueError):
    """The mapping cannot be used; the message names every reason, one a line."""

    def __init__(self, problems: Collection[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class FileForm:
    """What sort of file it is. No ``delimiter``: whichever makes the headings stand apart; no ``sheet``: the first."""

    sort: str
    encoding: str = "utf-8"
    delimiter: str = ""
    sheet: str = ""
    heading_row: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """Where one field stands. ``dates`` : how its dates may be written; ``before`` : words set before its text."""

    name: str
    optional: bool = False
    dates: tuple[str, ...] = ()
    before: str = ""
    yes: tuple[str, ...] = ("yes", "y", "true", "1")
    no: tuple[str, ...] = ("no", "n", "false", "0")


@dataclass(frozen=True, slots=True)
class Codes:
    """A column of codes: what each sets. ``otherwise`` : what any other code sets; None: another one is an error."""

    column: str
    values: Pairs[str, Pairs[str, Any]]
    otherwise: Pairs[str, Any] | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class PersonColumns:
    """Somebody whom a row is about. ``child`` : True, False, or None where their age on the day tells.

    ``seen`` : the column that says whether a professional saw them. ``optional`` : all their columns may be empty.
    """

    who: str
    columns: Pairs[str, Column]
    child: bool | None
    optional: bool = False
    seen: Column | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping. ``complete`` : the extract always holds everything, so a row that vanished is taken back."""

    title: str
    file: FileForm
    id: tuple[str, ...]
    always: Pairs[str, Any]
    fields: Pairs[str, Column]
    words: tuple[Column, ...]
    codes: tuple[Codes, ...]
    people: tuple[PersonColumns, ...]
    says: str = ""
    complete: bool = False
    plain: Pairs[str, Any] = field(default_factory=dict, compare=False)

    @property
    def digest(self) -> str:
        """The same for the same mapping, however its file is laid out."""
        return hashlib.sha256(json.dumps(self.plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def needed(self) -> tuple[str, ...]:
        """The columns that a file must have; no other column is read."""
        return tuple(dict.fromkeys(_columns(self)))


def _columns(mapping: Mapping) -> Iterator[str]:
    yield from mapping.id
    yield from (column.name for column in (*mapping.fields.values(), *mapping.words))
    yield from (codes.column for codes in mapping.codes)
    for person in mapping.people:
        yield from (column.name for column in person.columns.values())
        if person.seen:
            yield person.seen.name


def read_mapping(source: str | Pairs[str, Any]) -> Mapping:
    """The mapping of a YAML text, or of what was read from one. Raises MappingProblems with all that is wrong."""
    if isinstance(source, str):
        try:
            source = yaml.load(source, Loader=yaml.BaseLoader)  # texts only: no date, no yes and no turns into a value
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise MappingProblems([f"The mapping is no YAML: {error}"]) from error
    if not isinstance(source, dict):
        raise MappingProblems(["A mapping holds keys and values."])
    reading = _Reading()
    mapping = reading.mapping(source)
    if mapping is None or reading.problems:
        raise MappingProblems(reading.problems)
    return mapping


class _Reading:
    """Reads one mapping and gathers what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def wrong(self, place: str, found: object, allowed: str) -> None:
        """Note a problem."""
        self.problems.append(f"{place}: found “{str(found)[:80]}”; allowed: {allowed}")

    def mapping(self, source: Pairs[str, Any]) -> Mapping | None:
        """The whole of it; None where a part is not even of the right sort."""
        self.keys("the mapping", source, _TOP)
        if source.get("format") not in ("1", 1):
            self.wrong("format", source.get("format"), "1")
        fields = dict(self.pairs("fields", source.get("fields")))
        words = fields.pop("text", [])
        found = Mapping(
            title=self.text("title", source.get("title")),
            says=str(source.get("says", "")),
            file=self.file(self.pairs("file", source.get("file"))),
            complete=self.truth("complete", source.get("complete", False)),
            id=tuple(self.text("id", one) for one in self.several("id", source.get("id"))),
            always=self.sets("always", self.pairs("always", source.get("always", {}))),
            fields={name: self.field(name, given) for name, given in fields.items()},
            words=tuple(self.column("fields › text", one) for one in self.several("fields › text", words, empty=True)),
            codes=tuple(self.codes(one) for one in self.several("codes", source.get("codes", []), empty=True)),
            people=tuple(self.person(one) for one in self.several("people", source.get("people"))),
            plain=dict(source),
        )
        self.check(found)
        return found

    def check(self, mapping: Mapping) -> None:
        """What holds of the whole."""
        if "happened" not in mapping.fields:
            self.wrong("fields", ", ".join(mapping.fields) or "nothing", "happened, when it took place, among them")
        kinds = {str(one["kind"]) for one in (mapping.always, *_all_sets(mapping)) if "kind" in one}
        if not kinds:
            self.wrong("always", "no kind", "a kind of entry, here or set by a code")
        own = {name for name in mapping.fields if name in OWN_KEYS}
        own |= {name for one in (mapping.always, *_all_sets(mapping)) for name in one if name in OWN_KEYS}
        known = {name for kind in kinds & KINDS.keys() for name in KINDS[kind].by_name}
        for name in sorted(own - known):
            self.wrong(f"fields › {name}", name, f"own keys of {', '.join(sorted(kinds))}")

    def keys(self, place: str, found: Pairs[str, Any], allowed: Collection[str]) -> None:
        """Every key is one that is known."""
        for name in found:
            if name not in allowed:
                self.wrong(place, name, ", ".join(sorted(allowed)))

    def pairs(self, place: str, found: Any) -> Pairs[str, Any]:
        """Keys and values."""
        if isinstance(found, dict):
            return {str(name): value for name, value in found.items()}
        self.wrong(place, found, "keys and values")
        return {}

    def several(self, place: str, found: Any, *, empty: bool = False) -> list[Any]:
        """A list."""
        if isinstance(found, list) and (found or empty):
            return found
        self.wrong(place, found, "a list")
        return []

    def text(self, place: str, found: Any) -> str:
        """Words."""
        if isinstance(found, str) and found.strip():
            return found.strip()
        self.wrong(place, found, "words")
        return ""

    def truth(self, place: str, found: Any) -> bool:
        """True or false, as text or as JSON has it."""
        if str(found).lower() not in ("true", "false"):
            self.wrong(place, found, "true or false")
        return str(found).lower() == "true"

    def one_of(self, place: str, found: Any, allowed: Collection[str]) -> str:
        """One of a list."""
        if found not in allowed:
            self.wrong(place, found, ", ".join(one if one.isprintable() else "a tab" for one in allowed))
        return str(found)

    def file(self, source: Pairs[str, Any]) -> FileForm:
        """What sort of file it is."""
        self.keys("file", source, {"sort", "encoding", "delimiter", "sheet", "heading_row"})
        encoding = str(source.get("encoding", "utf-8"))
        try:
            codecs.lookup(encoding)
            "".encode(encoding)
        except (LookupError, UnicodeError, ValueError):
            self.wrong("file › encoding", encoding, "an encoding such as utf-8 or cp1252")
        row = str(source.get("heading_row", "1"))
        if not (row.isascii() and row.isdigit() and 1 <= int(row[:4]) <= 100):
            self.wrong("file › heading_row", row, "a number from 1 to 100")
            row = "1"
        delimiter = source.get("delimiter", "")
        return FileForm(
            sort=self.one_of("file › sort", source.get("sort"), SORTS),
            encoding=encoding,
            delimiter=self.one_of("file › delimiter", delimiter, DELIMITERS) if delimiter else "",
            sheet=str(source.get("sheet", "")),
            heading_row=int(row),
        )

    def field(self, name: str, given: Any) -> Column:
        """The column of one field."""
        if name not in ("happened", "known", "count", "child_there", *OWN_KEYS):
            self.wrong("fields", name, f"happened, known, count, text, {', '.join(sorted(OWN_KEYS))}")
        dated = name in ("happened", "known") or OWN_KEYS.get(name) is Shape.WHEN
        return self.column(f"fields › {name}", given, dated=dated)

    def column(self, place: str, given: Any, *, dated: bool = False) -> Column:
        """A column by its heading, or with more said of it."""
        source = {"column": given} if isinstance(given, str) else self.pairs(place, given)
        self.keys(place, source, {"column", "optional", "before", "yes", "no", *(["dates"] if dated else [])})
        dates = tuple(str(one) for one in source.get("dates", ())) if dated else ()
        for one in dates:
            self.one_of(f"{place} › dates", one, DATE_WORDS)
        if dated and not dates:
            self.wrong(place, "no dates", f"dates: how they may be written ({', '.join(DATE_WORDS)})")
        words = {
            name: tuple(folded(str(one)) for one in self.several(f"{place} › {name}", source[name]))
            for name in ("yes", "no")
            if name in source
        }
        return Column(
            name=self.text(place, source.get("column")),
            optional=self.truth(f"{place} › optional", source.get("optional", False)),
            dates=dates,
            before=str(source.get("before", "")),
            **words,
        )

    def codes(self, given: Any) -> Codes:
        """A column of codes."""
        source = self.pairs("codes", given)
        self.keys("codes", source, {"column", "values", "otherwise", "optional"})
        column = self.text("codes › column", source.get("column"))
        place = f"codes › {column}"
        values = self.pairs(f"{place} › values", source.get("values"))
        otherwise = source.get("otherwise")
        return Codes(
            column=column,
            values={
                folded(code): self.sets(f"{place} › {code}", self.pairs(place, one)) for code, one in values.items()
            },
            otherwise=None if otherwise is None else self.sets(f"{place} › otherwise", self.pairs(place, otherwise)),
            optional=self.truth(f"{place} › optional", source.get("optional", False)),
        )

    def sets(self, place: str, source: Pairs[str, Any]) -> Pairs[str, Any]:
        """Fields and the values that they are given."""
        self.keys(place, source, _SETTABLE)
        return {name: self.value(f"{place} › {name}", name, one) for name, one in source.items() if name in _SETTABLE}

    def value(self, place: str, name: str, given: Any) -> Any:
        """One value that the mapping itself gives."""
        lists: dict[str, Collection[str]] = {"kind": KINDS, "restricted": RESTRICTIONS, "report": REPORTS}
        if name in lists:
            return self.one_of(place, given, lists[name])
        if name == "factors":
            return frozenset(self.one_of(place, one, FACTORS) for one in self.several(place, given, empty=True))
        shape = OWN_KEYS.get(name)
        if name in ("skip", "child_there") or shape is Shape.TRUTH:
            return self.truth(place, given)
        if name == "count" or shape is Shape.NUMBER:
            return self.number(place, given, int)
        if shape is Shape.PERCENT:
            return self.number(place, given, float)
        if shape is Shape.CHOICE:
            allowed = {one for kind in KINDS.values() if (key := kind.by_name.get(name)) for one in key.allowed}
            return self.one_of(place, given, sorted(allowed))
        return self.text(place, given)

    def number(self, place: str, given: Any, sort: Callable[[str], float]) -> float:
        """A number that the mapping itself gives."""
        try:
            return sort(str(given))
        except ValueError:
            self.wrong(place, given, "a number")
            return 1

    def person(self, given: Any) -> PersonColumns:
        """The columns of somebody whom a row is about."""
        source = self.pairs("people", given)
        self.keys("people", source, {"who", "child", "optional", "seen", *PARTICULARS})
        who = self.text("people › who", source.get("who"))
        place = f"people › {who}"
        child = self.one_of(f"{place} › child", str(source.get("child", "by age")).lower(), ("true", "false", "by age"))
        if child == "by age" and "born" not in source:
            self.wrong(place, "no birth date", "born, where their age says whether they are a child")
        columns = {
            name: self.column(f"{place} › {name}", source[name], dated=name == "born")
            for name in PARTICULARS
            if name in source
        }
        if "family_name" not in columns and "given_name" not in columns:
            self.wrong(place, "no name", "given_name or family_name")
        seen = self.column(f"{place} › seen", source["seen"]) if "seen" in source else None
        optional = self.truth(f"{place} › optional", source.get("optional", False))
        return PersonColumns(who, columns, {"true": True, "false": False}.get(child), optional, seen)


def _all_sets(mapping: Mapping) -> Iterator[Pairs[str, Any]]:
    for codes in mapping.codes:
        yield from codes.values.values()
        if codes.otherwise is not None:
            yield codes.otherwise
