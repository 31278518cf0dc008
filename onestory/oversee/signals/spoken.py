"""How often a rule was a reason to ask, and how those questions were answered: numbers of the whole partnership."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from onestory.oversee.signals.models import Answer, AskingReason
from onestory.platform.access.keeping import keeping

FEW = 5
"""A number below this is not told: in a small partnership it could be somebody."""
A_YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Spoken:
    """How often a rule was a reason to ask in a span of days, and how those questions were answered."""

    asked: int
    acting: int
    not_now: int
    declined: int

    @property
    def is_few(self) -> bool:
        """Whether the number is too small to be told."""
        return self.asked < FEW


def spoken(signal: str, *, since: dt.date) -> Spoken:
    """How often the rule spoke since a day, in the whole partnership, and how it was answered; numbers alone."""
    with keeping():
        reasons = AskingReason.objects.filter(signal=signal, added_on__gte=since)
        asked = reasons.values("asking").distinct().count()
        sorts = Answer.objects.filter(asking__in=reasons.values("asking")).values_list("sort", flat=True)
        answered = Counter(sorts)
    return Spoken(asked, answered["act"], answered["not_now"], answered["no"])


def in_words(found: Spoken) -> tuple[str, ...]:
    """The numbers as sentences; below FEW nothing but that they are few."""
    if found.is_few:
        return (f"In the last year it was a reason to ask fewer than {FEW} times.",)
    answered = found.acting + found.not_now + found.declined
    return (
        f"In the last year it was a reason to ask {found.asked} times; {answered} answers were given.",
        f"Acted on: {told(found.acting)}. Put off: {told(found.not_now)}. No action: {told(found.declined)}.",
    )


def told(count: int) -> str:
    """A number as it is told to people who may not know of any one question."""
    return str(count) if count >= FEW or count == 0 else f"fewer than {FEW}"
