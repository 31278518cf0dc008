"""What the rules ask of an invented partnership's teams on a day: every family replayed, on several processors."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from onestory.oversee.partnership.families import BEGINS_ON, ENDS_ON, YEARS, family, number_of_families
from onestory.oversee.partnership.likeness import as_made, made_of
from onestory.oversee.signals.asking import Memory
from onestory.oversee.signals.looking import indexes_of
from onestory.oversee.signals.rule import Level
from onestory.oversee.signals.tuned import AS_SHIPPED, TunedRules
from onestory.oversee.signals.walking import walk
from onestory.platform.deadlines.working_days import is_working_day
from onestory.platform.history.dates import When
from onestory.platform.history.record import History

CHILDREN_TO_A_TEAM = {"childrens_social_care": 3_500, "health_visiting": 3_500, "early_help": 7_000, "housing": 7_000}
"""How many children of an area one team of the sector answers for, from nought to seventeen. An assumption, stated
wherever a figure rests on it: areas differ. Any other sector: one team for 14,000."""
AT_ONCE = 40


@dataclass(slots=True)
class Asked:
    """What was counted: families, children, entries, referrals; asks by sector, rule and day."""

    families: int = 0
    children: int = 0
    entries: int = 0
    child_days: int = 0
    """Days of childhood, from birth to eighteen, within the years told."""
    urgent: int = 0
    by_sector: Counter[str] = field(default_factory=Counter)
    by_rule: Counter[str] = field(default_factory=Counter)
    by_day: Counter[tuple[str, dt.date]] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    """What was made, to be held beside the rates."""
    quiet: int = 0
    """Families about which nobody was asked in three years."""

    def add(self, other: Asked) -> None:
        """Count another part in."""
        for name in ("families", "children", "entries", "child_days", "urgent", "quiet"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("by_sector", "by_rule", "by_day", "made"):
            getattr(self, name).update(getattr(other, name))

    @property
    def asks(self) -> int:
        """All of them."""
        return sum(self.by_sector.values())


def count(numbers: range, *, seed: int, chosen: TunedRules = AS_SHIPPED) -> Asked:
    """Make and replay these families, to the end of the years told."""
    asked = Asked()
    for number in numbers:
        _count_family(asked, family(seed, number), chosen)
    return asked


def _count_family(asked: Asked, history: History, chosen: TunedRules) -> None:
    asked.families += 1
    asked.children += sum(person.is_child for person in history.people.values())
    asked.entries += len(history.entries)
    asked.child_days += sum(_days_a_child(person.born) for person in history.people.values() if person.born)
    asked.made.update(made_of(history))
    before = asked.asks
    looks = walk(indexes_of(history), Memory(), after=None, end=ENDS_ON, rules=chosen.rules, settings=chosen.settings)
    for on, taken in looks:
        for ask in taken.asks:
            asked.by_sector[ask.owner] += 1
            asked.by_rule[ask.signal] += 1
            asked.by_day[ask.owner, on] += 1
            asked.urgent += ask.level is Level.ACT
    asked.quiet += asked.asks == before


def _days_a_child(born: When) -> int:
    first, last = max(born.last, BEGINS_ON), min(born.last + dt.timedelta(days=18 * 365), ENDS_ON)
    return max((last - first).days, 0)


def measure_partnership(
    children: int,
    *,
    seed: int,
    processes: int = 1,
    chosen: TunedRules = AS_SHIPPED,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Asked:
    """Count what would be asked in an invented partnership of so many children; ``told`` hears of progress."""
    families = number_of_families(children)
    parts = [range(first, min(first + AT_ONCE, families)) for first in range(0, families, AT_ONCE)]
    work = partial(count, seed=seed, chosen=chosen)
    asked = Asked()
    if processes == 1:
        for part in parts:
            asked.add(work(part))
            told(asked.families, families)
        return asked
    with ProcessPoolExecutor(processes) as pool:
        for counted in pool.map(work, parts):
            asked.add(counted)
            told(asked.families, families)
    return asked


def teams(sector: str, children: int) -> int:
    """How many teams of a sector so many children have."""
    return max(1, round(children / CHILDREN_TO_A_TEAM.get(sector, 14_000)))


def working_days() -> int:
    """Working days of the years told."""
    days = (BEGINS_ON + dt.timedelta(days=n) for n in range((ENDS_ON - BEGINS_ON).days + 1))
    return sum(1 for day in days if is_working_day(day))


def lines(asked: Asked) -> Iterator[str]:
    """The figures for people: what was made, how near the published rates it is, what is asked of whom."""
    days = working_days()
    families = f"{asked.families:,} families, {asked.children:,} children"
    yield f"Invented: {families}, {asked.entries:,} entries in {YEARS} years"
    yield from as_made(asked.made, asked.child_days)
    each = asked.asks / asked.families / YEARS
    yield f"Asks: {asked.asks:,}, {asked.urgent} of them urgent; {each:.3f} a family-year"
    yield f"Families about which nobody was asked in {YEARS} years: {100 * asked.quiet / asked.families:.1f} %"
    yield ""
    yield f"{'asked':28} {'teams':>5}  {'asks a team and working day':>27}  {'most on one day':>15}"
    for sector, number in asked.by_sector.most_common():
        share = teams(sector, asked.children)
        most = max(count for (owner, _), count in asked.by_day.items() if owner == sector)
        yield f"{sector:28} {share:5}  {number / share / days:27.2f}  {most / share:15.1f}"
    yield ""
    yield "Which rule asks:"
    for signal, number in asked.by_rule.most_common():
        yield f"  {signal:42} {number:6,}"
