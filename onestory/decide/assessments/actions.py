"""Starting, answering, contributing, completing, signing: all writes of assessments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.decide.assessments import policies
from onestory.decide.assessments.agreeing import agreement_of, follow_answers, record_agreement
from onestory.decide.assessments.answering import check_answer
from onestory.decide.assessments.answers import Standing, standing_of
from onestory.decide.assessments.choosing import CLOCKS, tool_of
from onestory.decide.assessments.known import Brought
from onestory.decide.assessments.models import (
    Agreement,
    AnswerGiven,
    Assessment,
    AssessmentPerson,
    Contribution,
    Review,
)
from onestory.decide.assessments.recording import (
    record_asking,
    record_completion,
    record_lead,
    record_part,
    record_start,
    record_what_stands,
)
from onestory.decide.assessments.states import RESTS_ON, Agrees, Given, State, after
from onestory.decide.assessments.tool import AGREEMENT, Question, Tool
from onestory.decide.assessments.wishing import follow_wish, is_about_wish
from onestory.platform.access.guarding import keys_for
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import AccessRecord, User
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Team
from onestory.platform.deadlines import after_working_days, due_on
from onestory.platform.notices.actions import send_notice
from onestory.platform.people.models import AgencyRecord

NOTHING_BROUGHT: Mapping[str, Brought] = MappingProxyType({})
CONTRIBUTE_WITHIN = 10
"""Working days in which a team that was asked answers its sections, where nothing else is agreed."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """An answer that somebody else had given meanwhile: it was not saved over theirs."""

    path: str
    text: str
    typed: object
    stands: object
    by: str
    at: dt.datetime


@transaction.atomic
def start_assessment(
    *,
    tool_name: str,
    about: Collection[AgencyRecord],
    team: Team,
    lead_professional: str = "",
    agreement: str = "",
    by: User,
    at: dt.datetime,
) -> Assessment:
    """Begin an assessment of these people with this tool; 45 working days where the clock says so.

    Raises CannotAssess, NoSuchTool.
    """
    tool, today = tool_of(tool_name), timezone.localdate(at)
    children = [one for one in about if one.person.is_child]
    policies.check_may_start(tool, children=len(children), agreement=agreement)
    with keeping():
        assessment = Assessment(
            tool=tool.name,
            tool_version=tool.version,
            team=team,
            lead_professional=lead_professional,
            started_by=by,
            started_at=at,
            due_on=due_on(CLOCKS[tool.name], today) if tool.name in CLOCKS else None,
            agency_id=team.agency_id,
            info=(InfoClass.CARE_HISTORY if tool.restricted else InfoClass.PLANS).number,
            keys=keys_for(one.id for one in about),
        )
        assessment.started_in = record_start(assessment, [one.id for one in about], by=by, at=at)
        assessment.save()
        AssessmentPerson.objects.bulk_create(
            AssessmentPerson(
                assessment=assessment,
                record=one,
                label=one.label,
                born=str(one.born or ""),
                known_as=one.person_id,
                is_child=one.person.is_child,
            )
            for one in about
        )
        if list(tool.with_code(AGREEMENT)):
            record_agreement(
                assessment.id, answer=Agrees.YES, who=agreement, asked_on=today, again_on=None, team=team, by=by, at=at
            )
    return assessment


@transaction.atomic
def save_answers(
    assessment_id: UUID,
    *,
    section: str,
    given: Mapping[str, object],
    read: Mapping[str, int],
    team: Team,
    by: User,
    at: dt.datetime,
    brought: Mapping[str, Brought] = NOTHING_BROUGHT,
) -> list[Overtaken]:
    """Save the answers of one section that differ from what stands. Returns those that others gave meanwhile.

    ``read``: of each path the number of the saving that the writer had before them. Where another stands by now, theirs
    is left, and the writer is told what they typed. ``brought``: which answers confirm or correct what was known.
    Raises AnswerRefused for the first answer that is not taken, CannotAssess, CannotHappen; nothing is saved then.
    """
    with keeping():
        assessment = _locked(assessment_id)
        contributions = list(assessment.contributions.all())
        policies.check_may_answer(assessment, section, team_id=team.id, contributions=contributions)
        tool = tool_of(assessment.tool, assessment.tool_version)
        standing = standing_of(assessment, tool)
        changed = _changed(_questions(tool, section), given, standing)
        overtaken = [
            Overtaken(path, text, answer, standing.answers.get(path, ""), str(last.by), last.answered_at)
            for path, (text, answer) in changed.items()
            if (last := standing.given.get(path)) is not None and last.number != read.get(path, 0)
        ]
        theirs = {one.path for one in overtaken}
        new = {path: answer for path, (_, answer) in changed.items() if path not in theirs}
        _keep(assessment, new, team, by, at, brought)
        follow_answers(assessment, tool, new, by=by, at=at)
        if is_about_wish(tool, new):
            follow_wish(assessment, tool, standing_of(assessment, tool).answers, by=by, at=at)
    return overtaken


def _changed(
    questions: Mapping[str, Question], given: Mapping[str, object], standing: Standing
) -> dict[str, tuple[str, object]]:
    """The answers that differ from what stands, each with its question in words."""
    changed: dict[str, tuple[str, object]] = {}
    for path, typed in given.items():
        question = questions.get(path.rpartition(".")[2])
        if question is None:
            raise policies.CannotAssess("section", f"“{path}” is no question of this section")
        answer = check_answer(question, typed)
        if answer != standing.answers.get(path, ""):
            changed[path] = (question.text, answer)
    return changed


def _questions(tool: Tool, section: str) -> dict[str, Question]:
    found = tool.section(section)
    return {one.link: one for one in found.within()} if found else {}


def _keep(
    assessment: Assessment,
    answers: Mapping[str, object],
    team: Team,
    by: User,
    at: dt.datetime,
    brought: Mapping[str, Brought] = NOTHING_BROUGHT,
) -> None:
    rows = [
        AnswerGiven(assessment_id=assessment.pk, path=path, value=value, by_id=by.pk, team_id=team.pk, answered_at=at)
        for path, value in answers.items()
    ]
    for row in rows:
        if row.path in brought:
            row.taken, row.origin = brought[row.path].taken, brought[row.path].origin
    AnswerGiven.objects.bulk_create(rows)


@transaction.atomic
def ask_for_contribution(
    assessment_id: UUID, *, team: Team, sections: Iterable[str], from_team: Team, by: User, at: dt.datetime
) -> Contribution:
    """Ask another team to answer sections; it stands in their inbox until they do or decline. Raises CannotAssess."""
    wanted = list(sections)
    if not wanted:
        raise policies.CannotAssess("sections", "Select which sections they are asked for")
    with keeping():
        assessment = _locked(assessment_id)
        if assessment.contributions.filter(team=team, state=Given.ASKED).exists():
            raise policies.CannotAssess("team", f"{team} has been asked already and has not answered yet")
        if assessment.info == InfoClass.CARE_HISTORY.number:
            raise policies.CannotAssess("team", "What a parent tells here is answered by nobody else")
        contribution = Contribution.objects.create(
            assessment=assessment,
            team=team,
            asking_team=from_team,
            sections=wanted,
            asked_by=by,
            asked_at=at,
            due_on=after_working_days(timezone.localdate(at), CONTRIBUTE_WITHIN),
        )
        record_asking(contribution, by=by, at=at)
        send_notice(
            to_team=team,
            from_team=from_team,
            about=AgencyRecord.objects.filter(id__in=assessment.people.values("record")),
            kind="action",
            words=f"{from_team} asks you to add to an assessment: {tool_of(assessment.tool).title}.",
            address=f"/assessments/{assessment.id}",
            once=f"contribution {contribution.id}",
            by=by,
            at=at,
        )
    return contribution


@transaction.atomic
def answer_contribution(
    contribution_id: UUID, *, declined: bool, reason: str = "", team: Team, by: User, at: dt.datetime
) -> Contribution:
    """Say that one's part is given, or why it is not. Raises CannotAssess."""
    if declined and not reason.strip():
        raise policies.CannotAssess("reason", "Enter why you do not add to this assessment")
    with keeping():
        contribution = Contribution.objects.select_for_update().get(pk=contribution_id)
        if contribution.state != Given.ASKED or contribution.team_id != team.id:
            raise policies.CannotAssess("reason", "This was answered already")
        contribution.state = Given.DECLINED if declined else Given.GIVEN
        contribution.reason, contribution.answered_by, contribution.answered_at = reason, by, at
        contribution.save()
        record_part(contribution, by=by, at=at)
    return contribution


