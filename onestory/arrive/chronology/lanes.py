"""The lane picture: a lane for each agency, what it recorded when, and the times in which nobody saw a child.

A pure function from plain data to an SVG that stands by itself: no script, no style sheet, no font to
load, so that the page's content security policy and the replay's self-contained file both take it. It
is a view over the table and never the only form of what it shows: shape and place say the same as
colour, and a title and a description say it in words (C1).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 1120
LEFT = 212  # where time begins; lane names stand before it
RIGHT = 18
PITCH = 13  # between marks that would lie upon each other
SEEN_HEIGHT = 34
PLANS_HEIGHT = 20
AXIS_HEIGHT = 30
LEGEND_HEIGHT = 62
TEXT = 'font-family="Arial, Helvetica, sans-serif"'
INK, QUIET, RULE, HATCH = "#1b2a30", "#4a5a61", "#d5dde0", "#c9702b"


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry in an agency's lane; ``first`` and ``last`` bound what its date can mean."""

    lane: str
    first: dt.date
    last: dt.date
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """An agency's lane."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """A time without anybody seeing the child: its length in words, and all of it in words."""

    first: dt.date
    last: dt.date
    length: str
    words: str


@dataclass(frozen=True, slots=True)
class SeenRow:
    """When one child was seen: the days (or the bounds of what their dates can mean), and the times without."""

    name: str
    seen: tuple[tuple[dt.date, dt.date], ...]
    unseen: tuple[Unseen, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A day that stands out over all lanes, such as one on which somebody was asked."""

    on: dt.date
    words: str
    tone: str = "ask"


