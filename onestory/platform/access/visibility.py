"""``visible_to`` and ``can``: where everything that a person sees starts.

``can`` is ``visible_to`` asked of one row and never coded apart. Models say how they are guarded with ``register``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache, reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from onestory.platform.access.among import Keys
from onestory.platform.access.conditions import Condition, Holds, Sql, every, some, unless
from onestory.platform.access.decision import policy_in_force
from onestory.platform.access.marks import RecordMark
from onestory.platform.access.policy import InfoClass, Level, Tie
from onestory.platform.access.row_level import CLOSED_TO, Guarded
from onestory.platform.access.sight import OF_THE_ROW, Sight
from onestory.platform.database.one_of import Ids

_guarded: dict[type[Model], Guarded] = {}
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
    return rows.filter(sight.keep(("rows of", guarded), lambda: _Filter(sight, guarded).of_all()))


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


class _Class(NamedTuple):
    """How rows of one class open to one reader: two classes that open alike are asked for together.

    ``ways`` : sets of keys, each with the conditions of the row under which they open it; None: whoever has no tie sees
    it. ``known`` : conditions under which a row opens whose people the reader's agency knows, where each row is asked
    for that. ``wanted`` : the level. ``closed_to`` : whom it is closed to whatever opens it. ``summary`` : whether rows
    open that know the person as an adult.
    """

    ways: frozenset[tuple[frozenset[str], Keys | None]]
    wanted: Level
    closed_to: str | None
    known: frozenset[frozenset[str]] = frozenset()
    summary: bool = False


class _Filter:
    """The reviewed table as a filter of one model's rows for one reader."""

    def __init__(self, sight: Sight, guarded: Guarded) -> None:
        self.sight, self.guarded = sight, guarded
        self.own = Sql(f"{{{guarded.holder.removesuffix('_id')}}} = %s", (sight.agency_id,))

    def of_all(self) -> Q | Holds:
        """Some class opens it, or a row that names it, and nothing closes it."""
        opened, not_shut = self.opened_by_class(), none_of(self.about("shut"))
        if not self.guarded.named_in:
            return Holds(every(opened, not_shut))
        return reduce(or_, self.named(), Q(Holds(opened))) & Q(Holds(not_shut))

    def opened_by_class(self) -> Condition:
        """Rows of the classes that ties open. Each set of keys stands there once: there can be thousands of keys."""
        alike: dict[_Class, list[int]] = {}
        for info in self.guarded.classes:
            if not self.sight.capped(info, self.guarded.wanted(info)):
                alike.setdefault(self.class_of(info), []).append(info.number)
        by_keys: dict[Keys | None, list[Condition]] = {}
        by_row: dict[bool, list[Condition]] = {}
        for one, numbers in alike.items():
            closed = (*self.not_closed(one.closed_to), self.shared(one.wanted))
            for given, keys in one.ways:
                test = every(_of_classes(numbers), *map(self.condition, sorted(given)), *closed)
                by_keys.setdefault(keys, []).append(test)
            for given in one.known:
                test = every(_of_classes(numbers), *map(self.condition, sorted(given)), *closed)
                by_row.setdefault(one.summary, []).append(test)
        return some(
            *(every(some(*tests), keys is None or any_of(keys)) for keys, tests in by_keys.items()),
            *(every(some(*tests), self.known_to_agency(summary=summary)) for summary, tests in by_row.items()),
        )

    def named(self) -> Iterator[Q]:
        """Rows that a row which the reader sees names."""
        for table, column in self.guarded.named_in:
            model = next(model for model, guarded in _guarded.items() if guarded.table == table)
            yield Q(Exists(visible_to(self.sight, model._default_manager.filter(**{column: OuterRef("pk")}))))

    def class_of(self, info: InfoClass) -> _Class:
        """How rows of the class open."""
        wanted = self.guarded.wanted(info)
        if self.sight.untied(info, wanted):
            return _Class(frozenset({(frozenset(), None)}), wanted, CLOSED_TO.get(info))
        sets = self.sets_of_conditions(info)
        ways = {(given, self.reached(info, wanted, given)) for given in sets}
        if info is InfoClass.LOCATION:
            ways.add((frozenset(), self.about("address_held")))
        known = frozenset(given for given in sets if self.sight.known_by_row(info, wanted, given))
        return _Class(_least(ways), wanted, CLOSED_TO.get(info), known, _is_summary(info, wanted))

    def known_to_agency(self, *, summary: bool) -> Condition:
        """Rows about somebody whom the reader's agency knows, as far as that opens them (``_reached``: of keys)."""
        reader = self.sight
        alleged = Ids(reader.alleged).written
        ties = (Tie.AGENCY.value, reader.user_id, reader.team_id, reader.agency_id, reader.at, reader.at)
        return Sql(_KNOWN, (*ties, alleged, alleged, summary, alleged, alleged))

    def not_closed(self, closed_to: str | None) -> Iterator[Condition]:
        """What has to hold that a class which is closed to some stays open."""
        if closed_to == "adverse":
            yield none_of(self.about("threatened_unlisted"))
            yield some(none_of(self.about("near_alleged")), any_of(self.about("threatened_listed")))
        if closed_to == "refused":
            yield some(self.own, none_of(self.about("refused")))

    def sets_of_conditions(self, info: InfoClass) -> frozenset[frozenset[str]]:
        """What must hold of a row, by the clauses of the class's cells; what the model cannot tell never holds."""
        told = {"own", "basis", "listed"} | ({"owner"} if self.guarded.owner else set())
        told |= {"named"} if self.guarded.entry else set()
        return _sets_of_conditions(info, self.guarded.wanted(info), frozenset(told))

    def condition(self, name: str) -> Condition:
        """Rows of which one condition of a cell holds."""
        match name:
            case "own":
                return self.own
            case "basis":
                return any_of(self.about("basis"))
            case "listed":
                return none_of(self.about("unlisted"))
            case "owner":
                return Sql(f"{{{self.guarded.owner}}} = %s", (self.sight.agency_id,))
            case "named":
                return one_of(self.guarded.entry, self.sight.on_record.named)
        raise KeyError(name)

    def reached(self, info: InfoClass, level: Level, given: frozenset[str]) -> Keys:
        """The keys that open a row about somebody to whom a tie opens the class at the level."""
        people, adverse = self.sight.who(info, level, given)
        summary = _is_summary(info, level)
        return self.sight.keep(("reached", people, adverse, summary), lambda: self._reached(people, adverse, summary))

    def _reached(self, people: frozenset[UUID], adverse: bool, summary: bool) -> Keys:
        keys: set[str] = set()
        for mark, child, alleged, was_adult in self.marks(people):
            if child and not alleged:
                keys.add(str(mark))
            if alleged or was_adult if child else not alleged:
                keys.add(f"={mark}")
            if was_adult and not alleged and summary:
                keys.add(f"~{mark}")
        near = ("threatened_unlisted", "threatened_listed", "near_alleged") if adverse else ()
        return Keys(keys.union(*map(self.about, near)))

    def shared(self, wanted: Level) -> Condition:
        """The source has not withheld it from the reader's agency."""
        if not self.guarded.entry or not (withheld := self.sight.withheld(wanted)):
            return True
        return some(self.own, Sql(f"{{{self.guarded.entry}}} IS NULL"), unless(one_of(self.guarded.entry, withheld)))

    def about(self, which: str) -> Keys:
        """The keys of rows about anybody of one of the sets that close or open, whoever else is in them."""
        return self.sight.keep(("about", which), lambda: keys_about(self.sight, self.sight.marked(which)))

    def marks(self, people: frozenset[UUID]) -> list[tuple[int, bool, bool, bool]]:
        """Of each record that ties to these people open: its mark; of a child? of an alleged one? ever an adult?"""
        return self.sight.keep(("marks", people), lambda: self._marks(people))

    def _marks(self, people: frozenset[UUID]) -> list[tuple[int, bool, bool, bool]]:
        known, alleged = self.sight.on_record.marks, self.sight.alleged
        found = [
            (mark, child, one in alleged, adult) for one in people & known.keys() for mark, child, adult in known[one]
        ]
        if others := people - known.keys():
            rows = RecordMark.objects.filter(grants_follow__in=others)
            asked = rows.values_list("mark", "grants_follow__is_child", "grants_follow_id", "was_adult")
            found += [(mark, child, person in alleged, adult) for mark, child, person, adult in asked]
        return found


