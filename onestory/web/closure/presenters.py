"""The gate and the record in words. Pure, given the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onestory.help.closure.gate import Part, Point
from onestory.help.closure.models import Closure, ClosureAnswer, ClosureReceiver
from onestory.help.closure.states import LIVE, Answer, State
from onestory.help.closure.wording import receiver_words
from onestory.platform.ui.wording import day_words, moment_words, plural, sentence

HEADINGS = {
    Part.REASON: "Why the plan was opened",
    Part.ACTION: "What the plan required",
    Part.CHILD: "Each child has been seen",
    Part.CHRONOLOGY: "The chronology",
    Part.AGENCY: "Every agency that was relied on is told",
    Part.RECORD: "The closure record",
    Part.RECEIVER: "Who goes on",
}
SAID_AS_IT_STANDS = (Part.CHILD, Part.CHRONOLOGY, Part.AGENCY, Part.RECORD)
TONES = {Answer.ACCEPTED: "contact", Answer.WAITING: "review", Answer.DECLINED: "act", Answer.DIFFERS: "act"}
STATE_TONES = {State.CLOSED: "contact", State.REOPENED: "act", State.SENT: "review", State.CAME_BACK: "act"}


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point of the gate: what, where it stands, and what may be done about it."""

    part: str
    of: str
    words: str
    status: str
    tone: str
    more: str
    is_open: bool
    may_be_overridden: bool
    answerable: bool
    team: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The points of one sort."""

    part: str
    heading: str
    rows: tuple[PointRow, ...]


@dataclass(frozen=True, slots=True)
class ReceiverRow:
    """A team that receives the record: its task and its answer."""

    id: str
    team: str
    task: str
    answer: str
    tone: str
    words: str
    by: str


def sections(
    found: Iterable[Point], said: Mapping[str, ClosureAnswer], teams: Mapping[str, str], *, sent: bool
) -> list[Section]:
    """The gate by sorts, in the order in which they are asked. ``teams``: an agency's team that could be told."""
    by_part: dict[Part, list[PointRow]] = {}
    for point in found:
        by_part.setdefault(point.part, []).append(_row(point, said, teams, sent))
    return [Section(part.value, HEADINGS[part], tuple(rows)) for part, rows in by_part.items()]


def _row(point: Point, said: Mapping[str, ClosureAnswer], teams: Mapping[str, str], sent: bool) -> PointRow:
    status, tone = _status(point)
    asked = point.part is not Part.RECEIVER or sent
    return PointRow(
        part=point.part.value,
        of=point.of or "-",
        words=_words(point),
        status=status,
        tone=tone,
        more=_more(point, said),
        is_open=point.is_open,
        may_be_overridden=point.is_open and point.may_be_overridden and asked,
        answerable=point.part is Part.REASON or (point.part is Part.ACTION and point.is_open),
        team=teams.get(point.of, "") if point.part is Part.AGENCY else "",
    )


def _status(point: Point) -> tuple[str, str]:
    if point.overridden:
        return "Let stand by a manager", "review"
    return ("Open", "act") if point.is_open else ("Answered", "contact")


def _words(point: Point) -> str:
    """What is open is said as it stands, never beside the sentence that it will be when it is answered."""
    return point.why_not if point.part in SAID_AS_IT_STANDS and point.is_open else point.words


def _more(point: Point, said: Mapping[str, ClosureAnswer]) -> str:
    answer = said.get(point.of) if point.part is Part.REASON else None
    if answer:
        known = [one for one in (answer.source, day_words(answer.on)) if one]
        return f"{'Met' if answer.met else 'Not met'}: {answer.words}{f' ({", ".join(known)})' if known else ''}"
    return "" if point.part is Part.REASON or point.why_not == _words(point) else point.why_not


def open_words(still: int) -> str:
    """How much is open, in a sentence."""
    return (
        sentence(plural(still, "point")) + (" is open" if still == 1 else " are open") if still else "Nothing is open"
    )


def receiver_rows(closure: Closure) -> list[ReceiverRow]:
    """Who goes on with what, and what each has said to the text as it stands."""
    return [_receiver(one, closure) for one in closure.receivers.all()]


def _receiver(one: ClosureReceiver, closure: Closure) -> ReceiverRow:
    stale = one.to_version != closure.version or closure.version == 0
    answer = Answer.WAITING if stale else Answer(one.answer)
    asked = closure.state in (State.SENT, State.CLOSED, State.CAME_BACK)
    label = answer.label if asked or answer != Answer.WAITING else "Not asked yet"
    by = f"{one.answered_by}, {moment_words(one.answered_at)}" if one.answered_at and not stale else ""
    return ReceiverRow(
        id=str(one.id),
        team=str(one.team),
        task=receiver_words(one),
        answer=label,
        tone=TONES[answer],
        words="" if stale else one.words,
        by=by,
    )


def title_of(closure: Closure) -> str:
    """What the page is about, by where the ending stands."""
    if closure.state in LIVE:
        return f"The {closure.plan_words} is to end"
    if closure.state == State.CLOSED:
        return f"The {closure.plan_words} has ended"
    return f"The {closure.plan_words} goes on"


def tone_of(closure: Closure) -> str:
    """The colour of where it stands."""
    return STATE_TONES.get(State(closure.state), "other")
