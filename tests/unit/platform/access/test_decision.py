"""The program's reading of the table against the second reading (oracle.py), and against planted faults."""

from __future__ import annotations

import pytest

from onestory.platform.access.decision import decide
from onestory.platform.access.policy import InfoClass, Level, Tie
from onestory.platform.access.reading import Item, PersonIn, Reader
from onestory.platform.access.roles import ROLES
from tests.unit.platform.access.faults import FAULTS, Fault
from tests.unit.platform.access.oracle import what_the_words_say
from tests.unit.platform.access.questions import Question, every_cell, every_cell_with_a_twist, tangled

CHILD = PersonIn("child", child=True)
MOTHER = PersonIn("mother", child=False)


def answer(question: Question) -> tuple[str, bool]:
    decision = decide(*question)
    return decision.level.mark, "privacy_officer" in decision.tells


def worker(role: str = "social_worker", **ties: Tie) -> Reader:
    return Reader("reader", ROLES[role], "agency", ties={who: frozenset({tie}) for who, tie in ties.items()})


def test_both_readings_agree_on_every_cell() -> None:
    assert [one for one in every_cell() if answer(one) != what_the_words_say(*one)] == []


def test_both_readings_agree_on_every_cell_with_each_fact_that_changes_it() -> None:
    assert [one for one in every_cell_with_a_twist() if answer(one) != what_the_words_say(*one)] == []


@pytest.fixture(scope="module")
def asked() -> list[tuple[Question, tuple[str, bool]]]:
    return [(question, what_the_words_say(*question)) for question in tangled(80_000, seed=3)]


def test_both_readings_agree_where_several_facts_meet(asked: list[tuple[Question, tuple[str, bool]]]) -> None:
    assert [question for question, said in asked if answer(question) != said] == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_caught(fault: Fault, asked: list[tuple[Question, tuple[str, bool]]]) -> None:
    def differs(question: Question, said: tuple[str, bool]) -> bool:
        decision = fault.decide(question)
        return (decision.level.mark, "privacy_officer" in decision.tells) != said

    assert any(differs(question, said) for question, said in asked)


def test_the_named_worker_of_the_father_sees_nothing_of_where_the_mother_lives() -> None:
    kept_safe = PersonIn("mother", child=False, threatened_by=frozenset({"father"}))
    probation = worker("probation", father=Tie.WORKER)
    assert decide(probation, Item(InfoClass.LOCATION, "agency", (kept_safe,))).level is Level.NOTHING


def test_an_adverse_tie_masks_even_for_the_named_worker_of_the_child() -> None:
    kept_safe = PersonIn("child", child=True, threatened_by=frozenset({"father"}))
    both = worker(child=Tie.WORKER, father=Tie.AGENCY)
    decision = decide(both, Item(InfoClass.LOCATION, "agency", (kept_safe,)))
    assert (decision.level, decision.rule) == (Level.NOTHING, "adverse")


def test_the_lead_of_the_protected_person_may_list_a_reader_against_the_mask() -> None:
    kept_safe = PersonIn("child", child=True, threatened_by=frozenset({"father"}), listed=frozenset({"reader"}))
    both = worker(child=Tie.WORKER, father=Tie.AGENCY)
    assert decide(both, Item(InfoClass.LOCATION, "agency", (kept_safe,))).level is Level.FULL


def test_a_tie_to_the_mother_alone_gives_a_summary_of_what_is_also_about_the_child() -> None:
    item = Item(InfoClass.CHRONOLOGY, "other", (CHILD, MOTHER))
    assert decide(worker(mother=Tie.WORKER), item).level is Level.SUMMARY
    assert decide(worker(child=Tie.WORKER), item).level is Level.FULL


def test_what_is_about_the_mother_alone_is_shown_in_full_to_her_own_worker() -> None:
    assert decide(worker(mother=Tie.WORKER), Item(InfoClass.CHRONOLOGY, "other", (MOTHER,))).level is Level.FULL


def test_police_hold_the_address_until_they_have_answered() -> None:
    police = worker("police_officer")
    asked = Item(InfoClass.LOCATION, "other", (CHILD,), asked_to_check=frozenset({"agency"}))
    assert decide(police, asked).level is Level.FULL
    assert decide(police, Item(InfoClass.LOCATION, "other", (CHILD,))).level is Level.NOTHING


def test_words_that_tell_a_location_are_cut_to_a_summary() -> None:
    protected = PersonIn("child", child=True, protected=True)
    item = Item(InfoClass.PLANS, "other", (protected,), tells_location=True)
    decision = decide(worker(child=Tie.WORKER), item)
    assert (decision.level, decision.rule) == (Level.SUMMARY, "location_mask")


def test_a_conflict_of_interest_comes_before_everything_and_is_told() -> None:
    reader = Reader("reader", ROLES["social_work_manager"], "agency", ties={"child": frozenset({Tie.LEAD})})
    conflicted = Reader("reader", reader.role, "agency", ties=reader.ties, conflicts=frozenset({"child"}))
    for info in InfoClass:
        decision = decide(conflicted, Item(info, "agency", (CHILD,), named=frozenset({"reader"})))
        assert (decision.level, decision.tells) == (Level.NOTHING, ("privacy_officer",))


def test_a_join_denies_at_once_and_grants_when_confirmed() -> None:
    joined = PersonIn("child", child=True, joined=frozenset({"twin"}))
    item = Item(InfoClass.CHRONOLOGY, "other", (joined,))
    assert decide(worker(twin=Tie.LEAD), item).level is Level.NOTHING
    in_conflict = Reader(
        "reader", ROLES["social_worker"], "agency", ties={"child": frozenset({Tie.LEAD})}, conflicts=frozenset({"twin"})
    )
    assert decide(in_conflict, item).level is Level.NOTHING
