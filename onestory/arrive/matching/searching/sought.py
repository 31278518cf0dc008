"""Who is looked for: what somebody typed, told apart into names, birth date, postcode and numbers. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import permutations

from onestory.arrive.matching.comparing.addresses import plain_postcode
from onestory.arrive.matching.comparing.birth_dates import read_birth_date
from onestory.arrive.matching.comparing.identifiers import (
    is_nhs_number,
    is_temporary_upn,
    is_upn,
    plain_number,
    plain_phone,
)
from onestory.arrive.matching.comparing.letters import words_of
from onestory.arrive.matching.searching import near_misses
from onestory.arrive.matching.searching.keys import Key, Kind, key, pair_keys, part_keys
from onestory.arrive.matching.searching.name_tokens import split_label, word

LONGEST = 200
"""Letters of a question that are read; nobody is looked for by more."""

_MOST_WORDS = 5
_DATE = re.compile(
    r"\b(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2} \d{1,2} \d{4}|(?:19|20)\d{6})\b"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WRITTEN_DATE = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(" + "|".join(_MONTHS) + r")[a-z]*\.?,?\s+(\d{4})\b", re.IGNORECASE
)
_POSTCODE = re.compile(
    r"\b(?=[A-Z ]{1,4}\d|[A-Z]+[OIS]? ?[OIS]?\d)([A-Z]{1,2}[0-9OI][0-9A-Z]?) ?([0-9OIS][A-Z]{2})\b", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w-])(\d{3}[ -]\d{3}[ -]\d{4}|[A-Z]{0,3}[-/]?\d[\dA-Z/-]{3,18})(?![\w-])", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\w-])(?:19|20)\d\d(?![\w-]| \d)")


@dataclass(frozen=True, slots=True)
class Sought:
    """A question: words of names in the order typed, ``born`` as typed, numbers without spaces."""

    names: tuple[str, ...] = ()
    born: str = ""
    postcode: str = ""
    nhs_number: str = ""
    upn: str = ""
    number: str = ""
    phone: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked by which anybody could be found."""
        return self == replace(Sought(), born=self.born) and not self.born_digits

    @property
    def born_digits(self) -> str:
        """Eight digits, whether the calendar has that day or not; empty where the day is not known."""
        born = read_birth_date(self.born)
        return born.digits or "" if born else ""

    def tokens(self) -> list[str]:
        """What was asked, word by word, for the audit, which keeps only digests of it."""
        return [*self.names, *filter(None, (self.born, self.postcode, self.nhs_number, self.upn, self.number))]


def read_question(text: str, *, born: str = "", postcode: str = "", number: str = "") -> Sought:
    """What somebody typed; the single fields count before what stands in ``text``, in which anything may stand."""
    rest, found = text[:LONGEST], Sought()
    rest, written = _taken(_WRITTEN_DATE, rest)
    if written:
        day, month, year = _WRITTEN_DATE.fullmatch(written).groups()  # type: ignore[union-attr]
        found = replace(found, born=f"{day}/{_MONTHS.index(month.lower()) + 1}/{year}")
    elif (pair := _taken(_DATE, rest))[1] and read_birth_date(pair[1]):
        rest, found = pair[0], replace(found, born=pair[1])
    rest, typed_postcode = _taken(_POSTCODE, rest)
    found = replace(found, postcode=plain_postcode(typed_postcode) or "")
    if not found.born:
        rest, year = _taken(_YEAR, rest)
        found = replace(found, born=year)
    rest, typed_number = _taken(_NUMBER, rest)
    found = _with_number(found, typed_number)
    found = replace(found, names=_name_words(rest), born=(born or found.born).strip()[:40])
    if postcode.strip():
        found = replace(found, postcode=plain_postcode(_postcode_in(postcode)) or "")
    return _with_number(found, number[:LONGEST]) if number.strip() else found


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.search(text)
    if not match:
        return text, ""
    return f"{text[: match.start()]} {text[match.end() :]}", match[0]


def _postcode_in(text: str) -> str:
    """The postcode in an address, or all of it where it is short enough to be a mistyped one."""
    match = _POSTCODE.search(text)
    if match:
        return match[0]
    return text if len(text.replace(" ", "")) <= 8 else ""


