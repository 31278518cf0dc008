"""The end of a plan: what the gate names, who answers, what a manager overrides, what everybody has the same day."""

from __future__ import annotations

import datetime as dt

import pytest

from onestory.help.closure.actions import answer_reason, override, send_record, write_record
from onestory.help.closure.answering import accept_task, decline_task, understand_differently
from onestory.help.closure.completing import close
from onestory.help.closure.gate import Part, StillOpen, left
from onestory.help.closure.ground import ground_of
from onestory.help.closure.models import Closure, ClosureReceiver, Override
from onestory.help.closure.policies import CannotKeep
from onestory.help.plans.models import Plan
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.models import Entry
from onestory.platform.moves import CannotHappen
from onestory.platform.notices.models import Notice
from tests.integration.help.closure.place import CONTACT, RECORD, TESTS, Second
from tests.integration.platform.notices.teams import AT, DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]


def open_at_gate(here: Second, closure: Closure, *, closing: bool = False) -> list[str]:
    return [one.why_not for one in left(ground_of(closure, by=here.ben.user, at=AT), closing=closing)]


def test_the_gate_names_the_tests_the_contact_and_health_missing() -> None:
    here = Second()
    closure = here.written(receivers=False)
    named = open_at_gate(here, closure)
    assert f"Nobody has answered: {CONTACT}" in named
    assert f"Required, and not recorded as done: {TESTS}" in named
    assert any(one.startswith("Harbour Health Visiting is not told: Named in a plan") for one in named)
    with pytest.raises(StillOpen, match="drug tests"):
        here.does(send_record, closure.id)
    assert not Notice.objects.filter(kind="hand_over").exists()


def test_a_plan_with_everything_answered_ends_and_every_agency_has_it_the_same_day() -> None:
    here = Second()
    closure = here.sent()
    here.all_accept(closure)
    here.does(close, closure.id)

    plan = Plan.objects.get(id=here.plan.id)
    assert (plan.state, plan.closed_on) == ("closed", AT.date())
    told = Notice.objects.filter(kind="closure", sent_at=AT).values_list("to_team", flat=True)
    assert sorted(told) == sorted([here.social.id, here.school.id, here.visiting.id, here.nursing.id])
    assert plan.closed_in.own["agencies"]


def test_what_was_accepted_goes_on_as_a_commitment_of_the_team_with_its_rhythm() -> None:
    here = Second()
    closure = here.sent()
    here.all_accept(closure)
    here.does(close, closure.id)
    promises = Commitment.objects.filter(sort="aftercare").values_list("owner_team", "every", "until_on", "state")
    until = AT.date() + 180 * DAY
    assert (here.visiting.id, "P1M", until, "open") in list(promises)
    mother = Commitment.objects.get(sort="aftercare", owner_person__isnull=False)
    assert mother.what == RECORD["parents_will"]
    assert not Commitment.objects.filter(sort="hand_over", state="open").exists()


@pytest.mark.parametrize("part", ["reason", "action", "child", "chronology"])
def test_nothing_is_sent_with_a_point_open_save_by_a_managers_override(part: str) -> None:
    here = Second()
    closure = here.answered(part)
    of = {
        "reason": str(here.plan.reasons.get().id),
        "action": str(here.action.id),
        "child": str(here.child.person_id),
        "chronology": "",
    }[part]
    with pytest.raises(StillOpen) as refused:
        here.does(send_record, closure.id)
    assert [one.key for one in refused.value.points] == [(part, of)]
    with pytest.raises(CannotKeep, match="why"):
        here.overrides(closure, part, of, "  ")
    here.overrides(closure, part, of)
    here.does(send_record, closure.id)
    kept = Override.objects.get()
    assert (kept.part, kept.left, kept.reason, kept.by) == (
        part,
        refused.value.points[0].why_not,
        "I answer for it.",
        here.helen.user,
    )


def test_only_a_manager_overrides() -> None:
    here = Second()
    closure = here.answered("action")
    for post in (here.ben, here.ruth, here.wendy):
        with pytest.raises(CannotHappen, match="Only a manager"):
            here.does(override, closure.id, part="action", of=str(here.action.id), reason="It will do.", post=post)


def test_the_record_itself_cannot_be_overridden() -> None:
    here = Second()
    closure = here.answered()
    here.does(write_record, closure.id, texts={"if_not": ""})
    with pytest.raises(CannotHappen, match="without the closure record"):
        here.overrides(closure, "record", "if_not")


