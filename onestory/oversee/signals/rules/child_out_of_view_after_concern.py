"""A child drops out of professionals' sight just as concern is raised."""

import datetime as dt
from collections.abc import Iterator

from onestory.oversee.signals.reading import MISSED, SHUT_OUT, ids, is_report, later_than, standing_concern, waits
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Evidence
from onestory.platform.history.circle import Circle
from onestory.platform.history.evidence import AVOIDING, Weight
from onestory.platform.history.picked import Picked
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

STRONG_VISITS = frozenset({"refused", "wrong_address"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Withdrawals, doors not opened and appointments not kept since the child was last seen, while concern stands."""
    events = [entry for entry in story.picked(COULD_TURN_AWAY) if _turns_away(story, entry)]
    seen_on = _seen_on(story) if events else None
    hidden = [entry for entry in events if seen_on is None or seen_on <= entry.happened.last]
    hidden = [entry for entry in hidden if clock.within(story.day(entry), settings["fresh"])]
    if not hidden:
        return
    plan = story.serious_plan
    weight = sum([2 if _is_strong(entry) else entry.count for entry in hidden])
    if weight < 2 and plan is None:
        return
    concern = _concern(story, hidden, settings)
    doors = sum([entry.count for entry in hidden if entry.kind == "visit"]) if plan is not None else 0
    if doors < 2 and not any(is_report(story, item) for item in concern):
        return
    if weight < 2 and not concern:
        return
    if doors >= 2 or clock.passed(story.day(hidden[-1]), waits(hidden[-1], settings["respond"])):
        new = [item for item in later_than(story.position(hidden[0]), concern) if item.weight > Weight.SIGN]
        yield Pattern(
            key=hidden[0].id,
            triggers=ids(_in_order(story, [*hidden, *(item.entry for item in new)])),
            context=ids([plan.opened if plan else None, *(item.entry for item in reversed(concern[-5:]))]),
            says="While concern about the child stands, professionals are losing sight of the child: {hidden}.",
            parts={"hidden": ids(hidden[-3:])},
        )


def _could_turn_away(circle: Circle, entry: Entry) -> bool:
    if entry.kind == "visit":
        return circle.bears_on_child(entry) and entry.own.get("outcome") in SHUT_OUT
    if circle.child not in entry.about:
        return False
    if entry.kind == "appointment":
        return entry.own.get("outcome") in MISSED
    return entry.kind in ("absence", "withdrawal") or bool(entry.factors & AVOIDING)


COULD_TURN_AWAY = Picked(_could_turn_away, ("visit", "appointment", "absence", "withdrawal"), AVOIDING)


def _in_order(story: Story, entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=story.position)


def _turns_away(story: Story, entry: Entry) -> bool:
    if entry.kind == "absence":
        return story.serious_plan is not None or entry.own.get("sessions_percent", 0) >= 30
    return entry.kind != "withdrawal" or not _handed_over(story, entry)


def _handed_over(story: Story, withdrawal: Entry) -> bool:
    """Whether the next school or surgery has said that it has the child: a change of place, not a dropping out."""
    return any(
        notice.own.get("stage") == "acknowledged" and notice.by != withdrawal.by and story.child in notice.about
        for notice in story.after(withdrawal, "notice")
    )


def _is_strong(entry: Entry) -> bool:
    return entry.kind == "withdrawal" or entry.own.get("outcome") in STRONG_VISITS


def _seen_on(story: Story) -> dt.date | None:
    """The day on which the child was last seen; under a plan because of harm, seen alone."""
    plan = story.serious_plan
    last = story.last_seen_alone if plan is not None and plan.is_wary else story.last_seen
    return None if last is None else last.happened.last


def _concern(story: Story, hidden: list[Entry], settings: Settings) -> list[Evidence]:
    """What stood in the year before the child dropped from view, and whatever came in since."""
    day, place = story.day(hidden[0]), story.position(hidden[0])
    earlier = standing_concern(story, day, place, settings["concern"])
    known = {entry.id for entry in hidden}
    return [*earlier, *(item for item in later_than(place, story.not_settled) if item.id not in known)]


RULE = Rule(
    signal="child_out_of_view_after_concern",
    title="A child drops from view as concern rises",
    why="Children were kept from school, clinic and callers just as worry about them grew, and nobody insisted.",
    consider="See the child, alone, within days; agree who goes, with the police where needed.",
    source="F5.35, F5.44; Working Together 2023, chapter 1",
    look=look,
    needs=frozenset({"visit", "appointment", "absence", "withdrawal", "evidence"}),
    parameters=(
        Parameter("concern", 365, "days", "how long before it a report still counts as standing"),
        Parameter("respond", 3, "days", "days in which the child is usually seen after a day-precise event"),
        Parameter("fresh", 365, "days", "how long an event may still be asked about"),
    ),
)
