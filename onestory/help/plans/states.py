"""States of a plan, of an action and of a proposal, and how each moves between them."""

from __future__ import annotations

from django.db import models

from onestory.platform.moves import CannotHappen as CannotHappen
from onestory.platform.moves import after


class Kind(models.TextChoices):
    """What sort of plan it is: the codes of a plan's entry."""

    EARLY_HELP = "early_help", "Early help plan"
    CHILD_IN_NEED = "child_in_need", "Child in need plan"
    CHILD_PROTECTION = "child_protection", "Child protection plan"


class PlanState(models.TextChoices):
    """Where a plan stands. That a review is late is read from its day, not kept."""

    DRAFT = "draft", "Being drawn up"
    OPEN = "open", "Open"
    CLOSED = "closed", "Ended"


class ActionState(models.TextChoices):
    """Where an action stands. A draft may lack its measure or its day; what is agreed may not (L1)."""

    DRAFT = "draft", "Not agreed yet"
    REQUIRED = "required", "To be done"
    DONE = "done", "Done"
    DROPPED = "dropped", "Given up"


class ProposalState(models.TextChoices):
    """Where a proposed change stands."""

    PROPOSED = "proposed", "Waits for the lead professional"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"


PLAN_TRANSITIONS: dict[PlanState, dict[str, PlanState]] = {
    PlanState.DRAFT: {"open": PlanState.OPEN},
    PlanState.OPEN: {"close": PlanState.CLOSED},
    PlanState.CLOSED: {},
}
ACTION_TRANSITIONS: dict[ActionState, dict[str, ActionState]] = {
    ActionState.DRAFT: {"agree": ActionState.REQUIRED, "drop": ActionState.DROPPED},
    ActionState.REQUIRED: {"complete": ActionState.DONE, "drop": ActionState.DROPPED},
    ActionState.DONE: {},
    ActionState.DROPPED: {},
}
PROPOSAL_TRANSITIONS: dict[ProposalState, dict[str, ProposalState]] = {
    ProposalState.PROPOSED: {"accept": ProposalState.ACCEPTED, "refuse": ProposalState.REFUSED},
    ProposalState.ACCEPTED: {},
    ProposalState.REFUSED: {},
}
"""From a state, by what happens, to a state. What is not here cannot happen."""

STANDING = (PlanState.DRAFT, PlanState.OPEN)


def plan_after(state: str, event: str) -> PlanState:
    """The state of a plan that follows; raises CannotHappen with a sentence for the user."""
    refused = "This cannot be done with a plan that is “{}”."
    return after(PLAN_TRANSITIONS, PlanState(state), event, refused=refused)


def action_after(state: str, event: str) -> ActionState:
    """The state of an action that follows; raises CannotHappen with a sentence for the user."""
    refused = "This cannot be done with an action that is “{}”."
    return after(ACTION_TRANSITIONS, ActionState(state), event, refused=refused)


def proposal_after(state: str, event: str) -> ProposalState:
    """The state of a proposal that follows; raises CannotHappen with a sentence for the user."""
    refused = "This proposal was answered already: {}."
    return after(PROPOSAL_TRANSITIONS, ProposalState(state), event, refused=refused)
