"""The pages of a concern in words. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onestory.arrive.chronology.narrowing import Family
from onestory.arrive.concerns.forms import groups_of
from onestory.arrive.concerns.models import Concern, Draft
from onestory.arrive.concerns.questionnaires import ALL
from onestory.arrive.concerns.questions import Choices, Questionnaire
from onestory.arrive.concerns.states import State
from onestory.arrive.concerns.telling import answer_words
from onestory.platform.ui.child import Identity, identity_of
from onestory.platform.ui.wording import moment_words


@dataclass(frozen=True, slots=True)
class Way:
    """One way to begin: the form's title, a sentence, its address."""

    title: str
    lead: str
    code: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with its answer."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever told is told: that it is there, what happens next and by when; then, what was decided."""

    reference: str
    title: str
    state: str
    next_step: str
    received: str
    decided: str
    outcome: str


def ways_for(sector: str) -> tuple[Way, ...]:
    """The forms that an agency of this sector fills in, its own first."""
    mine = [one for one in ALL.values() if not one.open_to_all and (not one.for_sectors or sector in one.for_sectors)]
    mine.sort(key=lambda one: sector not in one.for_sectors)
    return tuple(Way(one.title, one.lead, one.code) for one in mine)


def drafts_shown(drafts: Iterable[Draft]) -> tuple[tuple[str, str, str], ...]:
    """Each begun form with its code, id and when it was last kept."""
    return tuple(
        (one.form, str(one.id), f"{one.get_form_display()}, kept {moment_words(one.saved_at)}") for one in drafts
    )


def people_to_name(family: Family | None) -> Choices:
    """Those of the child's life whom the writer may know of, children first."""
    if family is None:
        return ()
    others = [one for key, one in family.history.people.items() if key in family.circle and key != family.child]
    others.sort(key=lambda one: (not one.is_child, one.label))
    return tuple((one.id, one.label) for one in others)


def child_of(family: Family | None, today: dt.date) -> Identity | None:
    """Whom the form is about, where a child was found."""
    return identity_of(family.history.people[family.child], today) if family else None


def answers_shown(asked: Questionnaire, answers: Mapping[str, Any], *, found: bool, people: Choices) -> list[Answered]:
    """Every question that was answered, to be checked before it is sent."""
    named = dict(people)
    shown = []
    for group in groups_of(asked, found=found):
        for question in group.questions:
            words = answer_words(question, answers.get(question.name), named)
            if words:
                shown.append(Answered(question.label, words))
    return shown


def receipt_of(concern: Concern) -> Receipt:
    """The receipt of a concern as it stands now."""
    waiting = concern.state in (State.WAITING, State.APPROVAL)
    by_when = f"by {moment_words(concern.due_at)}"
    if concern.form == "consultation":
        follows = f"The front door reads it and answers you {by_when}."
    else:
        follows = f"The front door reads it with everything else that is known, decides, and tells you what {by_when}."
    return Receipt(
        reference=concern.reference,
        title=concern.get_form_display(),
        state=State(concern.state).label,
        next_step=follows if waiting else "",
        received=moment_words(concern.received_at),
        decided=moment_words(concern.decided_at) if concern.decided_at else "",
        outcome=concern.reply,
    )
