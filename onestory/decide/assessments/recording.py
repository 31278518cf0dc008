"""The entries of an assessment: that it began, that it was completed, and what it came to, for the rules to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.utils import timezone

from onestory.decide.assessments.answering import Answer, Answers, asked
from onestory.decide.assessments.answers import Standing
from onestory.decide.assessments.choosing import ENTRY_TYPES
from onestory.decide.assessments.models import Assessment
from onestory.decide.assessments.tool import CHRONOLOGY_ANALYSIS, Tool
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
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
    """What was completed, whom it is about, which children were seen for it, and what it came to in its own words."""
    people = list(assessment.people.all())
    seen, alone = _seen(tool, standing.answers, [str(one.record_id) for one in people if one.is_child])
    kind = "assessment" if tool.name in ENTRY_TYPES else "tool"
    own: dict[str, object] = {"tool": tool.name}
    if kind == "assessment":
        own = {"type": ENTRY_TYPES[tool.name], "stage": "completed", "tools": (tool.name,)}
        own["chronology"] = any(standing.answers.get(one.link) for one in tool.with_code(CHRONOLOGY_ANALYSIS))
        own["covers"] = frozenset(_covered(standing.answers))
    restricted = "care_history" if assessment.info == InfoClass.CARE_HISTORY.number else None
    return record_entry(
        agency=assessment.agency_id,
        kind=kind,
        happened=day(timezone.localdate(at)),
        about=tuple(one.record_id for one in people),
        seen=tuple(seen),
        seen_alone=tuple(alone),
        own={name: own[name] for name in own if name in KINDS[kind].by_name},
        text="" if restricted else "\n".join(_in_short(tool, standing))[:LONGEST],
        restricted=restricted,
        weight="key",
        by=by,
        at=at,
    )


def _covered(answers: Mapping[str, Answer]) -> Iterator[str]:
    if not answers.get("interplay-how"):
        return
    present = answers.get("interplay-present", ())
    assert isinstance(present, tuple)
    yield from (FACTORS_OF[one] for one in present if one in FACTORS_OF)


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
