"""What is asked, what is missing, which answers are taken, and that answers survive FHIR."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import given
from hypothesis import strategies as st

from onestory.decide.assessments.answering import Answer, AnswerRefused, asked, check_answer, missing
from onestory.decide.assessments.reading import shipped_tools
from onestory.decide.assessments.responses import as_response, from_response
from onestory.decide.assessments.tool import Option, Question, Sort, Tool

AT = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
NEGLECT, ASSESSMENT = "neglect-screening", "child-and-family"
TOOLS = [shipped_tools()[name] for name in sorted(shipped_tools())]


def rows_of(tool: Tool, *children: str) -> dict[str, tuple[str, ...]]:
    """Each group that repeats has these rows, at the top level."""
    return {one.link: children for one in tool.items if one.repeats and one.sort is Sort.GROUP}


def links(tool: Tool, answers: dict[str, Answer], *children: str) -> set[str]:
    return {one.path for one in asked(tool, answers, rows_of(tool, *children))}


def test_what_was_seen_is_asked_where_an_area_is_not_met_and_for_that_child_only() -> None:
    tool = shipped_tools()[NEGLECT]
    found = links(tool, {"areas.ann.area-food": "not", "areas.ben.area-food": "well"}, "ann", "ben")
    assert "areas.ann.area-food-seen" in found
    assert "areas.ben.area-food-seen" not in found


def test_interplay_is_asked_where_one_of_the_three_is_present() -> None:
    tool = shipped_tools()[ASSESSMENT]
    assert "interplay-how" not in links(tool, {"interplay-present": ("none",)})
    for code in ("domestic_abuse", "mental_health", "substance"):
        assert "interplay-how" in links(tool, {"interplay-present": (code,)})


def test_nothing_is_complete_without_chronology_voice_and_every_child() -> None:
    tool = shipped_tools()[ASSESSMENT]
    without_children = {one.path for one in missing(tool, {}, {})}
    assert {"history-analysis", "voice"} <= without_children
    with_child = {one.path for one in missing(tool, {"voice.ann.voice-seen": "no"}, rows_of(tool, "ann"))}
    assert {"voice.ann.voice-words", "voice.ann.voice-why-not"} <= with_child
    assert "voice" not in with_child


def test_an_answer_of_spaces_is_none() -> None:
    tool = shipped_tools()[ASSESSMENT]
    assert "history-analysis" in {one.path for one in missing(tool, {"history-analysis": "  \n"}, {})}


@pytest.mark.parametrize(
    ("sort", "given", "kept"),
    [
        (Sort.BOOLEAN, False, False),
        (Sort.DATE, "2026-02-28", "2026-02-28"),
        (Sort.INTEGER, "7", 7),
        (Sort.STRING, "  ", ""),
        (Sort.TEXT, "one\ntwo", "one\ntwo"),
    ],
)
def test_answers_are_kept_as_they_are_meant(sort: Sort, given: object, kept: Answer) -> None:
    assert check_answer(Question("q", "Q?", sort, least=0, most=10), given) == kept


@pytest.mark.parametrize(
    ("sort", "given"),
    [
        (Sort.BOOLEAN, "perhaps"),
        (Sort.DATE, "2026-02-31"),
        (Sort.INTEGER, "11"),
        (Sort.INTEGER, "-1"),
        (Sort.INTEGER, "seven"),
        (Sort.TEXT, "x" * 20_001),
        (Sort.TEXT, "a\x00b"),
        (Sort.CHOICE, "other"),
        (Sort.GROUP, "x"),
    ],
)
def test_other_answers_are_refused_with_what_is_allowed(sort: Sort, given: object) -> None:
    question = Question("q", "Q?", sort, least=0, most=10, options=(Option("a", "A"),))
    with pytest.raises(AnswerRefused) as refused:
        check_answer(question, given)
    assert refused.value.allowed


@st.composite
def answered(draw: st.DrawFn) -> tuple[Tool, dict[str, Answer], dict[str, tuple[str, ...]]]:
    tool = draw(st.sampled_from(TOOLS))
    children = draw(st.lists(st.sampled_from(["ann", "ben", "1", "2"]), unique=True, max_size=3))
    rows = rows_of(tool, *children) if children else {}
    answers: dict[str, Answer] = {}
    for one in asked(tool, answers, rows):
        if one.question.sort is not Sort.GROUP and draw(st.booleans()):
            answers[one.path] = draw(_answer(one.question))
    return tool, answers, rows


def _answer(question: Question) -> st.SearchStrategy[Answer]:
    match question.sort:
        case Sort.BOOLEAN:
            return st.booleans()
        case Sort.DATE:
            return st.dates().map(dt.date.isoformat)
        case Sort.INTEGER:
            return st.integers(question.least, question.most)
        case Sort.CHOICE:
            codes = [one.code for one in question.options]
            one = st.sampled_from(codes)
            many = st.sets(one, min_size=1).map(lambda chosen: tuple(code for code in codes if code in chosen))
            return many if question.repeats else one
    return st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=40).filter(str.strip)


@given(answered())
def test_answers_survive_fhir(given: tuple[Tool, dict[str, Answer], dict[str, tuple[str, ...]]]) -> None:
    tool, answers, rows = given
    response = json.loads(json.dumps(as_response(tool, answers, rows, completed=False, at=AT)))
    QuestionnaireResponse.model_validate(response)
    assert from_response(tool, response) == (answers, rows)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_every_shipped_tool_survives_fhir_with_everything_answered(tool: Tool) -> None:
    groups = [one for one in tool.questions() if one.sort is Sort.GROUP and one.repeats]
    rows = {one.link: ("ann", "ben") if one.each_child else ("1", "2") for one in groups}
    answers: dict[str, Answer] = {}
    for _ in range(4):  # an answer can ask for more
        whole = [one for one in asked(tool, answers, rows) if one.question.sort is not Sort.GROUP]
        answers = {one.path: whatever(one.question) for one in whole}
    response = json.loads(json.dumps(as_response(tool, answers, rows, completed=True, at=AT)))
    QuestionnaireResponse.model_validate(response)
    assert from_response(tool, response) == (answers, rows)
    assert missing(tool, answers, rows) == []


def whatever(question: Question) -> Answer:
    """The first of a choice that asks for more; anything else that is taken."""
    match question.sort:
        case Sort.BOOLEAN:
            return True
        case Sort.DATE:
            return "2026-11-20"
        case Sort.INTEGER:
            return question.least or 0
        case Sort.CHOICE:
            codes = tuple(one.code for one in question.options)
            return codes if question.repeats else codes[0]
    return "Somebody wrote “this”."


def test_answers_to_another_version_are_not_taken_for_this_one() -> None:
    tool = shipped_tools()[NEGLECT]
    response = as_response(tool, {}, {}, completed=True, at=AT) | {"questionnaire": f"{tool.url}|0"}
    with pytest.raises(ValueError, match=r"neglect-screening\|0"):
        from_response(tool, response)
