"""What one reader can see, as sets of people: worked out once for a request from ties, protections and the table.

This is the queryset's reading of the table. The database has its own (reach.sql), and neither asks the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from onestory.platform.access.decision import policy_in_force
from onestory.platform.access.on_record import OnRecord, on_record
from onestory.platform.access.policy import CAPPED, InfoClass, Level, Tie
from onestory.platform.access.roles import ROLES
from onestory.platform.access.ties import Tie as TieRow

OF_THE_ROW = frozenset({"own", "basis", "listed", "owner", "named"})
People = frozenset[UUID]
Kinds = frozenset[str]
SEES_NOTHING = frozenset({"no_case_content"})
"""How a role that nobody knows is taken: the table caps everything for it."""


@dataclass(frozen=True)
class Sight:
    """One reader at one instant. ``among`` narrows whose ties are looked at; it can only take away."""

    user_id: UUID
    team_id: UUID
    agency_id: UUID
    role: str
    at: dt.datetime
    among: frozenset[UUID] | None = None
    purpose: str = ""

    @cached_property
    def groups(self) -> frozenset[str]:
        """The words by which the table speaks of the reader's role, and of their purpose where they chose one."""
        role = ROLES.get(self.role)
        groups = role.groups if role else SEES_NOTHING
        return groups | ({"purpose"} if self.purpose else frozenset())

    @cached_property
    def on_record(self) -> OnRecord:
        """Ties, denials and lists, asked once."""
        return on_record(
            user_id=self.user_id, team_id=self.team_id, agency_id=self.agency_id, at=self.at, among=self.among
        )

    def _ties(self) -> QuerySet[TieRow]:
        return TieRow.objects.filter(
            Q(user=self.user_id) | Q(team=self.team_id) | Q(agency=self.agency_id),
            Q(until_at=None) | Q(until_at__gt=self.at),
            since_at__lte=self.at,
        )

    def tied(self, kinds: Collection[str], *, approved_only: Collection[str] = ()) -> People:
        """People to whom the reader has a tie of one of the kinds."""
        return self.keep(
            ("tied", *sorted(kinds), "two", *sorted(approved_only)), lambda: self._tied(kinds, approved_only)
        )

    def _tied(self, kinds: Collection[str], approved_only: Collection[str]) -> People:
        held = frozenset(
            one.person
            for one in self.on_record.ties
            if one.kind in kinds or (one.approved and one.kind in approved_only)
        )
        return frozenset(held | self._known_to_the_agency() if Tie.AGENCY in kinds else held)

    def _known_to_the_agency(self) -> People:
        """People of whom the reader's agency holds a record: there can be very many."""
        rows = self._ties().filter(kind=Tie.AGENCY)
        return frozenset(
            (rows if self.among is None else rows.filter(person__in=self.among)).values_list("person_id", flat=True)
        )

    def kinds_of_ties(self, person: UUID) -> frozenset[str]:
        """The kinds of the reader's ties to one person."""
        return self.keep(
            ("kinds", person), lambda: frozenset(self._ties().filter(person=person).values_list("kind", flat=True))
        )

    def capped(self, info: InfoClass, level: Level) -> bool:
        """Whether the role may never see this class at the level."""
        caps = policy_in_force().caps
        return any(caps[info, group] < level for group in self.groups & set(CAPPED))

    def who(self, info: InfoClass, level: Level, given: frozenset[str]) -> tuple[People, bool]:
        """People whose ties show the class at the level where ``given`` holds of the row; does an adverse tie?

        Not those whom the agency knows, where that is asked row by row (``known_by_row``).
        """
        open_kinds, with_second, adverse = _ties_that_show(info, level, given | self.groups)
        if self.known_by_row(info, level, given):
            open_kinds -= {Tie.AGENCY}
        return self.tied(open_kinds, approved_only=with_second), adverse

    def known_by_row(self, info: InfoClass, level: Level, given: frozenset[str]) -> bool:
        """Whether that the agency knows somebody shows the class, and each row is asked for it by itself.

        An agency can know a hundred thousand people; of the few among whom a reader looks there is a set.
        """
        return self.among is None and Tie.AGENCY in _ties_that_show(info, level, given | self.groups)[0]

    def untied(self, info: InfoClass, level: Level) -> bool:
        """Whether the table shows the class at the level to whoever has no tie at all."""
        cells = policy_in_force().cells[info, Tie.NONE]
        return any(clause.level >= level and clause.when <= self.groups for clause in cells)

    @cached_property
    def alleged(self) -> People:
        """Of the people to whom the reader has a tie, those against whom an allegation stands, and others with them."""
        return frozenset(alleged for _, alleged in self.on_record.threats)

    def also_held_to_be(self, people: Iterable[UUID]) -> People:
        """These people, with those whom a join that nobody has confirmed yet holds to be the same."""
        asked = frozenset(people)
        same = {other for pair in self.on_record.joined if asked.intersection(pair) for other in pair}
        return asked | same

    @cached_property
    def _kept(self) -> dict[Any, Any]:
        return {}

    def keep(self, name: Any, work_out: Callable[[], Any]) -> Any:
        """The answer to a question, worked out once for this reader at this instant."""
        if name not in self._kept:
            self._kept[name] = work_out()
        return self._kept[name]

    def marked(self, which: str) -> People:
        """The people of one of the sets that close a row, or open it against a closing."""
        return self.keep(("marked", which), lambda: self._marked(which))

    def _marked(self, which: str) -> People:
        held, threats = self.on_record.of, self.on_record.threats
        match which:
            case "shut":
                return held("conflict") | self._sealed()
            case "unlisted":
                return held("protected") - held("listed")
            case "threatened_unlisted":
                return frozenset(person for person, _ in threats) - held("listed")
            case "threatened_listed":
                return frozenset(person for person, _ in threats) & held("listed")
            case "near_alleged":
                return self.alleged
            case "basis":
                return held("basis")
            case "refused":
                return held("wish") - held("basis")
            case "address_held":
                return held("address_held") if "police" in self.groups else frozenset()
        raise KeyError(which)

    def _sealed(self) -> People:
        """People whose seal does not open to the reader."""
        if not (sealed := self.on_record.of("sealed")):
            return sealed
        by_list, _ = self.who(InfoClass.SEALED, Level.FULL, frozenset({"named"}))
        by_two, _ = self.who(InfoClass.SEALED, Level.FULL, frozenset())
        return sealed - (self.on_record.of("unsealed") & by_list) - by_two

    def withheld(self, level: Level) -> list[UUID]:
        """Entries of which their source lets the reader's agency see less than the level."""
        return [entry for entry, at_most in self.on_record.at_most.items() if at_most < level]


@cache
def _ties_that_show(info: InfoClass, level: Level, holding: frozenset[str]) -> tuple[Kinds, Kinds, bool]:
    """Kinds of ties that show the class at the level where these conditions hold; and with a second person; adverse?"""
    found: dict[bool, set[Tie]] = {False: set(), True: set()}
    for tie in Tie:
        for clause in policy_in_force().cells[info, tie]:
            left = clause.when - holding
            if clause.level >= level and left <= {"second_person"}:
                found[bool(left)].add(tie)
    alone = frozenset(tie.value for tie in found[False] - {Tie.NONE, Tie.ADVERSE})
    return alone, frozenset(tie.value for tie in found[True]), Tie.ADVERSE in found[False] | found[True]
