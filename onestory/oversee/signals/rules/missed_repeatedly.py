"""A child is again and again not brought, or nobody is let in, whatever the reason."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import MISSED, SHUT_OUT, ids, known_for, standing_concern
from onestory.oversee.signals.rule import Clock, Level, Parameter, Pattern, Rule, Settings
from onestory.platform.history.circle import Circle
from onestory.platform.history.picked import Picked
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

LONG_ABSENCE = 30
"""Per cent of sessions."""


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """The row of missed appointments and visits without access since the child was last seen."""
    row = [entry for entry in story.picked(MISSED_CONTACTS) if not story.seen_since(entry.happened.last)]
    if not row or not clock.within(story.day(row[-1]), settings["within"]):
        return
    row = [entry for entry in row if (story.day(row[-1]) - story.day(entry)).days <= settings["within"]]
    times = sum(2 if entry.own.get("outcome") in ("refused", "wrong_address") else entry.count for entry in row)
    apart = len({entry.by for entry in row}) + len({entry.own.get("service") for entry in row}) > 2
    if times < settings["times"] and not (times == 2 and apart):
        return
    if standing_concern(story, story.day(row[0]), story.position(row[0]), 365):
        return  # while concern stands, the rule on children who drop from view speaks
    known = known_for(story, row[-1])
    yield Pattern(
        key=row[0].id,
        triggers=ids(row),
        context=ids([*reversed(_beside(story, row)), *known[-4:]]),
        says="The child was repeatedly not brought, or nobody was let in: {row}.",
        parts={"row": ids(row[-4:])},
        level=None if times >= settings["times"] or known else Level.NOTE,
    )


def _beside(story: Story, row: list[Entry]) -> list[Entry]:
    """Cancellations, and long absence from school, since the child was last seen: each alone says little."""
    found = [e for e in story.of("appointment", "absence") if story.child in e.about and e not in row]
    found = [
        e for e in found if e.own.get("outcome") == "cancelled" or e.own.get("sessions_percent", 0) >= LONG_ABSENCE
    ]
    return [e for e in found if not story.seen_since(e.happened.last)][-4:]


def _missed(circle: Circle, entry: Entry) -> bool:
    outcome = entry.own.get("outcome")
    if entry.kind == "visit":
        return outcome in SHUT_OUT and circle.bears_on_child(entry)
    return outcome in MISSED and circle.child in entry.about


MISSED_CONTACTS = Picked(_missed, ("appointment", "visit"))


RULE = Rule(
    signal="missed_repeatedly",
    title="Not brought, or no access, again and again",
    why="A child does not miss an appointment: an adult does not bring the child. Repeated, it is information.",
    consider="Ask what keeps the family away; put the missed appointments of all services together.",
    source="F5.36, F5.44, F5.56",
    look=look,
    needs=frozenset({"appointment", "visit"}),
    parameters=(
        Parameter("within", 365, "days", "how far apart they may lie"),
        Parameter("times", 3, "times", "how often makes a pattern; twice where services differ and more is known"),
    ),
    owner="health_visiting",
    grace_days=2,
)
