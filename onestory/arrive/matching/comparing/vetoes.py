"""When two records are not joined whatever else agrees, each with the sentence that says why.

A veto does not say that they are two people. It says that only a person may decide: somebody asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onestory.arrive.matching.comparing.given_names import may_be_one_name
from onestory.arrive.matching.comparing.person import Person

YEARS_TO_A_CHILD = 10
"""The same name with birth years further apart than this is taken for a parent and a child, or an older relative."""

# What has to stand beside names before two records are joined without a person.
_BESIDE_NAMES = {
    "birth_date": {"same", "swapped", "one_digit"},
    "nhs_number": {"verified", "same", "one_off"},
    "upn": {"verified", "same", "one_off"},
    "phone": {"same", "one_off"},
    "street": {"same", "alike", "street"},
    "place": {"same", "alike"},
}

_TWO_NUMBERS = 0.5

Found = Mapping[str, str]
"""For each aspect that both records state, the level at which they stand."""


@dataclass(frozen=True, slots=True)
class Families:
    """What members of one family are to be expected among the records.

    ``apart``: nobody is joined on what a family shares. ``slips``: it is proven that whole names and birth dates are
    wrong now and then, so that not even both of them differing tells of two people. ``twins``: of records that agree in
    surname, home and birth date, the share that are two people; ``namesakes``: the same for given name, surname and
    home. Assumed until a file tells.
    """

    apart: bool = True
    slips: bool = False
    twins: float = 0.03
    namesakes: float = 0.03


@dataclass(frozen=True, slots=True)
class Veto:
    """Why two records must not be joined without a person.

    ``at_most`` is the probability that is left: more than 0 where it is worth a person's while to look. ``two_people``:
    it speaks for two people, and does not only miss something that speaks for one.
    """

    words: str
    at_most: float = 0.0
    two_people: bool = True


def veto_of(left: Person, right: Person, found: Found, families: Families) -> Veto | None:
    """The first veto that applies; None where the evidence may decide.

    Numbers with a right check digit that differ, and names with nothing beside them, veto in any case.
    """
    veto = _different_numbers(left, right, found) or _nothing_but_names(found)
    if veto or _number_agrees(found):
        return veto
    if not families.apart:
        return None if families.slips else _two_names_and_dates(left, right, found)
    return _two_given_names(left, right, found, families) or _birth_dates_apart(left, right, found, families)


def _different_numbers(left: Person, right: Person, found: Found) -> Veto | None:
    for name, one, two in (
        ("NHS numbers", left.nhs_verified, right.nhs_verified),
        ("unique pupil numbers", left.upn_verified, right.upn_verified),
    ):
        if one and two and one != two:
            if _all_else_is_equal(found):
                return Veto(
                    f"different {name}, yet all else is equal: has one person two numbers?", at_most=_TWO_NUMBERS
                )
            return Veto(f"different {name}, each with a right check digit")
    return None


def _all_else_is_equal(found: Found) -> bool:
    needed = all(found.get(aspect) == "same" for aspect in ("given_name", "surname", "birth_date"))
    home = {found[aspect] for aspect in ("street", "place", "phone") if aspect in found}
    return needed and home == {"same"} and found.get("sex") != "different"


def _nothing_but_names(found: Found) -> Veto | None:
    if any(found.get(aspect) in levels for aspect, levels in _BESIDE_NAMES.items()):
        return None
    return Veto("nothing agrees but the names", two_people=False)


def _number_agrees(found: Found) -> bool:
    return any(found.get(number) in ("verified", "same") for number in ("nhs_number", "upn"))


def _two_given_names(left: Person, right: Person, found: Found, families: Families) -> Veto | None:
    level = found.get("given_name")
    if level is None:
        if found.get("birth_date") != "same" or found.get("sex") == "different":
            return Veto("a given name is missing, and little else tells brothers and sisters apart", two_people=False)
        return Veto("a given name is missing: twins cannot be told apart", 1 - families.twins, two_people=False)
    if level == "same":
        return None
    if not _one_given_name(left, right, level):
        twins = found.get("birth_date") == "same"
        return Veto("different given names and the same birth date: twins?" if twins else "different given names")
    if found.get("sex") == "different":
        return Veto("given names that only resemble each other, and different sex: brother and sister?")
    return None


def _two_names_and_dates(left: Person, right: Person, found: Found) -> Veto | None:
    """Brothers and sisters are kept apart also where nothing else tells of families."""
    level = found.get("given_name", "same")
    if found.get("birth_date") not in ("year", "different") or level == "same" or _one_given_name(left, right, level):
        return None
    return Veto("different given names and birth dates", two_people=False)


def _one_given_name(left: Person, right: Person, level: str) -> bool:
    if may_be_one_name(left.given_words, right.given_words):
        return True
    fewer, more = sorted((set(left.name_words), set(right.name_words)), key=len)
    if len(fewer) >= 2 and fewer <= more:
        return True
    return (
        level == "crossed"
        and may_be_one_name(left.given_words, (right.surname or "",))
        and may_be_one_name(right.given_words, (left.surname or "",))
    )


def _birth_dates_apart(left: Person, right: Person, found: Found, families: Families) -> Veto | None:
    level = found.get("birth_date")
    if level in ("same", "swapped"):
        return None
    if level is None:
        missing = "a birth date is missing: a parent and a child of one name cannot be told apart"
        return Veto(missing, 1 - families.namesakes, two_people=False)
    years = abs(int(left.birth_year or 0) - int(right.birth_year or 0))
    # With one digit off the rest of the date is the same: a child born on their parent's very day and month is rare.
    if years > YEARS_TO_A_CHILD and level != "one_digit":
        return Veto(f"birth dates {years} years apart: a parent and a child of one name?")
    if found.get("sex") == "different":
        return Veto("different birth dates and different sex: relatives of one name?")
    if level == "one_digit" or (level == "year" and (_one_home_and_name(found) or not (left.born and right.born))):
        return None
    return Veto("different birth dates: relatives of one name?")


def _one_home_and_name(found: Found) -> bool:
    named = found.get("given_name") == "same" and found.get("surname") in ("same", "form", "alike")
    at_home = (found.get("street"), ("same", "alike")), (found.get("place"), ("same",)), (found.get("phone"), ("same",))
    return named and any(level in levels for level, levels in at_home)
