"""Which findings become an ask: once for a pattern, again only on what is new, together where they rest on the same."""

from __future__ import annotations

import datetime as dt

from onestory.oversee.signals.asking import Memory, Outcome, Surroundings, decide
from onestory.oversee.signals.rule import Finding, Level

DAY = dt.date(2021, 3, 1)
DAYS = {"a": 0, "b": 0, "d": 1, "x": -30, "y": -60, **{f"n{n}": -n for n in range(20)}}


def finding(signal: str = "s1", key: str = "k", **said: object) -> Finding:
    given = {
        "children": ("c",),
        "triggers": ("a",),
        "context": (),
        "says": "{a}",
        "parts": {},
        "consider": "Consider.",
        "ref": "F1",
        "level": Level.REVIEW,
        "owner": "csc",
    }
    return Finding(signal=signal, key=key, **{**given, **said})  # type: ignore[arg-type]


def around(grace: int = 0, waits: bool = True, beside: tuple[str, ...] = (), usual: int = 0) -> Surroundings:
    return Surroundings(
        day=lambda entry: DAY + dt.timedelta(days=DAYS[entry]),
        can_wait=lambda finding, trigger: waits,
        grace=lambda signal: grace,
        usual=lambda trigger: usual,
        says=lambda finding: f"{finding.signal} speaks.",
        beside=lambda finding: beside,
        rank=lambda signal: int(signal[1:]),
        why_ended=lambda: "because",
    )


EMPTY = Memory()


def day(number: int, *found: Finding, memory: Memory = EMPTY, **said: object) -> Outcome:
    return decide(found, memory, DAY + dt.timedelta(days=number), around(**said))  # type: ignore[arg-type]


def test_a_pattern_is_asked_once() -> None:
    first = day(0, finding())
    assert [ask.rests_on for ask in first.asks] == [("a",)]
    assert day(1, finding(), memory=first.memory).asks == ()


def test_it_is_asked_again_on_a_new_trigger_and_not_on_new_context() -> None:
    first = day(0, finding())
    again = finding(triggers=("a", "d"), context=("x",))
    assert day(1, finding(context=("x",)), memory=first.memory).asks == ()
    (ask,) = day(1, again, memory=first.memory).asks
    assert (ask.rests_on, ask.again) == (("d", "x", "a"), True)


def test_it_is_asked_again_when_graver_or_at_a_higher_stage() -> None:
    first = day(0, finding())
    assert day(1, finding(level=Level.ACT), memory=first.memory).asks
    assert day(1, finding(stage=1), memory=first.memory).asks


def test_a_note_asks_nobody() -> None:
    outcome = day(0, finding(level=Level.NOTE))
    assert outcome.asks == ()
    assert outcome.notes == (finding(level=Level.NOTE),)


def test_grace_waits_for_the_answer_of_the_next_days() -> None:
    first = day(0, finding(), grace=2)
    assert first.asks == ()
    assert first.look_again_on == DAY + dt.timedelta(days=2)
    gone = day(1, memory=first.memory, grace=2)
    assert gone.memory.waiting == {}
    assert day(2, finding(), memory=first.memory, grace=2).asks


def test_a_row_of_new_triggers_does_not_put_the_question_off() -> None:
    first = day(0, finding(), grace=2)
    second = day(1, finding(triggers=("a", "d")), memory=first.memory, grace=2)
    assert day(2, finding(triggers=("a", "d")), memory=second.memory, grace=2).asks


def test_grace_is_longer_where_the_answer_to_an_entry_usually_takes_longer() -> None:
    assert day(0, finding(), grace=2, usual=4).look_again_on == DAY + dt.timedelta(days=4)
    assert day(0, finding(), grace=0, usual=4).asks


def test_what_is_urgent_or_cannot_wait_is_asked_at_once() -> None:
    assert day(0, finding(level=Level.ACT), grace=2).asks
    assert day(0, finding(ask_now=True), grace=2).asks
    assert day(0, finding(), grace=2, waits=False).asks


