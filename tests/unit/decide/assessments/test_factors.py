"""Completing a tool silences exactly the rules that ask for it; what it found feeds the others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onestory.decide.assessments.answering import Answer
from onestory.decide.assessments.factors import instrument_of, told_factors
from onestory.decide.assessments.reading import ENTRY_TYPES, shipped_tools
from onestory.oversee.signals.rules import ALL_RULES
from onestory.platform.history.record import Entry
from onestory.platform.history.story import build_story
from tests.unit.oversee.signals.family import day_of, e, history

NAMES = sorted(shipped_tools())
TOOLS = [name for name in NAMES if name not in ENTRY_TYPES]
BEFORE = (
    e("h", "2021-01-10", "observation", by="school", factors="hygiene"),
    e("k", "2021-02-10", "absence", by="school", letter=1, factors="attendance"),
    e("n", "2021-03-01", "observation", by="school", factors="hygiene neglect"),
    e("d", "2021-03-02", "incident", by="police", about="c m", factors="domestic_abuse_parent"),
    e("a", "2021-03-03", "observation", by="hv", about="c m", factors="alcohol_parent"),
    e("m", "2021-03-04", "observation", by="amh", about="c m", factors="mental_health_parent"),
    e("g", "2021-03-05", "protective", about="c g", tested=False, evidence="for"),
    e("x", "2021-03-06", "plan", type="early_help", stage="closed"),
)
ON = day_of("2021-04-02")
ALL_THREE = "domestic_abuse_parent mental_health_parent substance_unspecified"
ASKS_FOR_TOOL = "neglect_signs_without_tool"
ASKS_FOR_ASSESSMENT = "interacting_factors"
ANSWERED_BY_ONE = {"plan_closed_with_matters_open", "not_shared_with_social_care"}
"""An assessment that social care completes answers what was reported, and shows that social care knows of it."""


def speaking(*more: Entry) -> set[str]:
    """The rules that ask about the child on the day."""
    story = build_story(history((*BEFORE, *more)), "c", ON)
    return {finding.signal for rule in ALL_RULES for finding in rule.evaluate(story, ON).findings}


def used(name: str) -> Entry:
    return e("t", "2021-04-01", "tool", tool=name)


def assessed(**what: Any) -> Entry:
    return e("t", "2021-04-01", "assessment", type="child_and_family", stage="completed", chronology=True, **what)


def test_the_family_is_one_about_whom_the_rules_ask() -> None:
    assert {ASKS_FOR_TOOL, ASKS_FOR_ASSESSMENT} <= speaking()


@pytest.mark.parametrize("name", TOOLS)
def test_a_tool_silences_the_rule_that_asks_for_it_and_no_other(name: str) -> None:
    silenced = speaking() - speaking(used(name))
    assert silenced == ({ASKS_FOR_TOOL} if name == "neglect-screening" else set())


def test_a_result_of_a_licensed_instrument_on_neglect_counts_as_one() -> None:
    assert speaking() - speaking(used("graded_care_profile_2")) == {ASKS_FOR_TOOL}
    assert speaking() - speaking(used("asq_3")) == set()


def test_an_assessment_that_says_how_the_three_act_together_silences_that_rule_and_not_the_tools() -> None:
    silenced = speaking() - speaking(assessed(covers=ALL_THREE, tools="child-and-family"))
    assert ASKS_FOR_ASSESSMENT in silenced
    assert ASKS_FOR_TOOL not in silenced
    assert ASKS_FOR_ASSESSMENT in speaking(assessed(covers="neglect", tools="child-and-family"))


@pytest.mark.parametrize("name", sorted(ENTRY_TYPES))
def test_each_assessment_silences_the_rule_that_asks_for_one_and_what_it_answers_and_no_other(name: str) -> None:
    done = e("t", "2021-04-01", "assessment", type=ENTRY_TYPES[name], stage="completed", tools=name, chronology=True)
    silenced = speaking() - speaking(replace(done, own=done.own | {"covers": frozenset(ALL_THREE.split())}))
    assert silenced == {ASKS_FOR_ASSESSMENT} | ANSWERED_BY_ONE


@pytest.mark.parametrize(
    ("tool", "answers", "told"),
    [
        (
            "safer-sleep",
            {"sleep-where": "sofa", "sleep-adult": ("drunk", "smokes")},
            "alcohol_parent smoking unsafe_sleep",
        ),
        ("safer-sleep", {"sleep-where": "own", "sleep-adult": ("none",), "sleep-baby": ("early",)}, "prematurity"),
        ("safer-sleep", {"sleep-where": "own", "sleep-moves": "more"}, "housing_insecurity"),
        ("young-parent", {"parent-risk": ("none",), "home-moves": 1, "home-area": "yes"}, "young_parent"),
        ("young-parent", {"home-moves": 2}, "housing_insecurity young_parent"),
        (
            "young-parent",
            {"home-area": "no", "parent-risk": ("sharing",)},
            "housing_insecurity unsafe_sleep young_parent",
        ),
        ("child-and-family", {"interplay-present": ("substance",)}, ""),
    ],
)
def test_what_was_answered_is_told_to_the_rules(tool: str, answers: dict[str, Answer], told: str) -> None:
    assert told_factors(shipped_tools()[tool], answers) == set(told.split())


def test_a_baby_on_a_sofa_beside_somebody_who_drank_is_asked_about() -> None:
    found = told_factors(shipped_tools()["safer-sleep"], {"sleep-where": "sofa", "sleep-adult": ("drunk",)})
    entry = e("t", "2021-04-01", "tool", by="hv", tool="safer-sleep", factors=" ".join(found))
    story = build_story(history((entry,), born={"c": "2021-01-15"}), "c", ON)
    asked = {finding.signal for rule in ALL_RULES for finding in rule.evaluate(story, ON).findings}
    assert "infant_sleep" in asked


def test_the_instrument_whose_result_is_held_is_named_and_else_the_tool() -> None:
    licensed = shipped_tools()["licensed-instrument-result"]
    assert instrument_of(licensed, {"instrument": "graded_care_profile_2"}) == "graded_care_profile_2"
    assert instrument_of(licensed, {"instrument": "other"}) == "licensed-instrument-result"
    assert instrument_of(shipped_tools()["safer-sleep"], {}) == "safer-sleep"
