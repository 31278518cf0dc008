"""A plan is open, and its review or what it requires is overdue."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.plans import Plan
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """The open plan: reviews that are past their day, required actions not done."""
    plan = story.serious_plan
    if plan is None:
        return
    overdue = [entry for entry in _actions(story, plan) if _is_overdue(story, entry, clock, settings)]
    review = _review_due(story, plan, clock, settings)
    late = [*overdue, *([review] if review is not None else [])]
    if late:
        new = [item.entry for item in story.unanswered if item.position > plan.position]
        yield Pattern(
            key=plan.opened.id,
            triggers=ids(late),
            context=ids([plan.opened, *plan.reviews[-1:], *reversed(new[-5:])]),
            says="The plan is not being carried out as agreed; overdue: {late}.",
            parts={"late": ids(late)},
        )


def _actions(story: Story, plan: Plan) -> list[Entry]:
    actions = story.after(plan.opened, "action")
    done = {e.own.get("action") for e in actions if e.own.get("stage") in ("done", "dropped")}
    return [e for e in actions if e.own.get("stage") == "required" and e.own.get("action") not in done]


def _is_overdue(story: Story, action: Entry, clock: Clock, settings: Settings) -> bool:
    due = action.own.get("due")
    return clock.passed(due.last, 1) if due is not None else clock.passed(story.day(action), settings["undated"])


def _review_due(story: Story, plan: Plan, clock: Clock, settings: Settings) -> Entry | None:
    """The record that set the day of the review, where that day has passed without one."""
    last = next((e for e in reversed(plan.entries()) if e.own.get("review_due") is not None), None)
    if last is None or not clock.passed(last.own["review_due"].last, settings["review"]):
        return None
    reviewed = any(
        e.own.get("type") in ("cin_review", "core_group", "conference") or e in plan.reviews
        for e in story.after(last, "meeting", "plan")
    )
    return None if reviewed else last


RULE = Rule(
    signal="plan_not_carried_out",
    title="Review or required action overdue",
    why="Plans drifted: reviews were not held, and what they required was neither done nor given up.",
    consider="Hold the review; for each overdue action say who does it by when, or what happens instead.",
    source="F5.13, F5.38, LP2, LP6",
    look=look,
    needs=frozenset({"plan"}),
    parameters=(
        Parameter("undated", 92, "days", "days after which an action without a day is overdue"),
        Parameter("review", 28, "days", "days after its day on which a review counts as overdue"),
    ),
)
