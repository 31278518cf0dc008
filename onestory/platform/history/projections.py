"""What is kept beside the entries because it follows from them: who must hear of it when entries are written.

History lies below what is derived from it, so the features above register here instead of being imported.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from onestory.platform.history.models import Entry


@dataclass(frozen=True, slots=True)
class Written:
    """What one transaction wrote: the rows of the entries, withdrawals included, and the people whom they name."""

    entries: Sequence[Entry]
    people: Collection[UUID]
    at: dt.datetime


type Projection = Callable[[Written], None]

_projections: list[Projection] = []


def register_projection(projection: Projection) -> None:
    """Have ``projection`` called in the transaction that writes entries, once for all. It must be idempotent."""
    if projection not in _projections:
        _projections.append(projection)


def project(written: Written) -> None:
    """Bring everything that follows from entries up to date."""
    for projection in _projections:
        projection(written)
