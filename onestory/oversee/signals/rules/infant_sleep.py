"""A young baby sleeps unsafely, and other risks for sudden death in infancy are on record."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.evidence import SUBSTANCES
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

UNSAFE = frozenset({"unsafe_sleep"})
ADDS = frozenset({"smoking", "prematurity"}) | SUBSTANCES


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Unsafe sleep of a baby with another risk beside it."""
    if story.born_on is None or story.is_unborn or not clock.within(story.born_on, settings["age"]):
        return
    sleep = [e for e in story.naming(UNSAFE) if story.child in e.about]
    sleep = [e for e in sleep if "safer_sleep" not in e.own.get("service", "")]
    adds = [e for e in story.naming(ADDS) if story.bears_on_child(e)]
    if not sleep or not adds:
        return
    yield Pattern(
        key=story.child,
        triggers=ids([*sleep, *_since(story, sleep[0], adds)]),
        context=ids([*reversed(adds[-6:]), *reversed(_doors(story, sleep[0]))]),
        says="A baby sleeps unsafely and other risks are on record: {sleep}; {adds}.",
        parts={"sleep": ids(sleep[-2:]), "adds": ids(adds[-3:])},
    )


def _doors(story: Story, first: Entry) -> list[Entry]:
    later = story.after(first, "visit", "appointment")
    return [entry for entry in later if story.child in entry.about and not entry.seen][-3:]


def _since(story: Story, first: Entry, adds: list[Entry]) -> list[Entry]:
    """Drink or drugs that came up after the advice: the baby sleeps no safer beside somebody who has drunk."""
    return [entry for entry in adds if entry.factors & SUBSTANCES and story.position(entry) > story.position(first)]


RULE = Rule(
    signal="infant_sleep",
    title="Unsafe sleep with other risks",
    why="Co-sleeping, smoking, early birth, drink and drugs came together in families whose babies died suddenly.",
    consider="Help today with a safe place to sleep; give safer sleep advice to everyone who cares for the baby.",
    source="T3.2, T3.3",
    look=look,
    needs=frozenset(),
    parameters=(Parameter("age", 365, "days", "age up to which it matters"),),
    owner="health_visiting",
    grace_days=1,
)