def _with_number(found: Sought, typed: str) -> Sought:
    number = plain_number(typed)
    if not number:
        return found
    if is_upn(number) or is_temporary_upn(number) or re.fullmatch(r"[A-Z]\d{10,13}", number):
        return replace(found, upn=number)
    if is_nhs_number(number) or (number.isdigit() and 9 <= len(number) <= 11 and not number.startswith("0")):
        return replace(found, nhs_number=number, number=number)
    if number.startswith(("0", "44")) and (phone := plain_phone(typed)) and len(phone) >= 10:
        return replace(found, phone=phone, number=number)
    return replace(found, number=number)


def _name_words(text: str) -> tuple[str, ...]:
    given, family = split_label(text.replace(",", " "))
    return tuple(dict.fromkeys(words_of(f"{given} {family}")))[:_MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Asked:
    """One key to look up, and how much a record is worth looking at that has it, in bits, roughly."""

    key: Key
    worth: float


def keys_to_look_up(sought: Sought) -> list[Asked]:
    """Every key under which the record may be found that is meant, slips allowed for; each once, at its best worth."""
    best: dict[int, Asked] = {}
    for asked in _all_keys(sought):
        if asked.key.number not in best or best[asked.key.number].worth < asked.worth:
            best[asked.key.number] = asked
    return list(best.values())


def worth_of(found: Iterable[Asked]) -> float:
    """What a record is worth looking at that is found under these keys: of each kind the best one counts."""
    best: dict[Kind, float] = {}
    for one in found:
        best[one.key.kind] = max(one.worth, best.get(one.key.kind, 0.0))
    return sum(best.values())


def _all_keys(sought: Sought) -> Iterator[Asked]:
    tokens = list(dict.fromkeys(token for text in sought.names for token in word(text).tokens))
    yield from _by_name(sought.names)
    born = sought.born_digits
    if born:
        yield from _dated(tokens, born, 13, 21)
        for near in near_misses.near_dates(born):
            yield from _dated(tokens, near, 0, 15)
    if sought.postcode:
        yield from _placed(tokens, sought.postcode, 12, 20)
        for near in near_misses.near_postcodes(sought.postcode):
            yield from _placed(tokens, near, 0, 14)
    yield from _numbered(Kind.NHS_NUMBER, sought.nhs_number, near_misses.near_nhs_numbers)
    yield from _numbered(Kind.UPN, sought.upn, near_misses.near_upns)
    yield from _numbered(Kind.LOCAL_NUMBER, sought.number, near_misses.near_local_numbers)
    if sought.phone:
        yield Asked(key(Kind.PHONE, sought.phone), 20)
    if len(tokens) and sought == replace(Sought(), names=sought.names, born="" if born else sought.born):
        yield from _by_one_word(sought.names, tokens)


def _by_name(names: tuple[str, ...]) -> Iterator[Asked]:
    for one, other in permutations(names, 2):
        yield from (Asked(found, 14) for found in pair_keys(one, other))
        yield from (Asked(found, 7) for found in part_keys(one, other))


def _by_one_word(names: tuple[str, ...], tokens: Iterable[str]) -> Iterator[Asked]:
    if len(names) == 1:
        yield from (Asked(key(Kind.NAME, token), 8) for token in tokens)


def _dated(tokens: Iterable[str], born: str, alone: float, with_name: float) -> Iterator[Asked]:
    if alone:
        yield Asked(key(Kind.BORN, born), alone)
    yield from (Asked(key(Kind.NAME_BORN, f"{token} {born}"), with_name) for token in tokens)


def _placed(tokens: Iterable[str], postcode: str, alone: float, with_name: float) -> Iterator[Asked]:
    if alone:
        yield Asked(key(Kind.PLACE, postcode), alone)
    yield from (Asked(key(Kind.NAME_PLACE, f"{token} {postcode}"), with_name) for token in tokens)


def _numbered(kind: Kind, number: str, near: object) -> Iterator[Asked]:
    if number:
        yield Asked(key(kind, number), 25)
        yield from (Asked(key(kind, one), 9) for one in near(number))  # type: ignore[operator]
