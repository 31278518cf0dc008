"""An assessment is written by many hands, completed with nothing missing, and signed by somebody else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from onestory.decide.assessments import actions
from onestory.decide.assessments.answering import Answer, asked, missing
from onestory.decide.assessments.answers import Standing, standing_of
from onestory.decide.assessments.choosing import tool_of
from onestory.decide.assessments.models import AnswerGiven, Assessment, Contribution
from onestory.decide.assessments.policies import CannotAssess
from onestory.decide.assessments.queries import assessment_of
from onestory.decide.assessments.states import TRANSITIONS, State
from onestory.decide.assessments.tool import Question, Sort
from onestory.platform.access.actions import grant_tie
from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.access.keeping import keeping
from onestory.platform.access.ties import Because, Kind
from onestory.platform.agencies.models import Membership
from onestory.platform.history.models import Entry
from onestory.platform.moves import CannotHappen
from onestory.platform.notices.models import Notice
from tests.integration.platform.notices.teams import AT, DAY, Place, place, reads, works

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]
EARLY_HELP, FAMILY, CARE = "shared-early-help", "child-and-family", "care-experienced-parent"


class Here:
    """A team that leads, a school that is asked, a manager who signs."""

    def __init__(self) -> None:
        self.home: Place = place()
        self.amina: Membership = works("Amina Yusuf", self.home.duty, "social_worker")
        self.helen: Membership = works("Helen Ashworth", self.home.duty, "social_work_manager")
        self.ruth: Membership = works("Ruth Kendrick", self.home.school, "safeguarding_lead")

    def begun(self, tool: str = FAMILY, **what: Any) -> Assessment:
        given: dict[str, Any] = {"tool_name": tool, "about": [self.home.child], "team": self.home.duty}
        at = what.pop("at", AT)
        return actions.start_assessment(**(given | what), by=self.amina.user, at=at)

    def saves(self, one: Assessment, section: str, given: dict[str, object], **what: Any) -> list[actions.Overtaken]:
        told: dict[str, Any] = {"read": {}, "team": self.home.duty, "by": self.amina.user, "at": AT + DAY} | what
        return actions.save_answers(one.id, section=section, given=given, **told)

    def opens_chronology(self) -> None:
        record_access(
            act=Act.LOOK,
            what="chronology",
            people=[self.home.child.person_id],
            by=self.amina.user,
            at=AT + DAY,
            agency_id=self.home.duty.agency_id,
            role="social_worker",
        )

    def answers_everything(self, one: Assessment) -> None:
        tool = tool_of(one.tool)
        for _ in range(3):  # an answer can ask for more
            standing = standing_of(one, tool)
            wanted = {left.path for left in missing(tool, standing.answers, with_a_row(standing))}
            for item in tool.items:
                links = {inside.link for inside in item.within()}
                given: dict[str, object] = {
                    question.path: some(question.question)
                    for question in asked(tool, standing.answers, with_a_row(standing))
                    if question.path in wanted and question.question.link in links
                }
                if given:
                    self.saves(one, item.link, given)


def with_a_row(standing: Standing) -> dict[str, tuple[str, ...]]:
    return {path: rows or ("1",) for path, rows in standing.rows.items()}


def some(question: Question) -> Answer:
    """An answer that the question takes."""
    match question.sort:
        case Sort.BOOLEAN:
            return True
        case Sort.DATE:
            return "2026-11-20"
        case Sort.INTEGER:
            return question.least or 0
        case Sort.CHOICE:
            return (question.options[0].code,) if question.repeats else question.options[0].code
    return "Somebody wrote this."


def completed(here: Here, tool: str = FAMILY) -> Assessment:
    one = here.begun(tool)
    here.answers_everything(one)
    here.opens_chronology()
    return actions.complete_assessment(one.id, by=here.amina.user, at=AT + 2 * DAY)


def test_beginning_stands_on_record_with_its_forty_five_working_days() -> None:
    one = Here().begun()
    entry = Entry.objects.get(pk=one.started_in_id)
    assert (entry.kind, entry.own) == ("assessment", {"type": "child_and_family", "stage": "started"})
    assert one.due_on == dt.date(2027, 1, 29)


def test_early_help_rests_on_agreement() -> None:
    here = Here()
    with pytest.raises(CannotAssess, match="who agreed"):
        here.begun(EARLY_HELP)
    one = here.begun(EARLY_HELP, agreement="Her mother, on the telephone")
    assert standing_of(one, tool_of(EARLY_HELP)).answers["agreement-who"] == "Her mother, on the telephone"


def test_the_last_answer_counts_and_none_is_lost() -> None:
    here = Here()
    one = here.begun()
    here.saves(one, "reason", {"reason-concern": "first"})
    number = standing_of(one, tool_of(FAMILY)).number("reason-concern")
    here.saves(one, "reason", {"reason-concern": "second"}, read={"reason-concern": number})
    assert standing_of(one, tool_of(FAMILY)).answers["reason-concern"] == "second"
    assert list(AnswerGiven.objects.order_by("number").values_list("value", flat=True)) == ["first", "second"]


def test_of_two_who_answer_the_same_the_second_is_told_and_overwrites_nothing() -> None:
    here = Here()
    one = here.begun()
    here.saves(one, "reason", {"reason-concern": "hers"})
    told = here.saves(one, "reason", {"reason-concern": "mine", "reason-earlier": "mine too"})
    assert [(each.path, each.typed, each.stands, each.by) for each in told] == [
        ("reason-concern", "mine", "hers", "Amina Yusuf")
    ]
    standing = standing_of(one, tool_of(FAMILY))
    assert (standing.answers["reason-concern"], standing.answers["reason-earlier"]) == ("hers", "mine too")


def test_another_team_answers_only_what_it_was_asked_for() -> None:
    here = Here()
    one = here.begun()
    by_school: dict[str, Any] = {"team": here.home.school, "by": here.ruth.user}
    with pytest.raises(CannotAssess, match="not asked"):
        here.saves(one, "needs", {"needs-education": "Often late"}, **by_school)
    actions.ask_for_contribution(
        one.id, team=here.home.school, sections=["needs"], from_team=here.home.duty, by=here.amina.user, at=AT
    )
    here.saves(one, "needs", {"needs-education": "Often late"}, **by_school)
    with pytest.raises(CannotAssess, match="not asked"):
        here.saves(one, "parents", {"parents-basic": "?"}, **by_school)
    assert Notice.objects.get(to_team=here.home.school).address == f"/assessments/{one.id}"


@pytest.mark.parametrize("left_out", ["chronology", "answers", "contribution"])
def test_it_is_not_completed_while_something_is_missing(left_out: str) -> None:
    here = Here()
    one = here.begun()
    if left_out != "answers":
        here.answers_everything(one)
    if left_out != "chronology":
        here.opens_chronology()
    if left_out == "contribution":
        actions.ask_for_contribution(
            one.id, team=here.home.school, sections=["needs"], from_team=here.home.duty, by=here.amina.user, at=AT
        )
    with pytest.raises(CannotAssess):
        actions.complete_assessment(one.id, by=here.amina.user, at=AT + 2 * DAY)
    assert Assessment.objects.get(pk=one.id).state == State.OPEN


def test_completing_stands_on_record_with_chronology_what_it_covers_and_who_was_seen() -> None:
    here = Here()
    one = completed(here)
    entry = Entry.objects.get(pk=one.completed_in_id)
    assert entry.own["type"] == "child_and_family"
    assert entry.own["stage"] == "completed"
    assert entry.own["chronology"] is True
    assert entry.own["covers"] == ["domestic_abuse_parent"]
    assert {(each.part, each.record_id) for each in entry.people.all()} >= {("seen_alone", here.home.child.id)}


def test_somebody_else_of_the_leading_agency_signs_with_what_was_thought_over() -> None:
    here = Here()
    one = completed(here)
    sign: dict[str, Any] = {"team": here.home.duty, "at": AT + 3 * DAY, "words": "What would prove us wrong?"}
    with pytest.raises(CannotHappen, match="Somebody other"):
        actions.sign_assessment(one.id, role="social_work_manager", by=here.amina.user, **sign)
    with pytest.raises(CannotHappen, match="A manager"):
        actions.sign_assessment(one.id, role="social_worker", by=here.helen.user, **sign)
    with pytest.raises(CannotAssess, match="thought over"):
        actions.sign_assessment(one.id, role="social_work_manager", by=here.helen.user, **(sign | {"words": " "}))
    signed = actions.sign_assessment(one.id, role="social_work_manager", by=here.helen.user, **sign)
    assert (signed.state, signed.reflection) == (State.SIGNED, "What would prove us wrong?")


def test_what_is_returned_is_written_on_and_completed_again() -> None:
    here = Here()
    one = completed(here)
    back: dict[str, Any] = {"role": "social_work_manager", "team": here.home.duty, "by": here.helen.user}
    actions.return_assessment(one.id, words="Nobody spoke to her father.", at=AT + 3 * DAY, **back)
    number = standing_of(one, tool_of(FAMILY)).number("family-parents")
    here.saves(one, "family", {"family-parents": "He came on Monday."}, read={"family-parents": number})
    assert actions.complete_assessment(one.id, by=here.amina.user, at=AT + 4 * DAY).state == State.COMPLETED


def test_a_completed_one_is_not_changed() -> None:
    here = Here()
    one = completed(here)
    with pytest.raises(CannotHappen):
        here.saves(one, "reason", {"reason-concern": "other"})


def test_a_family_takes_its_agreement_back_and_it_ends_with_the_reason() -> None:
    here = Here()
    one = here.begun(EARLY_HELP, agreement="Her mother")
    actions.ask_for_contribution(
        one.id, team=here.home.school, sections=["see"], from_team=here.home.duty, by=here.amina.user, at=AT
    )
    ended = actions.end_assessment(one.id, reason="Her mother does not want it.", by=here.amina.user, at=AT + DAY)
    assert ended.state == State.ENDED
    assert Contribution.objects.get().state == "declined"


def test_every_state_is_reached_and_those_that_end_end() -> None:
    reached = {State.OPEN} | {after for events in TRANSITIONS.values() for after in events.values()}
    assert reached == set(State)
    assert TRANSITIONS[State.SIGNED] == TRANSITIONS[State.ENDED] == {}


def test_a_tool_that_is_completed_is_a_tool_in_the_chronology() -> None:
    here = Here()
    one = completed(here, "neglect-screening")
    assert Entry.objects.get(pk=one.completed_in_id).own == {"tool": "neglect-screening"}


def test_who_sees_it() -> None:
    here = Here()
    one = here.begun()
    grant_tie(
        here.home.child.person_id, kind=Kind.WORKER, because=Because.NAMED, user_id=here.amina.user_id, by=None, at=AT
    )
    assert assessment_of(reads(here.amina), one.id) == one
    assert assessment_of(reads(here.ruth), one.id) is None
    actions.ask_for_contribution(
        one.id, team=here.home.school, sections=["needs"], from_team=here.home.duty, by=here.amina.user, at=AT
    )
    assert assessment_of(reads(here.ruth), one.id) == one


def test_what_a_parent_tells_of_care_is_asked_of_nobody_else_and_seen_by_its_own_class() -> None:
    here = Here()
    with keeping():
        one = here.begun(CARE)
    assert one.get_info_display() == "care_history"
    with pytest.raises(CannotAssess, match="nobody else"):
        actions.ask_for_contribution(
            one.id, team=here.home.school, sections=["told"], from_team=here.home.duty, by=here.amina.user, at=AT
        )
    assert assessment_of(reads(here.ruth), one.id) is None
