"""What may be set of a rule, what is wrong with it in plain words, and the rules as they then are."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from onestory.command_line.replay import replay_command
from onestory.oversee.signals.rule import Level
from onestory.oversee.signals.rules import ALL_RULES, BY_SIGNAL
from onestory.oversee.signals.tuned import (
    AS_SHIPPED,
    Setting,
    problem_of,
    problems_of,
    shipped_value,
    tuned,
)
from onestory.oversee.signals.tuning_file import TuningProblems, read_tuning
from tests.unit.oversee.signals.family import Case, e

HOUSE = Path(__file__).resolve().parents[4]
CHILD_F = HOUSE / "demonstration" / "child-f.yaml"
UNSEEN = Case(
    "child_not_seen",
    "",
    (
        e("v", "2020-01-10", "visit", outcome="seen", seen="c"),
        e("r", "2020-02-10", "concern", told_by="public:neighbour", factors="neglect"),
    ),
)


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "tuning.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "setting",
    [
        Setting("child_not_seen", "parameter", "under_five", "1"),
        Setting("child_not_seen", "parameter", "under_five", "3650"),
        Setting("concerns_from_different_people", "parameter", "reports", "100"),
        Setting("child_not_seen", "level", "", "note"),
        Setting("child_not_seen", "owner", "", "health_visiting"),
    ],
)
def test_what_a_rule_declares_may_be_set(setting: Setting) -> None:
    assert problem_of(setting) is None


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        (Setting("nothing", "level", "", "note"), "no rule “nothing”"),
        (
            Setting("child_not_seen", "parameter", "height", "4"),
            "“height”; it has: under_plan, under_five",
        ),
        (Setting("child_not_seen", "parameter", "under_five", "0"), "a whole number of days, 1 to 3650"),
        (Setting("child_not_seen", "parameter", "under_five", "3651"), "is “3651”"),
        (Setting("child_not_seen", "parameter", "under_five", "-5"), "is “-5”"),
        (Setting("child_not_seen", "parameter", "under_five", "²"), "is “²”"),
        (Setting("concerns_from_different_people", "parameter", "reports", "101"), "reports, 1 to 100"),
        (Setting("child_not_seen", "level", "", "red"), "note, review, act"),
        (Setting("child_not_seen", "owner", "", "parish"), "“parish” is no sector"),
        (Setting("child_not_seen", "colour", "", "red"), "cannot be set"),
        (Setting("after_grave_harm", "parameter", "days", "3"), "it has: none"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(setting: Setting, says: str) -> None:
    assert says in (problem_of(setting) or "")


def test_a_thing_set_twice_is_a_problem() -> None:
    setting = Setting("child_not_seen", "parameter", "under_five", "90")
    assert list(problems_of([setting, setting])) == ["child_not_seen: under_five is set twice."]


def test_rules_are_as_they_were_set_and_the_others_as_shipped() -> None:
    chosen = tuned(
        [
            Setting("child_not_seen", "parameter", "under_five", "90"),
            Setting("child_not_seen", "level", "", "act"),
            Setting("child_not_seen", "owner", "", "health_visiting"),
            Setting("gone_with_an_update", "level", "", "note"),
        ]
    )
    rule = next(one for one in chosen.rules if one.signal == "child_not_seen")
    assert (rule.level, rule.owner) == (Level.ACT, "health_visiting")
    assert chosen.settings == {"child_not_seen": {"under_five": 90}}
    assert [one for one in chosen.rules if one.signal != "child_not_seen"] == [
        one for one in ALL_RULES if one.signal != "child_not_seen"
    ]
    assert tuned([]).rules == AS_SHIPPED.rules == ALL_RULES


def test_a_parameter_moves_the_day_on_which_the_rule_speaks() -> None:
    story = UNSEEN.story("2020-04-30")
    rule = BY_SIGNAL["child_not_seen"]
    assert not rule.evaluate(story, story.today).findings
    assert rule.evaluate(story, story.today, {"under_five": 90}).findings


def test_a_rule_that_is_only_noted_is_so_however_grave_the_pattern() -> None:
    grave = Case(
        "physical_harm_without_strategy_discussion",
        "",
        (
            e("a", "2021-01-05", "concern", told_by="public:neighbour", factors="neglect"),
            e("b", "2021-02-05", "concern", told_by="family:aunt", factors="physical_abuse_adult"),
        ),
    )
    story = grave.story("2021-02-20")
    assert {finding.level for finding in grave.found("2021-02-20")} == {Level.ACT}
    rule = tuned([Setting(grave.rule, "level", "", "note")], [BY_SIGNAL[grave.rule]]).rules[0]
    assert {finding.level for finding in rule.evaluate(story, story.today).findings} == {Level.NOTE}


def test_what_is_shipped_is_told_beside_what_is_set() -> None:
    assert shipped_value("child_not_seen", "parameter", "under_five") == "183"
    assert shipped_value("child_not_seen", "level", "") == "review"
    assert shipped_value("infant_sleep", "owner", "") == "health_visiting"


def test_a_file_sets_several_rules(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "child_not_seen: {parameters: {under_five: 90, respond: 10}, owner: school}\ninfant_sleep:\n  level: act\n",
    )
    assert read_tuning(path) == [
        Setting("child_not_seen", "parameter", "under_five", "90"),
        Setting("child_not_seen", "parameter", "respond", "10"),
        Setting("child_not_seen", "owner", "", "school"),
        Setting("infant_sleep", "level", "", "act"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- child_not_seen", "found list; allowed: rules by their signal"),
        ("child_not_seen: 4", "child_not_seen: found 4; allowed: parameters, level, owner"),
        ("child_not_seen: {days: 4}", "allowed: parameters, level, owner"),
        ("child_not_seen: {parameters: 4}", "parameters: found 4"),
        ("child_not_seen: {parameters: {under_five: soon}}", "is “soon”"),
        ("child_not_seen: {", "cannot be read"),
    ],
)
def test_a_file_with_problems_is_refused_with_all_of_them(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(TuningProblems) as caught:
        read_tuning(file(tmp_path, text))
    assert says in str(caught.value)


def test_a_replay_reads_with_the_file(tmp_path: Path) -> None:
    silent = file(tmp_path, "\n".join(f"{rule.signal}: {{level: note}}" for rule in ALL_RULES))
    as_shipped = CliRunner().invoke(replay_command, ["--measure", str(CHILD_F)])
    noted = CliRunner().invoke(replay_command, ["--measure", str(CHILD_F), "--tuning", str(silent)])
    assert "25 of 25 points" in as_shipped.output
    assert "0 of 25 points in time; 0 asks" in noted.output
    refused = CliRunner().invoke(replay_command, [str(CHILD_F), "--tuning", str(file(tmp_path, "x: {level: note}"))])
    assert "There is no rule “x”." in str(refused.exception)
