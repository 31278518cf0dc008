"""What a file that follows the format means."""

from __future__ import annotations

from pathlib import Path

import pytest

from onestory.arrive.feeds.case_history import CaseFileProblems, read_case_histories, read_case_history
from onestory.arrive.feeds.case_history.entries import ENTRY_KEYS
from onestory.platform.history.dates import parse_when
from onestory.platform.history.record import (
    Agency,
    ConditionTest,
    Person,
    Relationship,
    RelationshipTest,
    Reporter,
    in_order_known,
)
from onestory.platform.history.vocabulary import FACTORS, KINDS

PROJECT = Path(__file__).parents[5]
PEOPLE = "people: {k: {kind: child}, m: {kind: adult}, n: {kind: adult}}\n"
AGENCIES = "agencies: {csc: {sector: childrens_social_care}, school: {sector: school}, hv: {sector: health_visiting}}\n"
ENTRY = f"format: 1\ntitle: T\narea: Exampleshire\n{PEOPLE}{AGENCIES}entries:\n"


@pytest.fixture(scope="module")
def every_kind():
    return read_case_history(PROJECT / "tests/histories/format/every-kind.yaml")


@pytest.fixture(scope="module")
def entries(every_kind):
    return {entry.id: entry for entry in every_kind.history.entries}


def test_the_file_of_every_kind_has_every_kind_key_and_factor(every_kind) -> None:
    entries = every_kind.history.entries
    assert {entry.kind for entry in entries} == set(KINDS)
    assert {(entry.kind, key) for entry in entries for key in entry.own} == {
        (kind.code, key.name) for kind in KINDS.values() for key in kind.keys
    }
    assert frozenset().union(*(entry.factors for entry in entries)) == set(FACTORS)


def test_what_the_file_says_of_itself(every_kind) -> None:
    assert every_kind.history.title == "Every kind: a file to test the format"
    assert every_kind.synthetic is True
    published = {"review": "A review, invented", "publisher": "Nobody", "year": "2020", "pages": "12"}
    assert every_kind.published == published
    assert every_kind.acceptable_notices == ("a prompt after the first letter",)
    (point,) = every_kind.expected
    assert (point.by, point.rests_on, point.about) == (parse_when("2016-02"), ("k01", "k18"), ("a",))
    assert (point.basis, point.min_response, point.earliest_signal) == ("review", "assessment", "2016-01")


def test_people_agencies_and_relationships(every_kind) -> None:
    history = every_kind.history
    assert history.people["b"] == Person("b", "Bay", True, parse_when("2015/2016"))
    assert history.people["c"] == Person("c", "c", True, None)
    assert history.people["mother"].is_child is False
    assert history.agencies["csc_other"].area == "Otherton"
    assert history.agencies["gp"] == Agency("gp", "gp", "general_practice")
    assert history.relationships[0] == Relationship("mother", "mother", "a")
    known = parse_when("2012-03")
    assert history.relationships[2] == Relationship("father", "father", "a", "alleged", known, by="csc", ref="1.1")
    former = history.relationships[5]
    assert (former.since, former.until) == (parse_when("2010"), parse_when("2013-06"))


def test_the_keys_that_every_entry_may_have(entries) -> None:
    first = entries["k01"]
    assert (first.about, first.seen, first.seen_alone, first.together) == (
        ("a", "mother"),
        ("a",),
        ("a",),
        ("mother", "father"),
    )
    assert first.reporter == Reporter("family", "school", "an aunt")
    assert (first.count, first.restricted, first.ref) == (2, "reporter_identity", "2.1")
    assert first.text == "A first sentence.\n\tA second."
    assert first.told == {"school", "csc", "police"}
    assert first.own == {"to": "school", "alleged_malicious": True}


def test_own_keys_have_the_values_of_their_shapes(entries) -> None:
    assert entries["k02"].own == {"attended": False}
    assert entries["k08"].own == {"sessions_percent": 12.5, "letter": 1}
    assert entries["k13"].own == {"joined": ("nan",), "left": ("father",)}
    assert entries["k15"].own["protects"] == ("mother", "a")
    assert entries["k15"].own["until"] == parse_when("2017-06")
    assert entries["k17"].own["answered"] == ("police",)
    assert entries["k19"].own["covers"] == frozenset({"neglect"})
    assert entries["k19"].own["tools"] == ("graded care", "genogram")
    assert entries["k22"].own["signed_by"] == ("mother", "csc")
    assert entries["k22"].own["forbids"] == ("father", "mother")
    assert entries["k27"].own["every"] == "P2W"
    assert entries["k23"].own["if"] == ConditionTest(
        kinds=frozenset({"concern", "incident"}),
        factors=frozenset({"neglect"}),
        about=frozenset({"a"}),
        together=frozenset({"mother", "father"}),
        relationship=RelationshipTest("father", "father", "b"),
    )
    assert entries["k23"].own["unless"] == ConditionTest(kinds=frozenset({"note"}))


