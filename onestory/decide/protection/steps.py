"""The steps that may follow, each as a form of its own: only the one that was sent holds what was typed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onestory.decide.protection.forms import StepForm
from onestory.decide.protection.states import MAY, TRANSITIONS, Stage
from onestory.platform.agencies.models import Agency


@dataclass(frozen=True, slots=True)
class Step:
    """What a step asks for. ``event``: whoever may do this sees the step."""

    do: str
    event: str
    heading: str
    button: str


STEPS = (
    Step("conference", "conference: plan", "Record the conference", "Record the conference"),
    Step("step up", "step up", "Step up: ask for a strategy discussion", "Step up"),
    Step("discussion", "discuss: enquiry", "Record a strategy discussion", "Record the discussion"),
    Step("end", "end enquiry", "End the enquiry without a conference", "End the enquiry"),
)
"""In the order in which they stand on the page: the first that may follow stands open."""


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step with its form; ``open`` where it stands open."""

    step: Step
    form: StepForm
    open: bool


def steps_shown(
    stage: Stage, role: str, agencies: list[Agency], *, sent: StepForm | None, typed: Mapping[str, Any] | None
) -> tuple[StepShown, ...]:
    """The steps that may follow the stage and that the role may take. ``sent``: the form that was refused.

    ``typed``: what somebody had typed before they were signed out, with ``do`` naming the step. What was typed stands
    there also where a colleague took the step meanwhile.
    """
    may = [one for one in STEPS if role in MAY[one.event] and (_follows(one, stage) or _said(one, sent, typed))]
    return tuple(
        StepShown(one, _form(one, agencies, sent, typed), number == 0 or _said(one, sent, typed))
        for number, one in enumerate(may)
    )


def _follows(step: Step, stage: Stage) -> bool:
    return step.event in TRANSITIONS[stage]


def _said(step: Step, sent: StepForm | None, typed: Mapping[str, Any] | None) -> bool:
    return step.do in (sent.do if sent else "", (typed or {}).get("do"))


def _form(step: Step, agencies: list[Agency], sent: StepForm | None, typed: Mapping[str, Any] | None) -> StepForm:
    if sent is not None and sent.do == step.do:
        return sent
    return StepForm(do=step.do, agencies=agencies, initial=typed if _said(step, None, typed) else None)
