"""A young parent with a baby, or expecting one, has no safe settled home near those who help."""

from collections.abc import Iterator
from itertools import pairwise

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

YOUNG = frozenset({"young_parent"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Insecure housing, a move out of the area and repeated moves of a young parent with a child under two."""
    young = young_parents(story, settings["under_age"], clock)
    if (
        not young
        or story.exists_since is None
        or (story.born_on and not clock.within(story.born_on, settings["child"]))
    ):
        return
    known = [*story.of("pregnancy"), *story.naming(YOUNG)]
    near = [e for e in story.entries if young & set(e.about) and story.day(e) >= story.exists_since]
    insecure = [e for e in near if "housing_insecurity" in e.factors and e.kind != "move"]
    moves = [e for e in near if e.kind == "move"]
    if insecure:
        yield _pattern("home", insecure, known, "A young parent, or parent to be, has no secure home: {housing}.", 0)
    away = [e for e in moves if _out_of_area(story, e)]
    if away and not _handed_over(story, away[0]):
        text = "A young parent was housed outside the area, and no hand-over to services there is on record: {housing}."
        yield _pattern("away", away[:1], [*known, *insecure], text, 0)
    for earlier, later in pairwise(moves):
        if (story.day(later) - story.day(earlier)).days <= settings["moves"]:
            text = "A young parent with a baby has moved again: {housing}."
            yield _pattern("moves", [earlier, later], known, text, 0)


def young_parents(story: Story, years: int, clock: Clock) -> set[str]:
    """Parents of the child under this age, by birth date or, where none is on record, as somebody noted."""
    noted = {person for entry in story.naming(YOUNG) for person in entry.about}
    found = set()
    for parent in story.parents:
        born = story.born(parent)
        if (not clock.passed(born, round(years * 365.25))) if born is not None else parent in noted:
            found.add(parent)
    return found


def _out_of_area(story: Story, move: Entry) -> bool:
    to = move.own.get("to_area")
    return bool(to) and to != story.area


def _handed_over(story: Story, move: Entry) -> bool:
    return any(later.own.get("stage") == "acknowledged" for later in story.after(move, "notice"))


def _pattern(key: str, housing: list[Entry], known: list[Entry], text: str, stage: int) -> Pattern:
    return Pattern(
        key=f"{key}:{housing[-1].id}" if key == "moves" else key,
        triggers=ids(housing),
        context=ids(known[:3]),
        says=text,
        parts={"housing": ids(housing)},
        stage=stage,
    )


RULE = Rule(
    signal="young_parent_housing",
    title="Housing of a young parent",
    why="Applicants under 18 were not flagged; young families were moved often and out of the area, away from help.",
    consider="Give priority and house the family inside the area; hand over to the services where they live now.",
    source="T3.3, T3.5, T4.7, T5.2",
    look=look,
    needs=frozenset(),
    parameters=(
        Parameter("under_age", 20, "years", "age under which a parent counts as young"),
        Parameter("child", 730, "days", "age of the child up to which it matters"),
        Parameter("moves", 183, "days", "how near two moves must be"),
    ),
    owner="housing",
)
