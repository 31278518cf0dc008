"""One record of a person as the comparisons see it: every field brought down to a form in which equal means equal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from onestory.arrive.matching.comparing import addresses, identifiers, names
from onestory.arrive.matching.comparing.birth_dates import ALLOWED as BIRTH_DATES_ALLOWED
from onestory.arrive.matching.comparing.birth_dates import BirthDate, read_birth_date
from onestory.arrive.matching.comparing.letters import says_nothing, words_of

FIELDS = (
    "given_name", "surname", "birth_date", "sex", "nhs_number", "upn", "phone",
    "address_line", "street_number", "locality", "region", "postcode",
)  # fmt: skip
"""What may be known of a person, under the names that files use."""

_SEXES = {
    "m": "male", "male": "male", "man": "male", "boy": "male", "1": "male",
    "f": "female", "female": "female", "woman": "female", "girl": "female", "2": "female",
}  # fmt: skip
# Stated, but nothing that could agree or disagree.
_SEX_NOT_KNOWN = {
    "0",
    "9",
    "u",
    "i",
    "o",
    "other",
    "indeterminate",
    "intersex",
    "unspecified",
    "non binary",
    "prefer not to say",
}


class Person(NamedTuple):
    """What one record says of a person. None and the empty tuple mean that it does not say; they never agree.

    A number is ``verified`` when its check digit is right and it is a permanent one.
    """

    given: str | None = None
    given_words: tuple[str, ...] = ()
    given_forms: tuple[str, ...] = ()
    given_roots: tuple[str, ...] = ()
    given_sound: str | None = None
    surname: str | None = None
    surname_parts: tuple[str, ...] = ()
    surname_sound: str | None = None
    all_names: str | None = None
    name_words: tuple[str, ...] = ()
    birth_year: str | None = None
    born: str | None = None
    born_swapped: str | None = None
    sex: str | None = None
    nhs_number: str | None = None
    nhs_verified: str | None = None
    upn: str | None = None
    upn_verified: str | None = None
    phone: str | None = None
    street_number: str | None = None
    street: str | None = None
    locality: str | None = None
    region: str | None = None
    postcode: str | None = None
    given_shown: str = ""
    surname_shown: str = ""


PERSON_FIELDS = Person._fields


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field that could not be taken as it stands: what was found and what is allowed."""

    field: str
    found: str
    allowed: str


_NAMES = ("given_name", "surname")
# Programs that take a column for numbers write 20140614 as 20140614.0 as soon as one row has none.
_AS_A_FRACTION = re.compile(r"(\d+)\.0\Z", re.ASCII)
_IN_DIGITS = ("birth_date", "nhs_number", "phone", "street_number", "postcode")
_ADDRESSES = ("address_line", "street_number", "locality", "region", "postcode")


def person_from(record: Mapping[str, str | None]) -> tuple[Person, tuple[Doubt, ...]]:
    """Bring a record's fields down to a Person, with a Doubt for each value that is not what its field allows.

    A doubtful value is not thrown away where it can still help: a date such as 31/02/2014 keeps its digits, a number
    with a wrong check digit stays as unverified.
    """
    stated = {name: text for name in FIELDS if (text := (record.get(name) or "").strip())}
    stated |= {
        name: _AS_A_FRACTION.sub(r"\1", stated[name]) for name in _IN_DIGITS if stated.get(name, "")[-2:] == ".0"
    }
    doubts: list[Doubt] = []
    known: dict = {} if stated.keys().isdisjoint(_NAMES) else _named(stated)
    known |= {} if stated.keys().isdisjoint(_ADDRESSES) else _addressed(stated)
    known |= _born(stated.get("birth_date", ""), doubts) | _sexed(stated.get("sex", ""), doubts)
    known |= _numbered(stated, doubts)
    return Person(**known), tuple(doubts)


def _named(stated: Mapping[str, str]) -> dict:
    first, last = stated.get("given_name", ""), stated.get("surname", "")
    if not first and last.count(",") == 1:  # Abbott, Jade
        last, first = (part.strip() for part in last.split(","))
    given, surname = names.given_name(first), names.surname(last)
    whole = tuple(sorted({*given.words, *surname.words})) if given.words and surname.words else ()
    return {
        "given": given.squeezed,
        "given_words": given.words,
        "given_forms": given.forms,
        "given_roots": given.roots,
        "given_sound": given.sound,
        "surname": surname.squeezed,
        "surname_parts": surname.parts,
        "surname_sound": surname.sound,
        "all_names": " ".join(whole) or None,
        "name_words": whole,
        "given_shown": first if given.words else "",
        "surname_shown": last if surname.words else "",
    }


def _born(text: str, doubts: list[Doubt]) -> dict:
    if says_nothing(words_of(text)):
        return {}
    born: BirthDate | None = read_birth_date(text)
    if born is None or not born.real:
        doubts.append(Doubt("birth_date", text, BIRTH_DATES_ALLOWED if born is None else "a day that the calendar has"))
    return {"birth_year": born.year, "born": born.digits, "born_swapped": born.swapped} if born else {}


def _sexed(text: str, doubts: list[Doubt]) -> dict:
    words = words_of(text)
    said = " ".join(words)
    if said in _SEXES:
        return {"sex": _SEXES[said]}
    if not says_nothing(words) and said not in _SEX_NOT_KNOWN:
        doubts.append(Doubt("sex", text, "female, male, other or not known"))
    return {}


def _numbered(stated: Mapping[str, str], doubts: list[Doubt]) -> dict:
    known: dict[str, str | None] = {}
    for field, verified, is_right, allowed in (
        ("nhs_number", "nhs_verified", identifiers.is_nhs_number, "ten digits, the last of them the right check digit"),
        ("upn", "upn_verified", identifiers.is_upn, "a letter and twelve digits that give this check letter"),
    ):
        text = stated.get(field, "")
        if says_nothing(words_of(text)):
            continue
        known[field] = number = identifiers.plain_number(text)
        if is_right(number):
            known[verified] = number
        elif not (field == "upn" and identifiers.is_temporary_upn(number)):
            doubts.append(Doubt(field, text, allowed))
    if not says_nothing(words_of(phone := stated.get("phone", ""))):
        digits = identifiers.plain_phone(phone)
        known["phone"] = (digits or "").lstrip("0") or None  # a spreadsheet leaves the first 0 out
        if known["phone"] is None:
            doubts.append(Doubt("phone", phone, "a telephone number of 6 to 15 digits"))
    return known


def _addressed(stated: Mapping[str, str]) -> dict:
    number, street = addresses.street_of(stated.get("address_line", ""))
    return {
        "street_number": addresses.plain_place(stated.get("street_number", "")) or number,
        "street": street,
        "locality": addresses.plain_place(stated.get("locality", "")),
        "region": addresses.plain_place(stated.get("region", "")),
        "postcode": addresses.plain_postcode(stated.get("postcode", "")),
    }