@dataclass(frozen=True, slots=True)
class Bar:
    """A plan from its opening to its closing, or to the end of the picture: its short name, and all of it in words."""

    first: dt.date
    last: dt.date
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that the picture shows, from ``first`` to ``last``."""

    title: str
    description: str
    first: dt.date
    last: dt.date
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    children: tuple[SeenRow, ...] = ()
    flags: tuple[Flag, ...] = ()
    plans: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    days: int

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / self.days
        return LEFT + min(max(share, 0.0), 1.0) * (WIDTH - LEFT - RIGHT)


def draw(picture: Picture, name: str = "lanes") -> str:
    """The picture as SVG text. ``name`` begins its ids, so that two pictures can stand on one page."""
    scale = _Scale(picture.first, max((picture.last - picture.first).days, 1))
    placed = {lane.id: list(_placed(picture.marks, lane.id, scale)) for lane in picture.lanes}
    body: list[str] = []
    top: float = AXIS_HEIGHT + (20 if picture.flags else 0)
    begin = top
    for child in picture.children:
        body.extend(_seen_row(child, top, scale, name))
        top += SEEN_HEIGHT
    if picture.plans:
        body.extend(_plans(picture.plans, top, scale))
        top += PLANS_HEIGHT * _rows_of(picture.plans)[1] + 8
    for lane in picture.lanes:
        height = _lane_height(placed[lane.id])
        body.extend(_lane(lane, placed[lane.id], top, height, scale))
        top += height
    frame = [*_axis(picture, scale, top), *_flags(picture.flags, begin, top, scale)]
    return "".join(
        [*_opening(picture, top + LEGEND_HEIGHT, name), *frame, *body, *_legend(picture, top + 22, name), "</svg>"]
    )


def _opening(picture: Picture, height: float, name: str) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="lanes" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        f'aria-labelledby="{name}-title {name}-description" {TEXT}>'
    )
    yield f'<title id="{name}-title">{escape(picture.title)}</title>'
    yield f'<desc id="{name}-description">{escape(picture.description)}</desc>'
    yield (
        f'<defs><pattern id="{name}-unseen" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="7" height="7" fill="#fdf1e7"/>'
        f'<path d="M0 0V7" stroke="{HATCH}" stroke-opacity="0.6" stroke-width="1.6"/></pattern></defs>'
    )


def _axis(picture: Picture, scale: _Scale, bottom: float) -> Iterator[str]:
    for day, label, strong in _ticks(picture.first, picture.last):
        x = scale.x(day)
        colour = "#aebbc0" if strong else RULE
        yield f'<path d="M{x:.1f} {AXIS_HEIGHT - 6}V{bottom:.0f}" stroke="{colour}" stroke-width="1"/>'
        if label:
            yield f'<text x="{x + 4:.1f}" y="{AXIS_HEIGHT - 12}" font-size="13" fill="{QUIET}">{label}</text>'


def _ticks(first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, str, bool]]:
    """Where time is marked: the first day, years, and between them quarters or months where there is room.

    Gives the day, its label, and whether it opens a year.
    """
    days = (last - first).days
    step = 1 if days < 560 else 3 if days < 1800 else 12
    yield first, f"{first:%b %Y}" if first.month != 1 else "", False
    soon = first + dt.timedelta(days=max(days // 12, 1))
    for day in _months(first, last, step):
        label = f"{day.year}" if day.month == 1 else f"{day:%b}"
        yield day, label if day >= soon or first.month == 1 else "", day.month == 1


def _months(first: dt.date, last: dt.date, step: int) -> Iterator[dt.date]:
    for count in range((last.year - first.year + 1) * 12):
        day = dt.date(first.year + count // 12, count % 12 + 1, 1)
        if first <= day <= last and count % step == 0:
            yield day


def _seen_row(child: SeenRow, top: float, scale: _Scale, name: str) -> Iterator[str]:
    middle = top + SEEN_HEIGHT / 2
    yield f'<rect x="0" y="{top:.0f}" width="{WIDTH}" height="{SEEN_HEIGHT}" fill="#f3f7f8"/>'
    yield _lane_name(f"{child.name} seen", middle, bold=True)
    for gap in child.unseen:
        yield from _unseen(gap, top, scale, name)
    for first, last in child.seen:
        x = (scale.x(first) + scale.x(last)) / 2
        if (last - first).days > 45:
            yield f'<path d="M{scale.x(first):.1f} {middle}H{scale.x(last):.1f}" stroke="#0b6478" stroke-width="2"/>'
        yield f'<circle cx="{x:.1f}" cy="{middle:.1f}" r="5" fill="#0b6478" stroke="#ffffff" stroke-width="1.2"/>'


def _unseen(gap: Unseen, top: float, scale: _Scale, name: str) -> Iterator[str]:
    x, end = scale.x(gap.first), scale.x(gap.last)
    height = SEEN_HEIGHT - 12
    yield (
        f'<rect x="{x:.1f}" y="{top + 6:.0f}" width="{max(end - x, 1):.1f}" height="{height}" rx="2" '
        f'fill="url(#{name}-unseen)" stroke="{HATCH}" stroke-width="1"><title>{escape(gap.words)}</title></rect>'
    )
    if end - x > 6.6 * len(gap.length) + 8:
        yield (
            f'<text x="{(x + end) / 2:.1f}" y="{top + SEEN_HEIGHT / 2 + 4.5:.1f}" font-size="12.5" '
            f'text-anchor="middle" font-weight="bold" fill="#6d350b" stroke="#fdf1e7" stroke-width="4" '
            f'paint-order="stroke">{escape(gap.length)}</text>'
        )


def _rows_of(bars: Sequence[Bar]) -> tuple[list[int], int]:
    """The row of each bar, so that no two lie upon each other, and how many rows that takes."""
    ends: list[dt.date] = []
    rows = []
    for bar in bars:
        row = next((number for number, end in enumerate(ends) if end <= bar.first), len(ends))
        ends[row : row + 1] = [bar.last]
        rows.append(row)
    return rows, len(ends)


def _plans(bars: Sequence[Bar], top: float, scale: _Scale) -> Iterator[str]:
    rows, number = _rows_of(bars)
    yield f'<path d="M0 {top:.0f}H{WIDTH}" stroke="{RULE}" stroke-width="1"/>'
    yield _lane_name("Plans", top + 4 + number * PLANS_HEIGHT / 2, bold=True)
    for bar, row in zip(bars, rows, strict=True):
        x, end = scale.x(bar.first), scale.x(bar.last)
        y = top + 6 + row * PLANS_HEIGHT
        yield (
            f'<g><title>{escape(bar.words)}</title><rect x="{x:.1f}" y="{y:.0f}" width="{max(end - x, 3):.1f}" '
            f'height="{PLANS_HEIGHT - 4}" rx="2" fill="#e8e4f5" stroke="{COLOURS["decision"]}" stroke-width="1.2"/>'
        )
        if end - x > 6.4 * len(bar.name) + 8:
            yield f'<text x="{x + 5:.1f}" y="{y + 11.5:.1f}" font-size="12" fill="#2b2159">{escape(bar.name)}</text>'
        yield "</g>"


def _lane(
    lane: Lane, marks: Sequence[tuple[Mark, float, int]], top: float, height: float, scale: _Scale
) -> Iterator[str]:
    yield f'<path d="M0 {top:.0f}H{WIDTH}" stroke="{RULE}" stroke-width="1"/>'
    yield _lane_name(lane.name, top + height / 2)
    for mark, x, level in marks:
        y = top + height - PITCH * (level + 0.5) - 7
        if (mark.last - mark.first).days > 45:
            yield (
                f'<path d="M{scale.x(mark.first):.1f} {y:.1f}H{scale.x(mark.last):.1f}" stroke="{_colour(mark.tone)}" '
                f'stroke-width="1.5" stroke-opacity="0.55"/>'
            )
        yield f"<g><title>{escape(mark.words)}</title>{shape(mark.tone, x, y)}</g>"


def _lane_name(words: str, middle: float, bold: bool = False) -> str:
    short = words if len(words) <= 29 else f"{words[:28].rstrip()}…"
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="4" y="{middle + 4.5:.1f}" font-size="13.5" fill="{INK}"{weight}>'
        f"<title>{escape(words)}</title>{escape(short)}</text>"
    )


def _lane_height(marks: Sequence[tuple[Mark, float, int]]) -> float:
    return PITCH * (max((level for _, _, level in marks), default=0) + 1) + 14


def _placed(marks: Iterable[Mark], lane: str, scale: _Scale) -> Iterator[tuple[Mark, float, int]]:
    """Each mark of a lane with its place: spread over what its date can mean, stacked where it would cover another."""
    together: dict[tuple[dt.date, dt.date], list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.lane == lane:
            together[mark.first, mark.last].append(mark)
    spread: list[tuple[float, Mark]] = []
    for (first, last), those in together.items():
        begin, end = scale.x(first), scale.x(last)
        spread.extend((begin + (end - begin) * (i + 0.5) / len(those), mark) for i, mark in enumerate(those))
    taken: list[float] = []
    for x, mark in sorted(spread, key=lambda pair: pair[0]):
        level = next((i for i, end in enumerate(taken) if x - end >= PITCH - 0.5), len(taken))
        taken[level : level + 1] = [x]
        yield mark, x, level


def _flags(flags: Iterable[Flag], top: float, bottom: float, scale: _Scale) -> Iterator[str]:
    for flag in flags:
        x = scale.x(flag.on)
        pen = f'stroke="{_colour(flag.tone)}" stroke-width="1.2" stroke-dasharray="3 3"'
        line = f'<path d="M{x:.1f} {top - 4:.0f}V{bottom:.0f}" {pen}/>'
        yield f"<g><title>{escape(flag.words)}</title>{line}{shape(flag.tone, x, top - 10)}</g>"


COLOURS: Mapping[str, str] = {
    "worry": "#a3231d",
    "missed": "#a3231d",
    "contact": "#0b6478",
    "decision": "#4b3b8f",
    "promise": "#4b3b8f",
    "family": "#5a5424",
    "ask": "#8a4b00",
    "harm": "#000000",
}

LEGEND: tuple[tuple[str, str], ...] = (
    ("worry", "worry noticed"),
    ("contact", "contact made"),
    ("missed", "contact missed"),
    ("decision", "decision, plan, meeting"),
    ("promise", "promise, request, order"),
    ("family", "change in the family"),
    ("other", "note"),
)


def _colour(tone: str) -> str:
    return COLOURS.get(tone, "#5b6b72")


def shape(tone: str, x: float, y: float) -> str:
    """The mark of one sort of entry: each sort has a shape of its own."""
    colour = _colour(tone)
    match tone:
        case "worry" | "harm":
            return f'<path d="M{x:.1f} {y - 6:.1f}l6 11h-12z" fill="{colour}"/>'
        case "missed":
            cross = f"M{x - 2.6:.1f} {y - 2.6:.1f}l5.2 5.2m0-5.2l-5.2 5.2"
            return (
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.2" fill="#ffffff" stroke="{colour}" stroke-width="1.6"/>'
                f'<path d="{cross}" stroke="{colour}" stroke-width="1.6"/>'
            )
        case "contact":
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.2" fill="{colour}"/>'
        case "decision":
            return f'<rect x="{x - 4.8:.1f}" y="{y - 4.8:.1f}" width="9.6" height="9.6" fill="{colour}"/>'
        case "promise":
            return (
                f'<rect x="{x - 4.2:.1f}" y="{y - 4.2:.1f}" width="8.4" height="8.4" fill="#ffffff" '
                f'stroke="{colour}" stroke-width="1.8"/>'
            )
        case "family":
            return f'<path d="M{x:.1f} {y - 6:.1f}l6 6-6 6-6-6z" fill="{colour}"/>'
        case "ask":
            return f'<path d="M{x:.1f} {y + 6:.1f}l-6-11h12z" fill="{colour}"/>'
        case _:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{colour}"/>'


def _legend(picture: Picture, top: float, name: str) -> Iterator[str]:
    used = {mark.tone for mark in picture.marks}
    x: float = LEFT
    for tone, words in LEGEND:
        if tone in used or (tone == "other" and used - dict(LEGEND).keys()):
            yield shape(tone, x + 6, top)
            yield f'<text x="{x + 17:.0f}" y="{top + 4.5:.0f}" font-size="13" fill="{INK}">{words}</text>'
            x += 34 + 6.9 * len(words)
    if picture.children:
        yield f'<circle cx="{LEFT + 6}" cy="{top + 24:.0f}" r="5" fill="#0b6478"/>'
        words = f'y="{top + 28.5:.0f}" font-size="13" fill="{INK}"'
        yield f'<text x="{LEFT + 17}" {words}>child seen by a professional</text>'
        place = f'x="{LEFT + 205}" y="{top + 17:.0f}" width="26" height="14"'
        yield f'<rect {place} fill="url(#{name}-unseen)" stroke="{HATCH}"/>'
        yield (
            f'<text x="{LEFT + 238}" {words}>'
            "eight weeks or more in which nobody is recorded as having seen the child</text>"
        )