_KNOWN = (
    "EXISTS (SELECT FROM unnest({keys}) AS of_row(key)"
    " JOIN access_recordmark m ON m.mark = ltrim(key, '=~!')::bigint"
    " JOIN people_person p ON p.id = m.grants_follow_id"
    " JOIN access_tie t ON t.person_id = p.id AND t.kind = %s"
    " AND (t.user_id = %s OR t.team_id = %s OR t.agency_id = %s)"
    " AND t.since_at <= %s AND (t.until_at IS NULL OR t.until_at > %s)"
    " WHERE CASE left(key, 1) WHEN '!' THEN false"
    " WHEN '=' THEN CASE WHEN p.is_child THEN m.was_adult OR p.id = ANY (%s::uuid[]) ELSE p.id <> ALL (%s::uuid[]) END"
    " WHEN '~' THEN %s AND m.was_adult AND p.id <> ALL (%s::uuid[])"
    " ELSE p.is_child AND p.id <> ALL (%s::uuid[]) END)"
)


def _is_summary(info: InfoClass, level: Level) -> bool:
    return level <= (Level.MASKED if info is InfoClass.LOCATION else Level.SUMMARY)


def keys_about(sight: Sight, people: frozenset[UUID]) -> Keys:
    """Every key of rows about these people, and whom a join holds to be one of them, whoever else is in the row."""
    if not people:
        return Keys()
    same = sight.also_held_to_be(people)
    marks = RecordMark.objects.filter(Q(person__in=same) | Q(grants_follow__in=same)).values_list("mark", flat=True)
    return Keys(f"{prefix}{mark}" for mark in marks for prefix in ("", "=", "~", ONLY_CLOSES))


