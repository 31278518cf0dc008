"""Reading a tool from a FHIR R4 Questionnaire, and saying in words what is wrong with one.

A well-kept library checks that it is FHIR; here is checked what the program needs beyond that. A partnership brings its
own tools in through the web, so every problem names the item, what was found and what is allowed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from onestory.decide.assessments.tool import (
    CHRONOLOGY_ANALYSIS,
    INTERPLAY,
    INTERPLAY_PRESENT,
    VOICE,
    Condition,
    Option,
    Question,
    Sort,
    Tool,
)

SHIPPED = Path(__file__).with_name("tools")
OUR_CODES = "urn:onestory:tool-item"
OUR_CLASS = "urn:onestory:class-of-information"
LEAST = "http://hl7.org/fhir/StructureDefinition/minValue"
MOST = "http://hl7.org/fhir/StructureDefinition/maxValue"
CLASSES = ("care_history",)
ENTRY_TYPES = {
    "shared-early-help": "early_help",
    "child-and-family": "child_and_family",
    "pre-birth": "pre_birth",
    "parenting": "parenting",
}
"""Tools that are assessments in the chronology, by its own words; any other is a tool that was used."""
NEEDED = {
    CHRONOLOGY_ANALYSIS: "one: what the chronology shows",
    INTERPLAY_PRESENT: "one: which of domestic abuse, mental health and substances are part of this family's life",
    INTERPLAY: "one: how they act on one another",
    VOICE: "one for each child: what they told, in words or otherwise",
}
"""What every assessment of a family asks for, by the code of the question."""
OUR_PAGES = ("document", "given", "questions")
"""Pages beside the sections, whose addresses no section may take."""
DEEPEST = 4
SHOWN = ("display",)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a tool."""

    file: str
    item: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.file}: {self.item}: found {self.found}; allowed: {self.allowed}"


