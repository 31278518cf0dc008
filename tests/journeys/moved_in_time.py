"""A history of the demonstration with every date moved, so that a past month of it is last month.

What a duty worker would have seen then is what the page shows now: the rules count from today, and so does everybody.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from pathlib import Path

import yaml

MONTH = re.compile(r"\b((?:19|20)\d\d)-(\d\d)((?:-\d\d)?)\b")
YEARS_ALONE = re.compile(r"\b(20\d\d)/(20\d\d)\b(?!-)")


def months_from(month: str, today: dt.date) -> int:
    """How many months lie between ``month`` (as 2018-12) and last month."""
    year, number = (int(part) for part in month.split("-"))
    return (today.year * 12 + today.month - 2) - (year * 12 + number - 1)


def moved(path: Path, folder: Path, *, last: str, without: Collection[str], today: dt.date, name: str) -> Path:
    """The history until the month ``last``, which becomes last month; people are called ``name`` after their label.

    What lies later, or reaches later, is left out, and so are the entries ``without``.
    """
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    for left_out in ("published", "expected"):
        told.pop(left_out, None)
    told |= {"title": f"{told['title']}, {name}", "synthetic": True}
    for person in told["people"].values():
        person["label"] = f"{person['label']} {name}"
    told["entries"] = [one for one in told["entries"] if str(one["date"]).split("/")[-1][:7] <= last]
    told["entries"] = [one for one in told["entries"] if one["id"] not in without]
    text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=10_000)
    by = months_from(last, today)
    years = YEARS_ALONE.sub(lambda span: f"{int(span[1]) + by // 12}/{int(span[2]) + by // 12}", text)
    made = folder / f"{path.stem}-moved.yaml"
    made.write_text(MONTH.sub(lambda when: _later(when, by), years), encoding="utf-8")
    return made


def words_of(month: str, *, last: str, today: dt.date) -> str:
    """What a month of the history is called once it is moved."""
    moved_to = _later(MONTH.match(month), months_from(last, today))  # type: ignore[arg-type]
    return f"{dt.date.fromisoformat(f'{moved_to}-01'):%B %Y}"


def _later(when: re.Match[str], months: int) -> str:
    counted = int(when[1]) * 12 + int(when[2]) - 1 + months
    return f"{counted // 12}-{counted % 12 + 1:02d}{when[3]}"
