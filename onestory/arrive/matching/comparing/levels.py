"""What is compared and in which steps of likeness: data, read by the bulk engine and by the explanation alike.

Each level names its test, the words for it, and what is assumed before any file is seen: how often two records of ONE
person stand at this level (``same_person``, Splink's m) and how often two records of TWO people do (``strangers``, its
u). Levels are tried in order and the first that holds counts. The assumptions are round figures from reasoning, not
from any test file; a file of some size teaches better ones within ``least`` and ``most`` (bits of evidence for one
person), so that no odd file can teach nonsense.
"""

from __future__ import annotations

from dataclasses import dataclass

from onestory.arrive.matching.comparing.conditions import (
    Alike,
    Condition,
    Edits,
    Equal,
    Initial,
    Missing,
    OneHoldsOther,
    ShareAny,
    all_of,
    any_of,
)


@dataclass(frozen=True, slots=True)
class Level:
    """One step of likeness. ``test`` is None for the last one, where nothing before it held."""

    name: str
    test: Condition | None
    words: str
    same_person: float
    strangers: float
    least: float
    most: float
    rarity: float = 0.0
    """How much of a value's rarity counts: 1 when the values are equal, less when they only resemble each other."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """One kind of evidence: what it needs, and its levels from the most alike to different.

    ``shown`` is the field whose typed words are shown with the reason; ``rare_by`` the one whose rarity counts.
    """

    name: str
    missing: Missing
    levels: tuple[Level, ...]
    shown: str = ""
    rare_by: str = ""

    @property
    def exact(self) -> Level:
        """The level at which both state the same."""
        return self.levels[0]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields without which there is nothing to compare."""
        return self.missing.fields


_CROSSED = any_of(
    Equal("all_names"),
    all_of(Equal("given", "surname"), Alike("surname", 0.8, "given")),
    all_of(Equal("surname", "given"), Alike("given", 0.8, "surname")),
)

GIVEN_NAME = Aspect(
    "given_name",
    Missing(("given",)),
    (
        Level("same", Equal("given"), "same given name", 0.8, 0.008, 2, 15, rarity=1),
        Level("crossed", _CROSSED, "given name and surname changed round", 0.01, 0.0001, 4, 9),
        Level(
            "form",
            any_of(ShareAny("given_forms"), OneHoldsOther("given_roots"), OneHoldsOther("name_words")),
            "given name in another form",
            0.06,
            0.008,
            1,
            7,
        ),
        Level(
            "alike",
            any_of(Equal("given_sound"), Alike("given", 0.93), Edits("given", 1, 3, long_at_most=2, long=7)),
            "given name alike",
            0.08,
            0.004,
            1,
            8,
            rarity=0.5,
        ),
        Level("initial", Initial("given"), "given name with the same first letter", 0.01, 0.003, 0, 3),
        Level("different", None, "different given name", 0.04, 0.97, -8, -2),
    ),
    shown="given_shown",
    rare_by="given",
)

SURNAME = Aspect(
    "surname",
    Missing(("surname",)),
    (
        Level("same", Equal("surname"), "same surname", 0.84, 0.003, 2, 15, rarity=1),
        Level("crossed", _CROSSED, "", 0.01, 0.0001, 4, 9),
        Level(
            "form",
            any_of(ShareAny("surname_parts"), OneHoldsOther("name_words")),
            "surname in another form",
            0.05,
            0.002,
            1,
            8,
        ),
        Level(
            "alike",
            any_of(Equal("surname_sound"), Alike("surname", 0.93), Edits("surname", 1, 3, long_at_most=2, long=7)),
            "surname alike",
            0.06,
            0.002,
            1,
            9,
            rarity=0.5,
        ),
        Level("different", None, "different surname", 0.04, 0.99, -7, -2),
    ),
    shown="surname_shown",
    rare_by="surname",
)

BIRTH_DATE = Aspect(
    "birth_date",
    Missing(("birth_year",)),
    (
        Level("same", Equal("born"), "same birth date", 0.9, 0.00007, 5, 15, rarity=1),
        Level("swapped", Equal("born", "born_swapped"), "birth date with day and month swapped", 0.01, 0.00007, 3, 10),
        Level("one_digit", Edits("born", 1), "birth date with one digit off", 0.04, 0.002, 1, 8),
        Level("year", Equal("birth_year"), "same birth year", 0.01, 0.012, -3, 2),
        Level("different", None, "different birth date", 0.04, 0.98, -9, -3),
    ),
    shown="born",
    rare_by="born",
)

SEX = Aspect(
    "sex",
    Missing(("sex",)),
    (
        Level("same", Equal("sex"), "", 0.985, 0.5, 0.5, 1.5),
        Level("different", None, "different sex", 0.015, 0.5, -7, -3),
    ),
)


def _number(name: str, verified: str, words: str) -> Aspect:
    levels = (
        Level("verified", Equal(verified), f"same {words}", 0.9, 1e-7, 12, 22),
        Level("same", Equal(name), f"same {words} (its check digit is wrong)", 0.05, 1e-7, 6, 18),
        Level("one_off", Edits(name, 1, 6), f"{words} with one character off", 0.03, 1e-6, 0, 7),
        Level("different", None, f"different {words}", 0.02, 0.999, -8, -3),
    )
    return Aspect(name, Missing((name,)), levels)


NHS_NUMBER = _number("nhs_number", "nhs_verified", "NHS number")
UPN = _number("upn", "upn_verified", "unique pupil number")

PHONE = Aspect(
    "phone",
    Missing(("phone",)),
    (
        Level("same", Equal("phone"), "same telephone number", 0.6, 1e-5, 6, 14, rarity=1),
        Level("one_off", Edits("phone", 1, 6), "telephone number with one digit off", 0.03, 0.002, 0, 5),
        Level("different", None, "different telephone number", 0.37, 0.999, -3.5, -0.5),
    ),
    rare_by="phone",
)

_STREET_ALIKE = any_of(Alike("street", 0.92), Edits("street", 2, 6))

STREET = Aspect(
    "street",
    Missing(("street",)),
    (
        Level("same", all_of(Equal("street"), Equal("street_number")), "same house and street", 0.4, 1e-5, 6, 14),
        Level(
            "alike",
            all_of(_STREET_ALIKE, Equal("street_number")),
            "same house number and a street alike",
            0.15,
            1e-5,
            5,
            13,
        ),
        Level("street", Equal("street"), "same street", 0.1, 0.001, 2, 10),
        Level("street_alike", _STREET_ALIKE, "street alike", 0.05, 0.002, 1, 8),
        Level("number", Equal("street_number"), "", 0.02, 0.01, -1, 3),
        Level("different", None, "different street", 0.3, 0.987, -3.5, -0.5),
    ),
)

PLACE = Aspect(
    "place",
    Missing(("postcode", "locality")),
    (
        Level("same", Equal("postcode"), "same postcode", 0.52, 0.0005, 3, 13, rarity=1),
        Level("alike", Edits("postcode", 1, 4), "postcode with one character off", 0.1, 0.01, 0, 5),
        Level(
            "locality",
            any_of(Equal("locality"), Alike("locality", 0.95), Edits("locality", 1, 5)),
            "same locality",
            0.08,
            0.01,
            0,
            7,
        ),
        Level("region", Equal("region"), "", 0.05, 0.1, -3, 1),
        Level("different", None, "different place", 0.25, 0.887, -3.5, -0.5),
    ),
    rare_by="postcode",
)

ASPECTS = (GIVEN_NAME, SURNAME, BIRTH_DATE, SEX, NHS_NUMBER, UPN, PHONE, STREET, PLACE)
