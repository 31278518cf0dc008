"""A plan was closed although what it required was not done, or evidence of harm stood unanswered."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import before, ids, is_carried_on, is_settled
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Answered, Evidence
from onestory.platform.history.evidence import Weight
from onestory.platform.history.plans import Plan
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each closing that no other plan carries on."""
    for plan in story.plans:
        closing = plan.closed
        if closing is None or plan.closed_on is None or not clock.within(plan.closed_on, settings["fresh"]):
            continue
        undone = _undone(story, plan)
        standing = _standing(story, plan, settings)
        carried_on = is_carried_on(story, plan)
        grave = sum(2 if item.weight is Weight.HARM else item.weight > Weight.SIGN for item in standing) >= 2
        unseen = [] if undone or standing or carried_on else _not_seen(story, plan, settings)
        if undone or unseen or (standing and (grave or not carried_on)):
            yield Pattern(
                key=closing.id,
                triggers=(closing.id,),
                context=ids([*undone[:4], *(item.entry for item in reversed(standing[-5:])), *unseen, plan.opened]),
                says="A plan was closed with matters open: {closing}; not done or not answered: {open}.",
                parts={"closing": (closing.id,), "open": ids([*undone[:3], *standing[-3:], *unseen[:1]])},
                ask_now=True,
            )


def _undone(story: Story, plan: Plan) -> list[Entry]:
    actions = [e for e in story.of("action") if plan.position <= story.position(e) < plan.closed_position]
    done = {e.own.get("action") for e in actions if e.own.get("stage") in ("done", "dropped")}
    return [e for e in actions if e.own.get("stage") == "required" and e.own.get("action") not in done]


def _not_seen(story: Story, plan: Plan, settings: Settings) -> list[Entry]:
    """The last sight of the child and what came after it, where nobody saw the child in the plan's last months."""
    last = story.last_seen
    if plan.closed_on is None or not plan.is_serious or last is None:
        return []
    if (plan.closed_on - last.happened.last).days <= settings["unseen"]:
        return []
    kinds = ("visit", "appointment", "absence", "observation", "meeting", "plan", "note")
    later = [e for e in story.after(last, *kinds) if story.position(e) < plan.closed_position]
    return [last, *reversed([e for e in later if story.bears_on_child(e)][-6:])]


def _standing(story: Story, plan: Plan, settings: Settings) -> list[Evidence]:
    """Evidence of the last months of the plan that nothing settled; mere signs only where there are two.

    Of an early help plan: reports that nobody has answered at all, also those that led to it.
    """
    if plan.closed_on is None:
        return []
    days = settings["before"] if plan.is_serious else settings["early_help"]
    recent = before(plan.closed_on, story.evidence, days, plan.closed_position)
    if not plan.is_serious:
        return [item for item in recent if item.weight > Weight.SIGN and story.answered(item) is Answered.OPEN]
    known_from = plan.position if plan.opened is not plan.closed else -1
    recent = [item for item in recent if item.position > known_from and not is_settled(story, item)]
    strong = any(item.weight > Weight.SIGN for item in recent)
    return recent if strong or len(recent) >= 2 else []


RULE = Rule(
    signal="plan_closed_with_matters_open",
    title="Plan closed with matters open",
    why="The second plan was closed though the drug tests it required were not done and contact had gone on.",
    consider="Answer each reason for the plan and each required action, or have a manager say why not.",
    source="F5.24, F5.39, L5",
    look=look,
    needs=frozenset({"plan"}),
    parameters=(
        Parameter("before", 92, "days", "how long before the closing evidence counts as standing"),
        Parameter("early_help", 183, "days", "the same for an early help plan, where nobody answered the evidence"),
        Parameter("unseen", 122, "days", "how long before the closing the child must have been seen"),
        Parameter("fresh", 183, "days", "how long a closing may still be asked about"),
    ),
)
