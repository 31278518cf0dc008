"""Who lives together in an invented family, and its whole history of the years told."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise

from onestory.oversee.partnership.childhood import childhood, household
from onestory.oversee.partnership.chronicle import Chronicle
from onestory.oversee.partnership.referrals import referrals
from onestory.platform.history.dates import day
from onestory.platform.history.record import Agency, Entry, History, Person, Relationship

AREA = "Invented partnership"
YEARS = 3
BEGINS_ON = dt.date(2023, 1, 2)
ENDS_ON = dt.date(2025, 12, 31)
SIZES = (1, 1, 1, 1, 2, 2, 2, 2, 3, 4)
"""Children in a family."""
CHILDREN_TO_A_FAMILY = 1.8
"""On average, those born in the years told included."""
AGENCIES = {
    "csc": ("Children's social care", "childrens_social_care"),
    "police": ("Police", "police"),
    "school": ("Primary school", "school"),
    "nursery": ("Nursery", "early_years"),
    "hv": ("Health visiting", "health_visiting"),
    "sn": ("School nursing", "school_nursing"),
    "gp": ("General practice", "general_practice"),
    "ae": ("Hospital", "acute_health"),
    "eh": ("Early help", "early_help"),
    "amh": ("Adult mental health", "adult_mental_health"),
    "da": ("Domestic abuse service", "domestic_abuse_service"),
    "housing": ("Housing", "housing"),
}


def family(seed: int, number: int) -> History:
    """One family of the partnership: the same for a seed and number."""
    chance = random.Random(f"{seed}/{number}")
    told = Chronicle(chance, BEGINS_ON, ENDS_ON)
    children = _children(chance, number)
    adults = ["mother"] + (["father"] if chance.random() < 0.8 else [])
    for child, born in children.items():
        childhood(told, child, born, adults)
    joined = household(told, list(children), adults)
    referrals(told, children, adults)
    entries = _in_order(told.entries)
    people = {child: Person(child, child.upper(), True, day(born)) for child, born in children.items()}
    people |= {adult: Person(adult, adult.capitalize(), False) for adult in (*adults, *joined)}
    return History(
        title=f"Invented family {seed}-{number}",
        area=AREA,
        people=people,
        relationships=_ties(list(children), adults, joined),
        agencies={key: Agency(key, name, sector) for key, (name, sector) in AGENCIES.items()},
        entries=entries,
    )


def number_of_families(children: int) -> int:
    """How many families hold about so many children."""
    return round(children / CHILDREN_TO_A_FAMILY)


def _children(chance: random.Random, number: int) -> dict[str, dt.date]:
    """Each child with the day of birth: under eighteen during the years told, some born in them."""
    size = chance.choice(SIZES)
    eldest = BEGINS_ON - dt.timedelta(days=chance.randint(-600, 17 * 365))
    born = [eldest + dt.timedelta(days=chance.randint(450, 1500) * place) for place in range(size)]
    inside = [one for one in born if one < ENDS_ON - dt.timedelta(days=60)] or [eldest]
    return {f"c{place + 1}": one for place, one in enumerate(inside)}


def _ties(children: list[str], adults: list[str], joined: list[str]) -> tuple[Relationship, ...]:
    parents = [Relationship(adult, adult, child) for child in children for adult in adults]
    siblings = [Relationship(one, "sibling", two) for one, two in pairwise(children)]
    return (*parents, *siblings, *(Relationship(person, "other", children[0]) for person in joined))


def _in_order(entries: list[Entry]) -> tuple[Entry, ...]:
    """Entries by their days. An entry keeps its id: others name it."""
    return tuple(sorted(entries, key=lambda entry: entry.known_on))
