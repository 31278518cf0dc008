"""When something happened, as people say it: a day, a month, a year, from one to another, about a day. Pure."""

from __future__ import annotations

import datetime as dt
import re

from onestory.platform.history.dates import NotADate, When, parse_when

_MONTHS = {f"{dt.date(2000, month, 1):%B}".lower(): month for month in range(1, 13)}
_MONTHS |= {name[:3]: month for name, month in _MONTHS.items()} | {"sept": 9}
_DAY = re.compile(r"(\d{1,2})[ /.-]+(\d{1,2}|[a-z]+)[ /.,-]+(\d{4})\Z", re.ASCII)
_MONTH = re.compile(r"(\d{1,2}|[a-z]+)[ /.,-]+(\d{4})\Z", re.ASCII)
_ABOUT = re.compile(r"(about|around|circa|c\.?|approximately) +", re.ASCII)
HINT = "For example, 27/3/2026, March 2026, about 27/3/2026, or March to May 2026"


class NotWhen(ValueError):
    """The text is no date; the message can be shown."""


def parse_saying(text: str, *, today: dt.date) -> When:
    """What ``27/3/2026``, ``today``, ``yesterday``, ``March 2026``, ``about 27/3/2026`` or ``March to May 2026`` mean.

    About a day stands for its month, so that nothing counts as known to the day. Raises NotWhen.
    """
    said = " ".join(text.lower().split())
    try:
        if said in ("today", "yesterday"):
            return parse_when((today - dt.timedelta(days=said == "yesterday")).isoformat())
        plain = _ABOUT.sub("", said, count=1)
        begin, _, end = plain.partition(" to ")
        point = _point(end) if end else ""
        if end:
            first = _point(begin if re.search(r"\d{4}", begin) else f"{begin} {point[:4]}")
            return parse_when(f"{first}/{point}")
        found = _point(plain)
        return parse_when(found[:7] if plain != said else found)
    except (ValueError, KeyError, NotADate) as error:
        raise NotWhen(f"“{text[:60]}” is not a date. {HINT}") from error


def _point(said: str) -> str:
    if found := _DAY.match(said):
        day, month, year = found.groups()
        return f"{year}-{_month(month):02}-{int(day):02}"
    if found := _MONTH.match(said):
        return f"{found[2]}-{_month(found[1]):02}"
    return said


def _month(said: str) -> int:
    return int(said) if said.isdigit() else _MONTHS[said]


def as_typed(when: When | None) -> str:
    """A date as it stands in a field."""
    return " to ".join(_typed(part) for part in when.text.split("/")) if when else ""


def _typed(point: str) -> str:
    parts = [int(part) for part in reversed(point.split("-"))]
    if len(parts) == 3:
        return "/".join(map(str, parts))
    return f"{dt.date(2000, parts[0], 1):%B} {parts[1]}" if len(parts) == 2 else str(parts[0])