def test_an_absent_key_is_not_stated(entries) -> None:
    assert entries["k05"].own == {}
    assert entries["k05"].seen == ()
    assert "verified" not in entries["k19"].own


def test_the_order_of_the_file_is_kept_and_the_order_known_is_another(every_kind) -> None:
    assert [entry.id for entry in every_kind.history.entries] == [f"k{number:02}" for number in range(1, 34)]
    replayed = [entry.id for entry in in_order_known(every_kind.history.entries)]
    assert replayed[-4:] == ["k29", "k30", "k32", "k33"]
    assert "k31" not in replayed


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("by: school, kind: note", {"school"}),
        ("by: school, kind: concern", {"school", "csc"}),
        ("by: school, kind: concern, to: hv", {"school", "hv"}),
        ("by: school, kind: concern, to: csc", {"school", "csc"}),
        ("by: school, kind: concern, shared_with: []", {"school"}),
        ("by: school, kind: concern, shared_with: [hv]", {"school", "hv"}),
        ("by: school, kind: concern, shared_with: null", {"school", "csc"}),
        ("by: hv, kind: plan", {"hv", "csc"}),
        ("by: hv, kind: observation, shared_with: csc", {"hv", "csc"}),
    ],
)
def test_who_was_told(read, keys, told) -> None:
    case_file = read(ENTRY + f"  - {{id: e, date: 2019, about: k, {keys}}}\n")
    assert case_file.history.entries[0].told == told


@pytest.mark.parametrize(
    ("areas", "told"),
    [
        (("area: Otherton", "area: Exampleshire"), "second"),
        (("area: Otherton", "name: N"), "second"),
        (("name: N", "area: Exampleshire"), "second"),
        (("name: N", "area: Otherton"), "first"),
        (("area: Otherton", "area: Thirdham"), None),
    ],
)
def test_the_areas_own_social_care_is_the_one_that_is_told(read, areas, told) -> None:
    text = f"format: 1\ntitle: T\narea: Exampleshire\n{PEOPLE}agencies:\n  school: {{sector: school}}\n"
    for name, area in zip(("first", "second"), areas, strict=True):
        text += f"  {name}: {{sector: childrens_social_care, {area}}}\n"
    history = read(text + "entries: [{id: e, date: 2019, by: school, kind: concern, about: k}]\n").history
    assert history.entries[0].told == {"school"} | ({told} if told else set())


@pytest.mark.parametrize(
    "written",
    ["2017", "'2017'", '"2017"'],
)
def test_a_year_is_a_date_quoted_or_not(read, written) -> None:
    case_file = read(ENTRY + f"  - {{id: e, date: {written}, by: csc, kind: note, about: [k]}}\n")
    assert case_file.history.entries[0].happened == parse_when("2017")


def test_words_that_other_readers_take_for_something_else_stay_words(read) -> None:
    text = "format: 1\ntitle: 2017\narea: no\npeople: {on: {label: yes, kind: child}}\n"
    text += "agencies: {1: {name: 1e3, sector: x}}\n"
    text += "entries: [{id: 012, date: 2019-01-01, by: 1, kind: note, about: on, text: 0x1F, ref: 5.10}]\n"
    history = read(text).history
    assert (history.title, history.area, history.people["on"].label) == ("2017", "no", "yes")
    assert (history.entries[0].id, history.entries[0].by, history.entries[0].text) == ("012", "1", "0x1F")
    assert (history.agencies["1"].name, history.entries[0].ref) == ("1e3", "5.10")


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_key_with_nothing_behind_it_is_not_stated(read, nothing) -> None:
    keys = f"text: {nothing}, verified: {nothing}, seen: {nothing}"
    text = ENTRY + f"  - {{id: e, date: 2019, by: csc, kind: decision, about: k, {keys}}}\n"
    entry = read(text + f"expected: {nothing}\n").history.entries[0]
    assert (entry.text, entry.seen, entry.own) == ("", (), {})


NAMES = ["عائشة", "שָׂרָה", "Zo\u00eb", "Zoe\u0308", "👩\u200d👧", "𝒦", "李小龍", 'O\'Neill: "Jo" #2']


@pytest.mark.parametrize("name", NAMES)
def test_names_in_any_script_are_kept_as_they_are(read, name) -> None:
    quoted = name.replace('"', '\\"')
    text = f'format: 1\ntitle: T\narea: A\npeople:\n  "{quoted}": {{label: "{quoted}", kind: child}}\n'
    text += "agencies: {a: {sector: x}}\n"
    text += f'entries: [{{id: "{quoted}", date: 2019, by: a, kind: note, about: ["{quoted}"], text: "{quoted}"}}]\n'
    history = read(text).history
    assert history.people[name].label == name
    assert (history.entries[0].id, history.entries[0].about, history.entries[0].text) == (name, (name,), name)


