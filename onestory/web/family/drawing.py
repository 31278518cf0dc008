"""The family map as SVG, from its plain data and the places that Graphviz found. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from onestory.web.family.family_map import Descent, FamilyMap, Figure, Link, Union
from onestory.web.family.layout import FIGURE_HEIGHT, Layout, names

SIGN = 19  # half of a figure's sign
TOP = FIGURE_HEIGHT / 2
MARGIN = 16
INK, QUIET, DOUBT = "#1b2a30", "#4a5a61", "#8a4b00"
TEXT = 'font-family="Arial, Helvetica, sans-serif"'


class _Map:
    def __init__(self, the_map: FamilyMap, layout: Layout) -> None:
        figures, unions = names(the_map)
        self.map = the_map
        self.at = {key: layout.places[name] for key, name in figures.items()}
        self.union_at = {key: layout.places[name] for key, name in unions.items()}

    def sign(self, person: str) -> tuple[float, float]:
        x, y = self.at[person]
        return x, y - TOP + SIGN + 4

    def below(self, person: str) -> float:
        """Where the words under somebody's sign end."""
        figure = next(one for one in self.map.figures if one.id == person)
        return self.sign(person)[1] + SIGN + 10 + 16 * len(wrapped(figure.name)) + (16 if figure.note else 0)

    def joint(self, union: Union) -> tuple[float, float]:
        if len(union.people) == 1:
            return self.sign(union.people[0])
        return self.union_at[union.id][0], self.line(union)

    def line(self, union: Union) -> float:
        """The height of a couple's line: through their signs, or over the head of whoever stands between them."""
        (x1, y), (x2, _) = (self.sign(person) for person in union.people[:2])
        between = any(
            min(x1, x2) < x < max(x1, x2) and abs(self.sign(one)[1] - y) < 1 for one, (x, _) in self.at.items()
        )
        return y - SIGN - 11 - 7 * self.map.unions.index(union) if between else y


def draw(the_map: FamilyMap, layout: Layout, title: str, name: str = "family-map") -> str:
    """The map as SVG text; ``title`` says in words what it shows."""
    placed = _Map(the_map, layout)
    over = (
        30
        if any(placed.line(union) != placed.sign(union.people[0])[1] for union in the_map.unions if union.people[1:])
        else 0
    )
    width = layout.width + 2 * MARGIN
    height = max(placed.below(one) for one in placed.at) + 2 * MARGIN + over
    unions = {union.id: union for union in the_map.unions}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="family-map" role="img" aria-labelledby="{name}-title" {TEXT} '
        f'width="{width:.0f}" height="{height:.0f}" viewBox="{-MARGIN} {-MARGIN - over} {width:.0f} {height:.0f}">',
        f'<title id="{name}-title">{escape(title)}</title>',
        *(line for link in the_map.links for line in _link(link, placed)),
        *(line for union in the_map.unions for line in _union(union, placed)),
        *(line for descent in the_map.descents for line in _descent(descent, unions[descent.union], placed)),
        *(line for figure in the_map.figures for line in _figure(figure, placed)),
        "</svg>",
    ]
    return "".join(parts)


def _union(union: Union, placed: _Map) -> Iterator[str]:
    if len(union.people) < 2:
        return
    (x1, y), (x2, _) = (placed.sign(person) for person in union.people[:2])
    line, through = placed.line(union), placed.joint(union)[0]
    dash = ' stroke-dasharray="6 4"' if union.dashed else ""
    colour = INK if union.known else QUIET
    yield (
        f'<path d="M{x1:.1f} {y:.1f}V{line:.1f}H{through:.1f}H{x2:.1f}V{y:.1f}" fill="none" stroke="{colour}" '
        f'stroke-width="1.8"{dash}/>'
    )
    at = through + (22 if x2 > through else -22) if union.mark else through
    for i in range(len(union.mark)):
        yield f'<path d="M{at + 6 * i - 4:.1f} {line + 9:.1f}l8 -18" stroke="{INK}" stroke-width="1.8"/>'


