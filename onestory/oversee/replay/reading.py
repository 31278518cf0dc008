"""A replay in words that its text and its page share: who is asked, on what, how long before the incident."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onestory.oversee.replay.burden import burden
from onestory.oversee.replay.walking import Replay
from onestory.oversee.signals.asking import Ask
from onestory.oversee.signals.rule import Level
from onestory.oversee.signals.rules import BY_SIGNAL
from onestory.oversee.signals.wording import noun, sector_words
from onestory.platform.history.record import Entry
from onestory.platform.ui.wording import day_words, listed, plural, sentence, span_words

LEVELS = {Level.ACT: "Act now", Level.REVIEW: "Review", Level.NOTE: "Note"}
NOT_PREVENTED = (
    "That somebody would have been asked does not say that what happened could have been prevented, nor that anybody "
    "was at fault."
)


@dataclass(frozen=True, slots=True)
class Question:
    """One ask in words."""

    on: str
    level: str
    asked: str
    about: str
    again: bool
    reasons: tuple[tuple[str, str, str, str], ...]
    cited: tuple[tuple[str, str], ...]
    before: str


def questions(replayed: Replay) -> list[Question]:
    """Every question of the replay, in the order of days."""
    entries = {entry.id: entry for entry in replayed.history.entries}
    return [_question(replayed, ask, entries) for ask in replayed.asks]


def _question(replayed: Replay, ask: Ask, entries: dict[str, Entry]) -> Question:
    people = replayed.history.people
    reasons = tuple((BY_SIGNAL[r.signal].title, r.says, r.consider, r.ref) for r in ask.reasons)
    return Question(
        on=day_words(ask.on),
        level=LEVELS[ask.level],
        asked=_asked(replayed, ask.owner),
        about=listed(people[child].label for child in ask.children),
        again=ask.again,
        reasons=reasons,
        cited=tuple((entry_id, _cited(replayed, entries[entry_id])) for entry_id in ask.rests_on),
        before=_before(replayed, ask),
    )


def _asked(replayed: Replay, sector: str) -> str:
    """The agency that is asked, where the history has just one of the sector that the rule names."""
    found = [agency.name for agency in replayed.history.agencies.values() if agency.sector == sector]
    return found[0] if len(found) == 1 else sector_words(sector)


def _cited(replayed: Replay, entry: Entry) -> str:
    agency = replayed.history.agencies.get(entry.by)
    return f"{entry.happened.words()}: {noun(entry)}, {agency.name if agency else entry.by}"


def _before(replayed: Replay, ask: Ask) -> str:
    if replayed.incident is None:
        return ""
    days = (replayed.incident.happened.last - ask.on).days
    return f"{span_words(days)} before the incident under review" if days > 0 else ""


def summary(replayed: Replay) -> str:
    """What was replayed, in a sentence or two."""
    history, first, last = replayed.history, replayed.first_day, replayed.last_day
    extent = f" from {first:%B %Y} to {last:%B %Y}" if first and last else ""
    entries, agencies = len(history.entries), len(history.agencies)
    told = f"{plural(entries, 'entry', 'entries')} of {plural(agencies, 'agency', 'agencies')}"
    asked = plural(len(replayed.asks), "question")
    end = f" The incident under review: {replayed.incident.happened.words()}." if replayed.incident else ""
    return sentence(f"{told}{extent}, read day by day as they became known: {asked} would have been asked.{end}")


def cost(replayed: Replay) -> str:
    """The count of questions for a family and a year, so that nobody reads what was caught without what it costs."""
    figures = burden(replayed)
    return (
        f"{sentence(plural(figures.asks, 'question'))} in {figures.years:.1f} years, {figures.per_year:.1f} in a year; "
        f"{figures.urgent or 'none'} of them urgent. {sentence(plural(len(replayed.notes), 'pattern'))} shown as a "
        "note, about which nobody is asked."
    )


def joined(parts: Iterable[str]) -> str:
    """Parts that say something, as one line."""
    return " · ".join(part for part in parts if part)
