"""A sweep as the partnership grows tenfold while as many circles are due as before: it must not take longer.

The families are those of the invented partnership. Each time the same circles are made due and read again. How many
children at last: ONESTORY_TEST_CHILDREN (600); at first a tenth of them. The floor: at most a quarter more work.

Between the two sizes lie minutes in which a shared machine can become half as fast, so times by the wall are printed
and not compared. What is compared is the processor's time of this program and its database together, each sweep's
counted in a fixed piece of work (a million squares) that is done just before it and just after, at best of the sweeps:
what else runs on the machine can only add to it.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from tests.bench._database import own_database, processor_seconds, spread

TODAY = dt.date(2026, 11, 22)
AT = dt.datetime.combine(TODAY, dt.time(9), tzinfo=dt.UTC)
MANY = int(os.environ.get("ONESTORY_TEST_CHILDREN") or 600)
FEW = MANY // 10
MORE_AT_MOST = 1.25
DUE, TIMES = 10, 15


def _grow(folder: Path, children: int) -> int:
    """Import the partnership up to so many children and read whoever is new; how many children are known then."""
    from onestory.arrive.feeds.actions import import_files
    from onestory.oversee.partnership.files import write_partnership
    from onestory.oversee.signals.actions import read_again
    from onestory.oversee.signals.models import CircleChild
    from onestory.platform.access.keeping import keeping
    from onestory.platform.people.models import Person

    import_files(list(write_partnership(folder, children=children, seed=1)), by=None, at=AT)
    with keeping():
        known = Person.objects.filter(is_child=True)
        new = list(known.exclude(id__in=CircleChild.objects.values("child")).values_list("id", flat=True))
        number = known.count()
    for child in new:
        read_again(child_ids=[child], today=TODAY, at=AT)
    return number


def _some_circles() -> list[UUID]:
    from onestory.oversee.signals.models import Circle
    from onestory.platform.access.keeping import keeping

    with keeping():
        return list(Circle.objects.filter(is_over=False).order_by("id").values_list("id", flat=True)[:DUE])


@dataclass(frozen=True, slots=True)
class Swept:
    """One sweep: by the wall, and of the processor, in seconds; and its work, in fixed pieces of work."""

    wall: float
    busy: float
    work: float


def _fixed_work() -> float:
    """Seconds of the processor that a million squares take now."""
    began = time.process_time()
    sum(number * number for number in range(1_000_000))
    return time.process_time() - began


def _swept(due: list[UUID]) -> Swept:
    """A sweep that finds these circles due and no other."""
    from onestory.oversee.signals.actions import sweep
    from onestory.oversee.signals.models import Circle
    from onestory.platform.access.keeping import keeping

    with keeping():
        Circle.objects.update(next_check_on=TODAY + dt.timedelta(days=30))
        Circle.objects.filter(id__in=due).update(next_check_on=TODAY)
    before = _fixed_work()
    busy, began = processor_seconds(), time.perf_counter()
    visited = sweep(today=TODAY, at=AT)
    wall, busy = time.perf_counter() - began, processor_seconds() - busy
    assert visited == len(due)
    return Swept(wall, busy, 2 * busy / (before + _fixed_work()))


def _measure() -> None:
    least: list[float] = []
    due: list[UUID] = []
    with tempfile.TemporaryDirectory() as folder:
        print(f"A sweep that finds {DUE} circles due", flush=True)
        for children in (FEW, MANY):
            known = _grow(Path(folder), children)
            due = due or _some_circles()
            swept = [_swept(due) for _ in range(TIMES)]
            least.append(min(one.work for one in swept))
            times = f"{spread([one.wall for one in swept])}   processor {spread([one.busy for one in swept])}"
            print(f"  {known:6,} children known   {times}   at best {least[-1]:.2f} pieces of work", flush=True)
    more = least[1] / least[0]
    kept = "kept" if more <= MORE_AT_MOST else "NOT KEPT"
    print(f"  ten times the children: {more:.2f} times the work (floor {MORE_AT_MOST}): {kept}")


if __name__ == "__main__":
    with own_database():
        _measure()
