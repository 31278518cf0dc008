"""Agreement, what is known already, who is relied on, conditions, parts as promises, disagreement."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from onestory.decide.assessments import actions
from onestory.decide.assessments.agreeing import agreement_of
from onestory.decide.assessments.answers import standing_of
from onestory.decide.assessments.challenging import answer_challenge, challenge_assessment
from onestory.decide.assessments.choosing import tool_of
from onestory.decide.assessments.known import Brought, from_earlier
from onestory.decide.assessments.models import AnswerGiven, Assessment, Contribution
from onestory.decide.assessments.policies import CannotAssess
from onestory.decide.assessments.queries import earlier_answers
from onestory.decide.assessments.states import Agrees, State, Taken
from onestory.oversee.signals.rules.standing_condition_met import RULE
from onestory.platform.access.actions import grant_tie
from onestory.platform.access.ties import Because, Kind
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.loading import load_history
from onestory.platform.history.models import Entry
from onestory.platform.history.story import build_story
from onestory.platform.notices.models import Notice
from onestory.web.assessments.presenters import of_section
from tests.integration.decide.assessments.test_writing_one import EARLY_HELP, FAMILY, Here, completed
from tests.integration.platform.notices.teams import AT, DAY, reads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]
ON = AT.date()
SIGNED: dict[str, Any] = {"words": "Read together.", "role": "social_work_manager", "at": AT + 3 * DAY}


def agreed(here: Here) -> Assessment:
    return here.begun(EARLY_HELP, agreement="Her mother, on the telephone")


def hears(here: Here, one: Assessment, answer: str, **what: Any) -> None:
    told: dict[str, Any] = {"who": "Her mother, at home", "asked_on": ON, "words": "Not now.", "at": AT + DAY}
    actions.hear_family(one.id, answer=answer, team=here.home.duty, by=here.amina.user, **(told | what))


def test_agreement_is_kept_as_said_and_asked_again_by_a_day_that_is_somebodys_promise() -> None:
    here = Here()
    one = agreed(here)
    said = agreement_of(one)
    assert said is not None
    assert (said.answer, said.who, said.again_on) == ("yes", "Her mother, on the telephone", dt.date(2027, 2, 16))
    promise = Commitment.objects.get(code=f"agreement {one.id}")
    assert (promise.due_on, promise.owner_agency) == (said.again_on, here.home.duty.agency)


def test_asked_again_the_promise_has_its_new_day_and_the_section_follows() -> None:
    here = Here()
    one = agreed(here)
    hears(here, one, Agrees.PART, again_on=dt.date(2027, 5, 4))
    assert Commitment.objects.get(code=f"agreement {one.id}").due_on == dt.date(2027, 5, 4)
    answers = standing_of(one, tool_of(EARLY_HELP)).answers
    assert (answers["agreement-given"], answers["agreement-limits"]) == ("part", "Not now.")


def test_taken_back_the_assessment_ends_and_nobody_is_asked_any_more() -> None:
    here = Here()
    one = agreed(here)
    hears(here, one, Agrees.WITHDRAWN)
    one.refresh_from_db()
    assert (one.state, one.why_ended) == (State.ENDED, "They take their agreement back: Her mother, at home. Not now.")
    assert Commitment.objects.get(code=f"agreement {one.id}").state == "kept"
    assert Entry.objects.filter(kind="note", entrytext__text__contains="they take their agreement back").exists()


def test_what_the_section_says_of_agreement_counts_and_without_it_nothing_is_completed() -> None:
    here = Here()
    one = agreed(here)
    here.answers_everything(one)
    here.opens_chronology()
    number = standing_of(one, tool_of(EARLY_HELP)).number("agreement-given")
    here.saves(one, "agreement", {"agreement-given": "no"}, read={"agreement-given": number})
    here.saves(one, "agreement", {"agreement-without": "We ask again in a month."})
    with pytest.raises(CannotAssess, match="does not agree"):
        actions.complete_assessment(one.id, by=here.amina.user, at=AT + 2 * DAY)


def test_nothing_is_completed_after_the_day_on_which_to_ask_again() -> None:
    here = Here()
    one = agreed(here)
    here.answers_everything(one)
    here.opens_chronology()
    hears(here, one, Agrees.YES, again_on=ON + 2 * DAY)
    with pytest.raises(CannotAssess, match="Ask the family again"):
        actions.complete_assessment(one.id, by=here.amina.user, at=AT + 3 * DAY)


def test_a_part_that_is_asked_for_is_a_promise_until_it_is_given() -> None:
    here = Here()
    one = here.begun()
    asked = actions.ask_for_contribution(
        one.id, team=here.home.school, sections=["needs"], from_team=here.home.duty, by=here.amina.user, at=AT
    )
    promise = Commitment.objects.get(code=f"contribution {asked.id}")
    assert (promise.state, promise.owner_agency, promise.due_on) == ("open", here.home.school.agency, asked.due_on)
    actions.answer_contribution(asked.id, declined=False, team=here.home.school, by=here.ruth.user, at=AT + DAY)
    promise.refresh_from_db()
    assert promise.state == "kept"
    assert Contribution.objects.get().state == "given"


def test_what_an_earlier_assessment_said_is_brought_in_with_source_and_day_and_confirmed() -> None:
    here = Here()
    completed(here)
    grant_tie(
        here.home.child.person_id, kind=Kind.LEAD, because=Because.LEAD, user_id=here.amina.user_id, by=None, at=AT
    )
    again = here.begun(at=AT + 10 * DAY)
    tool, standing = tool_of(FAMILY), standing_of(again, tool_of(FAMILY))
    asked = of_section(tool, "conclusion", standing, more=True)
    known = dict(from_earlier(asked, earlier_answers(reads(here.amina, AT + 10 * DAY), again)))
    worry = known["conclusion-worries"]
    assert worry.answer == "Somebody wrote this."
    assert worry.origin == "Child and family assessment, Children's Social Care, 25 November 2026"
    assert f"conclusion-child.{here.home.child.id}.conclusion-child-means" in known
    here.saves(
        again,
        "conclusion",
        {"conclusion-worries": worry.answer},
        brought={"conclusion-worries": Brought(Taken.CONFIRMED, worry.origin)},
    )
    row = AnswerGiven.objects.get(assessment=again)
    assert (row.taken, row.origin) == ("confirmed", worry.origin)


def test_voice_and_analysis_of_the_chronology_are_never_brought_in() -> None:
    here = Here()
    completed(here)
    grant_tie(
        here.home.child.person_id, kind=Kind.LEAD, because=Because.LEAD, user_id=here.amina.user_id, by=None, at=AT
    )
    again = here.begun(at=AT + 10 * DAY)
    tool, standing = tool_of(FAMILY), standing_of(again, tool_of(FAMILY))
    earlier = earlier_answers(reads(here.amina, AT + 10 * DAY), again)
    voice = of_section(tool, "voice", standing, more=True)
    history = [one for one in of_section(tool, "history", standing, more=True) if one.path == "history-analysis"]
    assert dict(from_earlier(voice, earlier)) == {}
    assert dict(from_earlier(history, earlier)) == {}


def test_signing_leaves_standing_who_is_relied_on_and_whether_it_was_tested() -> None:
    here = Here()
    one = here.begun()
    person = {"who": "Her grandmother", "does": "Has her at weekends.", "for": "Rings us.", "against": "Is ill."}
    rows = {f"protective.1.protective-{name}": words for name, words in (person | {"stops": "Nobody."}).items()}
    here.saves(one, "protective", rows)
    here.answers_everything(one)
    here.opens_chronology()
    actions.complete_assessment(one.id, by=here.amina.user, at=AT + 2 * DAY)
    assert not Entry.objects.filter(kind="protective").exists()
    actions.sign_assessment(
        one.id,
        words="Read together.",
        role="social_work_manager",
        team=here.home.duty,
        by=here.helen.user,
        at=AT + 3 * DAY,
    )
    relied = Entry.objects.get(kind="protective")
    assert relied.own == {"tested": False, "evidence": "for"}
    assert "Her grandmother: Has her at weekends." in relied.entrytext.text


def test_a_condition_of_a_pre_birth_assessment_fires_when_such_an_entry_comes_in() -> None:
    here = Here()
    one = here.begun("pre-birth")
    row = {"if": "Any further concern", "when": "any_concern", "then": "Legal advice", "who": "The team manager"}
    here.saves(one, "conditions", {f"conditions-one.1.conditions-{name}": words for name, words in row.items()})
    here.answers_everything(one)
    here.opens_chronology()
    actions.complete_assessment(one.id, by=here.amina.user, at=AT + 2 * DAY)
    actions.sign_assessment(
        one.id,
        words="Read together.",
        role="social_work_manager",
        team=here.home.duty,
        by=here.helen.user,
        at=AT + 3 * DAY,
    )
    assert "Then: Legal advice The team manager" in Entry.objects.get(kind="condition").entrytext.own["then"]
    child = here.home.child
    told: dict[str, Any] = {"agency": here.home.school.agency_id, "kind": "concern", "happened": day(ON + 90 * DAY)}
    record_entry(**told, about=(child.id,), factors={"neglect"}, text="Left alone.", by=None, at=AT + 90 * DAY)
    today = ON + 91 * DAY
    story = build_story(load_history([child.person_id]), str(child.person_id), today)
    assert [finding.signal for finding in RULE.evaluate(story, today).findings] == ["standing_condition_met"]


def test_somebody_disagrees_and_somebody_else_answers() -> None:
    here = Here()
    one = here.begun()
    raised = challenge_assessment(
        one.id, words="He was not seen.", effect="Nobody knows.", team=here.home.school, by=here.ruth.user, at=AT
    )
    assert Notice.objects.get(kind="challenge").to_team == here.home.duty
    with pytest.raises(CannotAssess, match="team that leads"):
        answer_challenge(raised.id, answer="No.", team=here.home.school, by=here.ruth.user, at=AT + DAY)
    answer_challenge(raised.id, answer="We see him on Monday.", team=here.home.duty, by=here.helen.user, at=AT + DAY)
    with pytest.raises(CannotAssess, match="answered once"):
        answer_challenge(raised.id, answer="Again.", team=here.home.duty, by=here.helen.user, at=AT + DAY)
    assert Notice.objects.get(kind="answer").to_team == here.home.school