def _least(ways: set[tuple[frozenset[str], Keys]]) -> frozenset[tuple[frozenset[str], Keys]]:
    """Without the ways that open nothing, or nothing that another does not open under fewer conditions."""
    return frozenset(
        one
        for one in ways
        if one[1] and not any(other != one and other[0] <= one[0] and other[1] >= one[1] for other in ways)
    )


def any_of(keys: Keys) -> Condition:
    """Rows that have any of the keys."""
    return Sql("%s::jsonb ?| {keys}", (keys.written,)) if keys else False


def none_of(keys: Keys) -> Condition:
    """Rows that have none of the keys."""
    return unless(any_of(keys))


def _of_classes(numbers: list[int]) -> Sql:
    return Sql(f"{{info}} IN ({', '.join(map(str, numbers))})")


def one_of(column: str | None, ids: Collection[UUID]) -> Condition:
    """Rows whose column has one of the ids."""
    return Sql(f"{{{column}}} = ANY (%s::uuid[])", (Ids(ids).written,)) if column and ids else False


@cache
def _sets_of_conditions(info: InfoClass, wanted: Level, told: frozenset[str]) -> frozenset[frozenset[str]]:
    cells = policy_in_force().cells
    clauses = [clause for tie in Tie if tie is not Tie.NONE for clause in cells[info, tie]]
    return frozenset(given for one in clauses if one.level >= wanted and (given := one.when & OF_THE_ROW) <= told)
