"""Several people report about the same child, and nobody has looked at the reports together."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import FRESH, before, decisions, ids, last_look, later_than, sources
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Evidence
from onestory.platform.history.earlier import evidence_before
from onestory.platform.history.evidence import HARMFUL
from onestory.platform.history.story import Story

EXPLOITATION = frozenset({"child_sexual_exploitation", "criminal_exploitation", "trafficking", "gangs"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """The newest report with those before it since the whole was last looked at."""
    place, looked = last_look(story)
    since = later_than(place, story.unsettled_reports)
    while since and (story.today - since[-1].day).days <= settings["within"]:
        if _counts(story, since, settings):
            break
        since.pop()
    if not since or not clock.within(since[-1].day, settings["within"]):
        return
    last = since[-1]
    items = [*before(last.day, since, settings["within"], last.position), last]
    yield Pattern(
        key=looked,
        triggers=ids(items),
        context=ids([*_agreeing(story, last, settings), *decisions(story, items[-6:])]),
        says="{reports}: reports by different people or again and again, not yet looked at together.",
        parts={"reports": ids(items[-4:])},
    )


def _counts(story: Story, since: list[Evidence], settings: Settings) -> bool:
    """Whether the last report of the row, with those before it, is a pattern rather than one matter."""
    last = since[-1]
    row = [*before(last.day, since, settings["within"], last.position), last]
    told = sources(row)
    if story.answer(last) is not None:
        return told >= settings["sources"]
    unanswered = [item for item in row if story.answer(item) is None]
    close = [item for item in unanswered if (last.day - item.day).days <= settings["close"]]
    if sources(close) >= 2 or _agreeing(story, last, settings):
        return True
    number = sum([item.entry.count for item in row])
    return (number >= settings["reports"] and told >= 2) or len(unanswered) >= _needed(story, last, settings)


def _agreeing(story: Story, last: Evidence, settings: Settings) -> list[Evidence]:
    """What somebody else noticed in the months before and nobody answered, naming the same harm as the report."""
    place, _ = last_look(story)
    named = last.entry.factors & HARMFUL
    earlier = before(last.day, evidence_before(story, last.position), settings["agree"], last.position)
    noticed = [item for item in later_than(place, earlier) if item.source != last.source and item.entry.factors & named]
    return [item for item in noticed if story.answer(item) is None]


def _needed(story: Story, last: Evidence, settings: Settings) -> int:
    """Unanswered reports, even of one source, that make a pattern; one fewer about a baby or about exploitation."""
    age = story.age_in_days(last.day)
    fewer = (age is not None and age < settings["infant"]) or bool(last.entry.factors & EXPLOITATION)
    return settings["reports"] - (1 if fewer else 0)


RULE = Rule(
    signal="concerns_from_different_people",
    title="Repeated reports, not looked at together",
    why="Distinct people reported the same child, and every report was handled as if it were the first.",
    consider="Read all reports together in one assessment with a chronology; speak with the child alone.",
    source="F5.17, F5.18, F5.58, F7.3",
    look=look,
    needs=frozenset({"evidence"}),
    parameters=(
        Parameter("within", FRESH, "days", "how far back reports are read together"),
        Parameter("reports", 3, "reports", "reports that make a pattern"),
        Parameter("sources", 3, "sources", "distinct people whose reports make a pattern though the child was seen"),
        Parameter("infant", 365, "days", "age under which one report fewer makes a pattern"),
        Parameter("agree", 183, "days", "how long before a report a sign of the same harm still counts with it"),
        Parameter("close", 60, "days", "how near two unanswered reports of different people must be"),
    ),
    grace_days=2,
)
