"""Plans, open ones first, each with what it required and nobody recorded as done (F5.39). Pure."""

from __future__ import annotations

from dataclasses import dataclass

from onestory.arrive.chronology.saying import code_words
from onestory.platform.history.plans import Plan
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story
from onestory.platform.ui.wording import listed, sentence
from onestory.web.decision_page.known import Known


@dataclass(frozen=True, slots=True)
class UndoneShown:
    """Something that a plan required, with no record that it was done."""

    words: str
    entry: str


@dataclass(frozen=True, slots=True)
class PlanShown:
    """One plan: level, opened, closed, who was in it, what was left undone."""

    level: str
    opened: str
    closed: str
    is_open: bool
    agencies: str
    undone: tuple[UndoneShown, ...]
    entry: str


def plans_shown(known: Known) -> tuple[PlanShown, ...]:
    """Every plan of the family, open ones first, then the latest closed."""
    story = known.story
    ordered = sorted(story.family_plans, key=lambda plan: (plan.closed is None, plan.position), reverse=True)
    return tuple(_shown(plan, known) for plan in ordered)


def _shown(plan: Plan, known: Known) -> PlanShown:
    agencies = (plan.closed or plan.opened).own.get("agencies") or plan.opened.own.get("agencies", ())
    unknown = plan.opened is plan.closed
    return PlanShown(
        level=sentence(f"{code_words(plan.type)} plan".strip()),
        opened="opening not on record" if unknown else plan.opened.happened.words(),
        closed=plan.closed.happened.words() if plan.closed else "",
        is_open=plan.closed is None,
        agencies=listed(known.names.each(agencies)) if agencies else "agencies not stated",
        undone=tuple(UndoneShown(_words(entry), entry.id) for entry in left_undone(known.story, plan)),
        entry=(plan.closed or plan.opened).id,
    )


def _words(entry: Entry) -> str:
    return entry.text or "An action whose words are not shown to you"


def left_undone(story: Story, plan: Plan) -> list[Entry]:
    """Actions required while the plan ran that no entry before its end, or since, says were done or dropped."""
    end = plan.closed_position if plan.closed else len(story.entries) + len(story.since(None))
    actions = story.of("action")
    during = [entry for entry in actions if plan.position <= story.position(entry) <= end]
    settled = {entry.own.get("action") for entry in actions if entry.own.get("stage") in ("done", "dropped")}
    return [
        entry for entry in during if entry.own.get("stage") == "required" and entry.own.get("action") not in settled
    ]