@transaction.atomic
def complete_assessment(assessment_id: UUID, *, by: User, at: dt.datetime) -> Assessment:
    """Complete it: everything answered, nobody owing, the chronology read and analysed (C3). It waits for a manager.

    Raises CannotAssess, CannotHappen.
    """
    with keeping():
        assessment = _locked(assessment_id)
        state = after(assessment.state, "complete")
        tool = tool_of(assessment.tool, assessment.tool_version)
        standing = standing_of(assessment, tool)
        _check_complete(assessment, tool, standing, at)
        follow_wish(assessment, tool, standing.answers, by=by, at=at)
        assessment.state, assessment.completed_by, assessment.completed_at = state, by, at
        assessment.completed_in = record_completion(assessment, tool, standing, by=by, at=at)
        assessment.save()
    return assessment


def _check_complete(assessment: Assessment, tool: Tool, standing: Standing, at: dt.datetime) -> None:
    waiting = assessment.contributions.filter(state=Given.ASKED).select_related("team__agency")
    policies.check_may_complete(
        tool, standing.answers, standing.rows, waiting=waiting, chronology_opened=_chronology_opened(assessment)
    )
    policies.check_agreed(tool, agreement_of(assessment), timezone.localdate(at))


def _chronology_opened(assessment: Assessment) -> bool:
    """Whether somebody who answered has opened the chronology of one of the children since it began: an audit fact."""
    writers = AnswerGiven.objects.filter(assessment=assessment).values("by")
    people = list(assessment.people.values_list("record__person", flat=True))
    looked = AccessRecord.objects.filter(actor__in=writers, at__gte=assessment.started_at, people__overlap=people)
    return looked.filter(what__startswith="chronology").exists()


