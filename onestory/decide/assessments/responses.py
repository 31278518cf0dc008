"""Answers as a FHIR R4 QuestionnaireResponse, and back, with nothing lost on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onestory.decide.assessments.answering import Answer, Answers, Rows
from onestory.decide.assessments.tool import Question, Sort, Tool

ROW = "urn:onestory:row"
"""Says which child or row an item of a repeating group is about."""

_VALUES = {
    Sort.TEXT: "valueString",
    Sort.STRING: "valueString",
    Sort.BOOLEAN: "valueBoolean",
    Sort.DATE: "valueDate",
    Sort.INTEGER: "valueInteger",
}


def as_response(tool: Tool, answers: Answers, rows: Rows, *, completed: bool, at: dt.datetime) -> dict[str, Any]:
    """The QuestionnaireResponse of these answers. An answer that is no longer asked for is kept as well."""
    response = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{tool.url}|{tool.version}",
        "status": "completed" if completed else "in-progress",
        "authored": at.isoformat(),
    }
    items = list(_items(tool.items, "", answers, rows))
    return response | ({"item": items} if items else {})


def from_response(tool: Tool, response: Mapping[str, Any]) -> tuple[dict[str, Answer], dict[str, tuple[str, ...]]]:
    """The answers and rows of a QuestionnaireResponse. Raises ValueError where it answers another tool or version."""
    if response.get("questionnaire") != f"{tool.url}|{tool.version}":
        raise ValueError(f"found answers to {response.get('questionnaire')}; allowed: {tool.url}|{tool.version}")
    answers: dict[str, Answer] = {}
    rows: dict[str, tuple[str, ...]] = {}
    _read(tool.items, "", response.get("item", []), answers, rows)
    return answers, rows


def _items(questions: Sequence[Question], prefix: str, answers: Answers, rows: Rows) -> Iterator[dict[str, Any]]:
    for question in questions:
        path = f"{prefix}{question.link}"
        if question.sort is not Sort.GROUP:
            values = _values(question, answers.get(path, ""))
            if values:
                yield {"linkId": question.link, "text": question.text, "answer": values}
        elif question.repeats:
            for row in rows.get(path, ()):
                inside = list(_items(question.items, f"{path}.{row}.", answers, rows))
                named = {"linkId": question.link, "extension": [{"url": ROW, "valueString": row}]}
                yield named | ({"item": inside} if inside else {})
        elif inside := list(_items(question.items, prefix, answers, rows)):
            yield {"linkId": question.link, "item": inside}


def _values(question: Question, answer: Answer) -> list[dict[str, Any]]:
    if answer == "":
        return []
    if question.sort is Sort.CHOICE:
        labels = {one.code: one.label for one in question.options}
        codes = answer if isinstance(answer, tuple) else (str(answer),)
        return [{"valueCoding": {"code": code, "display": labels[code]}} for code in codes]
    return [{_VALUES[question.sort]: answer}]


def _read(
    questions: Sequence[Question],
    prefix: str,
    items: Sequence[Mapping[str, Any]],
    answers: dict[str, Answer],
    rows: dict[str, tuple[str, ...]],
) -> None:
    by_link = {question.link: question for question in questions}
    for item in items:
        question = by_link[item["linkId"]]
        path = f"{prefix}{question.link}"
        if question.sort is not Sort.GROUP:
            answers[path] = _answer(question, item["answer"])
        elif question.repeats:
            row = next(one["valueString"] for one in item["extension"] if one["url"] == ROW)
            rows[path] = (*rows.get(path, ()), row)
            _read(question.items, f"{path}.{row}.", item.get("item", []), answers, rows)
        else:
            _read(question.items, prefix, item.get("item", []), answers, rows)


def _answer(question: Question, given: Sequence[Mapping[str, Any]]) -> Answer:
    if question.sort is Sort.CHOICE:
        codes = tuple(str(one["valueCoding"]["code"]) for one in given)
        return codes if question.repeats else codes[0]
    value: Answer = given[0][_VALUES[question.sort]]
    return value
