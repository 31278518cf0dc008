"""Reading one value: what its shape allows, and what to say when it is something else.

Every reader takes the ground, the node and the key's path, and returns the value, or None after noting
what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from onestory.arrive.feeds.case_history import nodes, source
from onestory.arrive.feeds.case_history.ground import Ground, say
from onestory.arrive.feeds.case_history.problems import quoted
from onestory.platform.history.dates import NOTATION, NotADate, When, parse_when
from onestory.platform.history.vocabulary import FACTORS

LONGEST_LINE = 500
"""Characters of a name or a code; sentences may be longer."""

LONGEST_ID = 100
"""Characters of an id."""

_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_WHOLE = re.compile(r"[0-9]{1,9}\Z")
_DECIMAL = re.compile(r"[0-9]{1,3}(\.[0-9]{1,30})?\Z")
PERIOD_PATTERN = "P(?=[0-9])([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}W)?([0-9]{1,4}D)?"
SECTOR_PATTERN = "[a-z][a-z0-9_-]*"
_PERIOD = re.compile(rf"{PERIOD_PATTERN}\Z")
_SECTOR = re.compile(rf"{SECTOR_PATTERN}\Z")
_FIRST_YEAR, _LAST_YEAR = 1800, 2199


def text(ground: Ground, node: nodes.Node, at: str, *, several_lines: bool = True) -> str | None:
    """Any text. Control characters are refused; line ends and tabs belong in sentences, not in names and codes."""
    if not isinstance(node, nodes.Scalar):
        ground.wrong(node, at, "text")
        return None
    control = source.control_character(node.value, several_lines=several_lines)
    if control:
        allowed = "text" if several_lines else "text on one line"
        ground.wrong(
            node, at, f"{allowed} without control characters", f"the control character {source.named(control)}"
        )
        return None
    return node.value


def line(ground: Ground, node: nodes.Node, at: str, *, longest: int = LONGEST_LINE) -> str | None:
    """A name or a code: text that is not empty, on one line."""
    value = text(ground, node, at, several_lines=False)
    if value is None:
        return None
    if not value.strip():
        ground.wrong(node, at, "text that is not empty")
        return None
    if len(value) > longest:
        ground.wrong(node, at, f"at most {longest} characters", f"{len(value)} characters")
        return None
    return value


def identity(ground: Ground, node: nodes.Node, at: str) -> str | None:
    """An id, where it is declared."""
    return line(ground, node, at, longest=LONGEST_ID)


def truth(ground: Ground, node: nodes.Node, at: str) -> bool | None:
    """``true`` or ``false``; ``yes`` and ``no`` are words."""
    value = _TRUTHS.get(node.value) if isinstance(node, nodes.Scalar) else None
    if value is None:
        ground.wrong(node, at, "true, false (leave the key out where it is not stated)")
    return value


def whole_number(ground: Ground, node: nodes.Node, at: str) -> int | None:
    """A whole number from 1."""
    if isinstance(node, nodes.Scalar) and _WHOLE.match(node.value) and int(node.value) >= 1:
        return int(node.value)
    ground.wrong(node, at, "a whole number from 1")
    return None


def percent(ground: Ground, node: nodes.Node, at: str) -> float | None:
    """0 to 100, decimals allowed, without a sign."""
    if isinstance(node, nodes.Scalar) and _DECIMAL.match(node.value) and float(node.value) <= 100:
        return float(node.value)
    ground.wrong(node, at, "a number from 0 to 100, without a % sign")
    return None


def when(ground: Ground, node: nodes.Node, at: str, *, or_word: str = "") -> When | None:
    """A date in the notation of the records, quoted or not."""
    if not isinstance(node, nodes.Scalar):
        ground.wrong(node, at, NOTATION + or_word)
        return None
    try:
        return parse_when(node.value)
    except NotADate as error:
        ground.wrong(node, at, NOTATION + or_word, _what_is_wrong(node, str(error)))
        return None


def _what_is_wrong(node: nodes.Scalar, reason: str) -> str:
    if "calendar" in reason:
        return f"{quoted(node.value)}, which is not in the calendar"
    return f"{quoted(node.value)}, which ends before it begins" if "ends before" in reason else say(node)


def recorded_when(ground: Ground, node: nodes.Node, at: str, *, or_word: str = "") -> When | None:
    """A date on which something happened or became known: in a year that people now on record can have lived in."""
    value = when(ground, node, at, or_word=or_word)
    if value and not (value.first.year >= _FIRST_YEAR and value.last.year <= _LAST_YEAR):
        ground.wrong(node, at, f"a date from {_FIRST_YEAR} to {_LAST_YEAR}")
        return None
    return value


def period(ground: Ground, node: nodes.Node, at: str) -> str | None:
    """An ISO 8601 duration of whole years, months, weeks or days, longer than nothing."""
    if isinstance(node, nodes.Scalar) and _PERIOD.match(node.value) and re.search("[1-9]", node.value):
        return node.value
    ground.wrong(node, at, "an ISO 8601 duration of days, weeks, months or years (P10D, P2W, P1M, P1Y)")
    return None


def choice(ground: Ground, node: nodes.Node, at: str, allowed: Collection[str]) -> str | None:
    """One word of a closed list."""
    if isinstance(node, nodes.Scalar) and node.value in allowed:
        return node.value
    found = node.value if isinstance(node, nodes.Scalar) else ""
    ground.wrong(node, at, ground.problems.choices(found, allowed))
    return None


def sector(ground: Ground, node: nodes.Node, at: str) -> str | None:
    """A sector's code; a partnership may use its own."""
    if isinstance(node, nodes.Scalar) and _SECTOR.match(node.value):
        return node.value
    ground.wrong(node, at, "a code in small letters, such as childrens_social_care, police or health_visiting")
    return None


