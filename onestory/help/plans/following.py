"""What an entry says of an action holds for the plan too: somebody may answer it on the page of the commitment."""

from __future__ import annotations

from uuid import UUID

from onestory.help.plans.models import PlanAction
from onestory.help.plans.states import ActionState
from onestory.platform.history.models import EntryText
from onestory.platform.history.projections import Written

ENDS = {"done": ActionState.DONE, "dropped": ActionState.DROPPED}
NO_WORDS = "Recorded without words that can be shown here."


def follow_actions(written: Written) -> None:
    """End the actions of plans that new entries say were done or given up. Idempotent; no query where there is none."""
    ending = {
        one.own.get("action", ""): one
        for one in written.entries
        if one.kind == "action" and one.own.get("stage") in ENDS and _is_id(one.own.get("action", ""))
    }
    if not ending:
        return
    texts = dict(EntryText.objects.filter(entry__in=ending.values()).values_list("entry_id", "text"))
    waiting = PlanAction.objects.filter(id__in=ending, state=ActionState.REQUIRED).select_for_update()
    for action in waiting:
        entry = ending[str(action.id)]
        action.state, action.evidence_entry = ENDS[entry.own["stage"]], entry
        action.evidence = texts.get(entry.id) or NO_WORDS
        action.ended_on, action.version = entry.known_on, action.version + 1
        action.save(update_fields=["state", "evidence_entry", "evidence", "ended_on", "version"])


def _is_id(code: str) -> bool:
    try:
        UUID(code)
    except ValueError:
        return False
    return True
