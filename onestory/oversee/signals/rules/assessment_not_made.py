"""An assessment was decided on or begun, and there is no sign that it was made."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.circle import Circle
from onestory.platform.history.picked import Picked
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each decision to assess, and each assessment begun, that nothing completed within its time."""
    for entry in story.picked(PROMISED):
        if not clock.within(story.day(entry), settings["fresh"]) or _made(story, entry):
            continue
        if clock.passed(story.day(entry), settings["respond"]):
            named = [story.entry(entry_id) for entry_id in entry.own.get("on_entries", ())]
            since = [item for item in story.not_settled if item.position > story.position(entry)]
            doors = [
                e for e in story.after(entry, "visit", "appointment") if e.own.get("outcome") not in ("seen", "kept")
            ]
            yield Pattern(
                key=entry.id,
                triggers=(entry.id,),
                context=ids([*named[:3], *since[-3:], *doors[-3:]]),
                says="An assessment was decided on or begun, and none is on record as completed: {begun}.",
                parts={"begun": (entry.id,)},
            )


def _promises(circle: Circle, entry: Entry) -> bool:
    if entry.kind == "decision":
        promised = entry.own.get("outcome") in ("assessment", "section_47")
    else:
        promised = entry.own.get("stage") == "started"
    return promised and circle.bears_on_child(entry)


PROMISED = Picked(_promises, ("decision", "assessment"))


def _made(story: Story, entry: Entry) -> bool:
    """Completed since, or overtaken by a plan or a conference; an assessment begun later has a clock of its own."""
    return any(
        later.kind == "plan"
        or (later.kind == "meeting" and later.own.get("type") == "conference")
        or (later.kind == "assessment" and (later.own.get("stage") != "started" or entry.kind == "decision"))
        for later in story.after(entry, "plan", "meeting", "assessment")
        if story.bears_on_child(later)
    )


RULE = Rule(
    signal="assessment_not_made",
    title="An assessment that was not made",
    why="An assessment was promised, workers changed, the family moved, and it was never finished.",
    consider="Finish it, or say who decided that it is not needed and why.",
    source="F5.13, F5.60, A2",
    look=look,
    needs=frozenset({"decision", "assessment"}),
    parameters=(
        Parameter("respond", 70, "days", "days (45 working days and a week) in which an assessment is completed"),
        Parameter("fresh", 365, "days", "how long it may still be asked about"),
    ),
)
