"""An agency on which the last plan or its closing relied, or that works with the family, is not in the new plan."""

from collections.abc import Iterator
from itertools import pairwise

from onestory.oversee.signals.reading import MISSED, ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.circle import Circle
from onestory.platform.history.evidence import DOMESTIC_ABUSE, MENTAL_HEALTH, SUBSTANCES
from onestory.platform.history.picked import Picked
from onestory.platform.history.plans import Plan
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

NOT_EXPECTED = frozenset({"childrens_social_care", "maternity", "court", "housing_support", "ambulance"})
TREATED = DOMESTIC_ABUSE | MENTAL_HEALTH | SUBSTANCES


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each new plan compared with the plan before it, with what was promised when that one closed, and with who
    has been trying to see the child or treats the parent."""
    plans = story.family_plans
    for earlier, plan in pairwise((None, *plans)):
        named = set(plan.opened.own.get("agencies", ())) if plan is not None else set()
        if plan is None or not named or not story.bears_on_child(plan.opened):
            continue
        if not clock.within(plan.opened_on, settings["fresh"]):
            continue
        relied = _relied_on(story, earlier, plan, settings)
        working = _working(story, plan, settings)
        missing = [entry for agency, entry in relied if agency not in named and _is_expected(story, agency)]
        apart = [entry for entry in working if entry.by not in named and _is_expected(story, entry.by)]
        if missing or len({entry.by for entry in apart}) >= settings["apart"]:
            yield Pattern(
                key=plan.opened.id,
                triggers=(plan.opened.id,),
                context=ids([*missing, *(earlier.entries()[::-1] if missing and earlier else ()), *apart[-5:]]),
                says="An agency relied on, or at work with the family, is not in the new plan: {plan}; see {why}.",
                parts={"plan": (plan.opened.id,), "why": ids([*missing[:2], *apart[-3:]])},
            )


def _is_expected(story: Story, agency: str) -> bool:
    return story.sector_of(agency) not in NOT_EXPECTED


def _relied_on(story: Story, earlier: Plan | None, plan: Plan, settings: Settings) -> list[tuple[str, Entry]]:
    """Agencies of the plan before, unless this one is the step down from it, and of promises at its closing."""
    if earlier is None or earlier.closed is None or earlier.closed_on is None or plan.rank < earlier.rank:
        return []
    if (plan.opened_on - earlier.closed_on).days > settings["between"]:
        return []
    promised = [e for e in story.of("aftercare") if earlier.position < story.position(e) < plan.position]
    found = [(e.own["who"], e) for e in promised if story.sector_of(e.own.get("who", ""))]
    return found + [(agency, entry) for entry in earlier.entries() for agency in entry.own.get("agencies", ())]


def _working(story: Story, plan: Plan, settings: Settings) -> list[Entry]:
    """Appointments of the last months: the child's that were missed, and a parent's treatment."""
    return [
        e
        for e in story.picked(AT_WORK)
        if story.position(e) < plan.position and (plan.opened_on - story.day(e)).days <= settings["working"]
    ]


def _is_at_work(circle: Circle, entry: Entry) -> bool:
    return (entry.own.get("outcome") in MISSED and circle.child in entry.about) or bool(entry.factors & TREATED)


AT_WORK = Picked(_is_at_work, ("appointment",))


RULE = Rule(
    signal="agency_missing_from_next_plan",
    title="An agency that matters is missing from the plan",
    why="Closing the first plan relied on the health visitor, who was neither told of nor part of the second.",
    consider="Invite the agency, or record why it is not needed.",
    source="F5.33, F5.37, L2",
    look=look,
    needs=frozenset({"plan"}),
    parameters=(
        Parameter("between", 730, "days", "how soon after the last plan a new one follows it"),
        Parameter("working", 183, "days", "how recently an agency must have worked with the family"),
        Parameter("apart", 2, "agencies", "agencies at work outside the plan that make a finding"),
        Parameter("fresh", 183, "days", "how long a new plan may still be asked about"),
    ),
)
