"""A child lives with somebody who is not a parent, and nobody has assessed it."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.story import Story

FOSTERED = frozenset({"privately_fostered"})
ASSESSES = frozenset({"private_fostering", "child_and_family", "section_47"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Private fostering on record without an assessment of it."""
    known = [e for e in story.naming(FOSTERED) if story.child in e.about]
    if not known or not clock.within(story.day(known[-1]), settings["fresh"]):
        return
    if any(e.own.get("type") in ASSESSES and story.child in e.about for e in story.of("assessment")):
        return
    if clock.passed(story.day(known[0]), settings["respond"]):
        yield Pattern(
            key=known[0].id,
            triggers=ids(known[:1]),
            context=ids(known[1:]),
            says="A child lives with somebody who is not a parent, and no assessment of it is on record: {known}.",
            parts={"known": ids(known[:2])},
        )


RULE = Rule(
    signal="living_with_others_not_assessed",
    title="Private fostering not assessed",
    why="A child brought up by somebody else than a parent was taken for a visitor in a housing matter.",
    consider="Visit the child within the statutory time, see the child alone, and assess the arrangement.",
    source="Laming (2003); Children (Private Arrangements for Fostering) Regulations 2005",
    look=look,
    needs=frozenset({"evidence"}),
    parameters=(
        Parameter("respond", 42, "days", "days to assess"),
        Parameter("fresh", 365, "days", "how long it may still be asked about"),
    ),
)
