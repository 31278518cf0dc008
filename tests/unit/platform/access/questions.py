"""Questions about access: every role, tie, class, own or other, with the facts that change an answer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

from onestory.platform.access.policy import InfoClass, Level, Tie
from onestory.platform.access.reading import EVERYONE, Item, PersonIn, Reader
from onestory.platform.access.roles import ROLES

CHILD, MOTHER, FATHER, TWIN = "child", "mother", "father", "twin"
OWN, OTHER = "own agency", "other agency"
READER = Reader(id="reader", role=ROLES["social_worker"], agency=OWN, teams=frozenset({"team"}))
ALONE = (PersonIn(CHILD, child=True),)
FAMILY = (PersonIn(CHILD, child=True), PersonIn(MOTHER, child=False))
MOTHER_ALSO_PROTECTED = (
    PersonIn(CHILD, child=True),
    PersonIn(MOTHER, child=False, protected=True, threatened_by=frozenset({FATHER})),
)
WITH_FATHER = (*FAMILY, PersonIn(FATHER, child=False, alleged=True))
Question = tuple[Reader, Item]


def ties(**of: Tie | tuple[Tie, ...]) -> dict[str, frozenset[Tie]]:
    """Ties by person: ``ties(child=Tie.WORKER)``."""
    return {who: frozenset(some if isinstance(some, tuple) else (some,)) for who, some in of.items()}


@dataclass(frozen=True)
class Twist:
    """One fact that may change the answer: laid over a reader and an item."""

    name: str
    of_reader: dict[str, Any]
    of_item: dict[str, Any]
    of_child: dict[str, Any]

    def over(self, question: Question) -> Question:
        reader, item = question
        people = tuple(replace(one, **self.of_child) if one.id == CHILD else one for one in item.people)
        return replace(reader, **self.of_reader), replace(item, people=people, **self.of_item)


def twist(name: str, *, reader: Any = None, item: Any = None, child: Any = None) -> Twist:
    return Twist(name, reader or {}, item or {}, child or {})


TWISTS = (
    twist("conflict with the child", reader={"conflicts": frozenset({CHILD})}),
    twist("conflict with somebody joined to the child", reader={"conflicts": frozenset({TWIN})}),
    twist("purpose chosen", reader={"purpose": True}),
    twist("second person approved", reader={"approved": frozenset({CHILD})}),
    twist("second person approved for the mother", reader={"approved": frozenset({MOTHER})}),
    twist("child sealed", child={"sealed": True}),
    twist("child sealed, reader named", child={"sealed": True, "named": frozenset({"reader"})}),
    twist("privileged", item={"privileged": True}),
    twist("named in the record's list", item={"named": frozenset({"reader"})}),
    twist("tells the location", item={"tells_location": True}),
    twist("owned by the reader's agency", item={"owner": OWN}),
    twist("owned by another", item={"owner": OTHER}),
    twist("basis recorded", item={"bases": frozenset({OWN})}),
    twist("refused to everyone", item={"refused": frozenset({EVERYONE})}),
    twist("refused to the reader's agency", item={"refused": frozenset({OWN})}),
    twist("withheld from everyone", item={"shared_at_most": {EVERYONE: Level.NOTHING}}),
    twist("summary for everyone", item={"shared_at_most": {EVERYONE: Level.SUMMARY}}),
    twist("index only, but for the reader's agency", item={"shared_at_most": {EVERYONE: Level.INDEX, OWN: Level.FULL}}),
    twist("police asked to check", item={"asked_to_check": frozenset({OWN})}),
    twist("location protected", child={"protected": True}),
    twist("protected, reader listed", child={"protected": True, "listed": frozenset({"reader"})}),
    twist("protected, reader's team listed", child={"protected": True, "listed": frozenset({"team"})}),
    twist("threatened by the father", child={"threatened_by": frozenset({FATHER})}),
    twist(
        "threatened by the father, reader listed",
        child={"threatened_by": frozenset({FATHER}), "listed": frozenset({"reader"})},
    ),
    twist("child alleged to have harmed", child={"alleged": True}),
    twist("joined to a twin", child={"joined": frozenset({TWIN})}),
)

TIES_BEFORE = (
    *({"child": tie} for tie in Tie),
    *({"mother": tie} for tie in Tie if tie is not Tie.NONE),
    *({"father": tie} for tie in Tie if tie is not Tie.NONE),
    *({"twin": tie} for tie in (Tie.WORKER, Tie.ADVERSE)),
    *({"child": tie, "father": Tie.AGENCY} for tie in Tie if tie is not Tie.NONE),
    *({"child": tie, "mother": Tie.LEAD} for tie in (Tie.AGENCY, Tie.TEAM, Tie.ADVERSE)),
    *({"child": pair} for pair in combinations((Tie.TEAM, Tie.FRONT_DOOR, Tie.WORKER, Tie.LEAD, Tie.BREAK_GLASS), 2)),
)


SHAPES = (
    ALONE,
    FAMILY,
    MOTHER_ALSO_PROTECTED,
    WITH_FATHER,
    (PersonIn(MOTHER, child=False),),
    (PersonIn(FATHER, child=False, alleged=True),),
)
TO_THE_CHILD = tuple({"child": tie} for tie in Tie)


def every_cell() -> Iterator[Question]:
    """Every role, tie or pair of ties, class, own or other agency, and company in which the child stands."""
    for role, of, info, agency, people in product(ROLES.values(), TIES_BEFORE, InfoClass, (OWN, OTHER), SHAPES):
        yield replace(READER, role=role, ties=ties(**of)), Item(info, agency, people)


def every_cell_with_a_twist() -> Iterator[Question]:
    """Every role, tie to the child, class, own or other agency, with each of the facts that may change the answer."""
    for role, of, info, agency in product(ROLES.values(), TO_THE_CHILD, InfoClass, (OWN, OTHER)):
        for people in (MOTHER_ALSO_PROTECTED, WITH_FATHER):
            plain = replace(READER, role=role, ties=ties(**of)), Item(info, agency, people)
            yield from (one.over(plain) for one in TWISTS)


def tangled(how_many: int, seed: int) -> Iterator[Question]:
    """Questions with two to five facts at once, the same ones for the same seed."""
    chance = random.Random(seed)
    roles = list(ROLES.values())
    for _ in range(how_many):
        reader = replace(READER, role=chance.choice(roles), ties=ties(**chance.choice(TIES_BEFORE)))
        question = reader, Item(chance.choice(list(InfoClass)), chance.choice((OWN, OTHER)), chance.choice(SHAPES))
        for one in chance.sample(TWISTS, chance.randint(2, 5)):
            question = one.over(question)
        yield question
