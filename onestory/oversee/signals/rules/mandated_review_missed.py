"""A health review that every child should have has not taken place."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import KEPT, MISSED, ids, known_for, waits
from onestory.oversee.signals.rule import Clock, Level, Parameter, Pattern, Rule, Settings
from onestory.platform.history.circle import Circle
from onestory.platform.history.picked import Picked
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

MANDATED = (
    "antenatal",
    "new_birth",
    "six_to_eight",
    "6_8_week",
    "development_review",
    "one_year",
    "two_year",
    "health_review",
)


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each mandated review that was missed and not made up for."""
    for entry in story.picked(MISSED_REVIEWS):
        if not clock.within(story.day(entry), settings["fresh"]):
            continue
        if _made_up(story, entry) or not clock.passed(story.day(entry), waits(entry, settings["respond"])):
            continue
        known = known_for(story, entry)
        last = story.last_seen
        yield Pattern(
            key=entry.id,
            triggers=(entry.id,),
            context=ids([last if last is not entry else None, *reversed(known[-4:])]),
            says="A health review that every child should have did not take place and was not made up for: {review}.",
            parts={"review": (entry.id,)},
            level=None if known else Level.NOTE,
        )


def _is_missed_review(circle: Circle, entry: Entry) -> bool:
    service = entry.own.get("service", "")
    missed = entry.own.get("outcome") in MISSED
    return missed and circle.child in entry.about and any(name in service for name in MANDATED)


MISSED_REVIEWS = Picked(_is_missed_review, ("appointment",))


def _made_up(story: Story, entry: Entry) -> bool:
    place = story.position(entry)
    return any(
        (later.own.get("service") == entry.own.get("service") or later.by == entry.by)
        and later.happened.last >= entry.happened.last
        and story.position(later) > place
        for later in story.picked(KEPT)
    )


RULE = Rule(
    signal="mandated_review_missed",
    title="A health review was missed",
    why="The two-year review would have been a chance to see F; it could not be arranged and nobody was told.",
    consider="Offer it again at home; tell whoever else is in touch with the family that it is outstanding.",
    source="F5.44, F5.56",
    look=look,
    needs=frozenset({"appointment"}),
    parameters=(
        Parameter("respond", 28, "days", "days in which it is usually made up for"),
        Parameter("fresh", 365, "days", "how long it may still be asked about"),
    ),
    owner="health_visiting",
)
