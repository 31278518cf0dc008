"""A sweep as the partnership grows tenfold while as many circles are due as before: it must not take longer.

The families are those of the invented partnership. Each time the same circles are made due and read again. How many
children at last: ONESTORY_TEST_CHILDREN (600); at first a tenth of them. The floor: at most a quarter longer. The
processor's time is this program's own, without the database's.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import tempfile
import time
from pathlib import Path
from uuid import UUID

from tests.bench._database import own_database, spread

TODAY = dt.date(2026, 11, 22)
AT = dt.datetime.combine(TODAY, dt.time(9), tzinfo=dt.UTC)
MANY = int(os.environ.get("ONESTORY_TEST_CHILDREN") or 600)
FEW = MANY // 10
LONGER_AT_MOST = 1.25
DUE, TIMES = 10, 9


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


def _swept(due: list[UUID]) -> tuple[list[float], list[float]]:
    """Seconds, and seconds of the processor, of sweeps that each find the same circles due and no other."""
    from onestory.oversee.signals.actions import sweep
    from onestory.oversee.signals.models import Circle
    from onestory.platform.access.keeping import keeping

    taken, busy = [], []
    for _ in range(TIMES):
        with keeping():
            Circle.objects.update(next_check_on=TODAY + dt.timedelta(days=30))
            Circle.objects.filter(id__in=due).update(next_check_on=TODAY)
        began, at_first = time.perf_counter(), time.process_time()
        visited = sweep(today=TODAY, at=AT)
        taken.append(time.perf_counter() - began)
        busy.append(time.process_time() - at_first)
        assert visited == len(due)
    return taken, busy


def _measure() -> None:
    middle: list[float] = []
    due: list[UUID] = []
    with tempfile.TemporaryDirectory() as folder:
        print(f"A sweep that finds {DUE} circles due", flush=True)
        for children in (FEW, MANY):
            known = _grow(Path(folder), children)
            due = due or _some_circles()
            taken, busy = _swept(due)
            print(f"  {known:6,} children known   {spread(taken)}   processor {spread(busy)}", flush=True)
            middle.append(statistics.median(taken))
    longer = middle[1] / middle[0]
    kept = "kept" if longer <= LONGER_AT_MOST else "NOT KEPT"
    print(f"  ten times the children: {longer:.2f} times as long (floor {LONGER_AT_MOST}): {kept}")


if __name__ == "__main__":
    with own_database():
        _measure()
