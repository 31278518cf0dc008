"""Which reader reads which shape of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from onestory.arrive.feeds.case_history import nodes, values
from onestory.arrive.feeds.case_history.ground import Ground, fields, under
from onestory.platform.history.record import ConditionTest, RelationshipTest
from onestory.platform.history.vocabulary import KINDS, RELATIONS, Key, Shape

CONDITION_KEYS = ("kinds", "factors", "about", "together", "relationship")
RELATIONSHIP_TEST_KEYS = ("person", "is", "of")


def read_shape(ground: Ground, key: Key, node: nodes.Node, at: str) -> Any:
    """The value of one key of the vocabulary, None after noting what is wrong with it."""
    if key.shape is Shape.CHOICE:
        return values.choice(ground, node, at, key.allowed)
    return _READERS[key.shape](ground, node, at)


def _several(read: values.Reader[str]) -> Callable[[Ground, nodes.Node, str], tuple[str, ...] | None]:
    return partial(_read_several, read)


def _read_several(read: values.Reader[str], ground: Ground, node: nodes.Node, at: str) -> tuple[str, ...] | None:
    return values.several(ground, node, at, read)


def _factors(ground: Ground, node: nodes.Node, at: str) -> frozenset[str] | None:
    found = values.several(ground, node, at, values.factor)
    return None if found is None else frozenset(found)


def _kinds(ground: Ground, node: nodes.Node, at: str) -> frozenset[str] | None:
    found = values.several(ground, node, at, lambda g, n, a: values.choice(g, n, a, KINDS))
    return None if found is None else frozenset(found)


def _forbids(ground: Ground, node: nodes.Node, at: str) -> tuple[str, ...] | None:
    given = fields(ground, node, at, known=("together",), required=("together",))
    if not given or "together" not in given:
        return None
    return values.several(ground, given["together"], under(at, "together"), values.person)


def _condition(ground: Ground, node: nodes.Node, at: str) -> ConditionTest | None:
    given = fields(ground, node, at, known=CONDITION_KEYS)
    if given is None:
        return None
    if not given and isinstance(node, nodes.Mapping) and not node.values.keys() - set(CONDITION_KEYS):
        # With nothing to match, it would fire on every entry.
        ground.wrong(node, at, f"at least one of {', '.join(CONDITION_KEYS)}", "nothing to match")
        return None
    read: dict[str, Any] = {key: _CLAUSES[key](ground, value, under(at, key)) for key, value in given.items()}
    if any(value is None for value in read.values()):
        return None
    sets = {key: frozenset(value) for key, value in read.items() if key != "relationship"}
    return ConditionTest(**sets, relationship=read.get("relationship"))


def _relationship_test(ground: Ground, node: nodes.Node, at: str) -> RelationshipTest | None:
    given = fields(ground, node, at, known=RELATIONSHIP_TEST_KEYS, required=RELATIONSHIP_TEST_KEYS)
    if not given or len(given) < len(RELATIONSHIP_TEST_KEYS):
        return None
    person = values.person(ground, given["person"], under(at, "person"))
    relation = values.choice(ground, given["is"], under(at, "is"), RELATIONS)
    of = values.person(ground, given["of"], under(at, "of"))
    return RelationshipTest(person, relation, of) if person and relation and of else None


_people = _several(values.person)
_CLAUSES: dict[str, Callable[[Ground, nodes.Node, str], Any]] = {
    "kinds": _kinds,
    "factors": _factors,
    "about": _people,
    "together": _people,
    "relationship": _relationship_test,
}
_READERS: dict[Shape, Callable[[Ground, nodes.Node, str], Any]] = {
    Shape.TEXT: values.text,
    Shape.DETAIL: values.text,
    Shape.PLACE: values.line,
    Shape.CODE: values.line,
    Shape.CODES: _several(values.line),
    Shape.TRUTH: values.truth,
    Shape.NUMBER: values.whole_number,
    Shape.PERCENT: values.percent,
    Shape.WHEN: values.when,
    Shape.PERIOD: values.period,
    Shape.PERSON: values.person,
    Shape.PEOPLE: _people,
    Shape.AGENCY: values.agency,
    Shape.AGENCIES: _several(values.agency),
    Shape.PARTY: values.party,
    Shape.PARTIES: _several(values.party),
    Shape.ENTRY: values.entry,
    Shape.ENTRIES: _several(values.entry),
    Shape.FACTORS: _factors,
    Shape.CONDITION: _condition,
    Shape.FORBIDS: _forbids,
}
