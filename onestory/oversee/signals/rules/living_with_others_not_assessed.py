"""A child lives with somebody who is not a parent, and nobody has assessed it."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

FOSTERED = frozenset({"privately_fostered"})
ASSESSES = frozenset({"private_fostering", "child_and_family", "section_47"})


PLACES = frozenset({"care", "emergency_protection", "placement", "special_guardianship", "child_arrangements"})
CLOSE = frozenset({"grandparent", "aunt_uncle", "sibling", "half_sibling", "step_parent"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Private fostering on record, by name or by who lives with whom, without an assessment of it."""
    known = sorted([*_named(story), *_moved_in(story)], key=story.position)
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


def _named(story: Story) -> list[Entry]:
    return [entry for entry in story.naming(FOSTERED) if story.child in entry.about]


def _moved_in(story: Story) -> list[Entry]:
    """Household changes in which the child came to live with somebody who is neither parent nor close relative, and
    has not gone on from there. What the law calls close ends with grandparents, brothers, sisters, uncles and aunts."""
    moves = [entry for entry in story.of("household") if story.child in entry.own.get("joined", ())]
    return [entry for entry in moves[-1:] if _hosts(story, entry) and not _placed(story)]


def _placed(story: Story) -> bool:
    """Whether a court has said where the child lives: then it is no private arrangement."""
    return any(order.own.get("type") in PLACES and story.child in order.about for order in story.of("order"))


def _hosts(story: Story, entry: Entry) -> bool:
    """Whether the adults named with the move are, beside parents, only people whom the law does not call close."""
    ties = {(row.person, row.relation) for row in story.relationships if row.of == story.child}
    adults = [person for person in entry.about if person not in story.children and person not in story.parents]
    return bool(adults) and not any((person, tie) in ties for person in adults for tie in CLOSE)


RULE = Rule(
    signal="living_with_others_not_assessed",
    title="Private fostering not assessed",
    why="A child brought up by somebody else than a parent was taken for a visitor in a housing matter.",
    consider="Visit the child within the statutory time, see the child alone, and assess the arrangement.",
    source="Laming (2003); Children (Private Arrangements for Fostering) Regulations 2005",
    look=look,
    needs=frozenset({"evidence", "household"}),
    parameters=(
        Parameter("respond", 42, "days", "days to assess"),
        Parameter("fresh", 365, "days", "how long it may still be asked about"),
    ),
)
