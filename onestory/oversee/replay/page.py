"""A replay as one page that stands by itself: no script, nothing to load; the lane picture, the questions, the
chronology, each in words too. Everything from the history is escaped: names may hold markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from onestory.arrive.chronology import lanes
from onestory.arrive.chronology.picture import picture_of
from onestory.arrive.chronology.rows import days, names_of
from onestory.oversee.replay.reading import LEVELS, NOT_PREVENTED, cost, questions, summary
from onestory.oversee.replay.walking import Replay
from onestory.oversee.signals.rule import Level
from onestory.oversee.signals.rules import BY_SIGNAL
from onestory.platform.ui.wording import day_words


@cache
def _template() -> Template:
    folder = Path(__file__).parent / "jinja2" / "replay"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


def as_page(replayed: Replay) -> str:
    """The replay as HTML text."""
    history = replayed.history
    known = sorted(
        (entry for entry in history.entries if entry.known is not None),
        key=lambda entry: (entry.happened.last, entry.happened.first),
    )
    return _template().render(
        title=history.title,
        summary=summary(replayed),
        cost=cost(replayed),
        caveat=NOT_PREVENTED if replayed.incident is not None else "",
        questions=questions(replayed),
        picture=Markup(_picture(replayed)),
        days=days(known, names_of(history)),
    )


def _picture(replayed: Replay) -> str:
    """The lanes with a flag on each day on which somebody would have been asked."""
    history = replayed.history
    if replayed.last_day is None:
        return ""
    known = [entry for entry in history.entries if entry.known is not None]
    flags = [
        lanes.Flag(
            ask.on,
            f"{day_words(ask.on)}, {LEVELS[ask.level].lower()}: "
            + "; ".join(BY_SIGNAL[r.signal].title for r in ask.reasons),
            "worry" if ask.level is Level.ACT else "ask",
        )
        for ask in replayed.asks
    ]
    return lanes.draw(picture_of(history, known, today=replayed.last_day, flags=flags))
