"""An invented register of any size, from a seed: families with twins, namesakes, moves, changed names, and slips."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from onestory.arrive.matching.comparing.common_names import COMMON_GIVEN_NAMES, COMMON_SURNAMES
from onestory.arrive.matching.comparing.identifiers import is_nhs_number
from onestory.arrive.matching.comparing.name_families import GIVEN_FAMILIES, KNOWN_GIVEN_NAMES
from onestory.arrive.matching.comparing.names import given_forms

COLUMNS = (
    "record_id", "given_name", "surname", "birth_date", "sex", "nhs_number", "phone", "address_line", "locality",
    "postcode",
)  # fmt: skip

_BEGINNINGS = [
    "ba", "be", "bi", "bo", "bra", "cha", "da", "de", "do", "fa", "fe", "ga", "go", "gra", "ha", "he", "ja",
    "ka", "ke", "kra", "la", "le", "li", "lo", "ma", "me", "mo", "na", "ne", "o", "pa", "ra", "re", "sa", "so",
    "ta",
]  # fmt: skip
_MIDDLES = [
    "ba", "da", "di", "ga", "ka", "la", "li", "lo", "ma", "me", "mi", "na", "ne", "ni", "ra", "re", "ri", "ro",
    "sa", "shi", "ta", "ti", "to", "va", "wa", "ya", "za",
]  # fmt: skip
_ENDINGS = [
    "bury", "by", "cott", "den", "ek", "field", "ford", "gham", "ham", "ic", "ie", "ington", "ley", "man", "ney",
    "ova", "rell", "sen", "ski", "ster", "ton", "way", "well", "wick", "y",
]  # fmt: skip
_LOCALITIES = [
    "Alderwick", "Brockton", "Calverley", "Denham", "Eastmere", "Fenny", "Gransden", "Harwell", "Ivinghoe",
    "Kempton", "Loughby", "Marston",
]  # fmt: skip
_ROADS = ("Road", "Street", "Close", "Lane", "Avenue", "Drive", "Way", "Crescent")
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_TWINS, _NAMESAKES, _MOVED, _CHANGED = 0.03, 0.03, 0.15, 0.04


@dataclass(frozen=True)
class Home:
    """Where a family lives."""

    line: str
    locality: str
    postcode: str
    phone: str


@dataclass(frozen=True)
class Somebody:
    """A person as they are."""

    given: str
    surname: str
    born: dt.date
    sex: str
    nhs_number: str


class Register:
    """Makes families and what agencies wrote down of them; the same seed makes the same register."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.surnames = list(COMMON_SURNAMES) + self._made_up(4_000, _ENDINGS)
        self.surname_weights = [*COMMON_SURNAMES.values(), *(0.7 / (rank + 60) / 4 for rank in range(4_000))]
        self.given = (
            list(COMMON_GIVEN_NAMES) + sorted(KNOWN_GIVEN_NAMES - set(COMMON_GIVEN_NAMES)) + self._made_up(800, [""])
        )
        rest = len(self.given) - len(COMMON_GIVEN_NAMES)
        self.given_weights = [*COMMON_GIVEN_NAMES.values(), *(0.3 / rest for _ in range(rest))]
        self.streets = [f"{name.capitalize()} {self.random.choice(_ROADS)}" for name in self._made_up(900, _ENDINGS)]
        self.serial = 0

    def _made_up(self, many: int, endings: list[str]) -> list[str]:
        pick = self.random.choice
        return [pick(_BEGINNINGS) + pick(_MIDDLES) + pick([*_MIDDLES, ""]) + pick(endings) for _ in range(many)]

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _home(self) -> Home:
        pick = self.random
        street = pick.randrange(len(self.streets))
        line = f"{pick.randint(1, 160)} {self.streets[street]}"
        postcode = f"MK{street % 46 + 1} {street % 9}{_LETTERS[street % 20]}{_LETTERS[street // 46]}"
        return Home(line, _LOCALITIES[street % 12], postcode, f"07{pick.randrange(10**9):09d}")

    def _somebody(self, surname: str, born: dt.date, sex: str, given: str = "") -> Somebody:
        self.serial += 1
        name = given or self.random.choices(self.given, self.given_weights)[0]
        return Somebody(name, surname, born, sex, _nhs_number(self.serial))

    def _day(self, first: int, last: int) -> dt.date:
        return dt.date(first, 1, 1) + dt.timedelta(days=self.random.randrange(365 * (last - first + 1)))

    def family(self) -> list[Somebody]:
        """A mother, often a father, and their children, now and then twins or a son of his father's name."""
        surname = self.random.choices(self.surnames, self.surname_weights)[0]
        mother = self._somebody(surname, self._day(1955, 1998), "F")
        people = [mother]
        if self._chance(0.7):
            people.append(self._somebody(surname, self._day(mother.born.year - 6, mother.born.year + 3), "M"))
        year = mother.born.year + self.random.randint(17, 30)
        for _ in range(self.random.choices((0, 1, 2, 3, 4), (2, 3, 4, 2, 1))[0]):
            born = self._day(year, year + 1)
            people.append(self._child(people, born))
            if self._chance(_TWINS):
                people.append(self._child(people, born))
            year += self.random.randint(2, 5)
        return people

    def _child(self, family: list[Somebody], born: dt.date) -> Somebody:
        father = next((person for person in family if person.sex == "M" and person.born.year < born.year - 14), None)
        if father and self._chance(_NAMESAKES):
            return self._somebody(father.surname, born, "M", father.given)
        taken = {form for person in family for form in given_forms(person.given)}
        while True:
            child = self._somebody(family[0].surname, born, self.random.choice("FM"))
            if taken.isdisjoint(given_forms(child.given)):
                return child

    def rows(self, many: int) -> Iterator[tuple[int, dict[str, str]]]:
        """So many records, each with the number of the person whose it is."""
        made = 0
        while made < many:
            home, next_home = self._home(), self._home()
            for person in self.family():
                for _ in range(self.random.choices((1, 2, 3), (5, 3, 2))[0]):
                    if made < many:
                        made += 1
                        where = next_home if self._chance(_MOVED) else home
                        row = self._as_written(self._as_known(person), where)
                        yield (
                            int(person.nhs_number[3:9]) + 10**6 * (self.serial // 10**6),
                            {"record_id": f"r{made}", **row},
                        )

    def _as_known(self, person: Somebody) -> Somebody:
        given, surname = person.given, person.surname
        if self._chance(0.06) and given in GIVEN_FAMILIES:
            given = GIVEN_FAMILIES[given][0]
        if person.sex == "F" and self._chance(_CHANGED):
            other = self.random.choices(self.surnames, self.surname_weights)[0]
            surname = self.random.choice((other, f"{surname}-{other}"))
        return replace(person, given=self._slip(given, 0.05), surname=self._slip(surname, 0.05))

    def _as_written(self, person: Somebody, home: Home) -> dict[str, str]:
        chance = self._chance
        given, surname = (person.surname, person.given) if chance(0.01) else (person.given, person.surname)
        return {
            "given_name": "" if chance(0.01) else given.title(),
            "surname": "" if chance(0.005) else surname.title(),
            "birth_date": "" if chance(0.03) else self._date(person.born),
            "sex": "" if chance(0.1) else person.sex,
            "nhs_number": person.nhs_number if chance(0.3) else "",
            "phone": "" if chance(0.5) else home.phone if chance(0.9) else f"07{self.random.randrange(10**9):09d}",
            "address_line": "" if chance(0.04) else self._slip(home.line, 0.05),
            "locality": "" if chance(0.1) else home.locality,
            "postcode": "" if chance(0.04) else self._slip(home.postcode, 0.02),
        }

    def _date(self, born: dt.date) -> str:
        if born.day <= 12 and self._chance(0.02):
            return f"{born.year}-{born.day:02d}-{born.month:02d}"
        written = born.isoformat()
        if self._chance(0.02):
            place = self.random.choice((2, 3, 6, 9))
            written = written[:place] + str(self.random.randrange(10)) + written[place + 1 :]
        return written if self._chance(0.5) else f"{written[8:]}/{written[5:7]}/{written[:4]}"

    def _slip(self, text: str, share: float) -> str:
        if not self._chance(share) or len(text) < 3:
            return text
        place = self.random.randrange(1, len(text) - 1)
        letter = self.random.choice("abcdefghijklmnoprstuvwy")
        return self.random.choice(
            (
                text[:place] + letter + text[place + 1 :],
                text[:place] + text[place + 1 :],
                text[:place] + letter + text[place:],
                text[:place] + text[place + 1] + text[place] + text[place + 2 :],
            )
        )


def _nhs_number(serial: int) -> str:
    """A number of the range for demonstrations; where none has the right check digit, one with a wrong one."""
    written = f"999{serial % 10**6:06d}"
    return next((written + check for check in "0123456789" if is_nhs_number(written + check)), written + "0")


def write_register(path: Path, many: int, seed: int) -> set[tuple[str, str]]:
    """Write a register of so many records; returns every two of them that are one person's."""
    whose: dict[int, list[str]] = {}
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS)
        rows.writeheader()
        for person, row in Register(seed).rows(many):
            whose.setdefault(person, []).append(row["record_id"])
            rows.writerow(row)
    return {pair for ids in whose.values() for pair in itertools.combinations(sorted(ids), 2)}
