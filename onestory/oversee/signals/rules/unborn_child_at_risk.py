"""A baby is expected in a family with serious concerns, and no pre-birth assessment has begun."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.evidence import DOMESTIC_ABUSE, RISKY_ADULT, SUBSTANCES, Weight
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

GRAVE = DOMESTIC_ABUSE | SUBSTANCES | RISKY_ADULT
REMOVED = frozenset({"care", "interim_care", "placement", "special_guardianship", "police_protection"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """The child before birth and in the first weeks: what is known of the family, and whether it was assessed."""
    begun = story.exists_since
    if begun is None or not (story.is_unborn or _new_born(story, clock, settings)):
        return
    if any(story.child in e.about and e.own.get("type") in _ASSESSES for e in story.of("assessment", "plan")):
        return
    if any(story.child in e.about for e in story.of("meeting") if e.own.get("type") in ("strategy", "conference")):
        return
    reasons = _reasons(story, settings)
    if len(reasons) < 2 and not any(entry.kind in ("plan", "order") for entry in reasons):
        return
    if clock.passed(begun, settings["respond"]):
        first = next(iter(story.about(story.child)), None)
        yield Pattern(
            key=story.child,
            triggers=ids([first, *reasons[-3:]]),
            context=ids(reversed(reasons)),
            says="A baby is expected or just born in a family with serious concerns, and no pre-birth assessment is on "
            "record: {reasons}.",
            parts={"reasons": ids(reasons[-3:])},
        )


_ASSESSES = frozenset({"pre_birth", "child_and_family", "parenting", "child_in_need", "child_protection"})


def _new_born(story: Story, clock: Clock, settings: Settings) -> bool:
    return story.born_on is not None and clock.within(story.born_on, settings["after_birth"])


def _reasons(story: Story, settings: Settings) -> list[Entry]:
    """Plans and orders for older children, and grave evidence about the adults, of the last years."""
    older = [
        entry
        for entry in story.of("plan", "order")
        if story.child not in entry.about
        and story.names_a_child(entry)
        and (entry.own.get("type") in REMOVED or entry.own.get("type") == "child_protection")
        and entry.own.get("stage") in ("opened", "made", None)
    ]
    grave = [
        item.entry
        for item in story.evidence
        if item.entry.factors & GRAVE
        and item.weight >= Weight.SIGN
        and (story.exists_since is not None and (story.exists_since - item.day).days <= settings["within"])
    ]
    return sorted([*older, *grave], key=story.position)


RULE = Rule(
    signal="unborn_child_at_risk",
    title="A baby expected in a family with serious concerns",
    why="What had happened to older children, or was known of the adults, was not carried over to the unborn child.",
    consider="Begin a pre-birth assessment that reads the older children's records.",
    source="F3.3, F5.3, A2",
    look=look,
    needs=frozenset(),
    parameters=(
        Parameter("within", 730, "days", "how far back evidence about the adults is read"),
        Parameter("respond", 42, "days", "days in which an assessment usually begins"),
        Parameter("after_birth", 56, "days", "how long after birth it may still be asked about"),
    ),
)
