"""A parent of a baby is unwell in mind, several know it, and the help is not reaching the parent."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import MISSED, decisions, ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.evidence import MENTAL_HEALTH
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """What was recorded of the parent's health around the baby, with treatment missed or somebody's worry in it."""
    if story.exists_since is None or (story.born_on and not clock.within(story.born_on, settings["age"])):
        return
    named = [entry for entry in story.naming(MENTAL_HEALTH) if story.bears_on_child(entry)]
    alarms = [entry for entry in named if _is_alarm(entry)]
    if not alarms or _taken_up(story, alarms[-1]) or not clock.within(story.day(alarms[-1]), settings["fresh"]):
        return
    row = [e for e in named if (story.day(alarms[-1]) - story.day(e)).days <= settings["within"]]
    if len({entry.by for entry in row}) < settings["agencies"]:
        return
    alarms = [entry for entry in alarms if entry in row]
    yield Pattern(
        key=story.child,
        triggers=ids(alarms),
        context=ids([*decisions(story, alarms), *reversed([e for e in row if e not in alarms][-6:])]),
        says="A parent of a baby, or parent to be, is unwell, and help was missed or others are worried: {alarms}.",
        parts={"alarms": ids(alarms[-3:])},
    )


def _is_alarm(entry: Entry) -> bool:
    """Treatment missed or given up, or somebody worried enough to report it."""
    if entry.kind in ("appointment", "withdrawal"):
        return entry.kind == "withdrawal" or entry.own.get("outcome") in MISSED
    return entry.kind in ("concern", "incident")


def _taken_up(story: Story, alarm: Entry) -> bool:
    """Kept treatment since, an assessment or a plan."""
    later = story.after(alarm, "appointment", "assessment", "plan", "meeting")
    return any(
        e.kind == "plan"
        or (e.kind == "assessment" and e.own.get("stage") == "completed")
        or (e.kind == "meeting" and e.own.get("type") in ("strategy", "conference", "taf"))
        or (e.own.get("outcome") == "kept" and e.factors & MENTAL_HEALTH)
        for e in later
    )


RULE = Rule(
    signal="parent_unwell_with_baby",
    title="A parent unwell around a baby, and help not reaching",
    why="Several services knew that a parent was unwell; treatment was missed, the family's worry met with advice.",
    consider="See parent and baby today or tomorrow with the mental health service; ask the family what they see.",
    source="T3.3, F5.15, LP3",
    look=look,
    needs=frozenset({"appointment", "withdrawal", "concern", "incident"}),
    parameters=(
        Parameter("age", 365, "days", "age of the baby up to which it matters"),
        Parameter("within", 183, "days", "how far back records are read together"),
        Parameter("agencies", 2, "agencies", "agencies that recorded it"),
        Parameter("fresh", 92, "days", "how long it may still be asked about"),
    ),
    grace_days=2,
)
