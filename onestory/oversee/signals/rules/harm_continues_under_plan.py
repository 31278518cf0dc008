"""A plan is open, evidence of harm goes on coming in, and the plan stays as it is."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import FRESH, ids, is_report, is_settled, sources
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Evidence
from onestory.platform.history.evidence import Weight
from onestory.platform.history.plans import Plan
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """What came in since the open plan began and was not taken up by something stronger."""
    plan = story.serious_plan
    if plan is None:
        return
    items = [item for item in story.evidence if item.position > plan.position and not is_settled(story, item)]
    if plan.is_for_disability:  # a plan of help: what was seen to, is seen to
        items = [item for item in items if story.answer(item) is None]
    strong = [item for item in items if is_report(story, item)]
    hurt = any(item.weight is Weight.HARM for item in strong)
    enough = len(items) >= settings["items"] if strong else len(items) >= settings["signs"] and sources(items) >= 2
    if not (hurt or enough):
        return
    if clock.within(items[-1].day, FRESH):
        yield _pattern(story, plan, items)


def _pattern(story: Story, plan: Plan, items: list[Evidence]) -> Pattern:
    done = {entry.own.get("action") for entry in story.of("action") if entry.own.get("stage") != "required"}
    undone = [
        entry
        for entry in story.after(plan.opened, "action")
        if entry.own.get("stage") == "required" and entry.own.get("action") not in done
    ]
    agreements = [entry for entry in story.of("agreement") if story.bears_on_child(entry)]
    return Pattern(
        key=plan.opened.id,
        triggers=ids(items[-8:]),
        context=ids([plan.opened, *agreements[-1:], *plan.reviews[-1:], *undone[-2:]]),
        says="While the plan is open ({plan}) evidence goes on coming in: {new}.",
        parts={"plan": (plan.opened.id,), "new": ids(items[-3:])},
    )


RULE = Rule(
    signal="harm_continues_under_plan",
    title="Harm goes on while the plan stays the same",
    why="Plans drifted: concern rose while the plan was open, and nobody asked whether the plan was working.",
    consider="Bring the review forward; decide on stepping up (strategy discussion, conference, legal advice).",
    source="F5.11, F5.26, LP2",
    look=look,
    needs=frozenset({"plan"}),
    parameters=(
        Parameter("items", 2, "entries", "entries of evidence under the plan, one of them a report"),
        Parameter("signs", 3, "signs", "mere signs under the plan, from two sources"),
    ),
    grace_days=2,
)
