"""Every address of the program, from the URL configuration, and what stands in the place of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver

from tests.integration.web.four_children import ROWS

LEAVES = re.compile(r"sign-out|stay|static|media")
WORDS = {"section": "document", "offer": "concern", "form": "concern", "part": "reason", "of": "1"}
"""Parts that take a word of a list and no id: one that fits anywhere."""


def addresses(patterns: Iterable[Any], prefix: str = "") -> Iterator[str]:
    """Every address of the program as a template, such as children/<uuid:child_id>."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, f"{prefix}{one.pattern}")
        elif isinstance(one, URLPattern):
            yield f"/{prefix}{one.pattern}".replace("^", "").replace("$", "")


@cache
def routes() -> tuple[str, ...]:
    """Every address, but those that end the sign-in."""
    return tuple(one for one in addresses(get_resolver().url_patterns) if not LEAVES.search(one))


def parts(route: str) -> list[str]:
    """What stands in the places of an address, by the list that knows it: `plan`, or `agencies/row`."""
    found = re.findall(r"(?:(\w+)/)?<(?:\w+:)?(\w+)>", route)
    return [_known_as(before, name.removesuffix("_id")) for before, name in found]


def _known_as(before: str, name: str) -> str:
    return f"{before}/{name}" if f"{before}/{name}" in ROWS else name


def with_each(route: str, ids: Mapping[str, Sequence[object]]) -> Iterator[str]:
    """The address with each of these in the place of its parts, together with each other; nobody's id for the rest."""
    given = [ids.get(one) or [WORDS.get(one, uuid4())] for one in parts(route)]
    for chosen in product(*given):
        turn = iter(chosen)
        yield re.sub(r"<(?:\w+:)?(\w+)>", lambda _: str(next(turn)), route)  # noqa: B023
