"""A family's entries as they come: one seeded source of chance, days within the years told, ids in order."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from onestory.platform.history.dates import day as on_day
from onestory.platform.history.record import Entry, Reporter, who_was_told


@dataclass(slots=True)
class Chronicle:
    """Entries of one family between two days; ``chance`` is its own, so that no family depends on another."""

    chance: random.Random
    begins_on: dt.date
    ends_on: dt.date
    entries: list[Entry] = field(default_factory=list)

    def happens(self, rate: float) -> bool:
        """Whether something of this probability happens."""
        return self.chance.random() < rate

    def times(self, a_year: float, days_before: int = 0) -> list[dt.date]:
        """Days on which something happens that happens so often in a year, in order; some before the first day."""
        found, day = [], float(self.begins_on.toordinal() - days_before)
        while a_year > 0 and (day := day + self.chance.expovariate(a_year) * 365.25) <= self.ends_on.toordinal():
            found.append(dt.date.fromordinal(int(day)))
        return found

    def after(self, day: dt.date, least: int, most: int) -> dt.date:
        """A working day some days after another."""
        later = day + dt.timedelta(days=self.chance.randint(least, most))
        return later + dt.timedelta(days=max(0, 7 - later.isoweekday()) if later.isoweekday() > 5 else 0)

    def write(
        self,
        on: dt.date,
        by: str,
        kind: str,
        about: Sequence[str],
        *,
        seen: Sequence[str] = (),
        alone: bool = False,
        factors: Collection[str] = (),
        told: Sequence[str] | None = None,
        reporter: Reporter | None = None,
        text: str = "",
        **own: Any,
    ) -> str:
        """Write one entry, where its day lies in the years told; returns its id."""
        name = f"e{len(self.entries) + 1}"
        if not self.begins_on <= on <= self.ends_on:
            return ""
        when = on_day(on)
        own = {key.rstrip("_"): value for key, value in own.items() if value not in ("", ("",))}
        self.entries.append(
            Entry(
                id=name,
                happened=when,
                known=when,
                by=by,
                kind=kind,
                about=tuple(about),
                seen=tuple(seen),
                seen_alone=tuple(seen) if alone else (),
                reporter=reporter,
                factors=frozenset(factors),
                text=text,
                told=who_was_told(kind=kind, by=by, shared_with=told, sent_to=None, social_care="csc"),
                own=own,
            )
        )
        return name
