"""May it be recorded now? Each check raises a sentence that can be shown, with the field that has to change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.sight import Sight
from onestory.platform.agencies.models import Agency

NEEDED = frozenset({"childrens_social_care", "police"})
"""A strategy discussion is one of social care, the police and health at least; others as the child's life asks for."""
HEALTH = frozenset(
    {"health_visiting", "school_nursing", "general_practice", "acute_health", "community_health", "maternity"}
)


class CannotRecord(ValueError):
    """It cannot be recorded as it is; ``field`` names what has to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def sees_where_it_stands(sight: Sight, child_id: UUID) -> bool:
    """Whether a tie opens the child's chronology, from which it is read where protection stands.

    Whoever only knows that there is the child would learn it from what is refused, and read "no enquiry is open".
    """
    people, _ = sight.who(InfoClass.CHRONOLOGY, Level.SUMMARY, frozenset())
    return child_id in people


def check_words(words: str, field: str, message: str) -> None:
    """A reason is always given. Raises CannotRecord."""
    if not words.strip():
        raise CannotRecord(field, message)


def check_day(on: dt.date | None, today: dt.date) -> dt.date:
    """The day on which it took place: not one that has not come. Raises CannotRecord."""
    if on is None:
        raise CannotRecord("held_on", "Enter the day on which it took place")
    if on > today:
        raise CannotRecord("held_on", "The day on which it took place must not be in the future")
    return on


def check_present(present: Collection[Agency], why_not: str) -> None:
    """Social care, the police and health took part, or it is said why not. Raises CannotRecord."""
    sectors = {agency.sector for agency in present}
    whole = sectors >= NEEDED and bool(sectors & HEALTH)
    if not present:
        raise CannotRecord("present", "Select who took part")
    if not whole and not why_not.strip():
        raise CannotRecord("why_not", "Social care, the police and health take part: enter who was missing, and why")


def check_choice(given: Mapping[str, str], field: str, message: str) -> None:
    """Something was selected. Raises CannotRecord."""
    if given.get(field) not in ("yes", "no"):
        raise CannotRecord(field, message)
