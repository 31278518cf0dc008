"""The JSON Schema that editors use: current, right about what is valid, and right about what is broken."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from onestory.arrive.feeds.case_history import nodes
from onestory.arrive.feeds.case_history.problems import Problems
from onestory.arrive.feeds.case_history.schema import json_schema, schema_text
from onestory.platform.history.vocabulary import KINDS

PROJECT = Path(__file__).parents[5]
COMMITTED = PROJECT / "docs/formats/case-history.schema.json"
FOLDERS = ("demonstration", "tests/histories")
FILES = sorted(path for folder in FOLDERS for path in (PROJECT / folder).glob("**/*.yaml"))
SHIPPED = [path for path in FILES if re.search("^format: 1$", path.read_text(encoding="utf-8"), re.MULTILINE)]

BROKEN = {
    "format": ("format: 1", "format: 2"),
    "no title": ("title: Child K", ""),
    "unknown key": ("area:", "region: x\narea:"),
    "synthetic": ("synthetic: true", "synthetic: yes"),
    "person kind": ("label: Mother, kind: adult", "label: Mother, kind: parent"),
    "sector": ("sector: school", "sector: School"),
    "relation": ("is: mother,", "is: mum,"),
    "status": ("of: k}", "of: k, status: maybe}"),
    "date": ("date: 2019-05\n", "date: May 2019\n"),
    "month": ("date: 2019-05\n", "date: 2019-13\n"),
    "kind": ("kind: concern", "kind: worry"),
    "another kind's key": ("text: K", "verified: true\n    text: K"),
    "outcome": ("outcome: advice", "outcome: noaction"),
    "truth": ("checks_done: false", "checks_done: no"),
    "factor": ("[hunger, hygiene]", "[hunger, hygeine]"),
    "reporter": ("as: professional", "as: pro"),
    "period": ("every: P1M", "every: monthly"),
    "percent": ("12.5", "112.5"),
    "count": ("count: 3", "count: 0"),
    "condition": ("{together: [mother, nan]}", "{}"),
    "condition key": ("{together: [", "{togther: ["),
    "no about": ("about: k}", "}"),
    "point": ("what: Hungry twice, ", ""),
}


def as_an_editor_reads_it(text: str) -> Any:
    """YAML 1.2's own types: numbers, true and false, nothing; dates stay text."""
    tree = nodes.parse(text, Problems("case.yaml"))
    assert tree is not None
    return _plain(tree)


def _plain(node: nodes.Node) -> Any:
    if isinstance(node, nodes.Mapping):
        return {key: _plain(value) for key, value in node.values.items()}
    if isinstance(node, nodes.Listing):
        return [_plain(item) for item in node.items]
    if not node.plain:
        return node.value
    if re.fullmatch(r"[-+]?[0-9]+(\.[0-9]*)?", node.value):
        return float(node.value) if "." in node.value else int(node.value)
    return None if node.is_null else {"true": True, "false": False}.get(node.value, node.value)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(json_schema())
    return Draft202012Validator(json_schema())


def test_the_committed_schema_is_the_generated_one() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), (
        "run: python -m onestory.arrive.feeds.case_history.schema docs/formats/case-history.schema.json"
    )


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_history_is_valid(validator, path) -> None:
    validator.validate(as_an_editor_reads_it(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_history_is_not(validator, small, problems_of, name) -> None:
    old, new = BROKEN[name]
    text = small.replace(old, new, 1)
    assert problems_of(text), "the reader refuses it"
    assert not validator.is_valid(as_an_editor_reads_it(text))


def test_a_year_is_a_date_also_where_an_editor_takes_it_for_a_number(validator, small) -> None:
    text = small.replace("date: 2019-05\n", "date: 2019\n").replace("title: Child K", "title: 2019")
    validator.validate(as_an_editor_reads_it(text))


def test_what_an_editor_can_explain_is_explained() -> None:
    entry = json_schema()["$defs"]["entry"]
    kinds = {branch["if"]["properties"]["kind"]["const"]: branch["then"]["properties"] for branch in entry["allOf"]}
    assert all(said.get("description") for key, said in entry["properties"].items() if key != "kind")
    for kind in KINDS.values():
        assert set(kinds.get(kind.code, {})) == {key.name for key in kind.keys}
        assert all(said.get("description") or said.get("enum") for said in kinds.get(kind.code, {}).values())


def test_kinds_and_factors_carry_their_words_and_census_codes() -> None:
    words = json_schema()["$defs"]
    assert {"const": "harm", "description": "Death or serious harm"} in words["kind"]["oneOf"]
    assert {"const": "neglect", "description": "neglect (census 16A)"} in words["factor"]["oneOf"]


def test_the_schema_is_plain_json() -> None:
    assert json.loads(schema_text()) == json_schema()
