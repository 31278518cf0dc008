"""A child with a health need is not brought to appointments, and the need shows again in urgent care or in weight."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import KEPT, MISSED, ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.circle import Circle
from onestory.platform.history.evidence import BODILY_NEED
from onestory.platform.history.picked import Picked
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Missed health appointments and unplanned care read together, until the child is brought again."""
    missed = [e for e in story.picked(MISSED_APPOINTMENTS) if not _made_up(story, e)]
    care = [e for e in (*story.of("attendance"), *story.naming(BODILY_NEED)) if _shows(story, e)] if missed else []
    both = sorted({*missed, *care}, key=story.position)
    if not care or not clock.within(story.day(both[-1]), settings["fresh"]):
        return
    row = [e for e in both if (story.day(both[-1]) - story.day(e)).days <= settings["within"]]
    row_missed = [e for e in row if e in missed]
    if sum(e.count for e in row_missed) < settings["missed"] or len(row_missed) == len(row):
        return
    yield Pattern(
        key="health",
        triggers=ids(row),
        context=ids([plan.opened for plan in story.plans if plan.closed is None]),
        says="The child is not brought to health appointments, and the need shows again: {row}.",
        parts={"row": ids(row[-4:])},
    )


def _missed(circle: Circle, entry: Entry) -> bool:
    return entry.own.get("outcome") in MISSED and circle.child in entry.about


MISSED_APPOINTMENTS = Picked(_missed, ("appointment",))


def _made_up(story: Story, entry: Entry) -> bool:
    """Whether the child was brought since to the same agency or service."""
    place = story.position(entry)
    return any(
        (later.by == entry.by or later.own.get("service") == entry.own.get("service")) and story.position(later) > place
        for later in story.picked(KEPT)
    )


def _shows(story: Story, entry: Entry) -> bool:
    if story.child not in entry.about:
        return False
    return entry.kind == "attendance" or (entry.kind != "plan" and bool(entry.factors & BODILY_NEED))


RULE = Rule(
    signal="medical_need_not_met",
    title="A health need that is not met",
    why="Each clinic recorded a missed appointment and discharged the child; what came of it was seen elsewhere.",
    consider="Treat it as a need that is not met: bring clinic, GP, school and parents together.",
    source="F5.44, F5.57, LP7",
    look=look,
    needs=frozenset({"appointment"}),
    parameters=(
        Parameter("missed", 2, "appointments", "health appointments missed and not made up for"),
        Parameter("within", 365, "days", "how far apart they may lie"),
        Parameter("fresh", 183, "days", "how long the newest may still be asked about"),
    ),
    grace_days=2,
)
