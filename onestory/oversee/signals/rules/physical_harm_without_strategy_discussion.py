"""A child is hurt, or said to be hurt, and no strategy discussion, medical or tested decision follows."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import before, decisions, fresh, ids, waits
from onestory.oversee.signals.rule import Clock, Level, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Evidence
from onestory.platform.history.circle import Circle
from onestory.platform.history.evidence import Weight
from onestory.platform.history.picked import PickedEvidence
from onestory.platform.history.story import Story


def _is_harm(circle: Circle, item: Evidence) -> bool:
    return item.weight is Weight.HARM


HARM = PickedEvidence(_is_harm)


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each report or finding of physical harm that still stands unanswered."""
    harmed = [item for item in story.picked_evidence(HARM) if story.answer(item) is None]
    for item in fresh(story, clock, harmed, settings["fresh"]):
        if clock.passed(item.day, waits(item.entry, settings["respond"])):
            yield _pattern(story, item)


def _pattern(story: Story, item: Evidence) -> Pattern:
    past = before(item.day, story.unsettled_reports, 365, item.position)
    plan = story.serious_plan
    return Pattern(
        key=item.id,
        triggers=(item.id,),
        context=ids([*decisions(story, [item]), *reversed(past[-6:]), plan.opened if plan else None]),
        says="Physical harm to a child is on record and no strategy discussion, medical or tested decision "
        "has followed: {harm}.",
        parts={"harm": (item.id,)},
        level=Level.ACT if plan is not None or past else None,
    )


RULE = Rule(
    signal="physical_harm_without_strategy_discussion",
    title="Physical harm without a strategy discussion",
    why="Allegations of physical harm were met with a visit and a telephone call instead of a strategy discussion.",
    consider="Hold a strategy discussion with police and health the same day; arrange a medical; see the child alone.",
    source="F3.3, F5.26; Working Together 2023, chapter 3",
    look=look,
    needs=frozenset({"evidence"}),
    parameters=(
        Parameter("respond", 2, "days", "days in which a response usually follows a day-precise report"),
        Parameter("fresh", 183, "days", "how long it may still be asked about"),
    ),
)