def test_without_a_receivers_answer_only_a_manager_ends_it_with_a_reason_in_the_chronology() -> None:
    here = Second()
    closure = here.sent()
    here.accepts(closure, here.wendy)
    here.accepts(closure, here.ruth)
    nurse = here.receiver(closure, here.nursing)
    with pytest.raises(StillOpen, match="School Nursing, Harbour School Nursing has not answered"):
        here.does(close, closure.id)
    here.overrides(closure, "receiver", str(nurse.id), "Rang twice; her manager knows.")
    here.does(close, closure.id)
    words = Plan.objects.get(id=here.plan.id).closed_in.entrytext.text
    assert "School Nursing, Harbour School Nursing has not answered." in words
    assert "Rang twice; her manager knows." in words


def test_a_late_answer_still_becomes_a_promise() -> None:
    here = Second()
    closure = here.sent()
    here.accepts(closure, here.tom)
    here.accepts(closure, here.ruth)
    visitor = here.receiver(closure, here.visiting)
    here.overrides(closure, "receiver", str(visitor.id))
    here.does(close, closure.id)
    assert not Commitment.objects.filter(sort="aftercare", owner_team=here.visiting).exists()
    here.accepts(closure, here.wendy)
    assert Commitment.objects.filter(sort="aftercare", owner_team=here.visiting).count() == 1


@pytest.mark.parametrize("act", [decline_task, understand_differently])
def test_whoever_does_not_accept_opens_the_record_again_for_all(act: object) -> None:
    here = Second()
    closure = here.sent()
    here.accepts(closure, here.tom)
    mine = here.receiver(closure, here.visiting)
    with pytest.raises(CannotKeep, match="why"):
        here.does(act, mine.id, version=1, words=" ", post=here.wendy)
    words = "We understood a call every three months."
    here.does(act, mine.id, version=1, words=words, post=here.wendy)

    closure.refresh_from_db()
    assert closure.state == "reopened"
    assert words in closure.reopened_because
    assert not Notice.objects.filter(kind="hand_over").exclude(state="acknowledged").exists()
    with pytest.raises(CannotHappen):
        here.does(close, closure.id)
    here.does(send_record, closure.id)
    waiting = ClosureReceiver.objects.filter(closure=closure).values_list("answer", "to_version")
    assert set(waiting) == {("waiting", 2)}
    assert Notice.objects.filter(kind="hand_over").exclude(state="acknowledged").count() == 3


def test_nobody_accepts_a_text_that_they_have_not_read() -> None:
    here = Second()
    closure = here.sent()
    mine = here.receiver(closure, here.visiting)
    here.does(write_record, closure.id, texts={"if_not": "Nothing."})
    here.does(send_record, closure.id)
    with pytest.raises(CannotHappen, match="has changed since you read it"):
        here.does(accept_task, mine.id, version=1, post=here.wendy)


def test_an_answer_to_an_older_text_does_not_count() -> None:
    here = Second()
    closure = here.sent()
    here.all_accept(closure)
    here.does(write_record, closure.id, texts={"who_to_call": "Nobody."})
    here.does(send_record, closure.id)
    with pytest.raises(StillOpen) as refused:
        here.does(close, closure.id)
    assert {one.part for one in refused.value.points} == {Part.RECEIVER}


def test_another_team_cannot_answer_for_a_receiver() -> None:
    here = Second()
    closure = here.sent()
    mine = here.receiver(closure, here.visiting)
    for post in (here.tom, here.ben, here.ruth):
        with pytest.raises(CannotHappen, match="not sent to your team"):
            here.does(accept_task, mine.id, version=1, post=post)


def test_two_endings_of_a_plan_are_one() -> None:
    here = Second()
    assert here.begun() == here.begun()


def test_the_second_of_two_in_a_team_changes_nothing() -> None:
    here = Second()
    closure = here.sent()
    here.accepts(closure, here.wendy)
    before = Entry.objects.count()
    here.accepts(closure, here.wendy)
    assert Entry.objects.count() == before


def test_a_child_seen_too_long_ago_is_named() -> None:
    here = Second()
    closure = here.answered("child")
    here.seen(AT.date() - dt.timedelta(days=60))
    assert open_at_gate(here, closure) == ["F was last seen too long ago."]
    here.seen(AT.date())
    assert open_at_gate(here, closure) == []


def test_in_a_summers_night_it_is_the_day_of_this_country() -> None:
    here = Second()
    closure, reason = here.written(), str(here.plan.reasons.get().id)
    night = dt.datetime(2027, 7, 6, 23, 30, tzinfo=dt.UTC)  # half past midnight in England
    said = {"met": True, "words": "None since spring.", "source": "Police", "post": here.ben, "by": here.ben.user}
    with pytest.raises(CannotKeep, match="after today"):
        answer_reason(closure.id, of=reason, on=dt.date(2027, 7, 8), at=night, **said)
    answer_reason(closure.id, of=reason, on=dt.date(2027, 7, 7), at=night, **said)
