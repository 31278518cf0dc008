"""Injuries or attendances repeat, at different places, each explained on its own."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Answered, Evidence
from onestory.platform.history.circle import Circle
from onestory.platform.history.evidence import Weight
from onestory.platform.history.picked import PickedEvidence
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """The row of injuries and attendances that ends with the newest one."""
    hurt = [item.entry for item in story.picked_evidence(HURT) if _counts(story, item)]
    if not hurt:
        return
    last = hurt[-1]
    if not clock.within(story.day(last), settings["within"]):
        return
    recent = [e for e in hurt if (story.day(last) - story.day(e)).days <= settings["within"]]
    care = [
        e
        for e in story.of("attendance")
        if story.child in e.about and 0 <= (story.day(last) - story.day(e)).days <= settings["within"]
    ]
    events = sorted({*recent, *care}, key=story.position)
    number = sum(entry.count for entry in events)
    if len(recent) < 2 or not (number >= settings["events"] or len({entry.by for entry in events}) >= 2):
        return
    yield Pattern(
        key=recent[0].id,
        triggers=ids(recent),
        context=ids([*reversed(care), *(d for e in recent for d in story.decisions_on(e.id))]),
        says="Injuries or attendances of the child repeat: {events}.",
        parts={"events": ids(events[-4:])},
    )


def _could_count(circle: Circle, item: Evidence) -> bool:
    entry = item.entry
    if entry.kind not in ("injury", "attendance", "observation", "visit") or circle.child not in entry.about:
        return False
    return item.weight is Weight.HARM or entry.kind in ("injury", "attendance")


HURT = PickedEvidence(_could_count)


def _counts(story: Story, item: Evidence) -> bool:
    """Whether it is not firmly settled, and, where no harm was seen, not answered at all."""
    answer = story.answer(item)
    return answer is None or (item.weight is Weight.HARM and answer.firmness is not Answered.FIRM)


RULE = Rule(
    signal="repeated_injuries_or_attendances",
    title="Repeated injuries or attendances, perhaps at different places",
    why="Each hospital, surgery or school saw one injury with an explanation; nobody saw them together.",
    consider="Put all injuries and attendances side by side with a paediatrician; ask whether each explanation still "
    "fits.",
    source="F5.57; Laming (2003)",
    look=look,
    needs=frozenset({"evidence"}),
    parameters=(
        Parameter("within", 365, "days", "how far apart they may lie"),
        Parameter("events", 3, "events", "at one place; at two places two are enough"),
    ),
    grace_days=2,
)
