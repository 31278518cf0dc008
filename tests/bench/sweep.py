"""A sweep as the partnership grows tenfold while as many circles are due as before: it must not take longer.

The families are those of the invented partnership. Each time the same circles are made due and read again.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from pathlib import Path

from tests.bench._database import own_database, spread

TODAY = dt.date(2026, 11, 22)
AT = dt.datetime.combine(TODAY, dt.time(9), tzinfo=dt.UTC)
FEW, MANY = 60, 600
DUE, TIMES = 10, 9


def _grow(folder: Path, children: int) -> int:
    """Import the partnership up to so many children and read whoever is new; how many children are known then."""
    from onestory.arrive.feeds.actions import import_files
    from onestory.oversee.partnership.files import write_partnership
    from onestory.oversee.signals.actions import read_again
    from onestory.oversee.signals.models import CircleChild
    from onestory.platform.people.models import Person

    import_files(list(write_partnership(folder, children=children, seed=1)), by=None, at=AT)
    known = Person.objects.filter(is_child=True)
    for child in known.exclude(id__in=CircleChild.objects.values("child")).values_list("id", flat=True):
        read_again(child_ids=[child], today=TODAY, at=AT)
    return known.count()


def _swept() -> list[float]:
    """Seconds of sweeps that each find the same circles due and no other."""
    from onestory.oversee.signals.actions import sweep
    from onestory.oversee.signals.models import Circle

    taken = []
    for _ in range(TIMES):
        Circle.objects.update(next_check_on=TODAY + dt.timedelta(days=30))
        due = list(Circle.objects.filter(is_over=False).order_by("id").values_list("id", flat=True)[:DUE])
        Circle.objects.filter(id__in=due).update(next_check_on=TODAY)
        began = time.perf_counter()
        visited = sweep(today=TODAY, at=AT)
        taken.append(time.perf_counter() - began)
        assert visited == len(due)
    return taken


def _measure() -> None:
    from onestory.platform.access.keeping import keeping

    with tempfile.TemporaryDirectory() as folder, keeping():
        print(f"A sweep that finds {DUE} circles due")
        for children in (FEW, MANY):
            known = _grow(Path(folder), children)
            print(f"  {known:6,} children known   {spread(_swept())}")


if __name__ == "__main__":
    with own_database():
        _measure()
