"""Digests say what changed: content, never layout."""

from __future__ import annotations

import pytest

from onestory.arrive.feeds.case_history.digests import relationship_keys

SAME = {
    "a comment": ("area:", "# where\narea:"),
    "order of keys": ("id: e2, date: 2019-05-31", "date: 2019-05-31, id: e2"),
    "quotation marks": ("title: Child K", "title: 'Child K'"),
    "one value or a list of one": ("checks_done: false, about: k", "checks_done: false, about: [k]"),
    "order of factors": ("[hunger, hygiene]", "[hygiene, hunger]"),
    "what goes without saying": ("outcome: advice", "shared_with: [], count: 1, known: 2019-05-31, outcome: advice"),
    "a key with nothing behind it": ("outcome: advice", "text: , outcome: advice"),
    "order of people": (
        "  mother: {label: Mother, kind: adult}\n  nan: {label: Nan, kind: adult}\n",
        "  nan: {label: Nan, kind: adult}\n  mother: {label: Mother, kind: adult}\n",
    ),
}

CHANGED = {
    "text": ("K comes to school hungry.", "K comes to school tired.", {("entry", "e1")}),
    "date as it was given": ("date: 2019-05-31", "date: 2019-05", {("entry", "e2")}),
    "known": ("known: never", "known: 2020-06", {("entry", "e6")}),
    "who was told": ("outcome: advice", "shared_with: [school], outcome: advice", {("entry", "e2")}),
    "own key": ("checks_done: false", "checks_done: true", {("entry", "e2")}),
    "own key not stated": ("checks_done: false, ", "", {("entry", "e2")}),
    "condition": ("together: [mother, nan]", "about: [mother, nan]", {("entry", "e4")}),
    "born": ("born: 2018-03", "born: 2018-04", {("person", "k")}),
    "agency": ("name: School", "name: The school", {("agency", "school")}),
    "until": ("until: 2019-12", "until: 2020-01", {("relationship", "nan grandparent k confirmed")}),
    "expected": ("Hungry twice", "Hungry", set()),
    "synthetic": ("synthetic: true", "synthetic: false", set()),
}


@pytest.mark.parametrize("name", SAME)
def test_another_way_of_writing_the_same_is_the_same(small, read, name) -> None:
    old, new = SAME[name]
    assert old in small
    before, after = read(small), read(small.replace(old, new, 1))
    assert after.digest == before.digest
    assert after.record_digests == before.record_digests


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_is_found_in_its_record_and_nowhere_else(small, read, name) -> None:
    old, new, records = CHANGED[name]
    assert old in small
    before, after = read(small), read(small.replace(old, new, 1))
    assert after.digest != before.digest
    assert {key for key, _ in before.record_digests.items() ^ after.record_digests.items()} == records


def test_the_order_of_entries_counts_for_the_file_and_for_no_entry(small, read) -> None:
    lines = small.splitlines(keepends=True)
    lines[29], lines[30] = lines[30], lines[29]
    before, after = read(small), read("".join(lines))
    assert after.digest != before.digest
    assert after.record_digests == before.record_digests


def test_every_record_has_a_digest(small, read) -> None:
    kinds = [kind for kind, _ in read(small).record_digests]
    assert {kind: kinds.count(kind) for kind in kinds} == {"person": 4, "agency": 3, "relationship": 2, "entry": 6}


def test_relationships_said_twice_have_keys_of_their_own(small, read) -> None:
    again = (
        "of: k}\n  - {person: mother, is: mother, of: k, by: csc}\n  - {person: mother, is: mother, of: k, known: 2019}"
    )
    history = read(small.replace("of: k}", again, 1)).history
    assert relationship_keys(history) == [
        "mother mother k confirmed",
        "mother mother k confirmed #2",
        "mother mother k confirmed 2019",
        "nan grandparent k confirmed",
    ]


def test_ids_with_spaces_cannot_be_taken_for_other_ids(small, read) -> None:
    names = small.replace("  nan: {", "  nan x: {kind: adult}\n  nan: {").replace("person: nan,", "person: nan x,")
    assert relationship_keys(read(names).history)[1] == '["nan x", "grandparent", "k", "confirmed", ""]'
