"""``visible_to`` and ``can``: where everything that a person sees starts.

``can`` is ``visible_to`` asked of one row and never coded apart. Models say how they are guarded with ``register``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from onestory.platform.access import among as among  # the lookup of keys
from onestory.platform.access.decision import policy_in_force
from onestory.platform.access.marks import RecordMark
from onestory.platform.access.policy import InfoClass, Level, Tie
from onestory.platform.access.protections import AdviceName
from onestory.platform.access.row_level import CLOSED_TO, Guarded
from onestory.platform.access.sight import OF_THE_ROW, Sight, also_held_to_be

_guarded: dict[type[Model], Guarded] = {}
NOTHING, EVERYTHING = Q(pk__in=[]), ~Q(pk__in=[])
ONLY_CLOSES = "!"
"""Before a mark: the person's closings hold for the row, and no tie to them opens it."""


class NotGuarded(LookupError):
    """The model never said how it is guarded, so nobody may read it through ``visible_to``."""


def register(model: type[Model], guarded: Guarded) -> None:
    """Say how the rows of a model are guarded. Each feature does so for its own models, when it is ready."""
    _guarded[model] = guarded


def guarded_models() -> tuple[type[Model], ...]:
    """Every model that said how it is guarded."""
    return tuple(_guarded)


def visible_to(sight: Sight, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows that the reader may see, and not one more. Raises NotGuarded."""
    guarded = _guarded.get(rows.model)
    if guarded is None:
        raise NotGuarded(f"{rows.model.__name__} is read without a guard")
    return rows.filter(_Filter(sight, guarded).of_all())


def can(sight: Sight, row: Model) -> bool:
    """Whether the reader may see this row."""
    return visible_to(sight, type(row)._default_manager.all()).filter(pk=row.pk).exists()


def keys_of(people: Iterable[tuple[int, bool]]) -> list[str]:
    """The keys of a row about these records, each by mark and whether a child: what ``keys`` of a guarded table holds.

    They say how much a tie to each can open (docs/adr/0010-access.md).
    """
    marks = dict(people)
    alone = len(marks) == 1
    keys = []
    for mark, child in marks.items():
        keys += [f"={mark}"] if alone else []
        keys += [str(mark)] if child else ([] if alone else [f"~{mark}"])
    return sorted(keys)


class _Filter:
    """The reviewed table as a filter of one model's rows for one reader."""

    def __init__(self, sight: Sight, guarded: Guarded) -> None:
        self.sight, self.guarded = sight, guarded
        self.own = Q(**{guarded.holder.removesuffix("_id"): sight.agency_id})

    def of_all(self) -> Q:
        """Some class opens it, and nothing closes it."""
        opened = NOTHING
        for info in self.guarded.classes:
            if not self.sight.capped(info, self.guarded.wanted(info)):
                opened |= Q(info=info.number) & self.of_class(info)
        return (opened | self.named()) & ~self.about("shut")

    def named(self) -> Q:
        """Rows that a row which the reader sees names."""
        found = NOTHING
        for table, column in self.guarded.named_in:
            model = next(model for model, guarded in _guarded.items() if guarded.table == table)
            naming = visible_to(self.sight, model._default_manager.filter(**{column: OuterRef("pk")}))
            found |= Q(Exists(naming))
        return found

    def of_class(self, info: InfoClass) -> Q:
        """Some tie opens a row of the class, and no adverse tie, no person's wish and no share decision closes it."""
        wanted = self.guarded.wanted(info)
        opened = EVERYTHING if self.sight.untied(info, wanted) else NOTHING
        for given in self.sets_of_conditions(info):
            opened |= self.given(given) & self.reached(info, wanted, given)
        if info is InfoClass.LOCATION:
            opened |= self.about("address_held")
        if CLOSED_TO.get(info) == "adverse":
            hidden = self.about("near_alleged") & ~self.about("threatened_listed")
            opened &= ~(self.about("threatened_unlisted") | hidden)
        if CLOSED_TO.get(info) == "refused":
            opened &= self.own | ~self.about("refused")
        return opened & self.shared(wanted)

    def sets_of_conditions(self, info: InfoClass) -> set[frozenset[str]]:
        """What must hold of a row, by the clauses of the class's cells; what the model cannot tell never holds."""
        told = {"own", "basis", "listed"} | ({"owner"} if self.guarded.owner else set())
        told |= {"named"} if self.guarded.entry else set()
        cells = policy_in_force().cells
        clauses = [clause for tie in Tie if tie is not Tie.NONE for clause in cells[info, tie]]
        return {
            given
            for one in clauses
            if one.level >= self.guarded.wanted(info) and (given := one.when & OF_THE_ROW) <= told
        }

    def given(self, conditions: frozenset[str]) -> Q:
        """Rows of which all the conditions hold."""
        held = EVERYTHING
        for condition in conditions:
            held &= self.condition(condition)
        return held

    def condition(self, name: str) -> Q:
        """Rows of which one condition holds."""
        match name:
            case "own":
                return self.own
            case "basis":
                return self.about("basis")
            case "listed":
                return ~self.about("unlisted")
            case "owner":
                return Q(**{self.guarded.owner or "": self.sight.agency_id})
        named = self.sight.in_force(AdviceName).filter(self.sight.mine()).values("entry")
        return Q(**{f"{self.guarded.entry}__in": named})

    def reached(self, info: InfoClass, level: Level, given: frozenset[str]) -> Q:
        """Rows about somebody to whom a tie opens the class at the level."""
        people, adverse = self.sight.who(info, level, given)
        summary_at_most = Level.MASKED if info is InfoClass.LOCATION else Level.SUMMARY
        keys = []
        for mark, child, alleged, was_adult in self.marks(people):
            keys += [str(mark)] if child and not alleged else []
            keys += [f"={mark}"] if (alleged or was_adult if child else not alleged) else []
            keys += [f"~{mark}"] if was_adult and not alleged and level <= summary_at_most else []
        near = self.about("threatened_unlisted") | self.about("threatened_listed") | self.about("near_alleged")
        return _overlap(keys) | (near if adverse else NOTHING)

    def shared(self, wanted: Level) -> Q:
        """The source has not withheld it from the reader's agency."""
        if not self.guarded.entry:
            return EVERYTHING
        return self.own | ~Q(**{f"{self.guarded.entry}__in": self.sight.withheld(wanted)})

    def about(self, which: str) -> Q:
        """Rows about anybody of one of the sets that close or open, whoever else is in them."""
        people = self.sight.marked(which)
        return self.sight.keep(("about", which), lambda: self._about(people)) if people else NOTHING

    def _about(self, people: frozenset[UUID]) -> Q:
        same = frozenset[UUID]().union(*also_held_to_be(people).values())
        marks = RecordMark.objects.filter(Q(person__in=same) | Q(grants_follow__in=same)).values_list("mark", flat=True)
        return _overlap([f"{prefix}{mark}" for mark in marks for prefix in ("", "=", "~", ONLY_CLOSES)])

    def marks(self, people: frozenset[UUID]) -> list[tuple[int, bool, bool, bool]]:
        """Of each record that ties to these people open: its mark; of a child? of an alleged one? ever an adult?"""
        return self.sight.keep(("marks", people), lambda: self._marks(people))

    def _marks(self, people: frozenset[UUID]) -> list[tuple[int, bool, bool, bool]]:
        rows = RecordMark.objects.filter(grants_follow__in=people)
        found = rows.values_list("mark", "grants_follow__is_child", "grants_follow_id", "was_adult")
        return [(mark, child, person in self.sight.alleged, adult) for mark, child, person, adult in found]


def _overlap(keys: list[str]) -> Q:
    return Q(keys__among=frozenset(keys)) if keys else NOTHING