def test_the_same_pattern_of_brother_and_sister_is_one_ask_about_both() -> None:
    (ask,) = day(0, finding(), finding(children=("s",), triggers=("b",), level=Level.ACT)).asks
    assert ask.children == ("c", "s")
    assert set(ask.rests_on) == {"a", "b"}
    assert ask.level is Level.ACT


def test_rules_that_rest_on_the_same_new_evidence_are_one_ask_with_every_reason() -> None:
    (ask,) = day(0, finding("s2", context=("y",)), finding("s1", context=("x",))).asks
    assert [reason.signal for reason in ask.reasons] == ["s1", "s2"]
    assert ask.rests_on == ("a", "x", "y")


def test_rules_that_share_only_what_they_rest_on_are_one_ask_too() -> None:
    assert len(day(0, finding(context=("x",)), finding("s2", triggers=("b",), context=("x",))).asks) == 1
    assert len(day(0, finding(), finding("s2", triggers=("b",))).asks) == 2


def test_another_team_is_asked_apart() -> None:
    assert len(day(0, finding(), finding("s2", owner="hv")).asks) == 2


def test_no_ask_cites_more_than_twelve_entries_and_none_is_made_to_fit() -> None:
    many = tuple(f"n{n}" for n in range(1, 9))
    asks = day(0, finding(context=many), finding("s2", context=tuple(f"n{n}" for n in range(9, 17)))).asks
    assert [len(ask.rests_on) for ask in asks] == [9, 9]
    (ask,) = day(0, finding(context=tuple(f"n{n}" for n in range(1, 16)))).asks
    assert ask.rests_on[0] == "a"
    assert len(ask.rests_on) == 12


def test_what_stands_beside_fills_the_rest() -> None:
    (ask,) = day(0, finding(context=("x",)), beside=("y", "a", "n1")).asks
    assert ask.rests_on == ("a", "x", "y", "n1")


def test_an_ask_on_nothing_but_what_was_just_cited_adds_its_reason_there() -> None:
    first = day(0, finding(context=("x",)))
    later = day(1, finding(context=("x",)), finding("s2", triggers=("x",)), memory=first.memory)
    assert later.asks == ()
    assert [(item.asked_on, item.signal, item.reason.signal) for item in later.swallowed] == [(DAY, "s1", "s2")]
    weeks = day(32, finding(context=("x",)), finding("s2", triggers=("x",)), memory=first.memory)
    assert len(weeks.asks) == 1


def test_a_graver_one_or_one_about_another_child_is_asked_all_the_same() -> None:
    first = day(0, finding(context=("x",)))
    assert day(1, finding("s2", triggers=("x",), level=Level.ACT), memory=first.memory).asks
    assert day(1, finding("s2", triggers=("x",), children=("s",)), memory=first.memory).asks


def test_an_alert_ends_by_itself_once_and_says_why() -> None:
    first = day(0, finding())
    ended = day(1, memory=first.memory)
    assert [(item.signal, item.key, item.why) for item in ended.ended] == [("s1", "k", "because")]
    assert day(2, memory=ended.memory).ended == ()


def test_an_ended_pattern_is_not_asked_again_on_the_same_evidence() -> None:
    ended = day(1, memory=day(0, finding()).memory)
    assert day(2, finding(), memory=ended.memory).asks == ()
    assert day(2, finding(triggers=("a", "d")), memory=ended.memory).asks


def test_memory_is_plain_data_and_back() -> None:
    memory = day(0, finding(), finding("s2", key="z", triggers=("b",)), grace=0).memory
    waiting = day(1, finding(triggers=("a", "d")), memory=memory, grace=2).memory
    assert Memory.from_plain(waiting.to_plain()) == waiting
    assert Memory.from_plain({}) == Memory()


def test_what_was_asked_about_twice_is_remembered_whole() -> None:
    first = day(0, finding(triggers=("a",)))
    second = day(1, finding(triggers=("d",)), memory=first.memory)
    assert second.asks
    assert day(2, finding(triggers=("a", "d")), memory=second.memory).asks == ()


def test_what_is_new_is_cited_newest_first() -> None:
    (ask,) = day(1, finding(triggers=("y", "a", "x", "d"))).asks
    assert ask.rests_on == ("d", "a", "x", "y")
