"""What one service knows bears on the child and has reached nobody who could put it together."""

from collections import defaultdict
from collections.abc import Iterator

from onestory.oversee.signals.reading import ids, involved, waits
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Evidence
from onestory.platform.history.circle import Circle
from onestory.platform.history.evidence import DOMESTIC_ABUSE, MENTAL_HEALTH, PHYSICAL, RISKY_ADULT, SUBSTANCES, Weight
from onestory.platform.history.picked import Picked, PickedEvidence
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

ADULT_SERVICES = frozenset(
    [
        "adult_mental_health",
        "substance_misuse_service",
        "domestic_abuse_service",
        "probation",
        "adult_social_care",
        "prison",
    ]
)
BEARS = MENTAL_HEALTH | DOMESTIC_ABUSE | SUBSTANCES | RISKY_ADULT | PHYSICAL
TELLING = ("disclosure", "observation", "note")
TOLD_TO = frozenset({"childrens_social_care", "mash"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Disclosures to adult services, and harm seen elsewhere, that social care never had; by agency."""
    kept: dict[str, list[Evidence]] = defaultdict(list)
    for item in (*story.picked_evidence(HARM_OR_TOLD), *story.once("told_in_confidence", _told)):
        if not _bears(story, item) or story.reached_social_care(item.entry):
            continue
        if clock.within(item.day, settings["fresh"]) and clock.passed(item.day, waits(item.entry, settings["respond"])):
            kept[item.entry.by].append(item)
    for agency, items in kept.items():
        last = items[-1]
        known = involved(story, last.day, last.position, settings["known"])
        if known:
            yield Pattern(
                key=agency,
                triggers=ids(items),
                context=ids([*reversed(known[-5:]), *story.closings[-1:]]),
                says="What one service knows bears on the child, and nothing says that social care was told: {items}.",
                parts={"items": ids(items[-3:])},
            )


def _told(story: Story) -> list[Evidence]:
    """What adult services heard of a parent's state of mind that names a child: no evidence by itself, but theirs to
    tell."""
    return [
        Evidence(entry, story.position(entry), story.day(entry), Weight.SIGN, ("agency", entry.by), frozenset())
        for entry in story.picked(MINDS)
        if story.evidence_in(entry) is None and story.sector(entry) in ADULT_SERVICES
    ]


def _is_of_the_mind(circle: Circle, entry: Entry) -> bool:
    return bool(entry.factors & MENTAL_HEALTH) and circle.child in entry.about


MINDS = Picked(_is_of_the_mind, TELLING)


def _could_bear(circle: Circle, item: Evidence) -> bool:
    return item.weight is Weight.HARM or item.entry.kind in TELLING or _is_adverse(item)


HARM_OR_TOLD = PickedEvidence(_could_bear)


def _bears(story: Story, item: Evidence) -> bool:
    """A parent's disclosure of risk to an adult service; what a check brought to light about an adult; or a child's
    physical harm that nobody answered."""
    if story.answer(item) is not None:
        return False
    if story.sector(item.entry) in ADULT_SERVICES or item.entry.kind == "disclosure":
        return item.entry.kind in TELLING and bool(item.entry.factors & BEARS)
    if story.sector(item.entry) == "police" and item.entry.kind == "note":
        return True
    return item.weight is Weight.HARM or _is_adverse(item)


def _is_adverse(item: Evidence) -> bool:
    return item.entry.kind == "check" and item.entry.own.get("result") == "adverse"


RULE = Rule(
    signal="not_shared_with_social_care",
    title="What bears on the child was shared with nobody",
    why="Mother told her therapist that Father was back; it was heard as therapy and not as news about two children.",
    consider="Ask the service for what bears on the children, not for the therapy; tell the parent what and why.",
    source="F5.22, F5.25, F5.54, LP3, LP9",
    look=look,
    needs=frozenset({"evidence"}),
    parameters=(
        Parameter("respond", 7, "days", "days in which sharing usually follows a day-precise record"),
        Parameter("known", 730, "days", "how long ago a plan or an unsettled report still counts"),
        Parameter("fresh", 183, "days", "how long it may still be asked about"),
    ),
)
