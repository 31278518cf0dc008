"""From what people choose to the test of a standing condition (D6, F5.12, F5.60). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onestory.decide.decisions.policies import CannotDecide
from onestory.platform.history.record import ConditionTest

ANY_CONCERN, TOGETHER, ENTRY = "any_concern", "together", "entry"
WHEN = (
    ("", "No condition"),
    (ANY_CONCERN, "Any further concern comes in"),
    (TOGETHER, "The people selected below are in contact with one another"),
    (ENTRY, "An entry of these kinds, or naming these needs or risks, comes in"),
)
CONCERNS = frozenset({"concern", "incident", "disclosure", "injury", "breach"})
"""Kinds by which somebody tells of a child: what “any further concern” means."""


def condition_test(answers: Mapping[str, Any], child: str) -> ConditionTest | None:
    """The test, with people by their anchors; None where no condition is set. Raises CannotDecide."""
    when = answers.get("condition_when")
    people = frozenset(answers.get("condition_people") or ())
    if not when:
        return None
    if when == ANY_CONCERN:
        return ConditionTest(kinds=CONCERNS, about=people or frozenset({child}))
    if when == TOGETHER:
        if len(people) < 2:
            raise CannotDecide("condition_people", "Select the people who must not be in contact with one another")
        return ConditionTest(together=people)
    kinds, factors = frozenset(answers.get("condition_kinds") or ()), frozenset(answers.get("condition_factors") or ())
    if not kinds and not factors:
        raise CannotDecide("condition_kinds", "Select a kind of entry, or a need or risk")
    return ConditionTest(kinds=kinds, factors=factors, about=people)
