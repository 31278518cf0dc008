"""One service as somebody tells it, typed or in a file: which fields there are and what each may hold. Pure.

Fields are named table by table as Open Referral UK v3 names them; ``team`` alone is ours.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from onestory.help.services.lists import service_types
from onestory.platform.ui.days import NotADay, parse_day

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
OLDEST = 120
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)\Z")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")


class NotAllowed(ValueError):
    """A field cannot hold what was found; the message says what is allowed."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in a file, what it is called on a page, how its text is read, how long it may be."""

    name: str
    label: str
    read: Callable[[str], Any]
    longest: int = 200
    required: bool = False
    hint: str = ""
    rows: int = 0

    def value(self, text: str) -> Any:
        """What the text says; None where it is empty. Raises NotAllowed."""
        text = " ".join(text.split()) if not self.rows else text.strip()
        if not text:
            if self.required:
                raise NotAllowed("something: it is needed")
            return None
        if len(text) > self.longest:
            raise NotAllowed(f"{self.longest:,} letters or fewer")
        return self.read(text)

    @property
    def key(self) -> str:
        """The name as a form's field has it."""
        return self.name.replace(".", "_")


def _text(text: str) -> str:
    return text


def _age(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > OLDEST:
        raise NotAllowed(f"a whole number of years from 0 to {OLDEST}")
    return int(text)


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.removeprefix("£").replace(",", ""))
    except InvalidOperation:
        raise NotAllowed("an amount in pounds, such as 0 or 12.50") from None
    if not amount.is_finite() or not 0 <= amount < 1_000_000 or amount != round(amount, 2):
        raise NotAllowed("an amount in pounds, such as 0 or 12.50")
    return amount


def _days(text: str) -> str:
    found = [one.strip().upper()[:2] for one in text.replace(";", ",").split(",") if one.strip()]
    if not found or any(one not in DAYS for one in found):
        raise NotAllowed(f"days of the week with commas between them: {','.join(DAYS)}")
    return ",".join(one for one in DAYS if one in found)


def _time(text: str) -> dt.time:
    found = _TIME.match(text)
    if not found:
        raise NotAllowed("a time such as 09:30")
    return dt.time(int(found[1]), int(found[2]))


def _day(text: str) -> dt.date:
    try:
        return parse_day(text)
    except NotADay:
        raise NotAllowed("a day such as 27/3/2026 or 2026-03-27") from None


def _email(text: str) -> str:
    if not _EMAIL.match(text):
        raise NotAllowed("an address such as help@example.org")
    return text


def _url(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise NotAllowed("an address that begins with https://")
    return text


def _status(text: str) -> str:
    if text.lower() not in STATUSES:
        raise NotAllowed(", ".join(STATUSES))
    return text.lower()


def _type(text: str) -> str:
    by_words = {one.words.lower(): one.code for one in service_types().values()}
    code = by_words.get(text.lower(), text)
    if code not in service_types():
        raise NotAllowed(", ".join(service_types()))
    return code


FIELDS = (
    Field("organization.name", "Organisation", _text, 300, required=True),
    Field("service.name", "Name of the service", _text, 300, required=True),
    Field("taxonomy_term.code", "What it is for", _type, required=True),
    Field("service.status", "Is it open?", _status),
    Field("service.description", "What it does", _text, 4_000, rows=3),
    Field("service.eligibility_description", "Who may have it", _text, 4_000, rows=3),
    Field("service.minimum_age", "Youngest age", _age, hint="In years, of whoever the help is for"),
    Field("service.maximum_age", "Oldest age", _age),
    Field("service_area.name", "Where somebody has to live", _text),
    Field("service.application_process", "How one comes to it", _text, 4_000, rows=3),
    Field("service.fees_description", "Who pays", _text, 2_000, rows=2),
    Field("cost_option.option", "What it costs: which kind of cost", _text, hint="Such as: each test, a course"),
    Field("cost_option.amount", "What it costs: amount in pounds", _amount),
    Field("cost_option.amount_description", "What it costs: in words", _text, 1_000),
    Field("schedule.byday", "Days on which it is open", _days, hint="Such as MO,WE,FR"),
    Field("schedule.opens_at", "Opens at", _time, hint="Such as 09:30"),
    Field("schedule.closes_at", "Closes at", _time),
    Field("schedule.description", "When it is open, in words", _text, 1_000),
    Field("contact.name", "Whom to speak to", _text),
    Field("contact.title", "Their role", _text),
    Field("contact.email", "Their e-mail", _email, 254),
    Field("phone.number", "Number to ring", _text, 60),
    Field("service.url", "Page on the web", _url, 500),
    Field("service.email", "E-mail of the service", _email, 254),
    Field("service.alert", "What whoever asks must know just now", _text, 1_000, rows=2),
    Field(
        "service.assured_date", "Last made sure on", _day, hint="The day on which somebody checked that all this is so"
    ),
)
"""Every field, in the order of the page."""
TEAM = "team"
"""The column with the team that answers requests within the program, written ``Team, Agency``; it may be empty."""


def problems_between(told: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What fits each field and not the others: field, what was found, what is allowed."""
    found = []
    low, high = told.get("service.minimum_age"), told.get("service.maximum_age")
    if low is not None and high is not None and high < low:
        found.append(("service.maximum_age", str(high), f"{low} or more, as the youngest age is {low}"))
    opens, closes = told.get("schedule.opens_at"), told.get("schedule.closes_at")
    if opens and closes and closes <= opens:
        found.append(("schedule.closes_at", f"{closes:%H:%M}", f"a time after {opens:%H:%M}, when it opens"))
    return found
