"""A plan at the same level begins again soon after the last one ended."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import before, ids, reports
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.plans import Plan
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each plan that repeats one of the same level without a conference between them."""
    plans = [plan for plan in story.family_plans if plan.is_serious]
    for place, plan in enumerate(plans):
        if not story.bears_on_child(plan.opened):
            continue
        earlier = [p for p in plans[:place] if _repeats(p, plan, settings)]
        if not earlier or not clock.within(plan.opened_on, settings["fresh"]):
            continue
        last = earlier[-1]
        assert last.closed is not None
        between = before(plan.opened_on, reports(story.evidence), 183, plan.position)
        openings = [p.opened for p in reversed(earlier)]
        yield Pattern(
            key=plan.opened.id,
            triggers=(plan.opened.id,),
            context=ids([last.closed, *openings, *(item.entry for item in reversed(between[-4:]))]),
            says="A plan at the same level begins again: {plan}; the last one: {last}.",
            parts={"plan": (plan.opened.id,), "last": ids([last.opened, last.closed])},
        )


def _repeats(earlier: Plan, plan: Plan, settings: Settings) -> bool:
    if earlier.type != plan.type or earlier.closed_on is None or earlier.closed_position > plan.position:
        return False
    return (plan.opened_on - earlier.closed_on).days <= settings["between"]


RULE = Rule(
    signal="same_level_plan_repeated",
    title="The same level of plan again",
    why="The same concerns led to a second child in need plan; stepping up was not considered.",
    consider="Say what will be different this time, and whether a conference or legal advice is due.",
    source="F5.11, F5.26, F5.30",
    look=look,
    needs=frozenset({"plan"}),
    parameters=(
        Parameter("between", 730, "days", "how soon after the last plan a new one counts as a repeat"),
        Parameter("fresh", 183, "days", "how long a new plan may still be asked about"),
    ),
)
