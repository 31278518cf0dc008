"""What every reader of a case history stands on: the problems so far and the ids that the file declares."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from onestory.arrive.feeds.case_history import nodes
from onestory.arrive.feeds.case_history.problems import Problems, quoted
from onestory.platform.history.record import Agency, Person

STEP = " › "


@dataclass(slots=True)
class Ground:
    """One file being read. The declared ids are known before any record is read, so that order does not matter."""

    problems: Problems
    area: str = ""
    person_ids: Collection[str] = ()
    agency_ids: Collection[str] = ()
    entry_ids: Collection[str] = ()
    people: dict[str, Person] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    entry_nodes: dict[str, nodes.Mapping] = field(default_factory=dict)
    social_care: str | None = None

    def wrong(self, node: nodes.Node, at: str, allowed: str, found: str | None = None) -> None:
        """Note that the value at ``at`` is none of what is allowed."""
        self.problems.add(node.line, at, found or say(node), allowed)


def say(node: nodes.Node) -> str:
    """What stands at a node, for a problem's sentence."""
    if isinstance(node, nodes.Listing):
        return "a list" if node.items else "an empty list"
    if isinstance(node, nodes.Mapping):
        return "a mapping of keys"
    return "nothing" if node.is_null else quoted(node.value)


def under(at: str, key: str) -> str:
    """The path of a key: ``entries › e12 › outcome``."""
    shown = quoted(key)[1:-1] if key else "''"
    return f"{at}{STEP}{shown}" if at else shown


def fields(
    ground: Ground,
    node: nodes.Node,
    at: str,
    *,
    known: Collection[str],
    required: Collection[str] = (),
    elsewhere: Mapping[str, str] | None = None,
) -> dict[str, nodes.Node] | None:
    """The values of a mapping's keys, those that mean nothing (``null``) left out; None when it is no mapping.

    Notes repeated keys, unknown keys (``elsewhere`` says of a key where it belongs) and required keys
    that are not there.
    """
    if not isinstance(node, nodes.Mapping):
        ground.wrong(node, at, f"keys with values ({', '.join(known)})")
        return None
    say_repeats(ground, node, at)
    for key in node.values:
        if key not in known:
            _say_unknown(ground, node, at, key, known, (elsewhere or {}).get(key))
    stated = {key: value for key, value in node.values.items() if key in known and not _is_null(value)}
    for key in required:
        if key not in stated:
            line = node.key_lines.get(key, node.line)
            ground.problems.add(line, under(at, key), "nothing", "a value; this key is required")
    return stated


def say_repeats(ground: Ground, node: nodes.Mapping, at: str) -> None:
    """Note every key of a mapping that stands there more than once, with both lines."""
    for key, line, first in node.repeats:
        ground.problems.add(
            line, under(at, key), f"{quoted(key)} again", f"each key once; it stands on line {first} already"
        )


def _say_unknown(
    ground: Ground, node: nodes.Mapping, at: str, key: str, known: Collection[str], belongs: str | None
) -> None:
    line = node.key_lines[key]
    if key == "<<":
        ground.problems.add(line, under(at, key), "a merge key, which YAML 1.2 does not have", "the keys written out")
    elif belongs:
        ground.problems.add(line, under(at, key), belongs, ", ".join(known))
    else:
        found = f"the unknown key {quoted(key)}"
        ground.problems.add(line, under(at, key), found, ground.problems.choices(key, known))


def _is_null(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Scalar) and node.is_null
