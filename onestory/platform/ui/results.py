"""Long lists in pages, with real addresses. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its words; ``here`` marks the page that the reader is on."""

    href: str
    words: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Results[Group]:
    """One page of a list: its groups, how many pages there are, and where the others are."""

    groups: tuple[Group, ...]
    page: int
    pages: int
    links: tuple[Link, ...]
    before: str
    after: str


def fill_pages[Group](groups: Sequence[tuple[int, Group]], at_least: int) -> list[list[Group]]:
    """Groups with their sizes put on pages of at least so many items, so that no group is torn in two."""
    pages: list[list[Group]] = [[]]
    held = 0
    for size, group in groups:
        if held >= at_least:
            pages.append([])
            held = 0
        pages[-1].append(group)
        held += size
    return pages


def results[Group](pages: list[list[Group]], page: int, path: str, query: dict[str, str]) -> Results[Group]:
    """The page that was asked for, or the nearest that there is, with links that keep every filter."""
    page = min(max(page, 1), len(pages))

    def address(number: int) -> str:
        asked = {**query, "page": str(number)} if number > 1 else query
        return f"{path}?{urlencode(asked)}" if asked else path

    return Results(
        groups=tuple(pages[page - 1]),
        page=page,
        pages=len(pages),
        links=tuple(Link(address(number), str(number), number == page) for number in range(1, len(pages) + 1)),
        before=address(page - 1) if page > 1 else "",
        after=address(page + 1) if page < len(pages) else "",
    )
