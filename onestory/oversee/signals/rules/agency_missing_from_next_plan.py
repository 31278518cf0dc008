"""An agency on which the last plan or its closing relied is not in the next plan."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.plans import Plan
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each new plan compared with the plan before it and with what was promised when that one closed."""
    plans = story.plans
    for earlier, plan in zip(plans, plans[1:], strict=False):
        named = set(plan.opened.own.get("agencies", ()))
        if not named or earlier.closed is None or not clock.within(plan.opened_on, settings["fresh"]):
            continue
        if (plan.opened_on - (earlier.closed_on or plan.opened_on)).days > settings["between"]:
            continue
        promised = _promises(story, earlier, plan)
        relied = {agency for entry in earlier.entries() for agency in entry.own.get("agencies", ())}
        relied |= {entry.own["who"] for entry in promised}
        missing = sorted(agency for agency in relied - named if story.sector_of(agency) != "childrens_social_care")
        if missing:
            yield Pattern(
                key=plan.opened.id,
                triggers=(plan.opened.id,),
                context=ids([*promised, earlier.closed, earlier.opened]),
                says="An agency that the last plan relied on is not in the new one: {plan}; relied on in: {last}.",
                parts={"plan": (plan.opened.id,), "last": ids([*promised[:1], earlier.closed])},
            )


def _promises(story: Story, earlier: Plan, plan: Plan) -> list[Entry]:
    return [
        entry
        for entry in story.of("aftercare")
        if earlier.position < story.position(entry) < plan.position and story.sector_of(entry.own.get("who", ""))
    ]


RULE = Rule(
    signal="agency_missing_from_next_plan",
    title="An agency relied on is missing from the next plan",
    why="Closing the first plan relied on the health visitor, who was neither told of nor part of the second.",
    consider="Invite the agency, or record why it is no longer needed.",
    source="F5.33, F5.37",
    look=look,
    parameters=(
        Parameter("between", 730, "days", "how soon after the last plan"),
        Parameter("fresh", 183, "days", "how long a new plan may still be asked about"),
    ),
)
