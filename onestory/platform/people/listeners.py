"""Who is told when agencies add records: what lies above people registers itself here when it is ready.

A listener is called in the transaction that adds the records, so that what it writes is there with them or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from onestory.platform.people.models import AgencyRecord

type Listener = Callable[[Sequence[AgencyRecord]], None]

_listeners: list[Listener] = []


def when_records_are_added(listener: Listener) -> None:
    """Have the listener called with every portion of records that is added."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_of_records(records: Sequence[AgencyRecord]) -> None:
    """Call every listener, in the order in which they registered."""
    for listener in _listeners:
        listener(records)
