"""A family about whom there is concern moves, and nobody has taken them over."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import before, ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each move while a plan is open or reports stand, without a hand-over on record."""
    for move in story.of("move"):
        if not story.bears_on_household(move) or not clock.within(story.day(move), settings["fresh"]):
            continue
        day, place = story.day(move), story.position(move)
        past = before(day, story.open_reports, settings["concern"], place)
        plan = next((p for p in story.plans if p.is_serious and p.open_before(place)), None)
        if not (past or plan) or _handed_over(story, move) or not clock.passed(day, settings["respond"]):
            continue
        yield Pattern(
            key=move.id,
            triggers=(move.id,),
            context=ids([plan.opened if plan else None, *(item.entry for item in reversed(past[-5:]))]),
            says="The family moved while concern stands, and no hand-over is on record: {move}.",
            parts={"move": (move.id,)},
        )


def _handed_over(story: Story, move: Entry) -> bool:
    """Told to another agency than the one that recorded it, answered by a notice, or the family was visited since."""
    if move.told - {move.by} - story.social_care:
        return True
    return any(
        later.kind in ("notice", "meeting", "check") or (later.kind == "visit" and later.own.get("outcome") == "seen")
        for later in story.after(move, "notice", "meeting", "check", "visit")
    )


RULE = Rule(
    signal="moved_after_concern",
    title="Moved while concern stands, not handed over",
    why="Families moved in the middle of an enquiry and were lost between services.",
    consider="Find where the family lives now; hand over in words and on paper; ask for an acknowledgement.",
    source="T3.3, T3.5, P6",
    look=look,
    needs=frozenset({"move"}),
    parameters=(
        Parameter("concern", 183, "days", "how long before the move a report still counts"),
        Parameter("respond", 28, "days", "days in which a hand-over usually follows"),
        Parameter("fresh", 183, "days", "how long a move may still be asked about"),
    ),
)