class ToolRefused(ValueError):
    """A file that is no tool that the program can use; every problem in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


@cache
def shipped_tools() -> dict[str, Tool]:
    """The tools that come with the program, by name."""
    tools = [read_tool(path.read_bytes(), path.name) for path in sorted(SHIPPED.glob("*.json"))]
    return {tool.name: tool for tool in tools}


def read_tool(content: bytes, file: str) -> Tool:
    """The tool in this FHIR R4 Questionnaire. Raises ToolRefused with every problem, named by ``file`` and item."""
    resource = _resource(content, file)
    items = resource.get("item", [])
    problems = [*_of_whole(resource, file), *_of_items(items, file), *_of_assessment(resource, items, file)]
    if problems:
        raise ToolRefused(problems)
    extension = {one["url"]: one.get("valueCode", "") for one in resource.get("extension", [])}
    return Tool(
        url=resource["url"],
        version=resource["version"],
        name=name_of(resource),
        title=resource["title"],
        purpose=resource.get("description", ""),
        source=resource.get("purpose", ""),
        items=tuple(_question(item) for item in items if item["type"] not in SHOWN),
        restricted=extension.get(OUR_CLASS, ""),
    )


def name_of(resource: dict[str, Any]) -> str:
    """The name by which a tool is kept: the last part of its address."""
    return str(resource.get("url", "")).rpartition(":")[2].rpartition("/")[2]


def _resource(content: bytes, file: str) -> dict[str, Any]:
    """The file as FHIR, or why it is none."""
    from fhir.resources.R4B.questionnaire import Questionnaire  # takes half a second, and few need it
    from pydantic import ValidationError

    try:
        Questionnaire.model_validate(json.loads(content))
    except UnicodeDecodeError as problem:
        raise ToolRefused([Problem(file, "the file", "bytes that are no text", "UTF-8")]) from problem
    except json.JSONDecodeError as problem:
        found = f"{problem.msg} in line {problem.lineno}"
        raise ToolRefused([Problem(file, "the file", found, "JSON")]) from problem
    except RecursionError as problem:
        allowed = f"{DEEPEST} within one another"
        raise ToolRefused([Problem(file, "the file", "groups without end", allowed)]) from problem
    except ValidationError as problem:
        places = [(".".join(map(str, one["loc"])), _short(one["msg"])) for one in problem.errors()]
        raise ToolRefused([Problem(file, *place, "as FHIR R4 has it") for place in places]) from problem
    resource: dict[str, Any] = json.loads(content)
    return resource


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}..."


def _of_whole(resource: dict[str, Any], file: str) -> Iterator[Problem]:
    for name in ("url", "version", "title"):
        if not resource.get(name, "").strip():
            yield Problem(file, name, "nothing", "a text; it names this tool and this version of it")
    for extension in resource.get("extension", []):
        if extension["url"] == OUR_CLASS and extension.get("valueCode") not in CLASSES:
            yield Problem(file, OUR_CLASS, f"'{extension.get('valueCode')}'", ", ".join(CLASSES))
    if not resource.get("item"):
        yield Problem(file, "item", "nothing", "at least one question")


def _of_items(items: list[dict[str, Any]], file: str) -> Iterator[Problem]:
    seen: dict[str, dict[str, Any]] = {}
    for item, depth in _flat(items, 1):
        link, sort = item["linkId"], item["type"]
        if link in seen:
            yield Problem(file, link, "the linkId twice", "each once")
        if depth == 1 and link in OUR_PAGES:
            yield Problem(file, link, f"a section called '{link}'", "another linkId: pages are called so")
        if "." in link:
            yield Problem(file, link, "a dot in the linkId", "letters, digits and hyphens")
        if sort not in set(Sort) and sort not in SHOWN:
            yield Problem(file, link, f"type '{sort}'", ", ".join([*Sort, *SHOWN]))
        if not item.get("text"):
            yield Problem(file, link, "no text", "the question as people read it")
        if sort == Sort.CHOICE and not _options(item):
            yield Problem(file, link, "a choice without answers", "answerOption with valueCoding (code and display)")
        if depth > DEEPEST:
            yield Problem(file, link, f"{depth} groups within one another", f"at most {DEEPEST}")
        yield from _of_conditions(item, seen, file)
        seen[link] = item


def _of_assessment(resource: dict[str, Any], items: list[dict[str, Any]], file: str) -> Iterator[Problem]:
    """A version of an assessment asks for everything without which none may be completed (C3, LP1, LP8)."""
    if name_of(resource) not in ENTRY_TYPES:
        return
    asked = {one.get("code") for item, _ in _flat(items, 1) if item.get("required") for one in item.get("code", [])}
    for code, words in NEEDED.items():
        if code not in asked:
            yield Problem(file, "item", f"no required question with the code '{code}'", words)


def _of_conditions(item: dict[str, Any], before: dict[str, dict[str, Any]], file: str) -> Iterator[Problem]:
    for condition in item.get("enableWhen", []):
        asked, link = before.get(condition["question"]), item["linkId"]
        if asked is None:
            yield Problem(file, link, f"enableWhen '{condition['question']}'", "a question that stands before it")
        elif condition.get("operator") != "=":
            yield Problem(file, link, f"enableWhen with '{condition.get('operator')}'", "'='")
        elif _answer_of(condition) is None:
            yield Problem(file, link, "enableWhen without an answer", "answerCoding or answerBoolean")
        elif asked["type"] == Sort.CHOICE and _answer_of(condition) not in {one.code for one in _options(asked)}:
            allowed = ", ".join(one.code for one in _options(asked))
            yield Problem(file, link, f"enableWhen with '{_answer_of(condition)}'", allowed)


def _flat(items: list[dict[str, Any]], depth: int) -> Iterator[tuple[dict[str, Any], int]]:
    for item in items:
        yield item, depth
        yield from _flat(item.get("item", []), depth + 1)


def _question(item: dict[str, Any]) -> Question:
    bounds = {one["url"]: one.get("valueInteger") for one in item.get("extension", [])}
    inside = item.get("item", [])
    return Question(
        link=item["linkId"],
        text=item["text"],
        sort=Sort(item["type"]),
        help=" ".join(one["text"] for one in inside if one["type"] in SHOWN),
        required=item.get("required", False),
        repeats=item.get("repeats", False),
        codes=frozenset(one["code"] for one in item.get("code", []) if one.get("system") == OUR_CODES),
        options=_options(item),
        when=tuple(_condition(one) for one in item.get("enableWhen", [])),
        when_all=item.get("enableBehavior") == "all",
        least=bounds.get(LEAST),
        most=bounds.get(MOST),
        items=tuple(_question(one) for one in inside if one["type"] not in SHOWN),
    )


def _options(item: dict[str, Any]) -> tuple[Option, ...]:
    codings = [one.get("valueCoding", {}) for one in item.get("answerOption", [])]
    return tuple(Option(one["code"], one.get("display", one["code"])) for one in codings if one.get("code"))


def _answer_of(condition: dict[str, Any]) -> str | bool | None:
    if "answerBoolean" in condition:
        return bool(condition["answerBoolean"])
    code = condition.get("answerCoding", {}).get("code")
    return str(code) if code else None


def _condition(condition: dict[str, Any]) -> Condition:
    answer = _answer_of(condition)
    assert answer is not None, "was checked before"
    return Condition(condition["question"], answer)
