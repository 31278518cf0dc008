"""An agency's nightly file of its persons, row by row: what can be taken, and what is wrong with the rest. Pure."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from onestory.arrive.matching.bulk.row_problems import RowProblem
from onestory.arrive.matching.comparing.birth_dates import ALLOWED as BIRTH_DATES_ALLOWED
from onestory.arrive.matching.comparing.birth_dates import read_birth_date
from onestory.arrive.matching.comparing.identifiers import is_nhs_number, is_temporary_upn, is_upn, plain_number
from onestory.arrive.matching.comparing.letters import says_nothing, words_of
from onestory.arrive.matching.comparing.person import person_from

ID = "record_id"
COLUMNS = (
    ID, "given_name", "surname", "former_surname", "birth_date", "sex", "nhs_number", "upn", "phone", "address_line",
    "locality", "postcode", "child",
)  # fmt: skip
LONGEST = {ID: 60, "address_line": 300, "postcode": 12, "phone": 40}
OTHERWISE_LONGEST = 200
DEMONSTRATION_NUMBERS = "999"
CHILDHOOD = 18
_YES, _NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}


class PersonFileProblem(Exception):
    """A file that is no file of persons; the message says what is wrong and what is allowed."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of an agency's file, brought down to what is kept."""

    row: int
    number: str
    given_name: str
    family_name: str
    former_surname: str
    born: str
    sex: str
    nhs_number: str
    upn: str
    phone: str
    address_line: str
    locality: str
    postcode: str
    child: bool | None


def read_person_rows(path: Path, *, demonstration: bool) -> Iterator[PersonRow | RowProblem]:
    """The rows that can be taken, and for every other one what is wrong with it; each number counts once.

    ``demonstration``: NHS numbers must be of the range for demonstrations. Raises PersonFileProblem.
    """
    seen: dict[str, int] = {}
    for number, values in _rows(path):
        record = {name: " ".join((text or "").split()) for name, text in values.items()}
        problems = [RowProblem(path.name, number, *found) for found in _wrong(record, demonstration)]
        own = record[ID]
        if own and own in seen:
            allowed = f"each number once; it stands in row {seen[own]} too"
            problems.append(RowProblem(path.name, number, ID, own, allowed))
        if problems:
            yield from problems
            continue
        seen[own] = number
        yield _row(number, record)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PersonFileProblem(
            f"{path.name}: not a text file in UTF-8 (byte {error.start}); save it as CSV UTF-8."
        ) from error
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=_delimiter(text), restkey="", strict=False)
    names = [re.sub(r"[\s\-]+", "_", (name or "").strip().casefold()) for name in reader.fieldnames or ()]
    if ID not in names or len(set(names)) < len(names):
        wanted = f"a heading with {ID}, and any of {', '.join(COLUMNS[1:])}, each once"
        raise PersonFileProblem(f"{path.name}: found the heading “{', '.join(names)}”; allowed: {wanted}.")
    reader.fieldnames = names
    for values in reader:
        known = {name: values.get(name) or "" for name in COLUMNS}
        yield reader.line_num, known | ({"": "more"} if values.get("") else {})


def _delimiter(text: str) -> str:
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)


def _wrong(record: Mapping[str, str], demonstration: bool) -> Iterator[tuple[str, str, str]]:
    """Each field that cannot be taken: field, found, allowed."""
    if "" in record:
        yield "", "more fields than the heading has", "as many as the heading"
    if not record[ID]:
        yield ID, "nothing", "the agency’s own number for the person"
    if not record["given_name"] and not record["surname"]:
        yield "surname", "no name", "a given name or a surname"
    for name in COLUMNS:
        most = LONGEST.get(name, OTHERWISE_LONGEST)
        if len(record[name]) > most:
            yield name, record[name], f"at most {most} letters"
    yield from _wrong_values(record, demonstration)


def _wrong_values(record: Mapping[str, str], demonstration: bool) -> Iterator[tuple[str, str, str]]:
    born = record["birth_date"]
    if born and not says_nothing(words_of(born)):
        read = read_birth_date(born)
        if read is None or not read.real:
            yield "birth_date", born, BIRTH_DATES_ALLOWED if read is None else "a day that the calendar has"
    yield from ((one.field, one.found, one.allowed) for one in person_from({"sex": record["sex"]})[1])
    nhs, upn = plain_number(record["nhs_number"]), plain_number(record["upn"])
    if nhs and not is_nhs_number(nhs):
        yield "nhs_number", record["nhs_number"], "ten digits, the last of them the right check digit"
    elif nhs and demonstration and not nhs.startswith(DEMONSTRATION_NUMBERS):
        yield "nhs_number", record["nhs_number"], "in a demonstration, numbers that begin with 999"
    if upn and not is_upn(upn) and not is_temporary_upn(upn):
        yield "upn", record["upn"], "a letter and twelve digits that give this check letter"
    if record["child"].casefold() not in _YES | _NO | {""}:
        yield "child", record["child"], "yes or no"


def _row(number: int, record: Mapping[str, str]) -> PersonRow:
    known, _ = person_from({"birth_date": record["birth_date"], "sex": record["sex"]})
    said = record["child"].casefold()
    return PersonRow(
        row=number,
        number=record[ID],
        given_name=record["given_name"],
        family_name=record["surname"],
        former_surname=record["former_surname"],
        born=_born(known.born, known.birth_year, record["birth_date"]),
        sex=known.sex or "",
        nhs_number=plain_number(record["nhs_number"]),
        upn=plain_number(record["upn"]),
        phone=record["phone"],
        address_line=record["address_line"],
        locality=record["locality"],
        postcode=record["postcode"].upper(),
        child=None if not said else said in _YES,
    )


def _born(digits: str | None, year: str | None, typed: str) -> str:
    if digits:
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    month = re.fullmatch(r"\d{4}-(\d{2})", typed)
    return typed if month else year or ""


def is_child(row: PersonRow, today: dt.date) -> bool:
    """Whether a story is kept for the person: as the file says it, else by the birth date; nobody's birth date: no."""
    if row.child is not None or not row.born:
        return bool(row.child)
    year, month, day = (int(part) for part in (*row.born.split("-"), "1", "1")[:3])
    return (today.year - year, today.month, today.day) < (CHILDHOOD, month, day)
