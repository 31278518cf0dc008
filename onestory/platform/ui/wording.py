"""How dates, numbers and lists are written for a reader. British English, as in the GOV.UK style."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from onestory.platform.history.dates import When

ENGLAND = ZoneInfo("Europe/London")


def day_words(day: dt.date | None) -> str:
    """``14 June 2017``; nothing for no day."""
    return f"{day.day} {day:%B %Y}" if day else ""


def when_words(when: When | None) -> str:
    """A date as it was given: ``14 June 2017``, ``June 2017``; nothing for no date."""
    return when.words() if when else ""


def moment_words(at: dt.datetime) -> str:
    """An instant in England's time: ``14 June 2017, 3:05pm``."""
    there = at.astimezone(ENGLAND)
    hour = there.hour % 12 or 12
    return f"{day_words(there.date())}, {hour}:{there:%M}{'pm' if there.hour >= 12 else 'am'}"


def plural(count: int, one: str, many: str = "") -> str:
    """``1 entry``, ``1,204 entries``; ``no entries`` for none."""
    word = one if count == 1 else many or f"{one}s"
    return f"{count:,} {word}" if count else f"no {word}"


def listed(words: Iterable[str], joiner: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} {joiner} {last}" if first else last


def sentence(words: str) -> str:
    """The words with a capital letter at the beginning, nothing else changed."""
    return words[:1].upper() + words[1:]


def span_words(days: int) -> str:
    """How long a number of days is, as one would say it: ``12 days``, ``7 weeks``, ``5 months``, ``2 years``."""
    if days < 22:
        return plural(days, "day")
    if days < 100:
        return plural(days // 7, "week")
    if days < 730:
        return plural(int(days / 30.44), "month")
    return plural(int(days / 365.25), "year")


def age_words(born: When | None, on: dt.date) -> str:
    """How old somebody is: ``6 weeks old``, ``not yet born``; ``about`` where the birthday is not exact."""
    if born is None:
        return "date of birth not recorded"
    if born.first > on:
        return "not yet born"
    about = "" if born.is_day else "about "
    return f"{about}{_age(born.last if born.last <= on else born.first, on)} old"


def _age(born: dt.date, on: dt.date) -> str:
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months < 3:
        return (
            plural(max((on - born).days // 7, 0), "week") if (on - born).days >= 7 else plural((on - born).days, "day")
        )
    return plural(months, "month") if months < 24 else plural(months // 12, "year")


def due_words(due_on: dt.date | None, today: dt.date) -> str:
    """When something is due, and whether that day has passed: ``3 May 2026, 12 days overdue``."""
    if due_on is None:
        return "No day set"
    late = (today - due_on).days
    if late > 0:
        return f"{day_words(due_on)}, {span_words(late)} overdue"
    return f"{day_words(due_on)}, today" if late == 0 else day_words(due_on)
