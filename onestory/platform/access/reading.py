"""Who reads, and what: the facts that a decision about access rests on. Pure Python, immutable.

People, agencies, teams and readers are named by their ids as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onestory.platform.access.policy import InfoClass, Level, Tie
from onestory.platform.access.roles import Role

EVERYONE = "*"
"""Stands for every other agency in a share decision or a person's wish."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who works with the program, at one moment.

    ``ties`` are the ties per person, ``conflicts`` the people in whose record they have declared an
    interest (self, relative, colleague), ``approved`` the people for whom a second person approved
    their break-glass, ``purpose`` whether they chose a purpose for the search they are making.
    """

    id: str
    role: type[Role]
    agency: str
    teams: frozenset[str] = frozenset()
    ties: Mapping[str, frozenset[Tie]] = field(default_factory=dict)
    conflicts: frozenset[str] = frozenset()
    approved: frozenset[str] = frozenset()
    purpose: bool = False

    @property
    def names(self) -> frozenset[str]:
        """Under what a list may name them: themselves or one of their teams."""
        return self.teams | {self.id}


@dataclass(frozen=True, slots=True)
class PersonIn:
    """A person in an item.

    ``alleged`` : an alleged perpetrator as regards somebody in this item or in this family.
    ``threatened_by`` : the alleged perpetrators from whom this person is to be kept safe, in the item or not.
    ``protected`` : a protection of their location is in force; ``listed`` : whom their lead lists
    (readers or teams). ``sealed`` : their whole record is sealed; ``named`` : whom the seal's own list names.
    ``joined`` : people who are held to be the same person since a join that nobody has confirmed yet.
    """

    id: str
    child: bool
    alleged: bool = False
    threatened_by: frozenset[str] = frozenset()
    protected: bool = False
    listed: frozenset[str] = frozenset()
    sealed: bool = False
    named: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()

    @property
    def identities(self) -> frozenset[str]:
        """Everyone whom this person is held to be: a denial for one of them is a denial for all at once."""
        return self.joined | {self.id}


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that could be shown: of one class, held by one agency, about people.

    ``privileged`` puts it under class 9 whatever it is; ``named`` is the list of an item of class 8 or 9.
    ``tells_location`` : its words would give away a location. ``owner`` : the agency that owes the action.
    ``bases`` : agencies for which a basis to see care history is recorded; ``refused`` : agencies that
    the person whose history it is does not want to know (T4.5). ``shared_at_most`` : the source
    agency's share decision. ``asked_to_check`` : police agencies whose answer to a welfare check is awaited.
    """

    info: InfoClass
    agency: str
    people: tuple[PersonIn, ...]
    privileged: bool = False
    named: frozenset[str] = frozenset()
    tells_location: bool = False
    owner: str | None = None
    bases: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    shared_at_most: Mapping[str, Level] = field(default_factory=dict)
    asked_to_check: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """At which level the item is shown, which rule settled it, why in one sentence, by which tie, who is told."""

    level: Level
    rule: str
    why: str
    tie: Tie = Tie.NONE
    tells: tuple[str, ...] = ()
