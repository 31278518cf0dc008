"""What stands on every page about a child: whose page it is. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from onestory.platform.history.record import Person
from onestory.platform.ui.wording import age_words, sentence


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose page it is: the name, and birth date with age. It stands on top of every page about a child."""

    id: str
    name: str
    born: str


def identity_of(child: Person, today: dt.date) -> Identity:
    """The identity bar of a child."""
    if child.born is None:
        return Identity(child.id, child.label, "Date of birth not recorded")
    age = age_words(child.born, today)
    if child.born.first > today:
        return Identity(child.id, child.label, f"{sentence(age)}, expected {child.born.words()}")
    return Identity(child.id, child.label, f"Born {child.born.words()}, {age}")
