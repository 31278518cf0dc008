"""An invented register of any size for measuring: what an agency holds of each person, and questions with errors."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.unit.arrive.matching.register import Home, Register, Somebody

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"


@dataclass(frozen=True)
class Held:
    """Somebody in the register: who, where, and where before."""

    number: int
    who: Somebody
    homes: tuple[Home, ...]


PEOPLE_IN_A_POSTCODE = 40
"""As in Britain."""


def _postcode(number: int) -> str:
    inward = "ABDEFGHJLNPQRSTUWXYZ"
    rest, letter = divmod(number * 7919 % 216_000, 20)
    rest, other = divmod(rest, 20)
    district, sector = divmod(rest, 9)
    return f"MK{district + 1} {sector + 1}{inward[letter]}{inward[other]}"


def _home(register: Register, many: int, pick: random.Random) -> Home:
    number = pick.randrange(max(many // PEOPLE_IN_A_POSTCODE, 20))
    return replace(register._home(), postcode=_postcode(number))


def held(register: Register, many: int) -> Iterator[Held]:
    """So many people in families."""
    numbers, pick = itertools.count(1), random.Random(many)
    while True:
        home, before = (_home(register, many, pick) for _ in range(2))
        for who in register.family():
            number = next(numbers)
            if number > many:
                return
            yield Held(number, who, (home, before) if number % 3 == 0 else (home,))


SETS = ("birth date", "postcode", "identifier", "name alone")


def question(person: Held, which: str, errors: int, pick: random.Random) -> str:
    """What somebody types who means this person: the name and one thing more, with so many errors in it."""
    parts = [person.who.given, person.who.surname]
    if which == "birth date":
        parts.append(f"{person.who.born:%d/%m/%Y}")
    elif which == "postcode":
        parts.append(pick.choice(person.homes).postcode)
    elif which == "identifier":
        parts.append(person.who.nhs_number)
    for _ in range(errors):
        at = pick.randrange(len(parts))
        parts[at] = _with_error(parts[at], "name" if at < 2 else which, pick)
    if pick.random() < 0.3:
        parts[0], parts[1] = parts[1], parts[0]
    return " ".join(parts)


def _with_error(text: str, which: str, pick: random.Random) -> str:
    """One letter or digit wrong, missing, too many, or two changed round; day and month swapped now and then."""
    if which == "birth date":
        day, month, year = text.split("/")
        if pick.random() < 0.25 and int(day) <= 12 and day != month:
            return f"{month}/{day}/{year}"
        at = pick.choice([0, 1, 3, 4, 8, 9])
        return text[:at] + pick.choice(_DIGITS) + text[at + 1 :]
    if which == "identifier":
        at = pick.randrange(len(text) - 1)
        if pick.random() < 0.3:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        return text[:at] + pick.choice(_DIGITS) + text[at + 1 :]
    letters = [at for at, char in enumerate(text[:-1]) if char.isalnum()]
    at = pick.choice(letters) if letters else 0
    kind = pick.randrange(4) if which == "name" and len(text) > 3 else pick.choice((0, 3))
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + pick.choice(_LETTERS) + text[at:]
    if kind == 3 and text[at + 1] not in (" ", text[at]):
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    other = pick.choice(_DIGITS if text[at].isdigit() else _LETTERS)
    return text[:at] + (other.upper() if text[at].isupper() else other) + text[at + 1 :]
