"""What is on record already and bears on a question, with where it is from and of which day. Pure.

It is shown beside its question and confirmed or corrected there: nobody types again what somebody knew (A7, F5.12).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onestory.decide.assessments.answering import Answer, AnswerRefused, Asked, check_answer
from onestory.decide.assessments.states import Taken
from onestory.decide.assessments.tool import CHRONOLOGY_ANALYSIS, VOICE, WHY_NOT_SEEN, Question, Sort
from onestory.platform.history.record import Entry, History
from onestory.platform.ui.wording import day_words

OF_THIS_TIME = frozenset(
    {CHRONOLOGY_ANALYSIS, VOICE, WHY_NOT_SEEN, "child-seen", "voice-changed-conclusion", "not-known", "agreement"}
    | {"family-view", "family-comments", "not-spoken-to", "prove-us-wrong", "safe-tonight", "wish"}
)
"""Questions that have to be asked anew each time: nothing is brought in for them."""
EARLIER, PROMISED = "earlier-conclusions", "promised-not-done"
AT_MOST = 20
"""Entries that are brought in for one question; more is what the chronology is for."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record for one question: the answer, and its source and day in words."""

    answer: Answer
    origin: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What an answer does with what was known: confirm or correct it, and where it was known from."""

    taken: Taken
    origin: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """One answer of an earlier assessment, at its path there, with people's rows by person."""

    path: str
    answer: Answer
    origin: str


def from_earlier(asked: Iterable[Asked], earlier: Mapping[str, Earlier]) -> Iterator[tuple[str, Known]]:
    """For each question that may be carried on, the last answer that was given to the same question."""
    for one in asked:
        found = earlier.get(one.path)
        if found is None or not may_be_carried(one.question):
            continue
        try:
            yield one.path, Known(check_answer(one.question, found.answer), found.origin)
        except AnswerRefused:
            continue  # the question takes other answers by now


def may_be_carried(question: Question) -> bool:
    """Whether an earlier answer can stand for this question."""
    return question.sort is not Sort.GROUP and not question.codes & OF_THIS_TIME


def from_history(asked: Iterable[Asked], history: History, overdue: Iterable[str], today: dt.date) -> dict[str, Known]:
    """What the chronology holds on earlier conclusions and conditions, and on what was promised and did not happen.

    ``overdue``: promises past their day, in words.
    """
    texts = {EARLIER: "\n".join(_conclusions(history)), PROMISED: "\n".join(overdue)}
    origin = f"The chronology, as on {day_words(today)}"
    return {
        one.path: Known(texts[code], origin)
        for one in asked
        for code in (EARLIER, PROMISED)
        if code in one.question.codes and texts[code]
    }


def _conclusions(history: History) -> Iterator[str]:
    ended = {entry.own.get("from") for entry in history.entries if entry.kind == "condition" and "ended" in entry.own}
    made = [entry for entry in history.entries if _concludes(entry) and entry.id not in ended]
    for entry in made[-AT_MOST:]:
        agency = history.agencies[entry.by].name if entry.by in history.agencies else "Not named"
        said = " ".join(filter(None, (entry.text, str(entry.own.get("then", "")))))
        yield f"{entry.happened.words()}, {agency}: {said or 'no words on record'}"


def _concludes(entry: Entry) -> bool:
    if entry.kind == "condition":
        return "ended" not in entry.own
    return entry.kind == "assessment" and entry.own.get("stage") == "completed"


def taken_of(known: Known | None, typed: Answer) -> Brought | None:
    """What somebody's answer does with what was known; None where nothing was."""
    if known is None or typed == "":
        return None
    same = typed == known.answer or (isinstance(typed, str) and typed.strip() == str(known.answer).strip())
    return Brought(Taken.CONFIRMED if same else Taken.CORRECTED, known.origin[:300])
