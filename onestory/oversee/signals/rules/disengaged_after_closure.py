"""After a plan was closed the family drew back, or what was promised to go on did not."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import MISSED, SHUT_OUT, ids, standing
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.circle import Circle
from onestory.platform.history.picked import Picked
from onestory.platform.history.plans import Plan
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """The last closing, while no other plan is open: what was missed since, and which promise has lapsed."""
    if story.serious_plan is not None:
        return
    plan = next((plan for plan in reversed(story.plans) if plan.is_serious), None)
    if plan is None or plan.closed is None or plan.closed_on is None:
        return
    since = [e for e in story.picked(COULD_DRAW_BACK) if story.position(e) > plan.closed_position]
    missed = [e for e in since if e.kind == "absence" or not story.seen_since(e.happened.last)]
    missed = [e for e in missed if (story.day(e) - plan.closed_on).days <= settings["within"]]
    if len(missed) >= settings["times"] and clock.within(story.day(missed[-1]), settings["fresh"]):
        yield Pattern(
            key=plan.closed.id,
            triggers=ids(missed),
            context=ids([plan.closed, *_promises(story, plan, clock)[-2:]]),
            says="Since {closed} the family has drawn back: {missed}.",
            parts={"closed": (plan.closed.id,), "missed": ids(missed[-3:])},
        )
    for promise in _promises(story, plan, clock):
        yield from _lapsed(story, promise, plan, clock, settings)


def _could_draw_back(circle: Circle, entry: Entry) -> bool:
    outcome = entry.own.get("outcome")
    if entry.kind == "visit":
        return outcome in SHUT_OUT and circle.bears_on_child(entry)
    if entry.kind == "absence":
        return circle.child in entry.about and entry.own.get("letter", 0) > 1
    return outcome in MISSED and circle.child in entry.about


COULD_DRAW_BACK = Picked(_could_draw_back, ("appointment", "visit", "absence"))


def _promises(story: Story, plan: Plan, clock: Clock) -> list[Entry]:
    day = plan.closed_on
    return [
        entry
        for entry in standing(story, clock, "aftercare")
        if story.bears_on_child(entry) and day is not None and abs((story.day(entry) - day).days) <= 28
    ]


def _lapsed(story: Story, promise: Entry, plan: Plan, clock: Clock, settings: Settings) -> Iterator[Pattern]:
    """A promise to see or hear of the child every so often, with no contact on record for twice as long."""
    every = _days(promise.own.get("every"))
    who = promise.own.get("who", "")
    if every is None or not story.sector_of(who):
        return
    kept = [e for e in story.after(promise) if e.by == who and story.child in (*e.seen, *e.seen_alone)]
    last = kept[-1] if kept else promise
    if clock.passed(story.day(last), 2 * every) and clock.within(story.day(last), 2 * every + settings["fresh"]):
        yield Pattern(
            key=f"{promise.id}:{last.id}",
            triggers=(promise.id,),
            context=ids([plan.closed, last]),
            says="What was promised to go on after the closing is not on record any more: {promise}; last: {last}.",
            parts={"promise": (promise.id,), "last": (last.id,)},
        )


def _days(period: str | None) -> int | None:
    """Days of an ISO 8601 duration of days, weeks, months or years; None where there is none."""
    if not period or period[0] != "P" or not period[1:-1].isdigit():
        return None
    return int(period[1:-1]) * {"D": 1, "W": 7, "M": 31, "Y": 366}.get(period[-1], 0) or None


RULE = Rule(
    signal="disengaged_after_closure",
    title="Drawing back after a plan was closed",
    why="When the plans were closed Mother disengaged, and it became hard to know how F was.",
    consider="Treat it as a reason to look again: who will see the child, and does the closing still hold?",
    source="F5.35, F5.40, F5.44",
    look=look,
    needs=frozenset({"plan"}),
    parameters=(
        Parameter("within", 365, "days", "how long after the closing"),
        Parameter("times", 2, "times", "how often makes a pattern"),
        Parameter("fresh", 183, "days", "how long it may still be asked about"),
    ),
    grace_days=2,
)
