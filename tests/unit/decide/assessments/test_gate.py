"""Property: nothing completes or signs an assessment without chronology, how the three act together, each voice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestory.decide.assessments.answering import Answer, asked
from onestory.decide.assessments.policies import CannotAssess, check_may_complete
from onestory.decide.assessments.reading import ENTRY_TYPES, shipped_tools
from onestory.decide.assessments.states import TRANSITIONS, State
from onestory.decide.assessments.tool import (
    CHRONOLOGY_ANALYSIS,
    INTERPLAY,
    INTERPLAY_PRESENT,
    VOICE,
    WHY_NOT_SEEN,
    Question,
    Sort,
    Tool,
)

ASSESSMENTS = sorted(ENTRY_TYPES)
CHILDREN = ("ann", "ben")


def some(question: Question) -> st.SearchStrategy[Answer]:
    match question.sort:
        case Sort.BOOLEAN:
            return st.booleans()
        case Sort.INTEGER:
            return st.just(question.least or 0)
        case Sort.DATE:
            return st.just("2026-11-22")
        case Sort.CHOICE:
            one = st.sampled_from([option.code for option in question.options])
            return st.sets(one, min_size=1).map(lambda chosen: tuple(sorted(chosen))) if question.repeats else one
    return st.just("Somebody wrote this.")


def rows_of(tool: Tool, children: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    groups = [one for one in tool.questions() if one.sort is Sort.GROUP and one.repeats]
    return {one.link: children if one.each_child else ("1",) for one in groups}


@st.composite
def nearly_whole(draw: st.DrawFn) -> tuple[Tool, dict[str, Answer], dict[str, tuple[str, ...]], list[str]]:
    """Everything that is asked is answered, then some answers are taken away: paths near the gate."""
    tool = shipped_tools()[draw(st.sampled_from(ASSESSMENTS))]
    rows = rows_of(tool, CHILDREN[: draw(st.integers(1, 2))])
    answers: dict[str, Answer] = {}
    for _ in range(3):  # an answer can ask for more
        for one in asked(tool, answers, rows):
            if one.question.sort is not Sort.GROUP and one.path not in answers:
                answers[one.path] = draw(some(one.question))
    taken = draw(st.lists(st.sampled_from(sorted(answers)), max_size=2))
    for path in taken:
        answers[path] = draw(st.sampled_from(["", "   ", "\n"]))
    return tool, answers, rows, taken


def lacks(tool: Tool, answers: dict[str, Answer], rows: dict[str, tuple[str, ...]], opened: bool) -> list[str]:
    """What the gate is for, worked out apart from it, from the codes of the questions alone."""

    def said(path: str) -> bool:
        return bool(str(answers.get(path, "")).strip())

    missing = [] if opened else ["opened"]
    found = list(asked(tool, answers, rows))
    missing += [one.path for one in found if CHRONOLOGY_ANALYSIS in one.question.codes and not said(one.path)]
    present = [answers.get(one.path) for one in found if INTERPLAY_PRESENT in one.question.codes]
    together = [one for one in present if isinstance(one, tuple) and set(one) - {"none"}]
    how = [one.path for one in found if INTERPLAY in one.question.codes]
    missing += ["interplay"] if together and not all(map(said, how or [""])) else []
    voices = [one for one in found if one.question.codes & {VOICE, WHY_NOT_SEEN}]
    rows_of_voice = {one.row for one in voices}
    missing += [one.path for one in voices if not said(one.path)]
    owed = set(rows.get("voice", ()))
    return missing if voices and rows_of_voice >= owed else [*missing, "voice"]


def completes(tool: Tool, answers: dict[str, Answer], rows: Any, opened: bool) -> bool:
    try:
        check_may_complete(tool, answers, rows, waiting=(), chronology_opened=opened)
    except CannotAssess:
        return False
    return True


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
@given(nearly_whole(), st.booleans())
def test_no_path_completes_without_them(given: Any, opened: bool) -> None:
    tool, answers, rows, _ = given
    if lacks(tool, answers, rows, opened):
        assert not completes(tool, answers, rows, opened)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
@given(nearly_whole())
def test_and_what_lacks_nothing_completes(given: Any) -> None:
    tool, answers, rows, taken = given
    if not taken:
        assert completes(tool, answers, rows, opened=True)


@pytest.mark.parametrize("name", ASSESSMENTS)
def test_every_shipped_assessment_asks_for_all_of_them(name: str) -> None:
    tool = shipped_tools()[name]
    for code in (CHRONOLOGY_ANALYSIS, INTERPLAY, INTERPLAY_PRESENT, VOICE):
        assert any(one.required for one in tool.with_code(code)), code


def test_nothing_is_signed_that_was_not_completed() -> None:
    assert [state for state, moves in TRANSITIONS.items() if "sign" in moves] == [State.COMPLETED]
    assert {state for state, moves in TRANSITIONS.items() if State.COMPLETED in moves.values()} == {
        State.OPEN,
        State.RETURNED,
    }
