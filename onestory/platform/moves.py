"""How a thing moves between its states: one table says it, and this reads the table.

Each ``states.py`` states its states, its table and the sentence for what cannot happen; who may is said there too.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from onestory.platform.access.policies import NotNow


class CannotHappen(NotNow):
    """In this state, or by this role, it cannot happen; the message can be shown."""


def after[S: Enum](table: Mapping[S, Mapping[str, S]], state: S, event: str, *, refused: str) -> S:
    """The state that follows ``event``. What is not in the table cannot happen, and changes nothing.

    Raises CannotHappen with ``refused``, in which ``{}`` stands for what the state is called, in small letters.
    """
    try:
        return table[state][event]
    except KeyError:
        raise CannotHappen(refused.format(called(state))) from None


def called(state: Enum) -> str:
    """What a state is called within a sentence."""
    return str(getattr(state, "label", state.value)).lower()


def check_role(may: Mapping[str, frozenset[str]], role: str, event: str, *, refused: str) -> None:
    """Whether the role may do it, whatever the state is. Raises CannotHappen with ``refused``."""
    if role not in may[event]:
        raise CannotHappen(refused)
