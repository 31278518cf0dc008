"""A report was closed although its content was not tested."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import FRESH, decided_on, ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Answered, Evidence
from onestory.platform.history.evidence import Weight
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

TAKEN_ON_TRUST = frozenset({"malicious", "withdrawn", "accepted_explanation"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each closing decision that says, or cannot say otherwise, that nothing but words was relied on."""
    earlier: list[Entry] = []
    for decision in story.closings:
        items = decided_on(story, decision)
        if not clock.within(story.day(decision), settings["fresh"]):
            earlier.append(decision)
            continue
        if _untested(story, decision, items):
            past = [d for d in earlier if (story.day(decision) - story.day(d)).days <= settings["fresh"]][-3:]
            named = [story.entry(entry_id) for d in past for entry_id in d.own.get("on_entries", ())]
            made = _contacts(story, decision, items)
            yield Pattern(
                key=decision.id,
                triggers=ids([decision, *items]),
                context=ids([*made, *past, *named]),
                says="{decision} without its content having been tested; it rested on: {items}.",
                parts={"decision": (decision.id,), "items": ids(items)},
                ask_now=True,
            )
        earlier.append(decision)


def _contacts(story: Story, decision: Entry, items: list[Evidence]) -> list[Entry]:
    """What was done between the report and its closing, and did not settle it."""
    first = min((item.position for item in items), default=story.position(decision))
    return [
        e
        for e in story.of("visit", "assessment", "meeting", "check")
        if first < story.position(e) < story.position(decision)
    ][-2:]


def _untested(story: Story, decision: Entry, items: list[Evidence]) -> bool:
    own = decision.own
    if own.get("verified") is True:
        return False
    if own.get("outcome") in TAKEN_ON_TRUST or any(item.entry.own.get("alleged_malicious") for item in items):
        return any(story.answered(item) <= _enough(decision, item) for item in items)
    if any(item.weight is Weight.HARM and story.answer(item) is None for item in items):
        return True
    if any(story.answered(item) >= Answered.TAKEN_UP for item in items):
        return False
    return own.get("verified") is False or own.get("checks_done") is False


def _enough(decision: Entry, item: Evidence) -> Answered:
    """The answer that is not yet enough. Physical harm, and what is called malicious, need a firm one."""
    if item.weight is Weight.HARM or decision.own.get("outcome") == "malicious":
        return Answered.TAKEN_UP
    return Answered.OPEN


RULE = Rule(
    signal="closed_without_testing",
    title="Closed without testing what was reported",
    why="Anonymous reports were taken for malicious, and explanations accepted, by asking the person complained of.",
    consider="Grade the source and the content apart; test the content by something other than the parent's word.",
    source="F5.18, F5.19, F5.21, F5.46",
    look=look,
    needs=frozenset({"decision"}),
    parameters=(Parameter("fresh", FRESH, "days", "how long a closing may still be asked about"),),
)
