"""Signs of neglect add up, and no neglect tool has been used to see whether they do."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import ids
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.answers import Answered
from onestory.platform.history.circle import Circle
from onestory.platform.history.evidence import BODILY_NEED, NEGLECT, used_neglect_tool
from onestory.platform.history.picked import Picked
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

SAME = {"punctuality": "attendance", "begging": "hunger"}
PAPERWORK = frozenset({"plan", "action", "agreement", "condition", "decision", "tool", "assessment", "meeting"})


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Signs about this child since a neglect tool was last completed, read together."""
    if not story.picked(SIGNS):
        return
    tool = _last_tool(story)
    place = story.position(tool) if tool is not None else -1
    signs = [
        entry for entry in story.picked(SIGNS) if story.position(entry) > place and not _is_firmly_settled(story, entry)
    ]
    if not signs or not clock.within(story.day(signs[-1]), settings["fresh"]):
        return
    last = story.day(signs[-1])
    row = [entry for entry in signs if (last - story.day(entry)).days <= settings["within"]]
    close = [entry for entry in row if (last - story.day(entry)).days <= settings["close"]]
    if not (_adds_up(row, settings["signs"]) or _hungry(close)):
        return
    triggers = _spaced(story, row, settings["again"])
    yield Pattern(
        key=tool.id if tool is not None else "start",
        triggers=ids(triggers),
        context=ids(reversed(row[-11:])),
        says="Signs of neglect add up and no neglect tool is on record since: {row}.",
        parts={"row": ids(row[-4:])},
    )


def _is_sign(circle: Circle, entry: Entry) -> bool:
    return circle.child in entry.about and entry.kind not in PAPERWORK


SIGNS = Picked(_is_sign, factors=NEGLECT)


def _is_firmly_settled(story: Story, entry: Entry) -> bool:
    item = story.evidence_in(entry)
    return item is not None and story.answered(item) is Answered.FIRM


def _last_tool(story: Story) -> Entry | None:
    tools = [e for e in story.of("tool", "assessment") if story.bears_on_child(e) and used_neglect_tool(e)]
    return tools[-1] if tools else None


def _kinds(row: list[Entry]) -> set[str]:
    return {SAME.get(factor, factor) for entry in row for factor in entry.factors & NEGLECT}


def _adds_up(row: list[Entry], number: int) -> bool:
    return sum(entry.count for entry in row) >= number and len(_kinds(row)) >= 2


def _hungry(row: list[Entry]) -> bool:
    """Hunger or faltering weight with a second sign from somewhere else."""
    bodily = [entry for entry in row if entry.factors & BODILY_NEED]
    return bool(bodily) and len(row) >= 2 and len({entry.by for entry in row}) >= 2 and len(_kinds(row)) >= 2


def _spaced(story: Story, row: list[Entry], days: int) -> list[Entry]:
    """Signs at least so many days apart: the next letter of the same month is not news."""
    spaced: list[Entry] = []
    for entry in row:
        if not spaced or (story.day(entry) - story.day(spaced[-1])).days >= days:
            spaced.append(entry)
    return spaced


RULE = Rule(
    signal="neglect_signs_without_tool",
    title="Signs of neglect without a neglect tool",
    why="Hygiene, attendance and appearance were recorded again and again; nobody used a tool to see the pattern.",
    consider="Complete the neglect tool with school and health; ask what each sign means for the child.",
    source="F5.43, F5.45, LP7",
    look=look,
    needs=frozenset({"evidence"}),
    parameters=(
        Parameter("signs", 3, "signs", "signs, of two kinds at least, that add up"),
        Parameter("within", 1095, "days", "how far back they are read together"),
        Parameter("close", 365, "days", "how near hunger or faltering weight and another sign must be"),
        Parameter("again", 120, "days", "how far apart signs must be to be asked about anew"),
        Parameter("fresh", 183, "days", "how long the newest sign may still be asked about"),
    ),
    grace_days=2,
)
