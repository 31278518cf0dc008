"""What the table has happens; everything else is refused in words that say where it stands."""

from __future__ import annotations

from enum import Enum, StrEnum

import pytest
from django.db.models import TextChoices

from onestory.platform.access.policies import NotNow
from onestory.platform.moves import CannotHappen, after, check_role


class Door(TextChoices):
    OPEN = "open", "Standing Open"
    SHUT = "shut", "Shut"


class Lamp(StrEnum):
    LIT = "Lit"
    OUT = "Out"


DOOR = {Door.OPEN: {"shut": Door.SHUT}, Door.SHUT: {"open": Door.OPEN}}


@pytest.mark.parametrize(
    ("state", "event", "then"), [(Door.OPEN, "shut", Door.SHUT), (Door.SHUT, "open", Door.OPEN)], ids=str
)
def test_what_the_table_has_happens(state: Door, event: str, then: Door) -> None:
    assert after(DOOR, state, event, refused="") is then


@pytest.mark.parametrize(
    ("table", "state", "words"),
    [
        (DOOR, Door.OPEN, "It is “standing open”."),
        ({Lamp.LIT: {"put out": Lamp.OUT}}, Lamp.OUT, "It is “out”."),
        ({}, Lamp.LIT, "It is “lit”."),
    ],
)
def test_anything_else_is_refused_and_says_where_it_stands(
    table: dict[Enum, dict[str, Enum]], state: Enum, words: str
) -> None:
    with pytest.raises(CannotHappen) as refusal:
        after(table, state, "open", refused="It is “{}”.")
    assert str(refusal.value) == words
    assert isinstance(refusal.value, NotNow)  # so that a page can show it as any other refusal


def test_a_role_that_the_table_does_not_name_is_refused() -> None:
    may = {"open": frozenset({"porter"})}
    check_role(may, "porter", "open", refused="Ask the porter.")
    with pytest.raises(CannotHappen, match="Ask the porter"):
        check_role(may, "guest", "open", refused="Ask the porter.")
