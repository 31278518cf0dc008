"""Domestic abuse, a parent's mental health and substance misuse meet in one family, and nobody has assessed how."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import HOLISTIC, ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.circle import Circle
from onestory.platform.history.evidence import DOMESTIC_ABUSE, MENTAL_HEALTH, SUBSTANCES
from onestory.platform.history.picked import Picked
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

GROUPS = (DOMESTIC_ABUSE, MENTAL_HEALTH, SUBSTANCES)
ALL = DOMESTIC_ABUSE | MENTAL_HEALTH | SUBSTANCES
NOT_A_SIGN = frozenset({"plan", "action", "agreement", "condition", "decision", "tool", "meeting"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """All three on record, and something new on one of them since an assessment last covered them together."""
    if not all(story.naming(group) for group in GROUPS):
        return
    named = story.picked(NAMED)
    assessed = _last_holistic(story)
    place = story.position(assessed) if assessed is not None else -1
    later = [story.evidence_in(entry) for entry in named if story.position(entry) > place]
    items = [item for item in later if item is not None]
    since = [item.entry for item in items]
    if not since or (len(since) < settings["answered"] and all(story.answer(item) is not None for item in items)):
        return
    newest = story.day(since[-1])
    if not clock.within(newest, settings["within"]):
        return
    row = [entry for entry in named if (newest - story.day(entry)).days <= settings["within"]]
    if not all(any(entry.factors & group for entry in row) for group in GROUPS):
        return
    firsts = [next((entry for entry in since if entry.factors & group), None) for group in GROUPS]
    yield Pattern(
        key=assessed.id if assessed is not None else "start",
        triggers=ids(firsts),
        context=ids([*reversed(row[-9:]), assessed]),
        says="Domestic abuse, a parent's mental health and substance misuse are all on record, and no assessment since "
        "covers how they act together: {row}.",
        parts={"row": ids(row[-3:])},
    )


def _is_sign(circle: Circle, entry: Entry) -> bool:
    return entry.kind not in NOT_A_SIGN


NAMED = Picked(_is_sign, factors=ALL)


def _last_holistic(story: Story) -> Entry | None:
    """The last completed assessment that covered all three; one that does not say what it covers and had no
    chronology covered nothing together."""
    found = None
    for entry in story.of("assessment"):
        covers = entry.own.get("covers")
        completed = entry.own.get("stage") == "completed" and entry.own.get("type") in (*HOLISTIC, "early_help")
        whole = all(covers & group for group in GROUPS) if covers is not None else entry.own.get("chronology") is True
        if completed and whole:
            found = entry
    return found


RULE = Rule(
    signal="interacting_factors",
    title="Domestic abuse, mental health and substance misuse together",
    why="Each was treated as a single issue; how they acted on one another and on the children was not assessed.",
    consider="Make one holistic assessment with history and chronology; ask whether a conference is due.",
    source="F5.14, F5.17, F5.26, LP1, LP2, T4.3",
    look=look,
    needs=frozenset({"evidence"}),
    parameters=(
        Parameter("within", 730, "days", "how far back the factors are read together"),
        Parameter("answered", 3, "entries", "entries that make a pattern although each was answered"),
    ),
    grace_days=2,
)