@transaction.atomic
def sign_assessment(assessment_id: UUID, *, words: str, role: str, team: Team, by: User, at: dt.datetime) -> Assessment:
    """A manager signs, with what was thought over together (L9, LP8). Raises CannotAssess, CannotHappen."""
    return _review(assessment_id, "sign", Review.Decision.SIGNED, words, role, team, by, at)


@transaction.atomic
def return_assessment(
    assessment_id: UUID, *, words: str, role: str, team: Team, by: User, at: dt.datetime
) -> Assessment:
    """A manager gives it back with what has to change. Raises CannotAssess, CannotHappen."""
    return _review(assessment_id, "return", Review.Decision.RETURNED, words, role, team, by, at)


def _review(
    assessment_id: UUID, event: str, decision: str, words: str, role: str, team: Team, by: User, at: dt.datetime
) -> Assessment:
    with keeping():
        assessment = _locked(assessment_id)
        state = after(assessment.state, event)
        policies.check_may_sign(assessment, by=by, role=role, team_agency=team.agency_id, words=words)
        Review.objects.create(assessment=assessment, decision=decision, words=words, by=by, decided_at=at)
        assessment.state = state
        if state == State.SIGNED:
            tool = tool_of(assessment.tool, assessment.tool_version)
            standing = standing_of(assessment, tool)
            _check_complete(assessment, tool, standing, at)
            assessment.signed_by, assessment.signed_at, assessment.reflection = by, at, words
            record_what_stands(assessment, tool, standing, by=by, at=at)
        assessment.save()
    return assessment


@transaction.atomic
def name_lead(assessment_id: UUID, *, lead: str, by: User, at: dt.datetime) -> Assessment:
    """Say who leads for the family (T4.3). It stands in the chronology as a note. Raises CannotAssess."""
    if not lead.strip():
        raise policies.CannotAssess("lead", "Enter who leads")
    with keeping():
        assessment = _locked(assessment_id)
        assessment.lead_professional = lead.strip()[:200]
        assessment.save(update_fields=["lead_professional"])
        record_lead(assessment, by=by, at=at)
    return assessment


@transaction.atomic
def hear_family(
    assessment_id: UUID,
    *,
    answer: str,
    who: str,
    asked_on: dt.date,
    team: Team,
    by: User,
    at: dt.datetime,
    words: str = "",
    again_on: dt.date | None = None,
) -> Agreement:
    """Write down what the family said when they were asked again; where they no longer agree, what is open ends.

    Raises CannotAssess, CannotHappen.
    """
    with keeping():
        assessment = _locked(assessment_id)
        said = record_agreement(
            assessment.id,
            answer=answer,
            who=who,
            words=words,
            asked_on=asked_on,
            again_on=again_on,
            team=team,
            by=by,
            at=at,
        )
        if said.answer not in RESTS_ON and assessment.state not in (State.SIGNED, State.ENDED):
            reason = f"{said.get_answer_display()}: {said.who}. {said.words}".strip()
            end_assessment(assessment.id, reason=reason, by=by, at=at)
    return said


@transaction.atomic
def end_assessment(assessment_id: UUID, *, reason: str, by: User, at: dt.datetime) -> Assessment:
    """End it without completing it, with the reason: the family withdrew its agreement, for example (T3.4)."""
    if not reason.strip():
        raise policies.CannotAssess("reason", "Enter why it ends without being completed")
    with keeping():
        assessment = _locked(assessment_id)
        assessment.state, assessment.why_ended = after(assessment.state, "end"), reason
        assessment.completed_by, assessment.completed_at = by, at
        assessment.save()
        for one in assessment.contributions.filter(state=Given.ASKED):
            one.state, one.reason, one.answered_by, one.answered_at = (
                Given.DECLINED,
                "The assessment has ended.",
                by,
                at,
            )
            one.save()
            record_part(one, by=by, at=at)
    return assessment


def _locked(assessment_id: UUID) -> Assessment:
    """The row, held until the transaction ends: of two who save at once the second sees the first."""
    return Assessment.objects.select_for_update(of=("self",)).select_related("team__agency").get(pk=assessment_id)
