"""A kind's own keys as JSON and back, and under other ids."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestory.platform.history.own_keys import (
    OF_AGENCIES,
    OF_ENTRIES,
    OF_PARTIES,
    OF_PEOPLE,
    Names,
    from_stored,
    ids_in,
    is_of_shape,
    renamed,
    to_stored,
)
from onestory.platform.history.record import ConditionTest, RelationshipTest
from onestory.platform.history.vocabulary import KINDS, Key, Shape
from tests.unit.arrive.feeds.case_history.histories import own_values

KEYS = [(kind.code, key) for kind in KINDS.values() for key in kind.keys]
TEST = ConditionTest(
    kinds=frozenset({"concern"}),
    about=frozenset({"m"}),
    together=frozenset({"m", "f"}),
    relationship=RelationshipTest("f", "father", "c"),
)


@given(data=st.data(), named=st.sampled_from(KEYS))
@settings(max_examples=300, deadline=None)
def test_every_value_comes_back_from_json_as_it_was(data: st.DataObject, named: tuple[str, Key]) -> None:
    _, key = named
    value = data.draw(own_values(key, ("e1", "e2")))
    stored = json.loads(json.dumps(to_stored(key.shape, value)))

    assert is_of_shape(key.shape, value)
    assert from_stored(key.shape, stored) == value


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (Shape.TRUTH, "true"),
        (Shape.TRUTH, 1),
        (Shape.NUMBER, True),
        (Shape.NUMBER, 1.5),
        (Shape.PERCENT, "10"),
        (Shape.WHEN, "2024-02"),
        (Shape.PEOPLE, "mother"),
        (Shape.PEOPLE, (1,)),
        (Shape.FACTORS, ("debt",)),
        (Shape.CONDITION, {"kinds": ["concern"]}),
        (Shape.TEXT, None),
        (Shape.CODE, True),
    ],
)
def test_another_sort_of_value_is_told_apart(shape: Shape, value: Any) -> None:
    assert not is_of_shape(shape, value)


def test_every_id_is_said_otherwise() -> None:
    names = Names(
        person={"m": "M", "f": "F", "c": "C"}.get,
        agency={"csc": "CSC"}.get,
        entry={"e1": "E1"}.get,
    )
    assert renamed("condition", {"if": TEST, "then": "m", "from": "e1"}, names) == {
        "if": ConditionTest(
            frozenset({"concern"}),
            frozenset(),
            frozenset({"M"}),
            frozenset({"M", "F"}),
            RelationshipTest("F", "father", "C"),
        ),
        "then": "m",
        "from": "E1",
    }
    assert renamed("agreement", {"signed_by": ("m", "csc"), "forbids": ("m", "f")}, names) == {
        "signed_by": ("M", "CSC"),
        "forbids": ("M", "F"),
    }
    assert renamed("check", {"asked": ("csc",), "found": "csc"}, names) == {"asked": ("CSC",), "found": "csc"}


def test_an_id_without_another_name_is_left_out_and_with_the_last_one_the_key() -> None:
    nobody = Names(entry=lambda _: None)
    assert renamed("decision", {"on_entries": ("e1", "e2"), "verified": False}, nobody) == {"verified": False}
    assert renamed("decision", {"on_entries": ()}, nobody) == {"on_entries": ()}
    assert renamed("condition", {"from": "e1"}, nobody) == {}


def test_a_notice_names_an_entry_or_says_words() -> None:
    names = Names(entry={"e1": "E1"}.get)
    assert renamed("notice", {"of": "e1"}, names) == {"of": "E1"}
    assert renamed("notice", {"of": "closure of the plan"}, names) == {"of": "closure of the plan"}


def test_ids_are_found_where_they_stand() -> None:
    own = {"if": TEST, "from": "e1", "then": "words"}
    assert sorted(ids_in("condition", own, OF_PEOPLE)) == ["c", "f", "f", "m", "m"]
    assert list(ids_in("condition", own, OF_ENTRIES)) == ["e1"]
    assert list(ids_in("condition", own, OF_AGENCIES)) == []
    assert list(ids_in("agreement", {"signed_by": ("m", "csc"), "forbids": ("m",)}, OF_PARTIES)) == ["m", "csc"]
