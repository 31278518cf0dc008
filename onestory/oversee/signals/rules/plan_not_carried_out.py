"""A plan is open, and its review or what it requires is overdue."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.evidence import HARMFUL
from onestory.platform.history.plans import Plan
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """The open plan: reviews that are past their day; and required actions not done, whoever required them."""
    plan = story.serious_plan
    actions = _actions(story, plan)
    overdue = [entry for entry in actions if _is_overdue(story, entry, clock, settings)]
    review = _review_due(story, plan, clock, settings) if plan is not None else None
    late = [*overdue, *([review] if review is not None else [])]
    if late:
        first = plan.opened if plan is not None else late[0]
        new = [item.entry for item in story.unanswered if item.position > story.position(first)]
        yield Pattern(
            key=first.id,
            triggers=ids(late),
            context=ids([first, *(plan.reviews[-1:] if plan else []), *_behind(story, overdue), *reversed(new[-5:])]),
            says="The plan is not being carried out as agreed; overdue: {late}.",
            parts={"late": ids(late)},
        )


def _actions(story: Story, plan: Plan | None) -> list[Entry]:
    """Required and neither done nor given up, since the last plan before this one ended: a court or a meeting may
    have required it before the plan was opened, or without one."""
    ended = [other for other in story.plans if other.closed is not None and other.is_serious and other is not plan]
    start = max((other.closed_position for other in ended), default=-1)
    actions = [entry for entry in story.of("action") if story.position(entry) > start]
    done = {e.own.get("action") for e in actions if e.own.get("stage") in ("done", "dropped")}
    return [e for e in actions if e.own.get("stage") == "required" and e.own.get("action") not in done]


def _behind(story: Story, overdue: list[Entry]) -> list[Entry]:
    """The latest entries on the need or risk for which the overdue actions were required, and returns home since."""
    named = frozenset().union(*(entry.factors for entry in overdue)) & HARMFUL
    same = [e for e in story.naming(HARMFUL) if e.factors & named and e.kind not in ("action", "plan")]
    home = [e for e in story.of("household") if story.child in e.own.get("joined", ())]
    return [*reversed(home[-1:]), *reversed(same[-3:])]


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
    needs=frozenset({"plan", "action"}),
    parameters=(
        Parameter("undated", 92, "days", "days after which an action without a day is overdue"),
        Parameter("review", 28, "days", "days after its day on which a review counts as overdue"),
    ),
)
