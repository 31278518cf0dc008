"""A new adult comes into the home of a child about whom there was concern, and nobody has asked who it is."""

import datetime as dt
from collections.abc import Iterator

from onestory.oversee.signals.reading import before, ids, later_than, waits
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Evidence
from onestory.platform.history.circle import START
from onestory.platform.history.record import Entry, Relationship
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each adult who joined the household, where the family was known or evidence has come in since."""
    for entry, adults in story.once("arrivals", _arrivals):
        if not clock.within(story.day(entry), settings["fresh"]):
            continue
        if _checked(story, entry, adults, settings):
            continue
        reasons = _reasons(story, entry, adults, settings)
        on = story.day(entry)
        new = later_than(story.position(entry), story.open_reports)
        new = [item for item in new if (item.day - on).days <= settings["after"]]
        if (reasons or new) and clock.passed(story.day(entry), waits(entry, settings["respond"])):
            yield Pattern(
                key=entry.id,
                triggers=ids([entry, *new]),
                context=ids(reversed(reasons[-5:])),
                says="An adult has come into the child's life, there is or was concern, and checks on this adult are "
                "not on record or found something: {joined}.",
                parts={"joined": (entry.id,)},
            )


def _arrivals(story: Story) -> list[tuple[Entry, list[str]]]:
    """Adults who joined the home; and partners of a parent from the first entry about them on."""
    joined: set[str] = set()
    found = []
    for entry in story.of("household"):
        adults = [p for p in entry.own.get("joined", ()) if p not in story.children and p not in story.parents]
        if adults and story.bears_on_household(entry):
            joined.update(adults)
            found.append((entry, adults))
    for person, since in new_partners(story):
        first = next((e for e in story.about(person) if story.day(e) >= since), None)
        if person not in joined and first is not None:
            found.append((first, [person]))
    return found


def new_partners(story: Story) -> list[tuple[str, dt.date]]:
    """Partners of a parent who were not there from the start, with the day from which they are on record.

    Whoever marries their partner is not new.
    """
    return [
        (row.person if row.of in story.parents else row.of, day)
        for day, row in story.ties
        if row.relation in ("partner", "step_parent") or (row.relation == "spouse" and not _courted(story, row, day))
        if day > START and row.status != "denied"
        if (row.of in story.parents) != (row.person in story.parents)
    ]


def _courted(story: Story, spouse: Relationship, on: dt.date) -> bool:
    """Whether they were on record as partners before they married."""
    return any(
        row.relation == "partner" and {row.person, row.of} == {spouse.person, spouse.of} and day <= on
        for day, row in story.ties
    )


def _checked(story: Story, entry: Entry, adults: list[str], settings: Settings) -> bool:
    asked_about = frozenset(adults)
    return any(
        check.own.get("answered")
        and check.own.get("result") != "adverse"
        and not asked_about.isdisjoint(check.about)
        and abs((story.day(check) - story.day(entry)).days) <= settings["check"]
        for check in story.of("check")
    )


def _reasons(story: Story, entry: Entry, adults: list[str], settings: Settings) -> list[Entry]:
    """Why it matters who this is: a plan open or lately closed, reports not settled, something known of the adult."""
    place, day = story.position(entry), story.day(entry)
    found: list[Evidence] = before(day, story.unsettled_reports, settings["recent"], place)
    told = {other for adult in adults for other in story.about(adult) if story.evidence_in(other) is not None}
    about = sorted(told - {entry}, key=story.position)
    orders = [order for order in story.of("order") if not set(adults).isdisjoint(order.own.get("against", ()))]
    plans = [
        plan.closed or plan.opened
        for plan in story.plans
        if plan.is_serious
        and plan.position < place
        and (plan.closed_on is None or (day - plan.closed_on).days <= settings["recent"])
    ]
    return [*plans, *(item.entry for item in found), *about, *orders]


RULE = Rule(
    signal="new_adult_after_concern",
    title="A new adult in the home",
    why="New partners moved in soon after plans had ended; what police or probation knew of them was not asked for.",
    consider="Ask police and probation about the adult; speak with the child alone about life at home.",
    source="F5.14; Child Safeguarding Practice Review Panel, national review (2022)",
    look=look,
    needs=frozenset(),
    parameters=(
        Parameter("recent", 365, "days", "how long ago a plan or an unsettled report still counts"),
        Parameter("after", 183, "days", "how long after the arrival new reports are read with it"),
        Parameter("check", 365, "days", "how near a check on the adult must be"),
        Parameter("respond", 14, "days", "days in which a check usually follows a day-precise arrival"),
        Parameter("fresh", 365, "days", "how long an arrival may still be asked about"),
    ),
    grace_days=2,
)
