"""Made-up families about whom a great deal is on record, the same on every machine: more of everything than happens.

No such family exists. What comes of so many entries side by side shows where a rule counts, cuts off or compares
otherwise than it did.
"""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from onestory.platform.history.dates import parse_when
from onestory.platform.history.record import (
    ConditionTest,
    Entry,
    History,
    Relationship,
    RelationshipTest,
    Reporter,
    who_was_told,
)
from onestory.platform.history.vocabulary import FACTORS, KINDS, REPORTERS, Key, Shape
from tests.unit.oversee.signals.family import SECTORS, TIES, history

FIRST, DAYS = dt.date(2018, 1, 1), 900
OFTEN = {"concern": 6, "decision": 6, "visit": 7, "appointment": 9, "plan": 5, "action": 4, "assessment": 4, "note": 3}
CALMLY = {"appointment": 12, "visit": 6, "plan": 1, "assessment": 1, "note": 6, "meeting": 5} | dict.fromkeys(
    ("concern", "incident", "injury", "disclosure", "breach", "attendance", "absence", "order", "condition"), 0
)
MILD: tuple[str, ...] = ("mental_health_parent", "housing_insecurity", "isolation", "smoking", "unsafe_sleep", "debt")
MILD += ("young_parent", "care_experienced_parent", "prematurity", "learning_disability_parent", "disability_child")
MILD += ("young_carer",)
NEVER = frozenset({"harm", "relevance", "birth"})
ABOUT = ("c", "c", "c", "c", "c s", "s", "m", "m", "f", "p", "m p", "m c", "f m")
SERVICES = ("new_birth_visit", "development_review_2y", "clinic", "drug_test", "safer_sleep")
CODES = {
    "service": SERVICES,
    "type": ("welfare_check", "non_molestation", "bail", "care", "supervision", "safety_plan"),
    "from": ("school", "gp_list"),
    "tool": ("neglect", "safer_sleep"),
    "tools": ("neglect",),
    "action": ("tests", "visits", "school"),
    "request": ("r1", "r2", "r3"),
}
TESTS = (
    ConditionTest(kinds=frozenset({"incident", "concern"})),
    ConditionTest(factors=frozenset({"domestic_abuse_parent", "bruising"})),
    ConditionTest(together=frozenset({"m", "p"})),
    ConditionTest(about=frozenset({"p"})),
    ConditionTest(relationship=RelationshipTest("p", "father", "c")),
)


def busy_family(number: int) -> History:
    """The family of this number; of every fourth it is told calmly: fewer entries, no reports, milder needs."""
    chance, calm = Random(f"busy {number}"), number % 4 == 3
    days = sorted(chance.randrange(DAYS) for _ in range(70 if calm else 150))
    told = [_entry(chance, place, FIRST + dt.timedelta(days=day), calm) for place, day in enumerate(days)]
    confirmed = Relationship("p", "father", "c", "confirmed", parse_when("2019-03-05"))
    child, mother = (
        ("2014-03-03", "2017-12-20", "2018-06-10", "2019-02")[number % 4],
        ("1990-06", "2000-02")[number // 2 % 2],
    )
    return history(told, {"c": child, "m": mother}, (*TIES, confirmed) if number % 3 == 0 else TIES)


def _entry(chance: Random, place: int, day: dt.date, calm: bool) -> Entry:
    often, factors = (CALMLY, MILD) if calm else (OFTEN, tuple(FACTORS))
    kinds = [kind for kind in KINDS if kind not in NEVER]
    kind = KINDS[chance.choices(kinds, [often.get(kind, 2) for kind in kinds])[0]]
    own = {key.name: _value(chance, key, place, day) for key in kind.keys if chance.random() < 0.75}
    by, month = chance.choice(tuple(SECTORS)), chance.random() < 0.15
    about = tuple(chance.choice(ABOUT).split())
    seen = tuple(one for one in about if one in "cs" and chance.random() < 0.3)
    role = chance.choice((None, None, *REPORTERS)) if kind.code in ("concern", "disclosure") else None
    shared = chance.choice((None, None, [], [chance.choice(tuple(SECTORS))]))
    when = parse_when(f"{day:%Y-%m}" if month else day.isoformat())
    return Entry(
        id=f"e{place}",
        happened=when,
        known=when if month or chance.random() < 0.8 else parse_when((day + dt.timedelta(days=9)).isoformat()),
        by=by,
        kind=kind.code,
        about=about,
        seen=seen,
        seen_alone=seen if chance.random() < 0.3 else (),
        together=("m", "p") if chance.random() < 0.1 else (),
        reporter=Reporter(role, None, chance.choice(("", "one", "two"))) if role else None,
        factors=frozenset(chance.sample(factors, chance.choice((0, 0, 1, 1, 2, 3)))),
        told=who_was_told(kind=kind.code, by=by, shared_with=shared, sent_to=None, social_care="csc"),
        count=chance.choice((1, 1, 1, 3)),
        own=own,
    )


def _value(chance: Random, key: Key, place: int, day: dt.date) -> Any:
    people, agencies = ("c", "s", "m", "f", "p", "g"), tuple(SECTORS)
    before = [f"e{max(place - chance.randint(1, 14), 0)}" for _ in range(3)]
    match key.shape:
        case Shape.CHOICE:
            return chance.choice(key.allowed)
        case Shape.TRUTH:
            return chance.random() < 0.5
        case Shape.NUMBER:
            return chance.randint(1, 4)
        case Shape.PERCENT:
            return chance.choice((5.0, 30.0, 60.0))
        case Shape.WHEN:
            return parse_when((day + dt.timedelta(days=chance.randint(10, 120))).isoformat())
        case Shape.PERIOD:
            return chance.choice(("P1M", "P2W", "P10D", "P1Y"))
        case Shape.PEOPLE | Shape.FORBIDS:
            return tuple(chance.sample(people, 2))
        case Shape.AGENCIES:
            return tuple(chance.sample(agencies, 3))
        case Shape.AGENCY | Shape.PARTY:
            return chance.choice(agencies)
        case Shape.PARTIES:
            return (chance.choice(agencies),)
        case Shape.ENTRIES:
            return tuple(dict.fromkeys(before))
        case Shape.ENTRY:
            return before[0]
        case Shape.FACTORS:
            return frozenset(chance.sample(tuple(FACTORS), 20))
        case Shape.CONDITION:
            return chance.choice(TESTS)
        case _:
            return chance.choice(CODES.get(key.name, ("words",)))
