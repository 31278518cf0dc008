"""From answers to what goes on record: words, factors, who told, who was seen. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from onestory.arrive.concerns.questions import Question, Questionnaire, Sort
from onestory.platform.history.dates import When, day
from onestory.platform.history.record import Reporter
from onestory.platform.ui.days import NotADay, parse_day
from onestory.platform.ui.wording import day_words, listed

UNSAFE_SLEEP = {"own_place": "no", "clear_flat": "no", "shared": "yes", "smoke_drink": "yes", "warm": "yes"}
SILENT = frozenset({"who_saw", "who_name", "happened", "factors", "also_about", "attended", "child_seen"})
"""Answers that have a place of their own on record and are not repeated in the words."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A concern ready to be recorded. ``location`` holds what only those may read who may see an address."""

    kind: str
    happened: When
    text: str
    factors: frozenset[str]
    reporter: Reporter
    location: str
    seen: bool
    own: Mapping[str, Any] = field(default_factory=dict)
    unsafe: bool = False


def telling_of(form: Questionnaire, answers: Mapping[str, Any], *, agency: str, today: dt.date) -> Telling:
    """What the answers say. ``agency``: that of whoever writes, who is the source where they saw it themselves."""
    chosen = set(answers.get("factors") or ())
    if form.code == "safer_sleep" and any(answers.get(name) == bad for name, bad in UNSAFE_SLEEP.items()):
        chosen.add("unsafe_sleep")
    own = {"attended": answers["attended"] == "yes"} if answers.get("attended") else {}
    return Telling(
        kind=form.kind,
        happened=day(min(day_of(answers.get("happened")) or today, today)),
        text=words_of(form, answers),
        factors=frozenset(chosen),
        reporter=_reporter(form, answers, agency),
        location="\n".join(_protected(form, answers, "location")),
        seen=_was_seen(form, answers),
        own=own,
        unsafe=answers.get("safe") in ("no", "not_known"),
    )


def day_of(typed: Any) -> dt.date | None:
    """A day as it was typed; None where it is none."""
    try:
        return parse_day(str(typed)) if typed else None
    except NotADay:
        return None


def words_of(form: Questionnaire, answers: Mapping[str, Any]) -> str:
    """The answers as paragraphs under their questions, without what is kept apart."""
    told = []
    for question in form.questions:
        if question.name in SILENT or question.protected:
            continue
        said = answer_words(question, answers.get(question.name))
        if said:
            told.append(f"{question.label}\n{said}")
    return "\n\n".join(told)


def answer_words(question: Question, answer: Any, people: Mapping[str, str] | None = None) -> str:
    """An answer as a reader sees it; empty where there is none."""
    if not answer:
        return ""
    if question.sort is Sort.ONE_OF:
        return dict(question.choices).get(str(answer), str(answer))
    if question.sort is Sort.ANY_OF:
        names = dict(question.choices)
        return listed(names.get(one, one) for one in answer)
    if question.sort is Sort.PEOPLE:
        return listed((people or {}).get(one, "somebody") for one in answer)
    if question.sort is Sort.DAY:
        return day_words(day_of(answer)) or str(answer)
    return str(answer).strip()


def _protected(form: Questionnaire, answers: Mapping[str, Any], what: str) -> list[str]:
    asked = [question for question in form.questions if question.protected == what]
    if what == "location" and "child_where" in answers and all(one.name != "child_where" for one in asked):
        asked.append(Question("child_where", "Address, and school or nursery"))
    return [f"{one.label} {answers[one.name]}".strip() for one in asked if answers.get(one.name)]


def _reporter(form: Questionnaire, answers: Mapping[str, Any], agency: str) -> Reporter:
    role = form.who_reports or str(answers.get("who_saw") or "professional")
    label = str(answers.get("who_name") or "").strip()
    by_writer = role == "professional" and form.code != "by_phone"
    return Reporter(role, agency if by_writer else None, label[:500])


def _was_seen(form: Questionnaire, answers: Mapping[str, Any]) -> bool:
    """Whether a professional saw the child: officers say so; whoever heard it from the child was with the child."""
    if form.code == "police":
        return answers.get("child_seen") == "yes"
    return form.code == "safer_sleep" or (form.code == "concern" and answers.get("who_saw") == "child")
