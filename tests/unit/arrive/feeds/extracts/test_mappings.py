"""Mappings: what is wrong with one is said as a whole; the shipped ones are right and say what their files hold."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onestory.arrive.feeds.extracts import MappingProblems, read_mapping
from onestory.platform.history.vocabulary import KINDS
from tests.unit.arrive.feeds.extracts.files import MAPPINGS, PLAIN, mapping

SHIPPED = sorted(MAPPINGS.glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_mapping_is_right_and_survives_being_kept_as_json(path: Any) -> None:
    found = read_mapping(path.read_text(encoding="utf-8"))
    assert found.title
    assert found.says
    again = read_mapping(json.loads(json.dumps(found.plain)))
    assert again == found
    assert again.digest == found.digest


def test_every_everyday_source_that_an_agency_has_is_shipped() -> None:
    assert {path.stem for path in SHIPPED} == {
        "appointments", "health-reviews", "police-incidents", "school-absence", "urgent-care",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": "2"}, "format: found “2”; allowed: 1"),
        ({"colour": "red"}, "the mapping: found “colour”"),
        ({"file": {"sort": "xls"}}, "file › sort: found “xls”; allowed: csv, xlsx"),
        ({"file": {"sort": "csv", "encoding": "klingon"}}, "file › encoding"),
        ({"file": {"sort": "csv", "encoding": "base64"}}, "file › encoding"),
        ({"file": {"sort": "csv", "delimiter": "x"}}, "file › delimiter"),
        ({"file": {"sort": "csv", "heading_row": "0"}}, "file › heading_row"),
        ({"id": []}, "id: found “[]”; allowed: a list"),
        ({"always": {"kind": "rumour"}}, "always › kind: found “rumour”"),
        ({"always": {}}, "a kind of entry, here or set by a code"),
        ({"always": {"kind": "visit"}}, "fields › letter"),
        ({"always": {"kind": "absence", "factors": ["bad"]}}, "always › factors: found “bad”"),
        ({"fields": {"happened": "Day"}}, "fields › happened: found “no dates”"),
        ({"fields": {"happened": {"column": "Day", "dates": ["american"]}}}, "fields › happened › dates"),
        ({"fields": {}}, "happened, when it took place"),
        ({"codes": [{"column": "C", "values": {"1": {"colour": "red"}}}]}, "codes › C › 1: found “colour”"),
        ({"people": []}, "people: found “[]”"),
        ({"people": [{"who": "pupil", "number": "N"}]}, "people › pupil"),
        ({"people": "everybody"}, "people: found “everybody”"),
        ({"complete": "perhaps"}, "complete: found “perhaps”"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_named(change: dict[str, Any], says: str) -> None:
    with pytest.raises(MappingProblems) as refused:
        mapping(**change)
    assert any(one.startswith(says) or says in one for one in refused.value.problems), refused.value.problems


@pytest.mark.parametrize(
    "text", ["", "[]", "just words", "a: [", "!!python/object/apply:os.system ['true']", "a: &a [*a]"]
)
def test_what_is_no_mapping_at_all_is_refused(text: str) -> None:
    with pytest.raises(MappingProblems):
        read_mapping(text)


anything = st.recursive(
    st.text(max_size=8) | st.sampled_from(["true", "1", *KINDS]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*PLAIN, "column", "sort", "who"]), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(list(PLAIN)), anything, max_size=4))
def test_a_mapping_is_read_or_refused_in_words_whatever_stands_in_it(changes: dict[str, Any]) -> None:
    try:
        found = mapping(**changes)
    except MappingProblems as refused:
        found, reasons = None, refused.problems
    if found is None:
        assert reasons
        assert all(reasons)
    else:
        assert read_mapping(yaml.safe_dump(json.loads(json.dumps(found.plain)))) == found
