"""What a questionnaire is: plain questions in groups, as data. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

type Choices = tuple[tuple[str, str], ...]


class Sort(StrEnum):
    """How a question is answered."""

    LINE = "line"
    WORDS = "words"
    DAY = "day"
    ONE_OF = "one_of"
    ANY_OF = "any_of"
    PEOPLE = "people"  # people of the child's life whom the writer may know of


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``name`` is kept with the answer; ``missing`` is said where a needed answer is not there."""

    name: str
    label: str
    sort: Sort = Sort.WORDS
    hint: str = ""
    missing: str = ""
    choices: Choices = ()
    protected: str = ""
    """``reporter`` or ``location``: the answer goes to the table of its class and nowhere else."""

    @property
    def needed(self) -> bool:
        """Whether it must be answered."""
        return bool(self.missing)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand under one heading."""

    heading: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One form: who fills it in, what it becomes on record, and its questions."""

    code: str
    title: str
    lead: str
    kind: str
    groups: tuple[Group, ...]
    who_reports: str = ""
    """Role of the reporter where the form decides it; empty: the answer to ``who_saw``."""
    for_sectors: frozenset[str] = frozenset()
    names_family: bool = True
    open_to_all: bool = False
    send: str = "Send"

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in their order."""
        return tuple(question for group in self.groups for question in group.questions)
