"""The entries of an assessment: that it began, that it was completed, and what it came to, for the rules to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from onestory.decide.assessments.answering import Answer, Answers, asked
from onestory.decide.assessments.answers import Standing
from onestory.decide.assessments.choosing import ENTRY_TYPES, tool_of
from onestory.decide.assessments.factors import instrument_of, told_factors
from onestory.decide.assessments.models import Agreement, Assessment, Contribution
from onestory.decide.assessments.standing import conditions_of, protective_of
from onestory.decide.assessments.states import Given
from onestory.decide.assessments.tool import CHRONOLOGY_ANALYSIS, INTERPLAY, INTERPLAY_PRESENT, Tool
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.history.actions import record_entries, record_entry, supersede_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.history.new_entry import NewEntry
from onestory.platform.history.vocabulary import KINDS

FACTORS_OF = {
    "domestic_abuse": "domestic_abuse_parent",
    "mental_health": "mental_health_parent",
    "substance": "substance_unspecified",
}
"""What an assessment that answered how they act on one another has covered, as factors of the census."""
IN_SHORT = ("worry", "impact", "outcome-wanted", "pattern", "relevance-statement", "safe-tonight")
LONGEST = 4_000


def record_start(assessment: Assessment, about: list[UUID], *, by: User, at: dt.datetime) -> Entry | None:
    """That an assessment began; None for a tool that the chronology only knows as completed."""
    if assessment.tool not in ENTRY_TYPES:
        return None
    own = {"type": ENTRY_TYPES[assessment.tool], "stage": "started"}
    return record_entry(
        agency=assessment.agency_id,
        kind="assessment",
        happened=day(timezone.localdate(at)),
        about=tuple(about),
        own=own,
        by=by,
        at=at,
    )


def record_completion(assessment: Assessment, tool: Tool, standing: Standing, *, by: User, at: dt.datetime) -> Entry:
    """What was completed, whom it is about, which children were seen for it, and what it came to in its own words.

    Completed again after it was returned, it takes the place of what was recorded before.
    """
    new = _completion(assessment, tool, standing, at)
    if assessment.completed_in is not None:
        return supersede_entry(assessment.completed_in, new=new, by=by, at=at)
    return record_entries([new], by=by, at=at)[0]


def _completion(assessment: Assessment, tool: Tool, standing: Standing, at: dt.datetime) -> NewEntry:
    people = list(assessment.people.all())
    seen, alone = _seen(tool, standing.answers, [str(one.record_id) for one in people if one.is_child])
    kind = "assessment" if tool.name in ENTRY_TYPES else "tool"
    own: dict[str, object] = {"tool": instrument_of(tool, standing.answers)}
    if kind == "assessment":
        own = {"type": ENTRY_TYPES[tool.name], "stage": "completed", "tools": (tool.name,)}
        own["chronology"] = any(standing.answers.get(one.link) for one in tool.with_code(CHRONOLOGY_ANALYSIS))
        own["covers"] = frozenset(_covered(tool, standing.answers))
    restricted = "care_history" if assessment.info == InfoClass.CARE_HISTORY.number else None
    today = day(timezone.localdate(at))
    return NewEntry(
        agency=assessment.agency_id,
        kind=kind,
        happened=today,
        known=today,
        about=tuple(one.record_id for one in people),
        seen=tuple(seen),
        seen_alone=tuple(alone),
        factors=frozenset() if restricted else told_factors(tool, standing.answers),
        own={name: own[name] for name in own if name in KINDS[kind].by_name},
        text="" if restricted else "\n".join(_in_short(tool, standing))[:LONGEST],
        restricted=restricted,
        weight="key",
    )


def _covered(tool: Tool, answers: Mapping[str, Answer]) -> Iterator[str]:
    if not any(answers.get(one.link) for one in tool.with_code(INTERPLAY)):
        return
    for one in tool.with_code(INTERPLAY_PRESENT):
        present = answers.get(one.link, ())
        assert isinstance(present, tuple)
        yield from (FACTORS_OF[code] for code in present if code in FACTORS_OF)


def _seen(tool: Tool, answers: Answers, children: list[str]) -> tuple[list[UUID], list[UUID]]:
    """Children who were seen for it, and those of them who were seen alone."""
    links = [
        (group.link, one.link)
        for group in tool.items
        for one in group.within()
        if group.each_child and "child-seen" in one.codes
    ]
    said = {child: {answers.get(f"{group}.{child}.{link}") for group, link in links} for child in children}
    alone = [UUID(child) for child in children if "alone" in said[child]]
    return [UUID(child) for child in children if said[child] & {"alone", "with"}], alone


def _in_short(tool: Tool, standing: Standing) -> Iterator[str]:
    """The answers that say what it came to, in the order of the page."""
    for one in asked(tool, standing.answers, standing.rows):
        answer = standing.answers.get(one.path)
        if isinstance(answer, str) and answer.strip() and one.question.codes & set(IN_SHORT):
            yield f"{one.question.text} {answer.strip()}"


def record_said(said: Agreement, *, by: User, at: dt.datetime) -> Entry:
    """What the family said when they were asked whether they agree, as a note in the chronology."""
    tool = tool_of(said.assessment.tool, said.assessment.tool_version)
    text = f"{tool.title}: {said.get_answer_display().lower()}. Asked: {said.who}. {said.words}"
    return record_entry(**_common(said.assessment, by, at), kind="note", text=text.strip())


def record_lead(assessment: Assessment, *, by: User, at: dt.datetime) -> Entry:
    """Who leads for the family, as a note in the chronology."""
    text = f"Lead professional: {assessment.lead_professional}."
    return record_entry(**_common(assessment, by, at), kind="note", text=text)


def record_asked_again(said: Agreement, *, by: User, at: dt.datetime) -> Entry:
    """That the family is to be asked again by a day, as a promise of the agency that leads; or no longer."""
    own: dict[str, object] = {"action": f"agreement {said.assessment_id}", "stage": "done"}
    if said.again_on is not None:
        own |= {"stage": "required", "due": day(said.again_on), "owner": str(said.assessment.agency_id)}
    text = "Ask the family again whether they still agree to early help."
    return record_entry(**_common(said.assessment, by, at), kind="action", own=own, text=text, weight="system")


def record_asking(contribution: Contribution, *, by: User, at: dt.datetime) -> Entry:
    """That another agency is asked for its part, as a promise with a day (point of every contribution)."""
    own = {
        "action": f"contribution {contribution.id}",
        "stage": "required",
        "due": day(contribution.due_on),
        "owner": str(contribution.team.agency_id),
    }
    tool = tool_of(contribution.assessment.tool, contribution.assessment.tool_version)
    sections = "; ".join(item.text for item in tool.sections if item.link in contribution.sections)
    text = f"Add to the assessment “{tool.title}”: {sections}"
    return record_entry(
        **_common(contribution.assessment, by, at),
        kind="action",
        own=own,
        text=text,
        weight="system",
        shared_with={contribution.team.agency_id},
    )


def record_part(contribution: Contribution, *, by: User, at: dt.datetime) -> Entry:
    """That the part was given, or that it will not be."""
    stage = "done" if contribution.state == Given.GIVEN else "dropped"
    own = {"action": f"contribution {contribution.id}", "stage": stage}
    return record_entry(
        **_common(contribution.assessment, by, at), kind="action", own=own, text=contribution.reason, weight="system"
    )


def _common(assessment: Assessment, by: User, at: dt.datetime) -> dict[str, Any]:
    return {
        "agency": assessment.agency_id,
        "happened": day(timezone.localdate(at)),
        "about": tuple(assessment.people.values_list("record_id", flat=True)),
        "by": by,
        "at": at,
    }


def record_what_stands(assessment: Assessment, tool: Tool, standing: Standing, *, by: User, at: dt.datetime) -> None:
    """What goes on standing once a manager has signed: standing conditions, and who is relied on to protect the child.

    Whether somebody tested that reliance is said with it: untested, the rules ask for it (F5.14, F5.16).
    """
    people = list(assessment.people.all())
    for test, then in conditions_of(tool, standing, people):
        own = {"if": test, "then": then, "from": str(assessment.completed_in_id)}
        record_entry(**_common(assessment, by, at), kind="condition", own=own, weight="key")
    children = tuple(one.record_id for one in people if one.is_child)
    for one in protective_of(tool, standing):
        own = {"tested": one.tested, "evidence": "for"}
        told = _common(assessment, by, at) | {"about": children}
        record_entry(**told, kind="protective", own=own, text=one.words, weight="key")
