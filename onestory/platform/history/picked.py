"""Choices among a child's entries and evidence that hold whatever else is known: each is worked out once for the whole
history, and a story cuts it to its day. A rule that reads what was chosen need not read again when anything else comes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onestory.platform.history.answers import Evidence
from onestory.platform.history.circle import Circle
from onestory.platform.history.record import Entry


@dataclass(frozen=True, slots=True, eq=False)
class Picked:
    """Entries of these kinds, or that name any of these factors, for which the test holds of the child's circle."""

    test: Callable[[Circle, Entry], bool]
    kinds: tuple[str, ...] = ()
    factors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class PickedEvidence:
    """Evidence for which the test holds of the child's circle."""

    test: Callable[[Circle, Evidence], bool]
