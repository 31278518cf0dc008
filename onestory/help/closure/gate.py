"""The gate: what has to be answered before a plan may end, and what is still open. Pure (L5, F5.39).

Every reason, every required action, every child, the chronology, every agency relied on, and the record itself is a
point. A point is answered by evidence, or a manager says why the plan may end without; the record itself has to be
written whatever a manager says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from onestory.help.closure.states import Answer
from onestory.platform.moves import CannotHappen


class Part(StrEnum):
    """What sort of point it is, in the order in which they are asked."""

    REASON = "reason"
    ACTION = "action"
    CHILD = "child"
    CHRONOLOGY = "chronology"
    AGENCY = "agency"
    RECORD = "record"
    RECEIVER = "receiver"


RECORD_FIELDS = {
    "parents_will": "Enter what the parents will do",
    "if_not": "Enter what happens if it is not done",
    "who_to_call": "Enter who is called, and how",
    "would_reopen": "Enter what would open the plan again",
}
"""The texts of the closure record, and what is said where one is missing."""

type Key = tuple[str, str]
"""A point by its part and by the id of what it is about."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What somebody says to a reason or an action. It is met by an entry, or by words with a day and a source."""

    met: bool
    words: str = ""
    source: str = ""
    on: dt.date | None = None
    entry: bool = False

    def is_enough(self) -> bool:
        """Whether it says that it is met, and how one knows."""
        told = bool(self.words.strip() and self.source.strip() and self.on)
        return self.met and (self.entry or told)


@dataclass(frozen=True, slots=True)
class ReasonAsked:
    """One reason for which the plan was opened."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class ActionAsked:
    """One action that the plan required: done with evidence, still required, or given up with a reason."""

    id: str
    words: str
    state: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ChildAsked:
    """One child of the plan, the last day on which a professional saw the child, and whether that is recent enough."""

    id: str
    name: str
    seen_on: dt.date | None
    lately: bool


@dataclass(frozen=True, slots=True)
class AgencyAsked:
    """An agency that was relied on, and whether one of its teams is to receive the record; ``team``: which could."""

    id: str
    name: str
    because: str
    receives: bool
    team: str = ""


@dataclass(frozen=True, slots=True)
class ReceiverAsked:
    """A team to which the record goes, and what it has said to the text as it stands."""

    id: str
    name: str
    answer: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything on which the gate decides. ``overridden``: points for which a manager has answered."""

    reasons: tuple[ReasonAsked, ...]
    actions: tuple[ActionAsked, ...]
    children: tuple[ChildAsked, ...]
    agencies: tuple[AgencyAsked, ...]
    receivers: tuple[ReceiverAsked, ...]
    record: Mapping[str, str]
    analysis: str
    chronology_opened: bool
    said: Mapping[Key, Evidence]
    overridden: Collection[Key]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the gate: what it is about, whether it is answered, and in a sentence why not."""

    part: Part
    of: str
    words: str
    answered: bool
    why_not: str = ""
    overridden: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it still keeps the plan from ending."""
        return not (self.answered or self.overridden)

    @property
    def may_be_overridden(self) -> bool:
        """Whether a manager may let the plan end without it. Nobody may end a plan without the record."""
        return self.part is not Part.RECORD

    @property
    def key(self) -> Key:
        """By its part and what it is about."""
        return self.part.value, self.of


def points(ground: Ground) -> list[Point]:
    """Every point of the gate, in the order in which they are asked."""
    found = (_reasons, _actions, _children, _chronology, _agencies, _record, _receivers)
    return [point for ask in found for point in ask(ground)]


def left(ground: Ground, *, closing: bool) -> list[Point]:
    """What still keeps the record from being sent; ``closing``: the plan from ending, which needs each answer."""
    return [one for one in points(ground) if one.is_open and (closing or one.part is not Part.RECEIVER)]


def check_may_send(ground: Ground) -> None:
    """The record goes out when everything but the receivers' answers is there. Raises StillOpen."""
    _check(left(ground, closing=False), "The record cannot be sent yet.")


def check_may_close(ground: Ground) -> None:
    """A plan ends when nothing is left, or a manager has answered for what is (L5). Raises StillOpen."""
    _check(left(ground, closing=True), "The plan cannot end yet.")


class StillOpen(CannotHappen):
    """Points are left that nobody has answered. ``points``: which."""

    def __init__(self, words: str, still: list[Point]) -> None:
        super().__init__(f"{words} {' '.join(one.why_not for one in still)}")
        self.points = still


def _check(still: list[Point], words: str) -> None:
    if still:
        raise StillOpen(words, still)


def _point(ground: Ground, part: Part, of: str, words: str, answered: bool, why_not: str) -> Point:
    overridden = (part.value, of) in ground.overridden and part is not Part.RECORD
    return Point(part, of, words, answered, "" if answered else why_not, overridden and not answered)


def _reasons(ground: Ground) -> Iterator[Point]:
    for one in ground.reasons:
        said = ground.said.get((Part.REASON.value, one.id))
        why = (
            f"Not met: {_plain(one.words)}." if said and not said.met else f"Nobody has answered: {_plain(one.words)}."
        )
        yield _point(ground, Part.REASON, one.id, one.words, bool(said and said.is_enough()), why)


def _actions(ground: Ground) -> Iterator[Point]:
    for one in ground.actions:
        done = one.state == "done" and bool(one.evidence.strip())
        given_up = f"Given up, and a manager has not said that this is enough: {_plain(one.words)}."
        why = given_up if one.state == "dropped" else f"Required, and not recorded as done: {_plain(one.words)}."
        yield _point(ground, Part.ACTION, one.id, one.words, done, why)


def _children(ground: Ground) -> Iterator[Point]:
    for one in ground.children:
        why = f"{one.name} was last seen too long ago." if one.seen_on else f"No entry says that {one.name} was seen."
        yield _point(ground, Part.CHILD, one.id, f"{one.name} was seen", one.lately, why)


def _chronology(ground: Ground) -> Iterator[Point]:
    written = bool(ground.analysis.strip())
    why = (
        "Whoever ends the plan has not opened the chronology."
        if not ground.chronology_opened
        else "Nobody has written what the chronology shows."
    )
    answered = written and ground.chronology_opened
    yield _point(ground, Part.CHRONOLOGY, "", "The chronology was read and analysed", answered, why)


def _agencies(ground: Ground) -> Iterator[Point]:
    for one in ground.agencies:
        why = f"{one.name} is not told: {_plain(one.because)}."
        yield _point(ground, Part.AGENCY, one.id, f"{one.name} is told what goes on", one.receives, why)


def _record(ground: Ground) -> Iterator[Point]:
    for name, missing in RECORD_FIELDS.items():
        written = bool(ground.record.get(name, "").strip())
        yield _point(ground, Part.RECORD, name, missing, written, f"{missing}.")
    yield _point(
        ground, Part.RECORD, "receivers", "Say who goes on", bool(ground.receivers), "Say who goes on, and with what."
    )


def _receivers(ground: Ground) -> Iterator[Point]:
    for one in ground.receivers:
        has = "has not answered" if one.answer == Answer.WAITING else "has not accepted"
        words = f"{one.name} accepts its task"
        yield _point(ground, Part.RECEIVER, one.id, words, one.answer == Answer.ACCEPTED, f"{one.name} {has}.")


def _plain(words: str) -> str:
    return words.strip().rstrip(".")


def of_part(found: Iterable[Point], part: Part) -> list[Point]:
    """The points of one sort."""
    return [one for one in found if one.part is part]
