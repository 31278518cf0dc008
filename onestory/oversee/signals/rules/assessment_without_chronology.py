"""An assessment was completed without a chronology."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import before, ids, reports
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each completed assessment that is recorded as made without a chronology; silence about it is no finding."""
    for entry in story.of("assessment"):
        if entry.own.get("chronology") is not False or not story.bears_on_child(entry):
            continue
        if entry.own.get("stage") == "completed" and clock.within(story.day(entry), settings["fresh"]):
            past = before(story.day(entry), reports(story.evidence), 730, story.position(entry))
            made = [e for e in story.of("assessment", "order", "plan") if story.position(e) < story.position(entry)]
            yield Pattern(
                key=entry.id,
                triggers=(entry.id,),
                context=ids([*(item.entry for item in reversed(past[-4:])), *reversed(made[-3:])]),
                says="An assessment was completed without a chronology: {assessment}.",
                parts={"assessment": (entry.id,)},
            )


RULE = Rule(
    signal="assessment_without_chronology",
    title="An assessment without a chronology",
    why="Without a chronology the pattern of repeated concerns was not recognised.",
    consider="Open the chronology, write what it shows, and say whether the conclusion still stands.",
    source="F5.17, F5.60, LP2",
    look=look,
    needs=frozenset({"assessment"}),
    parameters=(Parameter("fresh", 183, "days", "how long it may still be asked about"),),
)
