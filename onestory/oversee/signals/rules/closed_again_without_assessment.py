"""Report after report is closed or kept as information, and no assessment is made."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import FRESH, before, decided_on, ids, last_look
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Answered, Evidence
from onestory.platform.history.earlier import evidence_before
from onestory.platform.history.evidence import HARMFUL
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """The row of closings since the whole was last assessed."""
    place, looked = last_look(story)
    row = [d for d in story.closings if story.position(d) > place and _unsettled(story, d)]
    if not row or not clock.within(story.day(row[-1]), settings["within"]):
        return
    newest = story.day(row[-1])
    row = [d for d in row if (newest - story.day(d)).days <= settings["within"]]
    open_ones = [d for d in row if any(story.answer(item) is None for item in decided_on(story, d))]
    if not open_ones:
        return
    beside = _beside(story, row[-1], settings)
    if not (len(row) >= settings["closings"] or _is_not_alone(beside, row[-1], story, settings)):
        return
    closed = [item for decision in row[-4:] for item in decided_on(story, decision)]
    yield Pattern(
        key=looked,
        triggers=ids(row),
        context=ids([*reversed(closed), *beside[-4:]]),
        says="Closed, or closed again, without an assessment although it does not stand alone: {row}.",
        parts={"row": ids(row[-3:])},
    )


def _unsettled(story: Story, decision: Entry) -> bool:
    """Closed without verification or new checks, and settled by nothing else either."""
    if decision.own.get("verified") is True or decision.own.get("checks_done") is True:
        return False
    items = decided_on(story, decision)
    return bool(items) and any(story.answered(item) <= Answered.SOFT for item in items)


def _beside(story: Story, decision: Entry, settings: Settings) -> list[Evidence]:
    """Other evidence of the year before that stands unsettled: from other sources, or about the same thing."""
    own = decided_on(story, decision)
    sources = {mine.source for mine in own}
    named = frozenset().union(*(mine.entry.factors for mine in own)) & HARMFUL
    place = story.position(decision)
    others = before(story.day(decision), evidence_before(story, place), settings["within"], place)
    return [
        item
        for item in others
        if (item.source not in sources or item.entry.factors & named)
        and item not in own
        and story.answered(item) <= Answered.SOFT
    ]


def _is_not_alone(beside: list[Evidence], decision: Entry, story: Story, settings: Settings) -> bool:
    """Whether enough stands beside it; one entry is enough where it names the same need or risk."""
    named = frozenset().union(*(mine.entry.factors for mine in decided_on(story, decision))) & HARMFUL
    return len(beside) >= settings["beside"] or any(item.entry.factors & named for item in beside)


RULE = Rule(
    signal="closed_again_without_assessment",
    title="Closed again, or kept as information only, without an assessment",
    why="Each notification was managed as a separate incident and closed before anybody assessed the whole.",
    consider="Make the assessment that was put off, with a chronology, instead of monitoring again.",
    source="F5.58, F5.59, F5.60",
    look=look,
    needs=frozenset({"decision"}),
    parameters=(
        Parameter("within", FRESH, "days", "how far apart the closings may lie"),
        Parameter("closings", 2, "closings", "closings that make a pattern"),
        Parameter("beside", 2, "entries", "unsettled entries of other sources beside which one closing is a pattern"),
    ),
    grace_days=2,
)
