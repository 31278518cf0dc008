"""Protocols in words. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from onestory.platform.access.policy import InfoClass
from onestory.platform.history.vocabulary import KINDS
from onestory.platform.sharing.admission import class_words
from onestory.platform.sharing.bases import bases
from onestory.platform.sharing.duty import in_force
from onestory.platform.sharing.models import Protocol
from onestory.platform.sharing.states import State, state_of
from onestory.platform.ui.wording import day_words, moment_words

TONES = {State.DRAFT: "act", State.TO_COME: "review", State.IN_FORCE: "", State.OVER: "quiet"}


@dataclass(frozen=True, slots=True)
class Row:
    """A protocol in a list."""

    id: str
    agency: str
    state: str
    tone: str
    span: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Page:
    """One protocol."""

    id: str
    agency: str
    agency_id: str
    state: str
    tone: str
    purpose: str
    basis: str
    law: str
    span: str
    kinds: tuple[str, ...]
    classes: tuple[str, ...]
    happened: tuple[str, ...]
    waits: bool
    counts: bool
    replaces: str


def rows(protocols: Iterable[Protocol], today: dt.date) -> list[Row]:
    """Protocols in a list: what waits and what counts before what is over."""
    known = sorted(protocols, key=lambda one: (state_of(one, today) is State.OVER, one.agency.name))
    return [
        Row(
            str(one.pk),
            one.agency.name,
            state_of(one, today).value,
            TONES[state_of(one, today)],
            _span(one),
            one.purpose,
        )
        for one in known
    ]


def page(protocol: Protocol, today: dt.date) -> Page:
    """One protocol with its history."""
    state = state_of(protocol, today)
    admits = list(protocol.admits.all())
    return Page(
        id=str(protocol.pk),
        agency=protocol.agency.name,
        agency_id=str(protocol.agency_id),
        state=state.value,
        tone=TONES[state],
        purpose=protocol.purpose,
        basis=bases()[protocol.basis].words if protocol.basis in bases() else protocol.basis,
        law=f"{protocol.law}. Edition of {protocol.edition}",
        span=_span(protocol),
        kinds=tuple(sorted({KINDS[one.kind].label for one in admits})),
        classes=tuple(class_words(info) for info in InfoClass if info.number in {one.info for one in admits}),
        happened=tuple(_happened(protocol)),
        waits=state is State.DRAFT,
        counts=state in (State.IN_FORCE, State.TO_COME),
        replaces=str(protocol.replaces_id or ""),
    )


def duty_words(since: dt.date | None, today: dt.date) -> str:
    """Where the duty to disclose stands."""
    duty = "The duty to disclose of the Children’s Wellbeing and Schools Act 2026"
    if since is None:
        return f"{duty} is not in force: no day is laid down."
    if in_force(today, since):
        return f"{duty} is in force since {day_words(since)}."
    return f"{duty} begins on {day_words(since)}."


def _span(protocol: Protocol) -> str:
    last = f" to {day_words(protocol.until_on)}" if protocol.until_on else " on"
    return f"From {day_words(protocol.from_on)}{last}"


def _happened(protocol: Protocol) -> Iterable[str]:
    yield f"Drafted by {protocol.drafted_by.display_name}, {moment_words(protocol.drafted_at)}."
    if protocol.approved_by and protocol.approved_at:
        yield f"Approved by {protocol.approved_by.display_name}, {moment_words(protocol.approved_at)}."
    if protocol.ended_by and protocol.ended_at and protocol.ended_on:
        yield (
            f"Ended by {protocol.ended_by.display_name}, {moment_words(protocol.ended_at)}; it does not count from"
            f" {day_words(protocol.ended_on)} on. {protocol.ended_because}"
        )
