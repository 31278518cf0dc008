"""How far protection has come for a child, what may follow, and who may do it. Data: what is not here cannot happen."""

from __future__ import annotations

from enum import StrEnum

from onestory.platform import moves


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


def after(stage: Stage, event: str, role: str) -> Stage:
    """The stage that follows. Raises CannotHappen with a sentence for the user."""
    # First: whoever may not do it does not learn the stage by trying.
    moves.check_role(MAY, role, event, refused="Your role does not do this. A social work manager does.")
    return moves.after(TRANSITIONS, stage, event, refused=f"{stage}. This cannot be done now.")
