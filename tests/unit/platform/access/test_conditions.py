"""Conditions of guarded rows say in SQL what they say in words, and settle where there is nothing to ask."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import product

import pytest

from onestory.platform.access.conditions import Condition, Sql, every, some, unless

OWN, OPENED = Sql("{holder} = %s", ("ours",)), Sql("{info} IN (%s, %s)", (2, 3))


def holds(condition: Condition, *, holder: str, info: int) -> bool:
    """What a database answers for one row."""
    if isinstance(condition, bool):
        return condition
    text = condition.text.replace("{", "").replace("}", "").replace("%s", "?")
    question = f"SELECT {text} FROM (SELECT '{holder}' AS holder, {info} AS info)"
    with closing(sqlite3.connect(":memory:")) as database:
        return bool(database.execute(question, condition.values).fetchone()[0])


@pytest.mark.parametrize(("holder", "info"), list(product(("ours", "theirs"), (1, 2))))
def test_they_hold_as_their_words_say(holder: str, info: int) -> None:
    row = {"holder": holder, "info": info}
    own, opened = holder == "ours", info == 2
    assert holds(some(OWN, OPENED), **row) is (own or opened)
    assert holds(every(OWN, OPENED), **row) is (own and opened)
    assert holds(unless(some(OWN, OPENED)), **row) is not (own or opened)
    assert holds(every(some(OPENED, OWN), unless(OPENED)), **row) is ((opened or own) and not opened)
    assert holds(every(OWN, True, some(False, OPENED)), **row) is (own and opened)


def test_values_stand_in_the_order_of_the_text() -> None:
    assert every(OPENED, unless(OWN), some(OWN, OPENED)) == Sql(
        "({info} IN (%s, %s)) AND (NOT ({holder} = %s)) AND (({holder} = %s) OR ({info} IN (%s, %s)))",
        (2, 3, "ours", "ours", 2, 3),
    )


def test_what_is_settled_asks_nothing() -> None:
    assert some(OWN, True) is True
    assert every(OWN, False) is False
    assert some() is False
    assert every() is True
    assert unless(True) is False
    assert some(False, OWN) == OWN == every(True, OWN)
