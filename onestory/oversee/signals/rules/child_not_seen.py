"""Nobody has seen the child for a long time, although concern stands."""

import datetime as dt
from collections.abc import Iterator

from onestory.oversee.signals.reading import has_open_reports, ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Evidence
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """The days since the child was last seen, counted against what this child's age and plan allow."""
    if not has_open_reports(story) or story.is_unborn or story.exists_since is None:
        return
    plan, last = story.serious_plan, story.last_seen
    since = [item for item in story.open_reports if last is None or item.day >= last.happened.last]
    if not since:
        return
    seen_on = last.happened.last if last is not None else max(story.exists_since, story.born_on or story.exists_since)
    begins = seen_on if last is not None or plan is None else max(seen_on, plan.opened_on)
    days = _days(story, settings, clock)
    if not clock.passed(since[0].day, _respond(since[0], settings)):
        return
    if not clock.passed(begins, days) or not clock.within(begins, days + settings["fresh"]):
        return
    missed = _looked_past(story, begins)
    first = ids([last]) or ids(since[:1])
    yield Pattern(
        key=first[0],
        triggers=(*first, *ids(_spaced(story, missed, settings["again"]))),
        context=ids(
            [plan.opened if plan else None, *reversed(missed[-3:]), *reversed(since[-5:]), *story.closings[-1:]]
        ),
        says="No professional is on record as having seen the child since {last}, though concern stands."
        if last is not None
        else "No professional is on record as ever having seen the child, though concern stands: {last}.",
        parts={"last": first},
    )


def _respond(item: Evidence, settings: Settings) -> int:
    """Days in which the child is usually seen: where the report is dated by its month, so is what follows, and the
    whole month in which it falls due is left."""
    days = settings["respond"]
    if item.entry.known is None or item.entry.known.is_day:
        return days
    due = item.day + dt.timedelta(days=days)
    first_of_next = (due.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return (first_of_next - item.day).days


def _looked_past(story: Story, begins: dt.date) -> list[Entry]:
    """Contacts since then in which the child could have been seen and was not."""
    return [
        entry
        for entry in story.of("visit", "appointment")
        if story.child in entry.about and story.day(entry) > begins and entry.own.get("outcome") != "cancelled"
    ]


def _spaced(story: Story, entries: list[Entry], days: int) -> list[Entry]:
    spaced: list[Entry] = []
    for entry in entries:
        if not spaced or (story.day(entry) - story.day(spaced[-1])).days >= days:
            spaced.append(entry)
    return spaced


def _days(story: Story, settings: Settings, clock: Clock) -> int:
    if story.serious_plan is not None:
        return settings["under_plan"]
    young = story.born_on is not None and clock.within(story.born_on, 5 * 365)
    return settings["under_five"] if young else settings["school_age"]


RULE = Rule(
    signal="child_not_seen",
    title="A child whom nobody has seen",
    why="F was seen once in January 2018 and not again before the fall, while reports about the family came in.",
    consider="Agree who sees the child, by when, and what is to be looked at.",
    source="F5.44",
    look=look,
    needs=frozenset({"evidence"}),
    parameters=(
        Parameter("under_plan", 92, "days", "longest time unseen while a child in need or protection plan is open"),
        Parameter("under_five", 183, "days", "longest time unseen under five, where reports stand"),
        Parameter("school_age", 365, "days", "longest time unseen from five on, where reports stand"),
        Parameter("respond", 28, "days", "days after a report in which the child is usually seen"),
        Parameter("again", 92, "days", "how far apart further contacts without a sight of the child must be"),
        Parameter("fresh", 730, "days", "how long after that it may still be asked about"),
    ),
)
