"""From a history to its lane picture. Pure, so that the page and the replay draw the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from onestory.arrive.chronology import lanes, saying
from onestory.arrive.chronology.rows import extent, names_of, row
from onestory.arrive.chronology.sightings import Gap, Sightings, sightings
from onestory.platform.history.plans import episodes
from onestory.platform.history.record import Entry, History
from onestory.platform.ui.wording import day_words, span_words

STILL_LIVE = dt.timedelta(days=400)
"""A history with an entry within this time is drawn up to today, an older one up to its last entry."""


def picture_of(
    history: History,
    entries: Sequence[Entry],
    *,
    today: dt.date,
    children: Collection[str] | None = None,
    flags: Iterable[lanes.Flag] = (),
) -> lanes.Picture:
    """The picture of some of a history's entries, up to a day; the children's rows rest on all of its entries.

    ``children`` limits the rows to these; ``flags`` are days that stand out over all lanes.
    """
    names = names_of(history)
    shown = [entry for entry in entries if entry.happened.first <= today] or [*entries[:1]]
    last = ends_on(shown, today)
    first = min((entry.happened.first for entry in shown), default=last - dt.timedelta(days=365))
    return lanes.Picture(
        title=f"{history.title}: what each agency recorded, and when",
        description=f"{extent(shown)}. The table of the chronology holds the same entries in words.",
        first=first.replace(day=1),
        last=last,
        lanes=_lanes(shown, names),
        marks=tuple(_mark(entry, names) for entry in shown),
        children=tuple(seen_row(one) for one in sightings(history, last, children)),
        flags=tuple(flags),
        plans=tuple(_plans(shown, last)),
    )


def ends_on(entries: Sequence[Entry], today: dt.date) -> dt.date:
    """The day with which the picture ends: today, or the last entry's where nothing was recorded for over a year."""
    latest = max((min(entry.happened.last, today) for entry in entries), default=today)
    return today if today - latest <= STILL_LIVE else latest


def _lanes(entries: Iterable[Entry], names: saying.Names) -> tuple[lanes.Lane, ...]:
    """Agencies in the order in which they first recorded something."""
    ordered = sorted(entries, key=lambda entry: (entry.happened.first, entry.happened.last))
    return tuple(lanes.Lane(one, names.party(one)) for one in dict.fromkeys(entry.by for entry in ordered))


def _mark(entry: Entry, names: saying.Names) -> lanes.Mark:
    said = row(entry, names)
    words = ": ".join(part for part in (f"{said.when}, {said.kind}", said.headline, said.text) if part)
    return lanes.Mark(entry.by, entry.happened.first, entry.happened.last, said.tone, words)


def _plans(entries: Iterable[Entry], last: dt.date) -> Iterator[lanes.Bar]:
    """Each plan as a bar, by the days on which it was opened and closed; one that goes on reaches to the end."""
    told = sorted(
        (e for e in entries if e.kind == "plan" and e.known is not None and e.happened.last <= last),
        key=lambda entry: entry.happened.last,
    )
    for plan in episodes((place, entry.happened.last, entry) for place, entry in enumerate(told)):
        name = f"{saying.code_words(plan.type)} plan".strip()
        if plan.closed is None:
            yield lanes.Bar(plan.opened_on, last, name, f"{name}, opened {plan.opened.happened.words()}, still open")
        elif plan.closed is not plan.opened:
            words = f"{name}, opened {plan.opened.happened.words()}, closed {plan.closed.happened.words()}"
            yield lanes.Bar(plan.opened_on, plan.closed_on or last, name, words)


def seen_row(one: Sightings) -> lanes.SeenRow:
    """One child's row: seen, and the long times without."""
    seen = tuple((entry.happened.first, entry.happened.last) for entry in one.seen)
    return lanes.SeenRow(one.child.label, seen, tuple(_unseen(gap) for gap in one.gaps))


def _unseen(gap: Gap) -> lanes.Unseen:
    ends = "today" if gap.open else day_words(gap.last)
    words = f"Not recorded as seen for {span_words(gap.days)}, from {day_words(gap.first)} to {ends}"
    return lanes.Unseen(gap.first, gap.last, span_words(gap.days), words)


def gap_words(one: Sightings, names: saying.Names) -> str:
    """One child in a sentence: when last seen and by whom, and the longest time without."""
    if one.last is None:
        return f"No entry says that {one.child.label} was seen by a professional."
    last = one.last
    said = f"{one.child.label} was last seen on record {_on(last)}, by {names.party(last.by)}"
    longest = max(one.gaps, key=lambda gap: gap.days, default=None)
    if longest is None:
        return f"{said}."
    ends = f"to {day_words(longest.last)}{' and still open' if longest.open else ''}"
    return f"{said}. The longest time without: {span_words(longest.days)}, from {day_words(longest.first)} {ends}."


def _on(entry: Entry) -> str:
    return f"{'on' if entry.happened.is_day else 'in'} {entry.happened.words()}"
