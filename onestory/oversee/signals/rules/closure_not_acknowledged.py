"""A notice of closure or hand-over was sent, and nobody has said that it arrived."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each notice whose days to acknowledge are over."""
    for notice in story.of("notice"):
        if notice.own.get("stage") != "sent" or not story.bears_on_child(notice):
            continue
        if _acknowledged(story, notice) or not clock.within(story.day(notice), settings["fresh"]):
            continue
        if clock.passed(story.day(notice), settings["acknowledge"]):
            closed = [plan.closed for plan in story.plans if plan.closed is not None]
            promised = [e for e in story.of("aftercare") if story.bears_on_child(e)]
            yield Pattern(
                key=notice.id,
                triggers=(notice.id,),
                context=ids([*closed[-1:], *promised[-2:]]),
                says="A notice was sent, and not everybody to whom it went has acknowledged it: {notice}.",
                parts={"notice": (notice.id,)},
            )


def _acknowledged(story: Story, notice: Entry) -> bool:
    waiting = set(notice.own.get("to", ()))
    for later in story.after(notice, "notice"):
        if later.own.get("stage") == "acknowledged":
            waiting -= {later.by, *later.own.get("to", ()), *later.own.get("agencies", ())}
            if not waiting or not notice.own.get("to"):
                return True
    return False


RULE = Rule(
    signal="closure_not_acknowledged",
    title="A hand-over that nobody acknowledged",
    why="The notice of closure went to one person's mailbox; the school nurse did not know that the plan had ended.",
    consider="Send it to the team inbox, ring, and record who took it over.",
    source="F5.36",
    look=look,
    needs=frozenset({"notice"}),
    parameters=(
        Parameter("acknowledge", 14, "days", "days to acknowledge"),
        Parameter("fresh", 183, "days", "how long it may still be asked about"),
    ),
)
