"""What an assessment leaves standing: conditions that fire by themselves, and people who are relied on. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onestory.decide.assessments.answers import Standing
from onestory.decide.assessments.models import AssessmentPerson
from onestory.decide.assessments.tool import Question, Tool
from onestory.platform.history.record import ConditionTest
from onestory.platform.ui.wording import day_words

CONCERNS = frozenset({"concern", "incident", "disclosure", "injury", "breach"})
WHEN: dict[str, ConditionTest] = {
    "any_concern": ConditionTest(kinds=CONCERNS),
    "born": ConditionTest(kinds=frozenset({"birth"})),
    "moves": ConditionTest(kinds=frozenset({"move"})),
    "not_brought": ConditionTest(kinds=frozenset({"appointment"})),
    "domestic_abuse": ConditionTest(factors=frozenset({"domestic_abuse_parent"})),
    "substances": ConditionTest(factors=frozenset({"alcohol_parent", "drugs_parent", "substance_unspecified"})),
    "mental_health": ConditionTest(factors=frozenset({"mental_health_parent"})),
}
TOGETHER, PEOPLE = "together", "worded"
"""The adults whom the assessment is about are in contact; or a person judges whether the words are met."""
CONDITION_WHEN, CONDITION_WORDS = "condition-when", "standing-condition"


@dataclass(frozen=True, slots=True)
class Protective:
    """Somebody who is relied on: who, what they do, what speaks for and against, who tested it, what if they stop."""

    who: str
    does: str
    speaks_for: str
    against: str
    tested_by: str
    tested_on: str
    stops: str

    @property
    def tested(self) -> bool:
        """Somebody tested it, and on a day."""
        return bool(self.tested_by and self.tested_on)

    @property
    def tested_day(self) -> str:
        """The day on which somebody tested it, in words; empty where nobody did."""
        return day_words(dt.date.fromisoformat(self.tested_on)) if self.tested_on else ""

    @property
    def words(self) -> str:
        """In one text, as it stands in the chronology."""
        tested = f"Tested by {self.tested_by}, {self.tested_day}." if self.tested else "Not tested."
        return (
            f"{self.who}: {self.does} For: {self.speaks_for} Against: {self.against} {tested} If it stops: {self.stops}"
        )


def rows_with(tool: Tool, standing: Standing, code: str) -> Iterator[tuple[Question, str]]:
    """Each row of the group that holds a question of this code, with the path that its answers begin with."""
    for item in tool.items:
        for group in item.within():
            if group.repeats and not group.each_child and any(code in one.codes for one in group.items):
                yield from ((group, f"{group.link}.{row}.") for row in standing.rows.get(group.link, ()))


def protective_of(tool: Tool, standing: Standing) -> Iterator[Protective]:
    """Everybody who is relied on to protect the child, as the assessment has it."""
    for group, path in rows_with(tool, standing, "protective-person"):
        stem = next(one.link for one in group.items if "protective-person" in one.codes).removesuffix("who")
        names = ("who", "does", "for", "against", "tested-by", "tested-on", "stops")
        found = [str(standing.answers.get(f"{path}{stem}{name}", "")) for name in names]
        if found[0]:
            yield Protective(*found)


def conditions_of(
    tool: Tool, standing: Standing, people: Iterable[AssessmentPerson]
) -> Iterator[tuple[ConditionTest, str]]:
    """Each standing condition that can fire by itself, with what is to happen then (D6, F5.12).

    One whose words only a person can judge is no test: it stands in the assessment, and is brought into the next.
    """
    adults = frozenset(str(one.record_id) for one in people if not one.is_child)
    for group, path in rows_with(tool, standing, CONDITION_WORDS):
        said = {code: standing.answers.get(f"{path}{one.link}", "") for one in group.items for code in one.codes}
        words, when = str(said.get(CONDITION_WORDS, "")), str(said.get(CONDITION_WHEN, ""))
        test = ConditionTest(together=adults) if when == TOGETHER and len(adults) > 1 else WHEN.get(when)
        if test is not None and words:
            rest = [str(standing.answers.get(f"{path}{one.link}", "")) for one in group.items if not one.options]
            yield test, f"If: {words} Then: {' '.join(one for one in rest if one and one != words)}"
