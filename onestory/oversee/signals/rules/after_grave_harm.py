"""A child has died or was gravely harmed, and nobody is on record as having decided what is safe now."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Level, Pattern, Rule, Settings
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each death or grave harm of a child of the circle that nobody has decided on yet."""
    for harm in story.of("harm"):
        if not story.names_a_child(harm) or decided_after(story, harm) is not None:
            continue
        open_ones = [item.entry for item in story.open_reports[-4:]]
        plan = story.open_plan
        yield Pattern(
            key=harm.id,
            triggers=(harm.id,),
            context=ids([plan.opened if plan else None, *reversed(open_ones)]),
            says="A child has died or was gravely harmed, and no decision on what is safe now is on record: {harm}.",
            parts={"harm": (harm.id,)},
        )


def decided_after(story: Story, harm: Entry) -> Entry | None:
    """The first decision, strategy meeting or conference since the harm that concerns this child."""
    later = story.after(harm, "decision", "meeting")
    return next((entry for entry in later if _decides(entry) and story.bears_on_child(entry)), None)


def _decides(entry: Entry) -> bool:
    return entry.kind == "decision" or entry.own.get("type") in ("strategy", "conference")


RULE = Rule(
    signal="after_grave_harm",
    title="A child has died or was gravely harmed: what is safe now?",
    why="After the worst has happened the family's other children, and a child who lives, need somebody to decide.",
    consider="Hold a strategy discussion today: who is safe where, who cares, who tells whom. Record the decision.",
    source="Working Together 2023, chapters 3 and 5",
    look=look,
    needs=frozenset({"harm"}),
    level=Level.ACT,
    speaks_after_harm=True,
)