def test_a_json_file_is_a_case_history_too(read) -> None:
    text = '{"format":1,"title":"T","area":"A","people":{"k":{"kind":"child"}},"agencies":{"a":{"sector":"x"}},\n'
    text += '"entries":[{"id":"e","date":"2019","by":"a","kind":"decision","about":["k"],"verified":true}]}'
    assert read(text).history.entries[0].own == {"verified": True}


def test_lists_and_records_may_be_written_once_and_referred_to(read) -> None:
    text = ENTRY + "  - {id: e1, date: 2019, by: csc, kind: note, about: &both [k, m]}\n"
    history = read(text + "  - {id: e2, date: 2019, by: csc, kind: note, about: *both}\n").history
    assert history.entries[1].about == ("k", "m")


def test_a_history_without_entries_reads(read) -> None:
    assert read("format: 1\ntitle: T\narea: A\npeople: {}\nagencies: {}\nentries: []\n").history.entries == ()


@pytest.mark.parametrize(
    "row",
    [
        "{person: m, is: mother, of: k}\n  - {person: k, is: sibling, of: m}",  # odd, but no line of descent
        "{person: m, is: mother, of: k, until: 2018-06}\n  - {person: n, is: mother, of: k, from: 2018-06}",
        "{person: m, is: mother, of: k}\n  - {person: n, is: mother, of: k, status: alleged}",
        "{person: m, is: mother, of: k}\n  - {person: n, is: parent, of: k}",
        "{person: m, is: mother, of: k}\n  - {person: k, is: parent, of: m, status: denied}",
        "{person: k, is: parent, of: m, known: 2018}\n  - {person: k, is: parent, of: m, known: 2019, status: denied}\n"
        "  - {person: m, is: mother, of: k}",
        "{person: m, is: mother, of: k, from: 2017, until: 2017-06}",
    ],
)
def test_relationships_that_can_hold_together(read, row) -> None:
    text = f"format: 1\ntitle: T\narea: A\n{PEOPLE}agencies: {{}}\nentries: []\nrelationships:\n  - {row}\n"
    assert read(text).history.relationships


@pytest.mark.parametrize(
    ("first", "decision"),
    [
        ("2019-05-10", "2019-05-10"),
        ("2019-05", "2019-05-10"),  # may have been known by the tenth
        ("2019-05-10", "2019-05"),
        ("2019", "2019-01"),
    ],
)
def test_a_decision_may_rest_on_what_was_known_by_then_also_further_down_the_file(read, first, decision) -> None:
    text = ENTRY + f"  - {{id: d, date: {decision}, by: csc, kind: decision, on_entries: [e], about: k}}\n"
    text += f"  - {{id: e, date: {first}, by: csc, kind: note, about: k}}\n"
    assert read(text).history.entries[0].own["on_entries"] == ("e",)


def test_a_child_may_be_seen_in_the_month_of_its_birth(read) -> None:
    text = ENTRY.replace("k: {kind: child}", "k: {kind: child, born: 2019-05-20}")
    case_file = read(text + "  - {id: e, date: 2019-05, by: csc, kind: birth, about: k, seen: k}\n")
    assert case_file.history.entries[0].seen == ("k",)


def test_several_files_are_read_in_their_order(small, tmp_path) -> None:
    paths = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    paths[0].write_text(small)
    paths[1].write_text(small.replace("title: Child K", "title: Child L"))
    assert [case_file.history.title for case_file in read_case_histories(paths)] == ["Child K", "Child L"]


def test_two_files_that_claim_to_be_one_history_are_refused_with_both_names(small, tmp_path) -> None:
    paths = [tmp_path / "one.yaml", tmp_path / "two.yaml", tmp_path / "three.yaml"]
    paths[0].write_text(small)
    paths[1].write_text(small.replace("title: Child K", "title: child  k"))
    paths[2].write_text(small.replace("kind: concern", "kind: worry").replace("title: Child K", "title: Child L"))
    with pytest.raises(CaseFileProblems) as caught:
        read_case_histories(paths)
    said = [str(problem) for problem in caught.value.problems]
    assert len(said) == 2
    assert str(paths[1]) in said[0]
    assert str(paths[0]) in said[0]
    assert said[1].startswith(f"{paths[2]}:21: entries › e1 › kind")


def test_child_f_reads() -> None:
    case_file = read_case_history(PROJECT / "demonstration/child-f.yaml")
    assert len(case_file.history.entries) == 79
    assert len(case_file.expected) == 25
    assert case_file.synthetic is False
    assert case_file.published["year"] == "2021"


def test_every_key_of_an_entry_has_a_meaning_for_editors() -> None:
    assert all(key.meaning for key in ENTRY_KEYS.values())
