"""Several agencies help a family, and nobody leads."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import has_open_reports, ids, waits
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.evidence import HARMFUL, MENTAL_HEALTH
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

NEEDS = (
    HARMFUL
    | MENTAL_HEALTH
    | frozenset(
        [
            "housing_insecurity",
            "young_parent",
            "care_experienced_parent",
            "isolation",
            "smoking",
            "unsafe_sleep",
            "debt",
            "learning_disability_parent",
            "mental_health_child",
            "self_harm",
            "young_carer",
        ]
    )
)


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Agencies that recorded a need in the last months, while there is no plan and no team around the family."""
    if story.open_plan is not None or has_open_reports(story):
        return  # a report that nobody has answered is for other rules: this one is about help below that threshold
    led = [e for e in story.of("meeting", "plan", "assessment") if _leads(e)]
    place = story.position(led[-1]) if led else -1
    needs = [e for e in story.naming(NEEDS) if story.position(e) > place and e.kind != "decision"]
    start = _start(story, needs, settings)
    if start is None or not clock.within(story.day(needs[-1]), settings["within"]):
        return
    if not clock.passed(story.day(needs[start]), waits(needs[start], settings["respond"])):
        return
    newest = story.day(needs[-1])
    row = [e for e in needs if (newest - story.day(e)).days <= settings["within"]]
    kept = {e.id for e in row}
    others = [e for e in story.entries if e.id not in kept and 0 <= (newest - story.day(e)).days <= settings["within"]]
    yield Pattern(
        key=led[-1].id if led else "start",
        triggers=(),
        context=ids([*reversed(_firsts(row)), *reversed(row[-8:]), *reversed(others[-4:])]),
        says="Several agencies have recorded needs of this family and none is named as leading: {row}.",
        parts={"row": ids(_firsts(row)[-4:])},
    )


def _start(story: Story, needs: list[Entry], settings: Settings) -> int | None:
    """The first of the needs with which there were many; None where there never were."""
    if len({entry.by for entry in needs}) < settings["agencies"]:
        return None  # too few of them together, so too few in any months
    return next((place for place in range(len(needs)) if _many(story, needs[: place + 1], settings)), None)


def _many(story: Story, needs: list[Entry], settings: Settings) -> bool:
    newest = story.day(needs[-1])
    row = [e for e in needs if (newest - story.day(e)).days <= settings["within"]]
    factors = {factor for e in row for factor in e.factors & NEEDS}
    return len({e.by for e in row}) >= settings["agencies"] and len(factors) >= settings["needs"]


def _leads(entry: Entry) -> bool:
    kind = entry.own.get("type")
    if entry.kind == "meeting":
        return kind in ("taf", "cin_review", "core_group", "conference", "mapping")
    return entry.kind == "plan" or (kind == "early_help" and entry.own.get("stage") == "completed")


def _firsts(row: list[Entry]) -> list[Entry]:
    """The first entry of each agency: another agency is news, another note of the same one is not."""
    return list({entry.by: entry for entry in reversed(row)}.values())[::-1]


RULE = Rule(
    signal="no_lead_professional",
    title="Several agencies and nobody leads",
    why="Many services were involved with the families and no one person led; nobody made one plan.",
    consider="Name a lead professional; make one early help assessment with the family's agreement.",
    source="T4.1, T4.3, F5.28",
    look=look,
    needs=frozenset(),
    parameters=(
        Parameter("within", 183, "days", "how far back agencies count as active"),
        Parameter("agencies", 4, "agencies", "agencies that recorded a need"),
        Parameter("needs", 3, "needs", "different needs recorded"),
        Parameter("respond", 14, "days", "days in which somebody usually takes the lead"),
    ),
    owner="early_help",
)
