"""May it happen now? Each check raises a sentence that can be shown."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from onestory.oversee.signals.models import Alert, Asking, Sort
from onestory.oversee.signals.states import after
from onestory.platform.moves import CannotHappen


class CannotAnswer(ValueError):
    """The answer cannot be kept as given; ``field`` names what has to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def check_answer(
    alert: Alert, asking: Asking, *, seen: UUID, sort: str, words: str, until_on: dt.date | None, today: dt.date
) -> None:
    """An answer is to the question that the user saw, says why, and says until when where it puts off (S4).

    Raises CannotHappen where the alert has moved on meanwhile, CannotAnswer where the answer lacks something.
    """
    if asking.id != seen:
        raise CannotHappen("New information came in while you were writing. Read the question again before you answer.")
    if sort not in Sort.values:
        raise CannotAnswer("sort", "Select whether you are acting on it")
    after(alert.state, sort)
    if not words.strip():
        raise CannotAnswer("words", "Enter what you are doing, or why not")
    if sort == Sort.NOT_NOW and until_on is None:
        raise CannotAnswer("until_on", "Enter the day on which you want to be asked again")
    if until_on is not None and sort != Sort.NOT_NOW:
        raise CannotAnswer("until_on", "A day is only given when you answer “not now”")
    if until_on is not None and until_on <= today:
        raise CannotAnswer("until_on", "The day on which you are asked again must be in the future")
