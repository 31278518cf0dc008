"""Tools that are shipped are FHIR, ours and complete; a tool that is none is refused with item, found and allowed."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire

from onestory.decide.assessments.reading import SHIPPED, ToolRefused, read_tool, shipped_tools
from onestory.decide.assessments.tool import CHRONOLOGY_ANALYSIS, INTERPLAY, VOICE, WHY_NOT_SEEN, Sort

NAMES = sorted(path.stem for path in SHIPPED.glob("*.json"))
OF_A_FAMILY = ["child-and-family", "parenting", "shared-early-help"]


def smallest() -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "url": "urn:tool:one",
        "version": "1",
        "title": "One",
        "status": "active",
        "item": [
            {"linkId": "asked", "text": "Was it asked?", "type": "boolean"},
            {
                "linkId": "how",
                "text": "How?",
                "type": "choice",
                "answerOption": [{"valueCoding": {"code": "a", "display": "A"}}],
                "enableWhen": [{"question": "asked", "operator": "=", "answerBoolean": True}],
            },
        ],
    }


def read(resource: dict[str, Any]) -> Any:
    return read_tool(json.dumps(resource).encode(), "tool.json")


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_tool_is_fhir_and_named_after_its_file(name: str) -> None:
    content = (SHIPPED / f"{name}.json").read_bytes()
    Questionnaire.model_validate(json.loads(content))
    assert read_tool(content, name).name == name
    assert shipped_tools()[name].source.startswith("Where this was learnt: ")


@pytest.mark.parametrize("name", OF_A_FAMILY)
def test_assessments_of_a_family_ask_for_history_interplay_and_each_childs_voice(name: str) -> None:
    tool = shipped_tools()[name]
    for code in (CHRONOLOGY_ANALYSIS, INTERPLAY, VOICE, WHY_NOT_SEEN, "protective-person"):
        assert list(tool.with_code(code)), code


def test_what_a_parent_tells_of_care_is_restricted() -> None:
    assert {tool.name for tool in shipped_tools().values() if tool.restricted} == {"care-experienced-parent"}


def test_safer_sleep_has_at_most_seven_questions() -> None:
    assert len([one for one in shipped_tools()["safer-sleep"].questions() if one.sort is not Sort.GROUP]) <= 7


def test_no_shipped_tool_scores() -> None:
    for name in NAMES:
        text = (SHIPPED / f"{name}.json").read_text()
        assert "ordinalValue" not in text
        assert "calculatedExpression" not in text


def test_the_smallest_tool_is_read() -> None:
    tool = read(smallest())
    assert [one.link for one in tool.questions()] == ["asked", "how"]
    assert tool.items[1].when[0].answer is True


def changed(*keys: Any, to: Any) -> dict[str, Any]:
    resource = copy.deepcopy(smallest())
    place: Any = resource
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = to
    return resource


@pytest.mark.parametrize(
    ("resource", "item", "found"),
    [
        (changed("title", to=" "), "title", "nothing"),
        (changed("item", 1, "linkId", to="asked"), "asked", "the linkId twice"),
        (changed("item", 0, "linkId", to="a.b"), "a.b", "a dot in the linkId"),
        (changed("item", 0, "type", to="attachment"), "asked", "type 'attachment'"),
        (changed("item", 1, "answerOption", to=[{"valueString": "a"}]), "how", "a choice without answers"),
        (changed("item", 1, "enableWhen", 0, "question", to="later"), "how", "enableWhen 'later'"),
        (changed("item", 1, "enableWhen", 0, "operator", to="!="), "how", "enableWhen with '!='"),
    ],
)
def test_a_tool_that_cannot_be_used_is_refused_by_item(resource: dict[str, Any], item: str, found: str) -> None:
    with pytest.raises(ToolRefused) as refused:
        read(resource)
    assert (item, found) in {(one.item, one.found) for one in refused.value.problems}
    assert all(one.file == "tool.json" and one.allowed for one in refused.value.problems)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b"{}", b'{"resourceType": "Patient"}', b"[" * 100_000])
def test_what_is_no_questionnaire_is_refused(content: bytes) -> None:
    with pytest.raises(ToolRefused):
        read_tool(content, "tool.json")
