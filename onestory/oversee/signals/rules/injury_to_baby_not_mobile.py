"""A baby who cannot yet move about has an injury or a bruise, and no paediatric examination follows."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import before, decisions, ids, waits
from onestory.oversee.signals.rule import Clock, Level, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Answered, Evidence
from onestory.platform.history.circle import Circle
from onestory.platform.history.evidence import PHYSICAL
from onestory.platform.history.picked import PickedEvidence
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each injury of the first months of life that was neither examined nor taken up, however it was explained."""
    if story.born_on is None:
        return
    for item in story.picked_evidence(BODILY):
        age = story.age_in_days(item.entry.happened.last)
        if age is None or age >= settings["not_mobile"]:
            continue
        if _examined(story, item) or not clock.within(item.day, settings["fresh"]):
            continue
        if clock.passed(item.day, waits(item.entry, settings["respond"])):
            past = before(item.day, story.unsettled_reports, 365, item.position)
            yield Pattern(
                key=item.id,
                triggers=(item.id,),
                context=ids([*decisions(story, [item]), *reversed(past[-5:])]),
                says="A baby who is not yet mobile has an injury, and no examination by a paediatrician or strategy "
                "discussion is on record: {injury}.",
                parts={"injury": (item.id,)},
            )


def _is_bodily(circle: Circle, item: Evidence) -> bool:
    bodily = item.entry.kind == "injury" or bool(item.entry.factors & PHYSICAL)
    return bodily and circle.child in item.children


BODILY = PickedEvidence(_is_bodily)


def _examined(story: Story, item: Evidence) -> bool:
    if story.answered(item) >= Answered.TAKEN_UP:
        return True
    return any(
        entry.own.get("type") in ("medical", "section_47") and story.child in entry.about
        for entry in story.after(item.entry, "assessment")
    )


RULE = Rule(
    signal="injury_to_baby_not_mobile",
    title="Injury to a baby who is not mobile",
    why="Babies who do not yet roll or crawl seldom bruise by accident; an explanation alone was accepted.",
    consider="Arrange a paediatric examination the same day and hold a strategy discussion; look at brothers and "
    "sisters too.",
    source="Child Safeguarding Practice Review Panel, bruising in non-mobile infants (2022)",
    look=look,
    needs=frozenset({"evidence"}),
    parameters=(
        Parameter("not_mobile", 183, "days", "age under which a baby is taken to be not mobile"),
        Parameter("respond", 2, "days", "days in which the examination usually follows a day-precise record"),
        Parameter("fresh", 183, "days", "how long it may still be asked about"),
    ),
    level=Level.ACT,
)
