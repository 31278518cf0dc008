"""The JSON Schema of the format, for editors: completion, explanations and most mistakes marked while typing.

    python -m onestory.arrive.feeds.case_history.schema docs/formats/case-history.schema.json

It comes from the same vocabulary as the reader. What a schema cannot say stays with the reader: ids
that are declared, dates that are in the calendar and in order, relationships that can be.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from onestory.arrive.feeds.case_history.circle import PERSON_KINDS
from onestory.arrive.feeds.case_history.entries import ENTRY_KEYS, NEVER, REQUIRED
from onestory.arrive.feeds.case_history.nodes import MOST_ENTRIES
from onestory.arrive.feeds.case_history.reading import REQUIRED_FILE_KEYS, REQUIRED_POINT_KEYS
from onestory.arrive.feeds.case_history.values import LONGEST_ID, LONGEST_LINE, PERIOD_PATTERN, SECTOR_PATTERN
from onestory.platform.history.vocabulary import (
    FACTORS,
    KINDS,
    RELATIONS,
    REPORTERS,
    STATUSES,
    Factor,
    Key,
    Kind,
    Shape,
)

type Schema = dict[str, Any]

_POINT = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"


def json_schema() -> Schema:
    """The schema of a whole file, JSON Schema draft 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Onestory case history file, format 1",
        "description": "What several agencies recorded about one family, in the order in which it became known.",
        "type": "object",
        "required": list(REQUIRED_FILE_KEYS),
        "additionalProperties": False,
        "properties": {
            "format": {"enum": [1, "1"], "description": "the version of this format"},
            "title": _described(_ref("line"), "what the history is called"),
            "area": _described(_ref("line"), "the local authority whose front door is meant"),
            "published": {
                "type": "object",
                "additionalProperties": _ref("text"),
                "description": "the published source; absent for invented or live histories",
            },
            "synthetic": {"type": "boolean", "description": "whether the history is invented"},
            "people": _by_id("person", "people by their ids"),
            "relationships": {
                "type": "array",
                "items": _ref("relationship"),
                "description": "how people are related; several rows on two people tell how belief changed",
            },
            "agencies": _by_id("agency", "agencies by their ids"),
            "entries": {
                "type": "array",
                "maxItems": MOST_ENTRIES,
                "items": _ref("entry"),
                "description": "what was recorded; entries of one day in the order in which they became known",
            },
            "expected": {
                "type": "array",
                "items": _ref("point"),
                "description": "what the published review says should have been noticed; no rule reads it",
            },
            "acceptable_notices": _described(_one_or_many(_ref("text")), "asks that would be fair in any family"),
        },
        "$defs": _values() | _records(),
    }


