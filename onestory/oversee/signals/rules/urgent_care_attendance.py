"""A child known to services was brought to urgent care, and nobody who knows the family was told."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids, involved
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.story import Story

FOLLOW_UP = frozenset({"health_visiting", "school_nursing", "childrens_social_care"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each attendance of a child with current or recent involvement that reached none of those who follow it up."""
    for entry in story.of("attendance"):
        if story.child not in entry.about or not clock.within(story.day(entry), settings["fresh"]):
            continue
        if any(story.sector_of(agency) in FOLLOW_UP for agency in (entry.by, *entry.told)):
            continue
        known = involved(story, story.day(entry), story.position(entry), settings["recent"])
        if known and not story.decisions_on(entry.id):
            yield Pattern(
                key=entry.id,
                triggers=(entry.id,),
                context=ids(reversed(known[-5:])),
                says="A child known to services was brought to urgent care, and no record says that the health "
                "visitor, school nurse or social worker was told: {attendance}.",
                parts={"attendance": (entry.id,)},
            )


RULE = Rule(
    signal="urgent_care_attendance",
    title="Urgent care of a child known to services",
    why="F's head injury was on the health record, but was not flagged, and the health visitor never heard of it.",
    consider="Follow the attendance up with the family and read it with what else is known.",
    source="F5.57",
    look=look,
    needs=frozenset({"attendance"}),
    parameters=(
        Parameter("recent", 365, "days", "how long ago a plan or an unsettled report still counts"),
        Parameter("fresh", 92, "days", "how long it may still be asked about"),
    ),
    owner="health_visiting",
    grace_days=2,
)
