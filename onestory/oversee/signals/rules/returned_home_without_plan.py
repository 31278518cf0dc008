"""A child who was in care goes home, or to another carer, with no plan or with signs that nobody has answered."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import before, ids, waits
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

IN_CARE = frozenset({"care", "interim_care", "police_protection", "emergency_protection", "accommodated"})
RETURNS = frozenset({"supervision", "special_guardianship", "child_arrangements"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """The child's way home after care: the order that sends the child home, and the day of coming home."""
    care = [order for order in story.of("order") if order.own.get("type") in IN_CARE and _concerns(story, order)]
    if not care:
        return
    steps = [e for e in story.after(care[0], "order", "household") if _goes_home(story, e)]
    for step in steps:
        if not clock.within(story.day(step), settings["fresh"]):
            continue
        place = story.position(step)
        plan = any(p.is_serious and (p.open_before(place + 1) or p.position > place) for p in story.plans)
        signs = before(story.day(step), story.unanswered, settings["signs"], place)
        unplanned = step.kind == "household" and not plan
        if (signs or unplanned) and clock.passed(story.day(step), waits(step, settings["respond"])):
            assessed = [e for e in story.of("assessment") if story.child in e.about and story.position(e) < place]
            yield Pattern(
                key=care[0].id,
                triggers=(step.id,),
                context=ids([*reversed(signs[-4:]), *assessed[-2:], *reversed(steps), care[-1]]),
                says="A child who was in care goes home, and no plan is open or signs stand unanswered: {step}.",
                parts={"step": (step.id,)},
            )


def _concerns(story: Story, order: Entry) -> bool:
    return story.child in order.about or story.child in order.own.get("protects", ())


def _goes_home(story: Story, entry: Entry) -> bool:
    if entry.kind == "order":
        return entry.own.get("type") in RETURNS and _concerns(story, entry)
    return story.child in entry.own.get("joined", ())


RULE = Rule(
    signal="returned_home_without_plan",
    title="Home from care without a plan that holds",
    why="Children were returned to parents after proceedings, and nobody kept watch over how it went.",
    consider="Agree who sees the child at home, how often and unannounced, and what would end the return.",
    source="Child Safeguarding Practice Review Panel, annual reports; P1",
    look=look,
    needs=frozenset({"order"}),
    parameters=(
        Parameter("signs", 183, "days", "how long before the return evidence still counts"),
        Parameter("respond", 14, "days", "days in which a plan usually begins"),
        Parameter("fresh", 365, "days", "how long a return may still be asked about"),
    ),
)