def schema_text() -> str:
    """The schema as it is committed."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _described(schema: Schema, description: str) -> Schema:
    return schema | {"description": description} if description else schema


def _one_or_many(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item}]}


def _by_id(record: str, description: str) -> Schema:
    return {"type": "object", "additionalProperties": _ref(record), "description": description}


def _words(labels: dict[str, str]) -> Schema:
    return {"oneOf": [{"const": word, "description": label} for word, label in labels.items()]}


def _values() -> dict[str, Schema]:
    """Definitions of single values. An editor takes ``2017`` for a number, the reader for the text that it is."""
    texts = ["string", "number", "boolean"]
    date = rf"^{_POINT}(/{_POINT})?$"
    return {
        "text": {"type": texts},
        "line": {"type": texts, "minLength": 1, "maxLength": LONGEST_LINE, "pattern": r"^[^\r\n\t]*$"},
        "id": {"type": texts, "minLength": 1, "maxLength": LONGEST_ID},
        "date": {
            "anyOf": [{"type": "string", "pattern": date}, {"type": "integer", "minimum": 1000, "maximum": 9999}],
            "description": "a day, a month, a year or an interval; it counts by its last day",
        },
        "period": {"type": "string", "pattern": f"^{PERIOD_PATTERN}$", "description": "P10D, P2W, P1M, P1Y"},
        "kind": _words({kind.code: kind.label for kind in KINDS.values()}),
        "factor": _words({factor.code: _say_factor(factor) for factor in FACTORS.values()}),
        "relation": _words(RELATIONS),
        "ids": _one_or_many(_ref("id")),
        "factors": _one_or_many(_ref("factor")),
    }


def _say_factor(factor: Factor) -> str:
    return f"{factor.label} (census {factor.census})" if factor.census else factor.label


def _records() -> dict[str, Schema]:
    return {
        "person": _record(
            {
                "label": _described(_ref("line"), "the name that is shown; absent: the id"),
                "kind": {"enum": list(PERSON_KINDS), "description": "child: whose story it is"},
                "born": _described(_ref("date"), "absent where unknown; before it the child is unborn"),
            },
            ("kind",),
        ),
        "agency": _record(
            {
                "name": _described(_ref("line"), "the name that is shown; absent: the id"),
                "sector": {"type": "string", "pattern": f"^{SECTOR_PATTERN}$", "description": "a code such as police"},
                "area": _described(_ref("line"), "the agency's own area, where several authorities appear"),
            },
            ("sector",),
        ),
        "relationship": _relationship(),
        "relationship_test": _record(
            {"person": _ref("id"), "is": _ref("relation"), "of": _ref("id")}, ("person", "is", "of")
        ),
        "condition": _condition(),
        "reporter": _record(
            {
                "as": _words(REPORTERS),
                "agency": _described(_ref("id"), "the agency of a professional"),
                "label": _described(_ref("line"), "tells distinct reporters apart"),
            },
            ("as",),
        ),
        "entry": _entry(),
        "point": _point(),
    }


def _record(properties: dict[str, Schema], required: tuple[str, ...] = ()) -> Schema:
    return {"type": "object", "required": list(required), "additionalProperties": False, "properties": properties}


def _relationship() -> Schema:
    return _record(
        {
            "person": _described(_ref("id"), "who is something to the other"),
            "is": _described(_ref("relation"), "what the person is to the other"),
            "of": _described(_ref("id"), "to whom"),
            "status": {"enum": list(STATUSES), "description": "absent: confirmed"},
            "known": _described(_ref("date"), "when it was recorded; absent: from the start"),
            "from": _described(_ref("date"), "since when it holds"),
            "until": _described(_ref("date"), "until when it held"),
            "by": _described(_ref("id"), "the agency that recorded it"),
            "ref": _described(_ref("text"), "paragraph of the published source"),
        },
        ("person", "is", "of"),
    )


def _condition() -> Schema:
    clauses = {
        "kinds": _described(_one_or_many(_ref("kind")), "an entry of any of these kinds"),
        "factors": _described(_ref("factors"), "an entry that names any of these"),
        "about": _described(_ref("ids"), "an entry about all of these people"),
        "together": _described(_ref("ids"), "all of these people recorded in contact"),
        "relationship": _described(_ref("relationship_test"), "this relationship is confirmed"),
    }
    return _record(clauses) | {"minProperties": 1, "description": "every key given must match"}


def _entry() -> Schema:
    common = {key.name: _key(key) for key in ENTRY_KEYS.values()}
    common["id"] = _described(_ref("id"), ENTRY_KEYS["id"].meaning)
    common["kind"] = _ref("kind")
    common["reporter"] = _described(_ref("reporter"), ENTRY_KEYS["reporter"].meaning)
    known = {"anyOf": [_ref("date"), {"const": NEVER}]}
    common["known"] = _described(known, ENTRY_KEYS["known"].meaning)
    return {
        "type": "object",
        "required": list(REQUIRED),
        "properties": common,
        "allOf": [_own_keys(kind) for kind in KINDS.values() if kind.keys],
        "unevaluatedProperties": False,
    }


def _own_keys(kind: Kind) -> Schema:
    return {
        "if": {"required": ["kind"], "properties": {"kind": {"const": kind.code}}},
        "then": {"properties": {key.name: _key(key) for key in kind.keys}},
    }


def _key(key: Key) -> Schema:
    if key.shape is Shape.CHOICE:
        return _described({"enum": list(key.allowed)}, key.meaning)
    schema, says = _SHAPES[key.shape]
    return _described(schema, key.meaning or says)


_SHAPES: dict[Shape, tuple[Schema, str]] = {
    Shape.TEXT: (_ref("text"), "words"),
    Shape.DETAIL: (_ref("text"), "words that stay with their source"),
    Shape.PLACE: (_ref("line"), "a place"),
    Shape.CODE: (_ref("line"), "a short code"),
    Shape.CODES: (_one_or_many(_ref("line")), "short codes"),
    Shape.TRUTH: ({"type": "boolean"}, "true or false; absent: not stated"),
    Shape.NUMBER: ({"type": "integer", "minimum": 1}, "a whole number from 1"),
    Shape.PERCENT: ({"type": "number", "minimum": 0, "maximum": 100}, "0 to 100"),
    Shape.WHEN: (_ref("date"), "a date"),
    Shape.PERIOD: (_ref("period"), "how often: P10D, P2W, P1M, P1Y"),
    Shape.PERSON: (_ref("id"), "a person"),
    Shape.PEOPLE: (_ref("ids"), "a person or several"),
    Shape.AGENCY: (_ref("id"), "an agency"),
    Shape.AGENCIES: (_ref("ids"), "an agency or several"),
    Shape.PARTY: (_ref("id"), "a person or an agency"),
    Shape.PARTIES: (_ref("ids"), "people and agencies"),
    Shape.ENTRY: (_ref("id"), "an entry"),
    Shape.ENTRIES: (_ref("ids"), "an entry or several"),
    Shape.FACTORS: (_ref("factors"), "needs and risks"),
    Shape.CONDITION: (_ref("condition"), "what makes the condition fire"),
    Shape.FORBIDS: (_record({"together": _ref("ids")}, ("together",)), "who must not be together"),
}


def _point() -> Schema:
    return _record(
        {
            "by": _described(_ref("date"), "by when somebody should have been alerted"),
            "what": _described(_ref("text"), "what should have been noticed"),
            "rests_on": _described(_ref("ids"), "the entries on whose strength"),
            "about": _described(_ref("ids"), "the people concerned"),
            "ref": _described(_ref("text"), "paragraph of the published source"),
            "theme": _described(_ref("text"), "theme of the point"),
            "basis": _described(_ref("text"), "where the point comes from"),
            "min_response": _described(_ref("text"), "the least that would have been an answer"),
            "earliest_signal": _described(_ref("text"), "when the first sign was there"),
        },
        REQUIRED_POINT_KEYS,
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
    else:
        sys.stdout.write(schema_text())
