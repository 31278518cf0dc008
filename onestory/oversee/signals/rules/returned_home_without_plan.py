"""A child comes home from care, or from another parent, and no plan goes with the child."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

CARE = frozenset({"care", "interim_care", "police_protection", "emergency_protection", "accommodated", "supervision"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each return of a child who had been in care, while no plan is open."""
    orders = [e for e in story.of("order") if e.own.get("type") in CARE and story.child in (*e.about, *_protects(e))]
    for home in story.of("household"):
        if story.child not in home.own.get("joined", ()) or not clock.within(story.day(home), settings["fresh"]):
            continue
        earlier = [order for order in orders if story.position(order) < story.position(home)]
        plan = any(plan.is_serious and plan.open_before(story.position(home) + 1) for plan in story.plans)
        later = any(plan.is_serious and plan.position > story.position(home) for plan in story.plans)
        if earlier and not (plan or later) and clock.passed(story.day(home), settings["respond"]):
            assessed = [e for e in story.of("assessment") if story.child in e.about]
            yield Pattern(
                key=home.id,
                triggers=(home.id,),
                context=ids([*earlier[-2:], *assessed[-2:]]),
                says="The child came home after an order had kept the child away, and no plan is open: {home}.",
                parts={"home": (home.id,)},
            )


def _protects(order: Entry) -> tuple[str, ...]:
    return order.own.get("protects", ())


RULE = Rule(
    signal="returned_home_without_plan",
    title="Home from care without a plan",
    why="Children were returned to parents after proceedings, and nobody kept watch over how it went.",
    consider="Agree who sees the child at home, how often and unannounced, and what would end the return.",
    source="Child Safeguarding Practice Review Panel, annual reports; P1",
    look=look,
    parameters=(
        Parameter("respond", 14, "days", "days in which a plan usually begins"),
        Parameter("fresh", 365, "days", "how long a return may still be asked about"),
    ),
)
