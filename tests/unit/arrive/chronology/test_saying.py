"""Entries in words."""

from __future__ import annotations

import pytest

from onestory.arrive.chronology.rows import names_of
from onestory.arrive.chronology.saying import (
    KEY_WORDS,
    code_words,
    details,
    factor_words,
    headline,
    reporter_words,
)
from onestory.platform.history.dates import parse_when
from onestory.platform.history.record import ConditionTest, RelationshipTest, Reporter
from onestory.platform.history.vocabulary import KINDS
from tests.unit.arrive.chronology.histories import entry, history

NAMES = names_of(history(entry("c1", "2021-03-04", "concern")))


@pytest.mark.parametrize(
    ("kind", "own", "words"),
    [
        ("visit", {"outcome": "no_access", "announced": False}, "no access"),
        (
            "appointment",
            {"service": "development_review_2y", "outcome": "not_brought"},
            "development review at two years, was not brought",
        ),
        ("decision", {"outcome": "information_only"}, "kept as information only"),
        ("plan", {"type": "child_in_need", "stage": "closed"}, "child in need, closed"),
        ("note", {}, ""),
        ("visit", {}, ""),
    ],
)
def test_a_headline_says_what_came_of_it_and_nothing_that_was_not_stated(kind, own, words):
    assert headline(entry("e", "2021", kind, own=own)) == words


def test_what_stands_in_the_headline_is_not_said_twice():
    visit = entry("e", "2021", "visit", own={"outcome": "no_access", "announced": False})
    assert details(visit, NAMES) == (("Announced beforehand", "no"),)


def test_absent_is_not_stated_and_false_is_no():
    assert details(entry("e", "2021", "decision"), NAMES) == ()
    untested = entry("e", "2021", "decision", own={"checks_done": False})
    assert details(untested, NAMES) == (("Agencies asked this time", "no"),)


def test_ids_are_said_as_names():
    order = entry(
        "e",
        "2021",
        "order",
        own={"against": ("father",), "protects": ("mother", "mia"), "until": parse_when("2022-05")},
    )
    assert details(order, NAMES) == (("Against", "Father"), ("Protects", "Mother, Mia"), ("Until", "May 2022"))
    check = entry("e", "2021", "check", own={"asked": ("school", "hv"), "answered": ("school",)})
    assert dict(details(check, NAMES)) == {"Asked": "School, Health Visiting", "Answered": "School"}
    decision = entry("e", "2021", "decision", own={"on_entries": ("c1",)})
    assert details(decision, NAMES) == (("Decided on", "Concern, 4 March 2021"),)


def test_an_id_that_nobody_knows_stays_as_it_is():
    assert NAMES.party("somebody") == "somebody"


def test_a_standing_condition_is_said_with_every_part():
    test = ConditionTest(
        kinds=frozenset({"concern"}),
        factors=frozenset({"drugs_parent"}),
        about=frozenset({"mother"}),
        together=frozenset({"mother", "father"}),
        relationship=RelationshipTest("father", "father", "mia"),
    )
    said = dict(details(entry("e", "2021", "condition", own={"if": test, "then": "Assess."}), NAMES))
    assert said == {
        "If": (
            "there is a new concern, and it names drug misuse by a parent or carer, and it is about Mother, and "
            "Father and Mother are in contact, and it is confirmed that Father is the father of Mia"
        ),
        "Then": "Assess.",
    }


def test_periods_percents_and_codes():
    assert dict(details(entry("e", "2021", "aftercare", own={"who": "hv", "every": "P1M"}), NAMES)) == {
        "Who": "Health Visiting",
        "How often": "every month",
    }
    assert details(entry("e", "2021", "absence", own={"sessions_percent": 12.5}), NAMES) == (
        ("Sessions missed", "12.5 %"),
    )
    assert code_words("development_review_6w") == "development review at 6 weeks"
    assert code_words("some_local_service") == "some local service"


def test_every_key_of_every_kind_has_words_that_read_as_a_label():
    names = {key.name for kind in KINDS.values() for key in kind.keys}
    for name in names - KEY_WORDS.keys():
        assert name.replace("_", " ").isalpha() or " " in name.replace("_", " ")


def test_factors_are_named_in_the_census_order():
    assert factor_words({"neglect", "alcohol_parent", "unheard_of"}) == (
        "alcohol misuse by a parent or carer",
        "neglect",
    )


@pytest.mark.parametrize(
    ("reporter", "words"),
    [
        (None, ""),
        (Reporter("anonymous"), "an anonymous caller"),
        (Reporter("family", label="grandmother"), "a family member (grandmother)"),
        (Reporter("professional", "school"), "a professional (School)"),
    ],
)
def test_who_told(reporter, words):
    assert reporter_words(entry("e", "2021", "concern", reporter=reporter), NAMES) == words
