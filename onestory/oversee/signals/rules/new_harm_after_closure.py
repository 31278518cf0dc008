"""After a plan or a report was closed, something new came in that nobody has answered."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from onestory.oversee.signals.reading import FRESH, decided_on, decisions, fresh, ids, is_carried_on, is_report, sources
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Answered, Evidence
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Unanswered evidence, grouped by the closure that it came after."""
    closures = story.once("closures_left_open", _closures)
    if not closures:
        return
    by_closure: dict[str, list[Evidence]] = defaultdict(list)
    for item in fresh(story, clock, story.unanswered):
        closure = _closure_before(closures, item, settings["within"])
        if closure is not None:
            by_closure[closure.id].append(item)
    for closure_id, items in by_closure.items():
        strong = [item for item in items if is_report(story, item)]
        signs = [item for item in items if not is_report(story, item)]
        if not strong and (len(signs) < settings["signs"] or sources(signs) < 2):
            continue
        closure = story.entry(closure_id)
        assert closure is not None
        yield _pattern(story, closure, strong or signs, signs if strong else [])


Closure = tuple[int, dt.date, Entry]
"""Its place, the day from which it counts, and what closed."""


def _closures(story: Story) -> list[Closure]:
    """Plans that ended without another going on, and reports closed without their content verified; newest first."""
    ended = [plan.closed for plan in story.plans if plan.closed is not None and not is_carried_on(story, plan)]
    closed = [decision for decision in story.closings if _left_open(story, decision)]
    found = [(story.position(entry), story.day(entry), entry) for entry in (*ended, *closed)]
    return sorted(found, key=lambda closure: -closure[0])


def _left_open(story: Story, decision: Entry) -> bool:
    """Whether the decision closed something that was never firmly settled."""
    if decision.own.get("verified") is True:
        return False
    items = decided_on(story, decision)
    return not items or any(story.answered(item) is not Answered.FIRM for item in items)


def _closure_before(closures: list[Closure], item: Evidence, days: int) -> Entry | None:
    """The first closure of an unbroken row before the evidence: closing again does not start a new alert."""
    chain: Entry | None = None
    day = item.day
    for place, closed_on, closure in closures:
        if place >= item.position:
            continue
        if (day - closed_on).days > days:
            break
        chain, day = closure, closed_on
        if closure.kind == "plan":
            break
    return chain


def _pattern(story: Story, closure: Entry, items: list[Evidence], signs: list[Evidence]) -> Pattern:
    closed = decided_on(story, closure) if closure.kind == "decision" else []
    between = [
        decision
        for decision in story.closings
        if story.position(closure) < story.position(decision) < items[-1].position
    ]
    return Pattern(
        key=closure.id,
        triggers=ids(items),
        context=ids([closure, *closed[-2:], *between[-2:], *decisions(story, items[-2:]), *signs[-2:]]),
        says="After {closure} new evidence came in and stands unanswered: {new}.",
        parts={"closure": (closure.id,), "new": ids(items[-3:])},
    )


RULE = Rule(
    signal="new_harm_after_closure",
    title="New evidence after a closure",
    why="A closure or an accepted explanation was followed by new evidence, and nothing was opened again.",
    consider="Read the new report with the closed ones. Ask whether the reason for closing still stands.",
    source="F5.8, F5.17, F5.58",
    look=look,
    needs=frozenset({"decision", "plan"}),
    parameters=(
        Parameter("within", FRESH, "days", "how long after a closure new evidence counts as following it"),
        Parameter("signs", 2, "signs", "mere signs, from two sources, that count like one report"),
    ),
    grace_days=2,
)
