"""What stands beside the questions of a section: what is known, and the entries that have to be read together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from onestory.decide.assessments.answering import Asked
from onestory.decide.assessments.known import EARLIER, PROMISED, Known, from_earlier, from_history
from onestory.decide.assessments.models import Assessment
from onestory.decide.assessments.queries import earlier_answers, overdue_promises
from onestory.decide.assessments.tool import CHRONOLOGY_ANALYSIS, INTERPLAY_PRESENT
from onestory.platform.history.evidence import DOMESTIC_ABUSE, MENTAL_HEALTH, SUBSTANCES
from onestory.platform.history.loading import load_history
from onestory.platform.history.record import Entry, History
from onestory.platform.history.vocabulary import KINDS
from onestory.platform.ui.requests import SignedInRequest

LANES = (
    ("Domestic abuse", DOMESTIC_ABUSE),
    ("A parent’s mental health", MENTAL_HEALTH),
    ("Alcohol and drugs", SUBSTANCES),
)
NEEDS_HISTORY = frozenset({EARLIER, PROMISED, INTERPLAY_PRESENT})


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry on the line of time: its day, who recorded it, and what it says in each lane that it belongs to."""

    when: str
    agency: str
    lanes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known for which question; the three side by side; whose chronology is to be opened."""

    known: dict[str, Known] = field(default_factory=dict)
    moments: tuple[Moment, ...] = ()
    lanes: tuple[str, ...] = tuple(words for words, _ in LANES)
    interplay: bool = False
    chronologies: tuple[UUID, ...] = ()


def beside_section(request: SignedInRequest, found: Assessment, asked: Sequence[Asked]) -> Beside:
    """What this reader may see beside the section, in a number of queries that does not grow with it."""
    sight, codes = request.sight, frozenset().union(*(one.question.codes for one in asked))
    known = dict(from_earlier(asked, earlier_answers(sight, found)))
    children = [one.known_as for one in found.people.all() if one.is_child]
    moments: tuple[Moment, ...] = ()
    if codes & NEEDS_HISTORY and children:
        history = load_history(children, sight=sight)
        known |= from_history(asked, history, overdue_promises(sight, found), timezone.localdate(sight.at))
        moments = side_by_side(history) if INTERPLAY_PRESENT in codes else ()
    return Beside(
        known=known,
        moments=moments,
        interplay=INTERPLAY_PRESENT in codes,
        chronologies=tuple(children) if CHRONOLOGY_ANALYSIS in codes else (),
    )


def side_by_side(history: History) -> tuple[Moment, ...]:
    """Every entry that names one of the three, oldest first, each in the lanes that it belongs to (LP1, F5.17)."""
    named = [entry for entry in history.entries if entry.known is not None and not entry.withdraws and _lanes(entry)]
    return tuple(_moment(entry, history) for entry in sorted(named, key=_day))


def _day(entry: Entry) -> dt.date:
    return entry.happened.first


def _lanes(entry: Entry) -> list[int]:
    return [number for number, (_, factors) in enumerate(LANES) if entry.factors & factors]


def _moment(entry: Entry, history: History) -> Moment:
    agency = history.agencies[entry.by].name if entry.by in history.agencies else "Not named"
    words = entry.text or KINDS[entry.kind].label
    return Moment(entry.happened.words(), agency, _cells(_lanes(entry), words))


def _cells(lanes: Iterable[int], words: str) -> tuple[str, ...]:
    inside = set(lanes)
    return tuple(words if number in inside else "" for number in range(len(LANES)))
