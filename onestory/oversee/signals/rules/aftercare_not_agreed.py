"""Agencies hold different notes of what goes on after a closing."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Promises made at about the same time by different agencies that do not say the same."""
    promises = [entry for entry in story.of("aftercare") if story.bears_on_child(entry)]
    for place, entry in enumerate(promises):
        if not clock.within(story.day(entry), settings["fresh"]):
            continue
        others = [other for other in promises[:place] if _differs(story, other, entry, settings)]
        if others:
            closed = [plan.closed for plan in story.plans if plan.closed is not None]
            yield Pattern(
                key=others[0].id,
                triggers=ids([*others, entry]),
                context=ids(closed[-1:]),
                says="Agencies hold different notes of what goes on after the closing: {notes}.",
                parts={"notes": ids([*others, entry])},
            )


def _differs(story: Story, one: Entry, two: Entry, settings: Settings) -> bool:
    if one.by == two.by or (story.day(two) - story.day(one)).days > settings["together"]:
        return False
    return any(one.own.get(key) != two.own.get(key) for key in ("who", "every", "until"))


RULE = Rule(
    signal="aftercare_not_agreed",
    title="What follows the closing is not agreed",
    why="Social care expected monthly clinics watched by health; health expected a call every three months.",
    consider="Write one text for all: who goes on supporting, what each watches, how often, and what if it fails.",
    source="F5.34, F5.35, LP5",
    look=look,
    needs=frozenset({"aftercare"}),
    parameters=(
        Parameter("together", 28, "days", "how near the notes must be to mean the same closing"),
        Parameter("fresh", 183, "days", "how long it may still be asked about"),
    ),
)
