"""Report after report is closed or kept as information, and no assessment is made."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import FRESH, decided_on, ids, last_look
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """The row of closings since the whole was last assessed."""
    place, looked = last_look(story)
    row = [d for d in story.closings if story.position(d) > place and _left_open(story, d)]
    if not row or not clock.within(story.day(row[-1]), settings["within"]):
        return
    row = [d for d in row if (story.day(row[-1]) - story.day(d)).days <= settings["within"]]
    if len(row) < settings["closings"]:
        return
    closed = [item for decision in row[-4:] for item in decided_on(story, decision)]
    yield Pattern(
        key=looked,
        triggers=ids(row),
        context=ids(reversed(closed)),
        says="Closed again without an assessment: {row}.",
        parts={"row": ids(row[-3:])},
    )


def _left_open(story: Story, decision: Entry) -> bool:
    if decision.own.get("verified") is True:
        return False
    return any(story.answer(item) is None for item in decided_on(story, decision))


RULE = Rule(
    signal="closed_again_without_assessment",
    title="Closed again, or kept as information only, without an assessment",
    why="Each notification was managed as a separate incident and closed before anybody assessed the whole.",
    consider="Make the assessment that was put off, with a chronology, instead of monitoring again.",
    source="F5.58, F5.59, F5.60",
    look=look,
    parameters=(
        Parameter("within", FRESH, "days", "how far apart the closings may lie"),
        Parameter("closings", 2, "closings", "closings that make a pattern"),
    ),
    grace_days=2,
)
