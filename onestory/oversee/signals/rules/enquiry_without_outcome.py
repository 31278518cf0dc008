"""A strategy discussion was held on harm to a child, and nothing says how it ended."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import before, ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.evidence import Weight
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

ENDS = ("assessment", "plan", "decision", "meeting", "order")


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each strategy discussion after a report of harm that no assessment, conference, plan or decision followed."""
    for meeting in story.of("meeting"):
        if meeting.own.get("type") != "strategy" or not story.bears_on_child(meeting):
            continue
        if not clock.within(story.day(meeting), settings["fresh"]) or _ended(story, meeting):
            continue
        harm = before(story.day(meeting), story.evidence, 42, story.position(meeting))
        harm = [item for item in harm if item.weight > Weight.SIGN]
        if harm and clock.passed(story.day(meeting), settings["respond"]):
            since = [item for item in story.unanswered if item.position > story.position(meeting)]
            yield Pattern(
                key=meeting.id,
                triggers=(meeting.id,),
                context=ids([*reversed(harm[-3:]), *since[-3:]]),
                says="A strategy discussion was held and no enquiry, conference, plan or decision followed: {meeting}.",
                parts={"meeting": (meeting.id,)},
            )


def _ended(story: Story, meeting: Entry) -> bool:
    return any(story.bears_on_child(later) for later in story.after(meeting, *ENDS))


RULE = Rule(
    signal="enquiry_without_outcome",
    title="A strategy discussion without an outcome",
    why="Enquiries were begun and not ended: people moved, workers changed, and nobody wrote what was concluded.",
    consider="Record how the enquiry ended and what was verified, or finish it.",
    source="F5.26; Working Together 2023, chapter 3",
    look=look,
    needs=frozenset({"meeting"}),
    parameters=(
        Parameter("respond", 63, "days", "days (45 working days) in which an enquiry and assessment end"),
        Parameter("fresh", 183, "days", "how long it may still be asked about"),
    ),
)
