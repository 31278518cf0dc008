"""A tool as the program uses it: sections, questions, conditions, repeats. Read from a FHIR R4 Questionnaire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

EACH_CHILD = "each-child"
"""The code of a group that is answered once for each child."""

# What an assessment of the family may not be completed without (C3, LP2, LP8), by the codes of their questions.
CHRONOLOGY_ANALYSIS = "chronology-analysis"
VOICE = "voice"
WHY_NOT_SEEN = "why-not-seen"
INTERPLAY = "interplay-how"
INTERPLAY_PRESENT = "interplay-present"
AGREEMENT = "agreement"
"""The code of the question that asks whether the family agrees; with it, nothing goes on without them (T3.4)."""

ALONE = "questions"
"""The section of questions that stand in no group."""


class Sort(StrEnum):
    """What sort of answer a question takes, in FHIR's words."""

    GROUP = "group"
    TEXT = "text"
    STRING = "string"
    BOOLEAN = "boolean"
    DATE = "date"
    INTEGER = "integer"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Option:
    """One allowed answer of a choice: the code that is kept and the words that are shown."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Condition:
    """That a question is asked only where another has this answer."""

    question: str
    answer: str | bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question, or a group of them (``items``). ``least`` and ``most`` bound a whole number."""

    link: str
    text: str
    sort: Sort
    help: str = ""
    required: bool = False
    repeats: bool = False
    codes: frozenset[str] = frozenset()
    options: tuple[Option, ...] = ()
    when: tuple[Condition, ...] = ()
    when_all: bool = False
    least: int | None = None
    most: int | None = None
    items: tuple[Question, ...] = ()

    @property
    def each_child(self) -> bool:
        """Whether the group is answered once for each child."""
        return EACH_CHILD in self.codes

    def within(self) -> Iterator[Question]:
        """Itself and everything inside it, in the order of the page."""
        yield self
        for item in self.items:
            yield from item.within()


@dataclass(frozen=True, slots=True)
class Tool:
    """One version of a tool. ``source`` says where the need was learnt; ``restricted`` names its class, if any."""

    url: str
    version: str
    name: str
    title: str
    purpose: str
    source: str
    items: tuple[Question, ...]
    restricted: str = ""

    @property
    def sections(self) -> tuple[Question, ...]:
        """The parts that are written one at a time. Questions that stand in no group are one part together."""
        groups = tuple(item for item in self.items if item.sort is Sort.GROUP)
        plain = tuple(item for item in self.items if item.sort is not Sort.GROUP)
        return (*groups, *((Question(ALONE, self.title, Sort.GROUP, items=plain),) if plain else ()))

    def section(self, link: str) -> Question | None:
        """One of the parts, by the name of its group."""
        return next((one for one in self.sections if one.link == link), None)

    def questions(self) -> Iterator[Question]:
        """Every question and group, in the order of the page."""
        for item in self.items:
            yield from item.within()

    def with_code(self, code: str) -> Iterator[Question]:
        """The questions that are for this, whatever the tool calls them."""
        return (question for question in self.questions() if code in question.codes)
