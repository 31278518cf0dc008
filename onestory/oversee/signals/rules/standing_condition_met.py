"""A condition that was set for the future has come true."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import FRESH, ids, standing
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.record import ConditionTest, Entry
from onestory.platform.history.story import Story

PAPERWORK = frozenset({"condition", "order", "agreement", "plan", "action", "notice", "decision"})
"""Kinds that arrange something; they do not themselves make a condition come true."""


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each standing condition with what has met it since."""
    for condition in standing(story, clock, "condition"):
        test: ConditionTest | None = condition.own.get("if")
        if test is None or not story.bears_on_child(condition) or excused(story, condition):
            continue
        set_by = story.entry(condition.own.get("from", ""))
        met = [
            entry
            for entry in story.after(condition, *sorted(test.kinds))
            if matches(test, entry) and clock.within(story.day(entry), settings["fresh"])
        ]
        if met:
            yield Pattern(
                key=condition.id,
                triggers=ids(met),
                context=ids([condition, set_by]),
                says="A condition was set and has been met: {condition}. Since then: {met}.",
                parts={"condition": (condition.id,), "met": ids(met[-3:])},
            )
        if test.relationship is not None and confirmed(story, test):
            yield Pattern(
                key=f"{condition.id}:relationship",
                triggers=(condition.id,),
                context=ids([set_by]),
                says="A condition was set on a relationship that is now confirmed: {condition}.",
                parts={"condition": (condition.id,)},
            )


def matches(test: ConditionTest, entry: Entry) -> bool:
    """Whether an entry meets every part of the test that looks at entries."""
    if not (test.kinds or test.factors or test.about or test.together) or test.relationship is not None:
        return False
    if test.kinds and entry.kind not in test.kinds:
        return False
    if not test.kinds and entry.kind in PAPERWORK:
        return False
    if test.factors and test.factors.isdisjoint(entry.factors):
        return False
    return test.about <= set(entry.about) and test.together <= set(entry.together)


def confirmed(story: Story, test: ConditionTest) -> bool:
    """Whether the relationship on which the test waits is confirmed."""
    wanted = test.relationship
    return wanted is not None and any(
        (row.person, row.relation, row.of, row.status) == (wanted.person, wanted.relation, wanted.of, "confirmed")
        for row in story.relationships
    )


def excused(story: Story, condition: Entry) -> bool:
    """Whether what was named as an exception (``unless``) has come true."""
    unless: ConditionTest | None = condition.own.get("unless")
    if unless is None:
        return False
    return confirmed(story, unless) or any(
        matches(unless, entry) for entry in story.after(condition, *sorted(unless.kinds))
    )


RULE = Rule(
    signal="standing_condition_met",
    title="A condition set earlier has been met",
    why="Decisions said what would happen if a thing came true. It did, and the decision was forgotten.",
    consider="Do what was decided then, or record why it no longer fits and who agreed.",
    source="F5.3, F5.12, F5.19, F5.60",
    look=look,
    needs=frozenset({"condition"}),
    parameters=(
        Parameter("fresh", FRESH, "days", "how long an event that met the condition may still be asked about"),
    ),
)
