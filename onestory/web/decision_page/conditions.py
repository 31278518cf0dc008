"""Standing conditions: what was to happen if, and whether it came true; met ones first (F5.12, F5.19, F5.60). Pure."""

from __future__ import annotations

from dataclasses import dataclass

from onestory.arrive.chronology.saying import condition_words
from onestory.oversee.signals.reading import ended_by_somebody
from onestory.oversee.signals.rules.standing_condition_met import confirmed, excused, matches
from onestory.platform.history.record import ConditionTest, Entry
from onestory.platform.history.story import Story
from onestory.platform.ui.wording import plural, sentence
from onestory.web.decision_page.known import Known


@dataclass(frozen=True, slots=True)
class MetShown:
    """An entry that made a condition come true."""

    words: str
    entry: str


@dataclass(frozen=True, slots=True)
class ConditionShown:
    """One standing condition: what was to be done, if what, who set it when, and what has met it."""

    id: str
    then: str
    test: str
    set_by: str
    is_met: bool
    met: str
    met_by: tuple[MetShown, ...]


def conditions_shown(known: Known) -> tuple[ConditionShown, ...]:
    """Conditions that stand on the day, met ones first, then the latest set."""
    shown = [_shown(entry, known) for entry in reversed(standing_conditions(known.story))]
    return tuple(sorted(shown, key=lambda one: not one.is_met))


def standing_conditions(story: Story) -> list[Entry]:
    """Conditions about the child, or about adults in their life, that no day and no person has ended."""
    ended = ended_by_somebody(story, "condition")
    return [
        entry
        for entry in story.of("condition")
        if "if" in entry.own and entry.id not in ended and story.bears_on_child(entry) and not _is_over(entry, story)
    ]


def _is_over(entry: Entry, story: Story) -> bool:
    until = entry.own.get("ended")
    return until is not None and until.last < story.today


def _shown(entry: Entry, known: Known) -> ConditionShown:
    test: ConditionTest = entry.own["if"]
    met = [] if excused(known.story, entry) else [one for one in known.story.after(entry) if matches(test, one)]
    proved = confirmed(known.story, test)
    return ConditionShown(
        id=entry.id,
        then=entry.own.get("then") or entry.text or "What was to happen is not shown to you; ask who set it",
        test=sentence(condition_words(test, known.names)),
        set_by=f"{known.names.party(entry.by)}, {entry.happened.words()}",
        is_met=bool(met) or proved,
        met=_met_words(met, proved),
        met_by=tuple(MetShown(_entry_words(one, known), one.id) for one in reversed(met[-3:])),
    )


def _met_words(met: list[Entry], proved: bool) -> str:
    said = [f"met {plural(len(met), 'time')} since"] if met else []
    return " and ".join([*said, *(["the relationship is confirmed"] if proved else [])])


def _entry_words(entry: Entry, known: Known) -> str:
    return f"{known.names.entries[entry.id]}, {known.names.party(entry.by)}"
