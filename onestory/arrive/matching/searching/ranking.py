"""Whom a question means: records weighed with the levels and weights that join records, with reasons in words. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from onestory.arrive.matching.comparing.explaining import Reason, level_of, words_for
from onestory.arrive.matching.comparing.identifiers import plain_number
from onestory.arrive.matching.comparing.letters import words_of
from onestory.arrive.matching.comparing.levels import (
    BIRTH_DATE,
    GIVEN_NAME,
    NHS_NUMBER,
    PHONE,
    PLACE,
    SURNAME,
    UPN,
    Aspect,
)
from onestory.arrive.matching.comparing.person import Person, person_from
from onestory.arrive.matching.comparing.weights import Weights
from onestory.arrive.matching.searching.keys import Kind, key
from onestory.arrive.matching.searching.name_tokens import split_label, word
from onestory.arrive.matching.searching.sought import Sought

LEAST = 4.0
"""Bits of evidence below which a record is not shown: a birth date that many share, with another name, is nobody."""

FAR_BEHIND = 25.0
"""Bits behind the best one at which a record is not shown any more."""

MOST_COMPARED = 50
"""People who are compared in full, the likeliest at a glance: ten are shown, and full comparison costs most."""

_SAME_NUMBER, _NEAR_NUMBER = 18.0, 6.0
_WORTH_OF_A_WORD, _WORD_LIKE_ANY_OTHER = 10.0, 0.6
_LEAST_ALIKE, _ANOTHER_NAME = 0.65, 15.0


@dataclass(frozen=True, slots=True)
class Record:
    """What a record says that the reader may see, as text.

    ``found`` are the keys under which it was found, ``worth`` what they are worth together, in bits, roughly.
    """

    id: str
    person: str
    names: tuple[tuple[str, str], ...]
    born: str = ""
    nhs_number: str = ""
    upn: str = ""
    number: str = ""
    found: frozenset[int] = frozenset()
    worth: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """One person, how much speaks for their being meant, why in words, and how many digits were slips."""

    person: str
    bits: float
    reasons: tuple[str, ...]
    slips: int


class Ranking:
    """Weighs records for one question."""

    def __init__(self, sought: Sought, weights: Weights) -> None:
        self._sought, self._weights = sought, weights
        self._names = [
            person_from({"given_name": given, "surname": family})[0] for given, family in _splits(sought.names)
        ]
        self._asked, _ = person_from(
            {"birth_date": sought.born, "nhs_number": sought.nhs_number, "upn": sought.upn, "phone": sought.phone}
        )
        self._place = key(Kind.PLACE, sought.postcode).number if sought.postcode else 0
        tokens = {token for text in sought.names for token in word(text).tokens}
        self._named_place = {key(Kind.NAME_PLACE, f"{token} {sought.postcode}").number for token in tokens}
        self._number = key(Kind.LOCAL_NUMBER, sought.number).number if sought.number else 0

    def ranked(self, records: Iterable[Record], limit: int) -> list[Ranked]:
        """The people whom the question may mean, the likeliest first; each aspect counts where it agrees best."""
        people: dict[str, list[Record]] = {}
        for record in records:
            people.setdefault(record.person, []).append(record)
        found = sorted(
            (self._person(person, people[person]) for person in self._likeliest(people)),
            key=lambda one: (-one.bits, one.slips, one.person),
        )
        best = found[0].bits if found else 0.0
        return [one for one in found if one.bits >= max(LEAST, best - FAR_BEHIND)][:limit]

    def _likeliest(self, people: Mapping[str, list[Record]]) -> Collection[str]:
        """Those who are worth comparing in full, by their keys and by how alike the words of their names are."""
        if len(people) <= MOST_COMPARED:
            return people
        return heapq.nlargest(MOST_COMPARED, people, key=lambda one: max(map(self._at_a_glance, people[one])))

    def _at_a_glance(self, record: Record) -> float:
        return record.worth + max(map(self._alike, record.names), default=0.0)

    def _alike(self, name: tuple[str, str]) -> float:
        """What the likeness of each word that was asked to the most alike word of the name is worth, in bits."""
        stated = [*words_of(name[0]), *words_of(name[1])]
        alike = [
            max((JaroWinkler.similarity(asked, one) for one in stated), default=0.0) for asked in self._sought.names
        ]
        far = _WORD_LIKE_ANY_OTHER
        return sum(_WORTH_OF_A_WORD * (one - far) / (1 - far) for one in alike if one > far)

    def _is_somebody_else(self, known: Person, reasons: Iterable[Reason]) -> bool:
        """Whether no word of the name is like another: then a birth date that they share says nothing."""
        if any(one.level != "different" for one in reasons):
            return False
        asked, stated = (
            " ".join(sorted(words)) for words in (self._sought.names, (known.given or "", known.surname or ""))
        )
        return JaroWinkler.similarity(asked, stated) < _LEAST_ALIKE

    def _person(self, person: str, records: list[Record]) -> Ranked:
        best: dict[str, Reason] = {}
        stated = [(record, self._stated(record)) for record in records]
        for record, known in stated:
            for reason in self._reasons(record, known):
                if reason.aspect not in best or reason.bits > best[reason.aspect].bits:
                    best[reason.aspect] = reason
        reasons = tuple(one.words for one in best.values() if one.words and one.agrees)
        bits, slips = sum(one.bits for one in best.values()), min(self._slips(*one) for one in stated)
        return Ranked(person, bits, reasons, slips)

    def _stated(self, record: Record) -> Person:
        """What the record says of that which was asked."""
        asked = self._sought
        return _stated(
            record.born if asked.born else "",
            record.nhs_number if asked.nhs_number else "",
            record.upn if asked.upn else "",
        )

    def _reasons(self, record: Record, known: Person) -> Iterator[Reason]:
        yield from self._name(record)
        for aspect in (BIRTH_DATE, NHS_NUMBER, UPN):
            yield from self._compared(aspect, self._asked, known)
        yield from self._located(record.found)
        yield from self._local_number(record)

    def _compared(self, aspect: Aspect, asked: Person, known: Person) -> Iterator[Reason]:
        level = level_of(aspect, asked, known)
        if level is not None:
            bits = self._weights.bits(aspect, level, asked, known)
            yield Reason(aspect.name, level.name, words_for(aspect, level, asked, known), bits)

    def _name(self, record: Record) -> Iterator[Reason]:
        """Given name and surname as one aspect, in the way of reading the words that agrees best."""
        names = [_named(*name) for name in record.names]
        ways = [
            reasons
            for known in names
            for asked in self._names
            if (reasons := [*self._compared(GIVEN_NAME, asked, known), *self._compared(SURNAME, asked, known)])
        ]
        if ways:
            best = max(ways, key=lambda reasons: sum(one.bits for one in reasons))
            words = "; ".join(dict.fromkeys(one.words for one in best if one.words and one.agrees))
            bits = sum(one.bits for one in best)
            if all(self._is_somebody_else(name, best) for name in names):
                bits -= _ANOTHER_NAME
            yield Reason("name", "", words, bits)

    def _located(self, found: Collection[int]) -> Iterator[Reason]:
        """What the keys tell of place and telephone: the address itself is not read, the reader may not know it."""
        if self._place and (self._place in found or self._named_place & set(found)):
            yield Reason("place", "same", "same postcode", self._bits(PLACE, "same"))
        elif self._sought.postcode and any(number < 0 for number in found):
            yield Reason("place", "alike", "postcode with one character off", self._bits(PLACE, "alike"))
        if self._sought.phone and key(Kind.PHONE, self._sought.phone).number in found:
            yield Reason("phone", "same", "same telephone number", self._bits(PHONE, "same"))

    def _bits(self, aspect: Aspect, level: str) -> float:
        return self._weights.levels[aspect.name][level].bits

    def _local_number(self, record: Record) -> Iterator[Reason]:
        if not self._sought.number or not record.number:
            return
        if self._number in record.found:
            yield Reason("number", "same", "same number at the agency", _SAME_NUMBER)
        elif _apart(self._sought.number, plain_number(record.number)) <= 1:
            yield Reason("number", "one_off", "number at the agency with one character off", _NEAR_NUMBER)

    def _slips(self, record: Record, known: Person) -> int:
        """How many digits differ; it only orders people for whom equally much speaks."""
        pairs = (
            (self._asked.born or "", known.born or ""),
            (self._sought.nhs_number, record.nhs_number),
            (self._sought.upn, record.upn),
        )
        return sum(_apart(asked, stated) if stated else len(asked) for asked, stated in pairs if asked)


@lru_cache(maxsize=50_000)
def _stated(born: str, nhs_number: str, upn: str) -> Person:
    """Birth date and numbers of a record."""
    return person_from({"birth_date": born, "nhs_number": nhs_number, "upn": upn})[0]


@lru_cache(maxsize=50_000)
def _named(given: str, family: str) -> Person:
    return person_from({"given_name": given, "surname": family})[0]


def _apart(one: str, other: str) -> int:
    return sum(left != right for left, right in zip(one, other, strict=False)) + abs(len(one) - len(other))


def _splits(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """The words as given name and surname, in each way in which people write them."""
    if len(names) == 1:
        return [(names[0], ""), ("", names[0])]
    found = []
    for at in range(1, len(names)):
        first, last = " ".join(names[:at]), " ".join(names[at:])
        found += [(first, last), (last, first)]
    return found


def record_names(given: str, family: str, label: str, former: Iterable[Mapping[str, str]] = ()) -> tuple:
    """Every name of a record as given name and surname; a former one lends what it lacks from the present one."""
    if not (given.strip() or family.strip()):
        given, family = split_label(label)
    others = [(one["given_name"] or given, one["family_name"] or family) for one in former]
    return tuple(dict.fromkeys([(given, family), *others]))


def without_location(sought: Sought) -> Sought:
    """The question without what tells a location."""
    return replace(sought, postcode="", phone="")
