"""The reviewed table is complete and uses known words only; a table with a fault is refused and says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from onestory.platform.access.decision import CONDITIONS, STEPS
from onestory.platform.access.policy import POLICY_FILE, WHEN, InfoClass, Level, PolicyProblem, Tie, load_policy
from onestory.platform.access.roles import ROLES


def changed(folder: Path, old: str, new: str) -> Path:
    """The table in force with one place changed."""
    text = POLICY_FILE.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path = folder / "policy.csv"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_table_in_force_has_every_cell_and_a_version() -> None:
    policy = load_policy()
    assert set(policy.cells) == {(info, tie) for info in InfoClass for tie in Tie}
    assert policy.version


def test_every_word_and_step_of_the_table_is_decided_somewhere() -> None:
    assert set(CONDITIONS) == WHEN
    assert set(STEPS) == set(load_policy().order)


def test_nobody_without_a_tie_sees_anything_but_the_index() -> None:
    policy = load_policy()
    for info in set(InfoClass) - {InfoClass.INDEX}:
        assert [clause.level for clause in policy.cells[info, Tie.NONE]] == [Level.NOTHING]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("version,", "edition,", "begins with its version"),
        ("1 of November 2026", " ", "no version"),
        ("I when front_door_role and purpose", "", "empty or missing cell"),
        (",M; F when listed", ",X; F when listed", "'X' (location, worker) is no level"),
        ("F when owner", "F when wished", "'wished' (plans, adverse) is no condition"),
        ("legal,", "gossip,", "class 'legal' stands 0 times"),
        ("adverse,break_glass", "adverse,adverse", "column 'adverse' stands 2 times"),
        ("order,conflict", "order,whim", "step 'conflict' stands 0 times"),
        ("sealed,", "legal,", "class 'sealed' stands 0 times"),
    ],
)
def test_a_faulty_table_is_refused_with_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(PolicyProblem) as problem:
        load_policy(changed(tmp_path, old, new))
    assert says in str(problem.value)


def test_a_row_too_short_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyProblem, match="empty or missing cell"):
        load_policy(changed(tmp_path, ",F,F,F,–\nchronology", ",F,F,–\nchronology"))


@pytest.mark.parametrize("code", sorted(ROLES))
def test_a_role_says_in_one_sentence_what_it_is(code: str) -> None:
    role = ROLES[code]
    assert role.name
    assert role.sentence().endswith(".")
    assert role.sentence().count(".") == 1
