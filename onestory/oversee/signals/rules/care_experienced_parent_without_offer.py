"""A parent who was in care expects or has a baby, and no help of their own has been offered."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.story import Story

CARE = frozenset({"care_experienced_parent"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Care experience on record, a child expected or under two, and neither plan, programme nor offer."""
    begun = story.exists_since
    if begun is None or (story.born_on and not clock.within(story.born_on, settings["child"])):
        return
    known = [e for e in story.naming(CARE) if story.bears_on_child(e)]
    if not known or story.plans or _offered(story):
        return
    if clock.passed(max(begun, story.day(known[0])), settings["respond"]):
        yield Pattern(
            key=story.child,
            triggers=(known[0].id,),
            context=ids(e for e in story.entries[:4] if story.child in e.about),
            says="A parent who was in care expects or has a baby, and no offer of support is on record: {known}.",
            parts={"known": (known[0].id,)},
        )


def _offered(story: Story) -> bool:
    programmes = [e for e in story.of("appointment", "request") if e.own.get("outcome") != "not_arranged"]
    return any(e.own.get("service") or e.own.get("type") for e in programmes if story.parents & set(e.about))


RULE = Rule(
    signal="care_experienced_parent_without_offer",
    title="A care-experienced parent without an offer",
    why="Young people who were in care often need more support to parent well, and may not wish it known.",
    consider="Ask what the parent would like, and who may know; offer support, with what helped them before.",
    source="T4.5, A8",
    look=look,
    needs=frozenset(),
    parameters=(
        Parameter("respond", 56, "days", "days in which an offer usually follows"),
        Parameter("child", 730, "days", "age of the child up to which it matters"),
    ),
    owner="leaving_care",
)
