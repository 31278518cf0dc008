"""A kind's own keys as they are stored: plain JSON, in which people, agencies and entries are named by their ids.

``to_stored`` and ``from_stored`` undo one another. Which table a key is kept in depends on its class, see splitting.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from onestory.platform.history.dates import When, parse_when
from onestory.platform.history.record import ConditionTest, RelationshipTest
from onestory.platform.history.vocabulary import KINDS, Shape

type Naming = Callable[[str], str | None]

SEVERAL = frozenset(
    {Shape.PEOPLE, Shape.AGENCIES, Shape.ENTRIES, Shape.CODES, Shape.PARTIES, Shape.FORBIDS},
)
OF_PEOPLE = frozenset({Shape.PERSON, Shape.PEOPLE, Shape.FORBIDS})
OF_PARTIES = frozenset({Shape.PARTY, Shape.PARTIES})
OF_AGENCIES = frozenset({Shape.AGENCY, Shape.AGENCIES})
OF_ENTRIES = frozenset({Shape.ENTRY, Shape.ENTRIES})


def _as_given(identity: str) -> str | None:
    return identity


@dataclass(frozen=True, slots=True)
class Names:
    """How ids are said on the other side. A function that gives None leaves the id out."""

    person: Naming = _as_given
    agency: Naming = _as_given
    entry: Naming = _as_given

    def party(self, identity: str) -> str | None:
        """A party is an agency, or else a person."""
        named = self.agency(identity)
        return self.person(identity) if named is None else named

    def of_shape(self, shape: Shape) -> Naming:
        """The naming that a shape's ids need; codes keep theirs."""
        if shape in OF_PEOPLE:
            return self.person
        if shape in OF_AGENCIES:
            return self.agency
        if shape in OF_PARTIES:
            return self.party
        return self.entry if shape in OF_ENTRIES else _as_given


def renamed(kind: str, own: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """The own keys with their ids said otherwise. A key of which nothing is left is left out."""
    keys = KINDS[kind].by_name
    said = {name: _rename(keys[name].shape, value, names) for name, value in own.items()}
    if kind == "notice" and "of" in own:  # words, or the id of a plan's entry
        said["of"] = names.entry(own["of"]) or own["of"]
    return {name: value for name, value in said.items() if value is not None}


def _rename(shape: Shape, value: Any, names: Names) -> Any:
    if shape is Shape.CONDITION:
        return _rename_condition(value, names.person)
    naming = names.of_shape(shape)
    if shape in SEVERAL:
        said = tuple(new for old in value if (new := naming(old)) is not None)
        return said if said or not value else None
    return naming(value) if naming is not _as_given else value


def _rename_condition(test: ConditionTest, person: Naming) -> ConditionTest:
    def several(people: frozenset[str]) -> frozenset[str]:
        return frozenset(person(one) or one for one in people)

    wanted = test.relationship
    if wanted:
        wanted = RelationshipTest(
            person(wanted.person) or wanted.person, wanted.relation, person(wanted.of) or wanted.of
        )
    return ConditionTest(test.kinds, test.factors, several(test.about), several(test.together), wanted)


def ids_in(kind: str, own: Mapping[str, Any], shapes: Set[Shape]) -> Iterator[str]:
    """Every id that stands in keys of these shapes; of people also those in conditions."""
    keys = KINDS[kind].by_name
    for name, value in own.items():
        shape = keys[name].shape
        if shape is Shape.CONDITION and shapes & OF_PEOPLE:
            yield from people_in_condition(value)
        elif shape in shapes:
            ids: Iterable[str] = value if shape in SEVERAL else (value,)
            yield from ids


def people_in_condition(test: ConditionTest) -> Iterator[str]:
    """The people whom a condition names."""
    yield from test.about
    yield from test.together
    if test.relationship:
        yield test.relationship.person
        yield test.relationship.of


def to_stored(shape: Shape, value: Any) -> Any:
    """A value of the pure record as JSON."""
    if shape is Shape.CONDITION:
        return _stored_condition(value)
    if shape is Shape.FACTORS:
        return sorted(value)
    if shape is Shape.WHEN:
        return value.text
    return list(value) if shape in SEVERAL else value


def from_stored(shape: Shape, value: Any) -> Any:
    """A value of the pure record from its JSON."""
    if shape is Shape.CONDITION:
        return _condition(value)
    if shape is Shape.FACTORS:
        return frozenset(value)
    if shape is Shape.WHEN:
        return parse_when(value)
    if shape is Shape.PERCENT:
        return float(value)
    return tuple(value) if shape in SEVERAL else value


_CLAUSES = ("kinds", "factors", "about", "together")


def _stored_condition(test: ConditionTest) -> dict[str, Any]:
    stored: dict[str, Any] = {name: sorted(getattr(test, name)) for name in _CLAUSES if getattr(test, name)}
    if test.relationship:
        wanted = test.relationship
        stored["relationship"] = {"person": wanted.person, "is": wanted.relation, "of": wanted.of}
    return stored


def _condition(stored: Mapping[str, Any]) -> ConditionTest:
    wanted = stored.get("relationship")
    return ConditionTest(
        **{name: frozenset(stored.get(name, ())) for name in _CLAUSES},
        relationship=RelationshipTest(wanted["person"], wanted["is"], wanted["of"]) if wanted else None,
    )


_TYPES: dict[Shape, tuple[type, ...]] = {
    Shape.TRUTH: (bool,),
    Shape.NUMBER: (int,),
    Shape.PERCENT: (int, float),
    Shape.WHEN: (When,),
    Shape.FACTORS: (frozenset, set),
    Shape.CONDITION: (ConditionTest,),
} | dict.fromkeys(SEVERAL, (tuple, list))


def is_of_shape(shape: Shape, value: Any) -> bool:
    """Whether a value of the pure record is of the sort that its shape asks for."""
    if isinstance(value, bool) and shape is not Shape.TRUTH:
        return False
    sorts: Any = _TYPES.get(shape, str)
    if not isinstance(value, sorts):
        return False
    return shape not in SEVERAL or all(isinstance(one, str) for one in value)
