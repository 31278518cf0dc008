"""Working hours in England: instants in, instants out, safe when the clocks change.

Every stretch of work is laid down in local time and measured in UTC. A day on which the clocks change in the middle of
a stretch is therefore one hour shorter or longer, as it is for whoever works it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from onestory.platform.deadlines.working_days import is_working_day

ENGLAND = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Hours:
    """When a service works: from ``opens`` until ``closes`` in local time, on working days or every day."""

    opens: dt.time
    closes: dt.time
    every_day: bool = False

    def works_on(self, day: dt.date) -> bool:
        """Whether the service works on the day at all."""
        return self.every_day or is_working_day(day)

    def stretch(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """When work begins and ends on the day, in UTC."""
        return tuple(  # type: ignore[return-value]
            dt.datetime.combine(day, time, ENGLAND).astimezone(dt.UTC) for time in (self.opens, self.closes)
        )


OFFICE = Hours(dt.time(9), dt.time(17))
"""The hours in which a front door works where a partnership has laid down no other."""


def after_working_hours(start: dt.datetime, hours: float, service: Hours = OFFICE) -> dt.datetime:
    """The instant at which ``hours`` of work have passed since ``start``, in UTC.

    What comes in while nobody works begins to count when work begins. Raises ValueError for a time without a zone.
    """
    if start.tzinfo is None:
        raise ValueError("an instant without a time zone")
    left, now = dt.timedelta(hours=hours), start.astimezone(dt.UTC)
    day = now.astimezone(ENGLAND).date()
    while True:
        if service.works_on(day):
            opens, closes = service.stretch(day)
            begins = max(opens, now)
            if begins + left <= closes and begins < closes:
                return begins + left
            left -= max(closes - begins, dt.timedelta())
        day += dt.timedelta(days=1)


def end_of_work(day: dt.date, service: Hours = OFFICE) -> dt.datetime:
    """The instant at which work ends on the day, in UTC."""
    return service.stretch(day)[1]