def _descent(descent: Descent, union: Union, placed: _Map) -> Iterator[str]:
    x, y = placed.joint(union)
    if len(union.people) == 1:
        y = placed.below(union.people[0])
    to_x, to_y = placed.sign(descent.child)
    to_y -= SIGN
    turn = to_y - 24 - 9 * [one.id for one in placed.map.unions].index(union.id)
    dash = ' stroke-dasharray="2 4"' if descent.words else ""
    colour = DOUBT if descent.words else INK
    yield (
        f'<path d="M{x:.1f} {y:.1f}V{turn:.1f}H{to_x:.1f}V{to_y:.1f}" fill="none" stroke="{colour}" '
        f'stroke-width="1.8"{dash}/>'
    )
    if descent.denied:
        yield f'<path d="M{to_x - 7:.1f} {to_y - 8:.1f}l14 -9m-14 4l14 -9" stroke="{DOUBT}" stroke-width="1.8"/>'
    if descent.words:
        yield _label(descent.words, (x + to_x) / 2, turn - 6, DOUBT)


def _link(link: Link, placed: _Map) -> Iterator[str]:
    """Dotted lines from one person to those whose grandparent, carer … they are, with the word said once."""
    x = placed.at[link.upper][0]
    begin = placed.below(link.upper) + 18
    for lower in link.lowers:
        to_x, to_y = placed.sign(lower)
        if to_y - SIGN <= begin:  # not below: from sign to sign
            begin_here, to_y = placed.sign(link.upper)[1], to_y
        else:
            begin_here, to_y = begin, to_y - SIGN
        yield (
            f'<path d="M{x:.1f} {begin_here:.1f}L{to_x:.1f} {to_y:.1f}" stroke="#8b9aa0" stroke-width="1.4" '
            f'stroke-dasharray="1 4" stroke-linecap="round"/>'
        )
    yield _label(link.words, x, begin - 5, QUIET)


def _label(words: str, x: float, y: float, colour: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="12" text-anchor="middle" fill="{colour}" stroke="#ffffff" '
        f'stroke-width="4" paint-order="stroke">{escape(words)}</text>'
    )


def _figure(figure: Figure, placed: _Map) -> Iterator[str]:
    x, y = placed.sign(figure.id)
    yield f"<g><title>{escape(f'{figure.name}, {figure.note}' if figure.note else figure.name)}</title>"
    if figure.focus:
        yield _outline(figure.sign, x, y, SIGN + 5, "none", 1.8)
    yield _outline(figure.sign, x, y, SIGN, "#e6f1f3" if figure.focus else "#ffffff", 2)
    if figure.sign == "unknown":
        yield f'<text x="{x:.1f}" y="{y + 6:.1f}" font-size="18" text-anchor="middle" fill="{INK}">?</text>'
    if figure.died:
        yield f'<path d="M{x - 15:.1f} {y - 15:.1f}l30 30m0 -30l-30 30" stroke="{INK}" stroke-width="1.8"/>'
    below = y + SIGN + 20
    for line in wrapped(figure.name):
        yield _line(line, x, below, f'font-size="14" font-weight="bold" fill="{INK}"')
        below += 16
    if figure.note:
        yield _line(figure.note, x, below + 1, f'font-size="12.5" fill="{QUIET}"')
    yield "</g>"


def _outline(sign: str, x: float, y: float, half: float, fill: str, width: float) -> str:
    pen = f'fill="{fill}" stroke="{INK}" stroke-width="{width}"'
    if sign == "square":
        return f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:.1f}" height="{2 * half:.1f}" {pen}/>'
    if sign == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{half:.1f}" {pen}/>'
    if sign == "triangle":
        return f'<path d="M{x:.1f} {y - half:.1f}l{half:.1f} {2 * half:.1f}h{-2 * half:.1f}z" {pen}/>'
    down, across = f"{half:.1f}", f"{-half:.1f}"
    return f'<path d="M{x:.1f} {y - half:.1f}l{down} {down} {across} {down} {across} {across}z" {pen}/>'


def _line(words: str, x: float, y: float, pen: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" {pen}>{escape(words)}</text>'


def wrapped(name: str, width: int = 18) -> list[str]:
    """A name on at most two lines; what does not fit ends in an ellipsis, the whole stands in the figure's title."""
    first = ""
    words = name.split()
    while words and len(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    if not first:
        return [_cut(name, width)]
    return [first, _cut(" ".join(words), width)] if words else [first]


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else f"{words[: width - 1].rstrip()}…"
