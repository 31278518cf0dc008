"""YAML as a tree of text with line numbers.

A C parser (libyaml, by way of PyYAML) cuts the file into events; nothing is resolved. So YAML 1.1's habits
(``no`` is false, ``2017-06-14`` is a date object) never arise: every scalar stays the text that it is, and
this module alone says, by YAML 1.2, which plain scalars mean nothing (``null``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from onestory.arrive.feeds.case_history.problems import Problems
from onestory.arrive.feeds.case_history.syntax import say_syntax_error

MOST_ENTRIES = 20_000
DEEPEST = 12
MOST_NODES = 1_500_000
"""Values in one file, aliases counted as often as they are used: an alias bomb ends here, before it costs anything."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TAGS = frozenset("tag:yaml.org,2002:" + name for name in ("str", "map", "seq", "int", "float", "bool", "null")) | {"!"}
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True, eq=False)
class Scalar:
    """One value, as text. ``plain`` without quotation marks."""

    value: str
    line: int
    plain: bool

    size = 1

    @property
    def is_null(self) -> bool:
        """Whether nothing stands here: empty, ``~`` or ``null`` without quotation marks."""
        return self.plain and self.value in _NULLS


@dataclass(slots=True, eq=False)
class Listing:
    """A list of values."""

    line: int
    items: list[Node] = field(default_factory=list)
    size: int = 1


@dataclass(slots=True, eq=False)
class Mapping:
    """Keys and values. ``repeats`` holds each further appearance of a key: name, its line, the first one's line."""

    line: int
    values: dict[str, Node] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)
    repeats: list[tuple[str, int, int]] = field(default_factory=list)
    size: int = 1
    pending: Scalar | None = None


type Node = Scalar | Listing | Mapping


class UnreadableError(Exception):
    """The text is no single YAML document that can be a case history; the reason is among the problems."""


def parse(text: str, problems: Problems) -> Node | None:
    """The file's one document as a tree, None when it cannot be read; then the reason is among the problems."""
    try:
        return _Builder(problems).build(text)
    except UnreadableError:
        return None
    except yaml.YAMLError as error:
        say_syntax_error(error, text, problems)
        return None


class _Builder:
    """Turns events into nodes with a stack of its own, so that depth costs no recursion."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._open: list[Listing | Mapping] = []
        self._names: list[str | None] = []
        self._anchors: dict[str, Node] = {}
        self._count = 0
        self._root: Node | None = None

    def build(self, text: str) -> Node | None:
        parser = _Parser(text)
        documents = 0
        try:
            while not isinstance(event := parser.get_event(), yaml.StreamEndEvent):
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self._refuse(event, "a second document", "one document in a file")
                elif isinstance(event, yaml.CollectionStartEvent):
                    self._begin(event)
                elif isinstance(event, yaml.CollectionEndEvent):
                    self._end()
                elif isinstance(event, yaml.ScalarEvent):
                    self._scalar(event)
                elif isinstance(event, yaml.AliasEvent):
                    self._alias(event)
        finally:
            parser.dispose()
        return self._root

    def _refuse(self, event: yaml.Event, found: str, allowed: str) -> None:
        self._problems.add(_line(event), "", found, allowed)
        raise UnreadableError

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        self._check_tag(event)
        self._spend(1, event)
        if len(self._open) >= DEEPEST:
            self._refuse(event, f"values nested more than {DEEPEST} deep", f"at most {DEEPEST} levels")
        line = _line(event)
        node = Mapping(line) if isinstance(event, yaml.MappingStartEvent) else Listing(line)
        if self._open and isinstance(parent := self._open[-1], Mapping) and parent.pending is None:
            self._refuse(event, "a key that is a list or a mapping", "keys that are text")
        self._open.append(node)
        self._names.append(event.anchor)

    def _end(self) -> None:
        node = self._open.pop()
        name = self._names.pop()
        if name:
            self._anchors[name] = node
        self._place(node)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.tag:
            self._check_tag(event)
        node = Scalar(event.value, _line(event), plain=not event.style)
        self._spend(1, event)
        if event.anchor:
            self._anchors[event.anchor] = node
        self._place(node)

    def _alias(self, event: yaml.AliasEvent) -> None:
        node = self._anchors.get(event.anchor or "")
        if node is None:
            what = "inside itself" if event.anchor in self._names else "without the anchor that it refers to"
            self._refuse(event, f"the alias *{event.anchor} {what}", "an alias after its anchor")
        else:
            self._spend(node.size, event)
            self._place(node)

    def _spend(self, size: int, event: yaml.Event) -> None:
        self._count += size
        if self._count > MOST_NODES:
            self._refuse(event, f"more than {MOST_NODES:,} values", "one family's history in a file")

    def _check_tag(self, event: Any) -> None:
        if event.tag and event.tag not in _TAGS:
            self._refuse(event, f"the tag {event.tag!r}", "values without a tag")

    def _place(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        parent.size += node.size
        if isinstance(parent, Listing):
            parent.items.append(node)
            if len(parent.items) > MOST_ENTRIES:
                self._problems.add(
                    node.line,
                    "",
                    f"a list of more than {MOST_ENTRIES:,}",
                    f"at most {MOST_ENTRIES:,} entries in a file",
                )
                raise UnreadableError
        elif parent.pending is None:
            self._key(parent, node)
        else:
            key, parent.pending = parent.pending, None
            parent.values.setdefault(key.value, node)

    def _key(self, parent: Mapping, node: Node) -> None:
        if not isinstance(node, Scalar):  # an alias to a list: written as a key, it is none
            self._problems.add(node.line, "", "a key that is a list or a mapping", "keys that are text")
            raise UnreadableError
        parent.pending = node
        first = parent.key_lines.setdefault(node.value, node.line)
        if node.value in parent.values:
            parent.repeats.append((node.value, node.line, first))


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1
