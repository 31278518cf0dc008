"""How far protection has come for a child, what may follow, and who may do it. Data: what is not here cannot happen."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where it stands."""

    NONE = "No enquiry is open"
    ASKED = "A strategy discussion is asked for"
    ENQUIRY = "A section 47 enquiry is open"
    PLAN = "A child protection plan is open"


TRANSITIONS: dict[Stage, dict[str, Stage]] = {
    Stage.NONE: {"step up": Stage.ASKED, "discuss: enquiry": Stage.ENQUIRY, "discuss: no enquiry": Stage.NONE},
    Stage.ASKED: {"discuss: enquiry": Stage.ENQUIRY, "discuss: no enquiry": Stage.NONE},
    Stage.ENQUIRY: {
        "conference: plan": Stage.PLAN,
        "conference: no plan": Stage.NONE,
        "end enquiry": Stage.NONE,
        "discuss: enquiry": Stage.ENQUIRY,
    },
    Stage.PLAN: {"step up": Stage.PLAN, "discuss: enquiry": Stage.PLAN, "discuss: no enquiry": Stage.PLAN},
}
"""From a stage, by what happens, to a stage."""

SOCIAL_CARE = frozenset({"duty_social_worker", "out_of_hours_social_worker", "social_worker", "social_work_manager"})
MAY: dict[str, frozenset[str]] = {
    "step up": SOCIAL_CARE,
    "discuss: enquiry": SOCIAL_CARE,
    "discuss: no enquiry": frozenset({"social_work_manager"}),
    "conference: plan": frozenset({"social_work_manager"}),
    "conference: no plan": frozenset({"social_work_manager"}),
    "end enquiry": frozenset({"social_work_manager"}),
}
"""Which roles may do it: what ends a matter is a manager's."""


class CannotHappen(ValueError):
    """It cannot happen at this stage, or not by this role; the message can be shown."""


def after(stage: Stage, event: str, role: str) -> Stage:
    """The stage that follows. Raises CannotHappen with a sentence for the user."""
    if role not in MAY[event]:  # first: whoever may not do it does not learn the stage by trying
        raise CannotHappen("Your role does not do this. A social work manager does.")
    if event not in TRANSITIONS[stage]:
        raise CannotHappen(f"{stage}. This cannot be done now.")
    return TRANSITIONS[stage][event]