def person(ground: Ground, node: nodes.Node, at: str) -> str | None:
    """The id of a person whom the file declares."""
    return _declared(ground, node, at, ground.person_ids, "people")


def agency(ground: Ground, node: nodes.Node, at: str) -> str | None:
    """The id of an agency that the file declares."""
    return _declared(ground, node, at, ground.agency_ids, "agencies")


def entry(ground: Ground, node: nodes.Node, at: str) -> str | None:
    """The id of an entry of the file."""
    return _declared(ground, node, at, ground.entry_ids, "entries")


def party(ground: Ground, node: nodes.Node, at: str) -> str | None:
    """The id of a person or of an agency; an id that is both leaves open who is meant."""
    value = node.value if isinstance(node, nodes.Scalar) else ""
    if value in ground.person_ids and value in ground.agency_ids:
        ground.wrong(node, at, "an id that only one of them has", f"{quoted(value)}, which is a person and an agency")
        return None
    if value in ground.person_ids or value in ground.agency_ids:
        return value
    return _declared(ground, node, at, (*ground.person_ids, *ground.agency_ids), "people or agencies")


def _declared(ground: Ground, node: nodes.Node, at: str, ids: Collection[str], where: str) -> str | None:
    if isinstance(node, nodes.Scalar):
        if node.value in ids:
            return node.value
        found = f"{quoted(node.value)}, which is not declared under {where}"
        ground.wrong(node, at, ground.problems.choices(node.value, ids), None if node.is_null else found)
    else:
        ground.wrong(node, at, f"one id of {where}")
    return None


def factor(ground: Ground, node: nodes.Node, at: str) -> str | None:
    """The code of a need or risk."""
    return choice(ground, node, at, FACTORS)


type Reader[T] = Callable[[Ground, nodes.Node, str], T | None]


def several[T](ground: Ground, node: nodes.Node, at: str, read: Reader[T]) -> tuple[T, ...] | None:
    """A list, or one value that stands for a list of one; each value once. None when any is wrong."""
    given = node.items if isinstance(node, nodes.Listing) else [node]
    values = [read(ground, item, at) for item in given]
    if any(value is None for value in values):
        return None
    return tuple(dict.fromkeys(value for value in values if value is not None))
