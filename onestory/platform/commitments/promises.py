"""Which promises a family's entries made, and which entries closed them. Pure: rows in, promises out.

One entry makes one promise, a notice one for each agency to which it was sent. What closes it is found by what the
records give: the id of an action or a request, the agency that acknowledges, the condition that an ending names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from onestory.platform.history.dates import parse_when

MAKING = frozenset({"condition", "action", "request", "notice", "aftercare"})
"""Kinds of entry that make or close a promise."""

ENDS_A_REQUEST = {"answered": "kept", "declined": "declined", "withdrawn": "dropped"}
"""Stages that close a request, and the state in which it is closed."""


class EntryRow(Protocol):
    """What is read of an entry's row."""

    id: UUID
    kind: str
    own: Mapping[str, Any]
    agency_id: UUID
    known_on: dt.date | None


@dataclass(slots=True)
class Promise:
    """One promise as its entries tell it; the fields are those of Commitment."""

    sort: str
    made_in: UUID
    made_on: dt.date
    state: str = "open"
    closed_in: UUID | None = None
    code: str = ""
    what: str = ""
    owner: str | None = None
    due_on: dt.date | None = None
    every: str = ""
    until_on: dt.date | None = None
    test: Any = None
    unless: Any = None

    def close(self, state: str, entry: EntryRow) -> None:
        """Closed, by what the entry records."""
        self.state, self.closed_in = state, entry.id


@dataclass(slots=True)
class Ledger:
    """The promises of one circle of people, in the order in which they were made."""

    promises: list[Promise] = field(default_factory=list)

    def open(self, sort: str) -> Iterator[Promise]:
        """Promises of this sort that stand open, the newest first."""
        return (promise for promise in reversed(self.promises) if promise.sort == sort and promise.state == "open")


def promises_of(entries: Iterable[tuple[EntryRow, str, Mapping[str, Any]]]) -> list[Promise]:
    """The promises in entries given in the order in which they became known, each with its text and its own words."""
    ledger = Ledger()
    for entry, text, words in entries:
        if entry.kind in _READERS and entry.known_on:
            _READERS[entry.kind](ledger, entry, text, words)
    return ledger.promises


def _make(ledger: Ledger, sort: str, entry: EntryRow, **fields: Any) -> None:
    assert entry.known_on, "only what was known makes a promise"
    ledger.promises.append(Promise(sort, entry.id, entry.known_on, **fields))


def _condition(ledger: Ledger, entry: EntryRow, text: str, words: Mapping[str, Any]) -> None:
    own = entry.own
    if "ended" in own:
        for promise in ledger.open("condition"):
            if str(promise.made_in) == own.get("from"):
                return promise.close("ended", entry)
    _make(
        ledger,
        "condition",
        entry,
        what=words.get("then") or text,
        test=own.get("if"),
        unless=own.get("unless"),
        until_on=_last_day(own.get("ended")),
    )
    return None


def _action(ledger: Ledger, entry: EntryRow, text: str, words: Mapping[str, Any]) -> None:
    own, code = entry.own, entry.own.get("action", "")
    standing = next((one for one in ledger.open("action") if code and one.code == code), None)
    if own.get("stage") in ("done", "dropped"):
        if standing:
            standing.close("kept" if own["stage"] == "done" else "dropped", entry)
    elif standing:  # required again: still the same action, with a new day where one is given
        standing.due_on = _last_day(own.get("due")) or standing.due_on
    else:
        _make(ledger, "action", entry, code=code, what=text, owner=own.get("owner"), due_on=_last_day(own.get("due")))


def _request(ledger: Ledger, entry: EntryRow, text: str, words: Mapping[str, Any]) -> None:
    own = entry.own
    stage, code, sort = own.get("stage"), own.get("request", ""), own.get("type", "")
    if stage == "asked":
        _make(ledger, "request", entry, code=code, what=text or sort, owner=own.get("of"))
    elif stage in ENDS_A_REQUEST and code:
        for promise in ledger.open("request"):
            if promise.code == code:
                return promise.close(ENDS_A_REQUEST[stage], entry)
    return None


def _notice(ledger: Ledger, entry: EntryRow, text: str, words: Mapping[str, Any]) -> None:
    own, of = entry.own, words.get("of", "")
    if own.get("stage") == "sent":
        for agency in own.get("to", ()):
            _make(ledger, "hand_over", entry, code=of[:500], what=text or of, owner=agency)
    elif own.get("stage") == "acknowledged":
        by = own.get("agencies") or [str(entry.agency_id)]
        waiting = [promise for promise in ledger.open("hand_over") if promise.owner in by]
        same = [promise for promise in waiting if of and promise.code == of[:500]]
        for promise in same or waiting:
            promise.close("kept", entry)


def _aftercare(ledger: Ledger, entry: EntryRow, text: str, words: Mapping[str, Any]) -> None:
    own = entry.own
    _make(
        ledger,
        "aftercare",
        entry,
        what=words.get("what") or text,
        owner=own.get("who"),
        every=own.get("every", ""),
        until_on=_last_day(own.get("until")),
    )


def _last_day(stored: str | None) -> dt.date | None:
    return parse_when(stored).last if stored else None


_READERS = {
    "condition": _condition,
    "action": _action,
    "request": _request,
    "notice": _notice,
    "aftercare": _aftercare,
}
