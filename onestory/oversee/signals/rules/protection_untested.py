"""A person is relied on as protective although nobody has tested it, or something speaks against it."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each protective person who is relied on by a closing, untested; and evidence against one."""
    relied_on = [entry for entry in story.of("protective") if _stands(story, entry)]
    for entry in relied_on:
        against = [e for e in relied_on if e.own.get("evidence") == "against" and set(e.about) & set(entry.about)]
        closings = [e for e in (*story.closings, *_plans_closed(story)) if story.position(e) > story.position(entry)]
        if entry.own.get("evidence") == "against" or not (closings or against):
            continue
        newest = max([*against, *closings[:1]], key=story.position)
        if clock.within(story.day(newest), settings["fresh"]):
            yield Pattern(
                key=entry.id,
                triggers=ids([entry, *against]),
                context=ids(closings[:2]),
                says="Somebody is relied on to protect the child, and it has not been tested or something speaks "
                "against it: {relied}.",
                parts={"relied": ids([entry, *against])},
            )


def _stands(story: Story, entry: Entry) -> bool:
    tested = any(
        later.own.get("tested") is True and set(later.about) & set(entry.about)
        for later in story.after(entry, "protective")
    )
    return entry.own.get("tested") is not True and not tested and story.bears_on_child(entry)


def _plans_closed(story: Story) -> list[Entry]:
    return [plan.closed for plan in story.plans if plan.closed is not None]


RULE = Rule(
    signal="protection_untested",
    title="Protection relied on but not tested",
    why="The grandmother was seen by all as protective; how things stood between her and Mother was not explored.",
    consider="Record what speaks for and against, who tested it, and what happens if it fails.",
    source="F5.14, F5.16",
    look=look,
    needs=frozenset({"protective"}),
    parameters=(Parameter("fresh", 183, "days", "how long it may still be asked about"),),
)
