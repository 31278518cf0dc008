"""What holds for every rule: it is tested three ways, explained, and can travel to another machine."""

import pickle
import re

import pytest

from onestory.oversee.signals import rules
from onestory.oversee.signals.rule import Rule
from onestory.oversee.signals.rules import ALL_RULES
from tests.unit.oversee.signals import (
    test_after_harm,
    test_closures,
    test_family_life,
    test_harm,
    test_much_babies,
    test_much_closing,
    test_much_reports,
    test_much_seeing,
    test_plans,
    test_seen_anew,
    test_sight,
    test_young_families,
)

CASES = [
    case
    for module in (
        test_after_harm,
        test_closures,
        test_family_life,
        test_harm,
        test_much_babies,
        test_much_closing,
        test_much_reports,
        test_much_seeing,
        test_plans,
        test_seen_anew,
        test_sight,
        test_young_families,
    )
    for case in module.CASES
]
SCORING = re.compile(r"\b(score|risk level|probab|likely|predict|rank)", re.IGNORECASE)


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.signal)
def test_a_rule_is_shown_speaking_silent_and_at_its_edge(rule: Rule) -> None:
    assert {case.sort for case in CASES if case.rule == rule.signal} == {"speaks", "silent", "edge"}


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.signal)
def test_a_rule_explains_itself_and_gives_no_score(rule: Rule) -> None:
    for words in (rule.title, rule.why, rule.consider, rule.source):
        assert words
        assert not SCORING.search(words)
    assert rule.why.endswith(".")
    assert rule.consider.endswith((".", "?"))
    assert all(parameter.meaning and parameter.unit and parameter.default > 0 for parameter in rule.parameters)


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.signal)
def test_a_rule_travels(rule: Rule) -> None:
    assert pickle.loads(pickle.dumps(rule)) == rule


def test_one_rule_one_file_of_its_name() -> None:
    assert [rule.signal for rule in ALL_RULES] == list(rules.ORDER)
    assert [rule.look.__module__.rpartition(".")[2] for rule in ALL_RULES] == list(rules.ORDER)


def test_a_partnership_can_tune_a_rule() -> None:
    case = next(case for case in CASES if case.rule == "closure_not_acknowledged" and case.sort == "edge")
    story = case.story("2021-06-20")
    rule = rules.BY_SIGNAL[case.rule]
    assert not rule.evaluate(story, story.today).findings
    assert rule.evaluate(story, story.today, {"acknowledge": 7}).findings
