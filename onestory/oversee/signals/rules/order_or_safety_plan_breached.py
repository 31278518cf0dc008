"""An order, bail, an agreement or a safety plan that is meant to keep people apart does not."""

from collections import defaultdict
from collections.abc import Iterator

from onestory.oversee.signals.reading import FRESH, ids, standing
from onestory.oversee.signals.rule import Clock, Level, Parameter, Pattern, Rule, Settings
from onestory.platform.history.circle import Circle
from onestory.platform.history.facets import TOGETHER
from onestory.platform.history.picked import Picked
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

KEEPS_APART = frozenset({"restraining", "non_molestation", "bail", "safety_plan", "occupation", "child_arrangements"})
RESPONSES = ("meeting", "plan", "order")


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Breaches and contact that should not be, by the person who is to stay away."""
    protections = _protections(story, clock)
    events: dict[str, list[Entry]] = defaultdict(list)
    for breach in story.of("breach"):
        for person in breach.own.get("against", ())[:1] or ("somebody",):
            events[person].append(breach)
    for entry in story.picked(CONTACTS) if protections else ():
        person = _kept_apart(story, entry, protections)
        if person is not None:
            events[person].append(entry)
    for person, found in events.items():
        young = [entry for entry in found if clock.within(story.day(entry), settings["fresh"])]
        if young:
            yield _pattern(story, person, sorted(young, key=story.position), protections)


def _is_contact(circle: Circle, entry: Entry) -> bool:
    return entry.kind not in ("breach", "order", "agreement", "condition")


CONTACTS = Picked(_is_contact, (TOGETHER,))
"""Entries that record people in contact with one another, and do not themselves forbid it."""


def _protections(story: Story, clock: Clock) -> list[tuple[Entry, frozenset[str], frozenset[str]]]:
    """What stands: the entry, who is to stay away, and from whom. A breach says it again for later contact."""
    found = []
    for entry in (*standing(story, clock, "order"), *story.of("breach"), *story.of("agreement")):
        against = frozenset(entry.own.get("against", ()))
        protects = frozenset(entry.own.get("protects", ())) | frozenset(entry.together) - against
        forbids = entry.own.get("forbids")
        if forbids:
            found.append((entry, frozenset(forbids), frozenset(forbids)))
        elif against and protects and entry.own.get("stage") != "ended":
            found.append((entry, against, protects))
    return found


def _kept_apart(
    story: Story, entry: Entry, protections: list[tuple[Entry, frozenset[str], frozenset[str]]]
) -> str | None:
    together = set(entry.together)
    for protection, against, protects in protections:
        if story.position(protection) >= story.position(entry):
            continue
        both_named = against == protects and against <= together
        if both_named or (against != protects and together & against and together & protects):
            return sorted(together & against)[0]
    return None


def _pattern(
    story: Story, person: str, events: list[Entry], protections: list[tuple[Entry, frozenset[str], frozenset[str]]]
) -> Pattern:
    standing = [entry for entry, against, _ in protections if person in against and entry.kind != "breach"]
    agreements = [entry for entry in story.of("agreement") if person in entry.about]
    last = events[-1]
    beside = [
        item.entry
        for item in story.not_settled
        if person in item.entry.about and (story.day(last) - item.day).days <= 183
    ]
    plan = story.serious_plan
    answered = any(story.position(entry) > story.position(events[0]) for entry in story.of(*RESPONSES))
    return Pattern(
        key=person,
        triggers=ids(events),
        context=ids([*standing[-2:], *agreements[-2:], plan.opened if plan else None, *beside[-5:]]),
        says="People who are to be kept apart are in contact, or what keeps them apart was breached: {events}.",
        parts={"events": ids(events[-3:])},
        level=Level.ACT if len(events) > 1 and last.kind == "breach" and not answered else None,
    )


RULE = Rule(
    signal="order_or_safety_plan_breached",
    title="An order, agreement or safety plan is not keeping people apart",
    why="Orders and safety plans were breached again and again while plans went on relying on them.",
    consider="Ask whether the protection that the plan relies on still holds; seek legal advice; see the child alone.",
    source="F5.5, F5.12, F5.51",
    look=look,
    needs=frozenset({"breach", "order", "agreement"}),
    parameters=(Parameter("fresh", FRESH, "days", "how long a breach may still be asked about"),),
)
