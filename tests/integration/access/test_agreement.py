"""Kernel, queryset, object and row-level security agree, row by row, in invented worlds drawn by chance.

The rows lie in tables made for this test, one for each level that a row can tell, with the very rules that guard tables
in earnest. What the kernel says of each row is worked out from the world as it was drawn, not from the database.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction

from onestory.platform.access.decision import decide
from onestory.platform.access.models import (
    AddressHeld,
    AdviceName,
    CareHistoryBasis,
    CareHistoryWish,
    Conflict,
    Listing,
    LocationProtection,
    RecordMark,
    Seal,
    SealName,
    ShareDecision,
    Threat,
)
from onestory.platform.access.models import Tie as TieRow
from onestory.platform.access.policy import InfoClass, Level, Tie
from onestory.platform.access.reading import EVERYONE, Item, PersonIn, Reader
from onestory.platform.access.roles import ROLES
from onestory.platform.access.row_level import Guarded, guard
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import can, keys_of, register, visible_to
from onestory.platform.agencies.models import Agency, Membership
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import Entry
from onestory.platform.people.models import AgencyRecord, Person
from tests.integration.access.place import NOW, Place

WORLDS = int(os.environ.get("ONESTORY_TEST_WORLDS", "12"))
LEVELS = (Level.FULL, Level.SUMMARY, Level.INDEX, Level.MASKED)
FAMILY = {"child": True, "sibling": True, "mother": False, "father": False}
COMPANIES = (
    ("child",),
    ("child", "mother"),
    ("child", "mother", "father"),
    ("child", "sibling"),
    ("mother",),
    ("father",),
)


class Row(models.Model):
    """A row of a guarded table that tells its class at one level."""

    id = models.UUIDField(primary_key=True)
    entry = models.UUIDField()
    info = models.SmallIntegerField()
    agency = models.UUIDField(db_column="agency_id")
    owner = models.UUIDField(null=True)
    keys = ArrayField(models.TextField())

    class Meta:
        abstract = True
        app_label = "access"


def table_at(level: Level) -> type[Row]:
    """The model of the guarded table for one level."""
    meta = type("Meta", (), {"managed": False, "db_table": f"try_{level.name.lower()}", "app_label": "access"})
    return type(f"Try{level.name.title()}", (Row,), {"__module__": __name__, "Meta": meta})


TABLES = {level: table_at(level) for level in LEVELS}
GUARDS = {
    level: Guarded(table=f"try_{level.name.lower()}", level=level, entry="entry", owner="owner") for level in LEVELS
}


@dataclass
class World:
    """What is so, as it was drawn, beside the rows that say it in the database."""

    chance: random.Random
    place: Place = field(default_factory=Place)
    people: dict[str, Person] = field(default_factory=dict)
    marks: dict[tuple[str, UUID], int] = field(default_factory=dict)
    facts: dict[str, PersonIn] = field(default_factory=dict)
    rows: list[tuple[UUID, Item]] = field(default_factory=list)
    own: Agency = field(init=False)
    other: Agency = field(init=False)
    reader: Reader = field(init=False)
    membership: Membership = field(init=False)
    item: dict[str, Any] = field(default_factory=dict)

    def draw(self) -> None:
        self._family()
        self._reader()
        self._threats_and_lists()
        self._ties()
        self._seal()
        self._care_history()
        self._rows()

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def made(self) -> dict[str, Any]:
        return {"made_by": self.place.user("somebody"), "made_at": NOW}

    def names(self) -> dict[str, Any]:
        """A list's row that names the reader, or their team."""
        return {"user": self.membership.user} if self.maybe(0.5) else {"team": self.membership.team}

    def _family(self) -> None:
        self.own, self.other = self.place.team("Own").agency, self.place.team("Other").agency
        for name, child in FAMILY.items():
            self.people[name] = self.place.person(child=child)
            self.facts[name] = PersonIn(str(self.people[name].id), child=child)
            for agency in (self.own, self.other):
                made = AgencyRecord.objects.create(person=self.people[name], agency=agency, label=name, recorded_at=NOW)
                self.marks[name, agency.id] = RecordMark.objects.get(record=made).mark

        # That an agency holds a record ties it; here ties are drawn by chance.
        TieRow.objects.filter(because="known").update(until_at=NOW)

    def _reader(self) -> None:
        role = self.chance.choice(list(ROLES))
        self.membership = self.place.member("reader", role, "Own")
        names = {"id": str(self.membership.user_id), "teams": frozenset({str(self.membership.team_id)})}
        self.reader = Reader(role=ROLES[role], agency=str(self.own.id), purpose=self.maybe(0.3), **names)
        if self.maybe(0.12):
            whom = self.chance.choice(list(FAMILY))
            somebody = self.place.user("somebody")
            Conflict.objects.create(
                user=self.membership.user,
                person=self.people[whom],
                nature="relative",
                declared_by=somebody,
                declared_at=NOW,
            )
            self.reader = replace(self.reader, conflicts=frozenset({str(self.people[whom].id)}))

    def change(self, name: str, **facts: Any) -> None:
        self.facts[name] = replace(self.facts[name], **facts)

    def _threats_and_lists(self) -> None:
        if self.maybe(0.5):
            alleged = self.chance.choice(["father", "father", "sibling"])
            self.change(alleged, alleged=True)
            for name in self.chance.sample(sorted(FAMILY.keys() - {alleged}), self.chance.randint(1, 3)):
                Threat.objects.create(
                    person=self.people[name], alleged=self.people[alleged], reason="Told", **self.made()
                )
                self.change(name, threatened_by=frozenset({str(self.people[alleged].id)}))
        for name in FAMILY:
            if self.maybe(0.3):
                LocationProtection.objects.create(person=self.people[name], reason="Refuge", **self.made())
                self.change(name, protected=True)
            if self.maybe(0.4):
                Listing.objects.create(person=self.people[name], **self.names(), **self.made())
                self.change(name, listed=frozenset({self.reader.id}))
            if self.maybe(0.15):
                ended = {"ended_by": self.place.user("somebody"), "ended_at": NOW}
                Listing.objects.create(person=self.people[name], user=self.membership.user, **self.made(), **ended)

    def _ties(self) -> None:
        kinds = [tie for tie in Tie if tie not in (Tie.NONE, Tie.ADVERSE)]
        ties: dict[str, frozenset[Tie]] = {}
        for name in self.chance.sample(list(FAMILY), self.chance.randint(0, 3)):
            drawn = set(self.chance.sample(kinds, self.chance.randint(1, 2)))
            for kind in drawn:
                self._tie(name, kind)
            ties[str(self.people[name].id)] = frozenset(drawn)
        for name in FAMILY:
            if self.maybe(0.2):
                self._tie(name, Tie.LEAD, until_at=NOW)
        self.reader = replace(self.reader, ties=ties)

    def _tie(self, name: str, kind: Tie, **more: Any) -> None:
        person, holder = self.people[name], {"user": self.membership.user}
        if kind is Tie.AGENCY:
            holder = {"agency": self.own}
        elif kind is Tie.TEAM:
            holder = {"team": self.membership.team}
        if kind is Tie.BREAK_GLASS:
            more |= {"until_at": NOW.replace(hour=23)}
            if self.maybe(0.5):
                more["second_person"] = self.place.user("somebody")
                self.reader = replace(self.reader, approved=self.reader.approved | {str(person.id)})
        TieRow.objects.create(person=person, kind=kind.value, because="named", since_at=NOW, **holder, **more)

    def _seal(self) -> None:
        if self.maybe(0.2):
            whom = self.chance.choice(list(FAMILY))
            seal = Seal.objects.create(person=self.people[whom], ground="adoption", **self.made())
            self.change(whom, sealed=True)
            if self.maybe(0.6):
                SealName.objects.create(seal=seal, **self.names(), **self.made())
                self.change(whom, named=frozenset({self.reader.id}))

    def _care_history(self) -> None:
        if self.maybe(0.4):
            CareHistoryBasis.objects.create(
                person=self.people["mother"], agency=self.own, basis="Agreed", **self.made()
            )
            self.item["basis"] = True
        if self.maybe(0.4):
            refused = self.chance.choice([self.own, None])
            CareHistoryWish.objects.create(person=self.people["mother"], agency=refused, **self.made())
            self.item["refused"] = EVERYONE if refused is None else str(refused.id)
        if self.maybe(0.3):
            AddressHeld.objects.create(person=self.people["child"], agency=self.own, **self.made())
            self.item["asked"] = True

    def _rows(self) -> None:
        for info, agency, company in product(InfoClass, (self.own, self.other), COMPANIES):
            if info is not InfoClass.SEALED:
                self._row(info, agency, company)

    def _row(self, info: InfoClass, agency: Agency, company: tuple[str, ...]) -> None:
        entry = self._entry(agency).id if self.maybe(0.3) or info is InfoClass.LEGAL else uuid4()
        shared = self._share(entry) if Entry.objects.filter(pk=entry).exists() else {}
        named: frozenset[str] = frozenset()
        if info is InfoClass.LEGAL and self.maybe(0.5):
            AdviceName.objects.create(entry_id=entry, **self.names(), **self.made())
            named = frozenset({self.reader.id})
        owner = self.own if self.maybe(0.4) else None
        keys = keys_of((self.marks[name, agency.id], FAMILY[name]) for name in company)
        for table in TABLES.values():
            table.objects.create(
                id=entry, entry=entry, info=info.number, agency=agency.id, owner=owner.id if owner else None, keys=keys
            )
        about_mother = "mother" in company
        self.rows.append(
            (
                entry,
                Item(
                    info=info,
                    agency=str(agency.id),
                    people=tuple(self.facts[name] for name in company),
                    named=named,
                    owner=str(owner.id) if owner else None,
                    bases=frozenset({str(self.own.id)}) if about_mother and "basis" in self.item else frozenset(),
                    refused=frozenset({self.item["refused"]})
                    if about_mother and "refused" in self.item
                    else frozenset(),
                    shared_at_most=shared,
                    asked_to_check=frozenset({str(self.own.id)})
                    if "child" in company and "asked" in self.item
                    else frozenset(),
                ),
            )
        )

    def _entry(self, agency: Agency) -> Entry:
        on = parse_when("2026-02-01")
        return Entry.objects.create(
            happened=on, happened_first=on.first, happened_last=on.last, known=on, known_on=on.last, position=1,
            recorded_at=NOW, agency=agency, kind="note",
        )  # fmt: skip

    def _share(self, entry: UUID) -> dict[str, Level]:
        shared = {}
        for agency in (None, self.own, self.other):
            if self.maybe(0.3):
                level = self.chance.choice(list(Level))
                ShareDecision.objects.create(
                    entry_id=entry, to_agency=agency, at_most=int(level), reason="Asked", **self.made()
                )
                shared[EVERYONE if agency is None else str(agency.id)] = level
        return shared

    @property
    def everybody(self) -> list[UUID]:
        return [one.id for one in self.people.values()]

    def sight(self, among: list[UUID] | None = None) -> Sight:
        member = self.membership
        return Sight(
            user_id=member.user_id, team_id=member.team_id, agency_id=self.own.id, role=member.role, at=NOW,
            purpose="safety" if self.reader.purpose else "", among=None if among is None else frozenset(among),
        )  # fmt: skip

    def read_as(self, among: list[UUID] | None = None) -> None:
        with connection.cursor() as cursor:
            purpose = "safety" if self.reader.purpose else None
            cursor.execute("SELECT access_read_as(%s, %s, %s::uuid[], %s)", [self.membership.id, NOW, among, purpose])


@pytest.fixture
def guarded_tables(owner_connection: psycopg.Connection) -> psycopg.Connection:
    for level, guarded in GUARDS.items():
        owner_connection.execute(
            f"CREATE TABLE {guarded.table} (id uuid PRIMARY KEY, entry uuid, info smallint, agency_id uuid, owner uuid,"
            " keys text[])"
        )
        for statement in guard(guarded):
            owner_connection.execute(statement)
        register(TABLES[level], guarded)
    return owner_connection


def levels_by_rls() -> dict[UUID, Level]:
    """The level of each row by row-level security alone: no filter of the program's."""
    found: dict[UUID, Level] = {}
    for level in reversed(LEVELS):
        found |= dict.fromkeys(TABLES[level].objects.values_list("id", flat=True), level)
    return found


def levels_by_queryset(world: World, among: list[UUID] | None = None) -> dict[UUID, Level]:
    """The level of each row by the program's filter alone: the tables' guard was taken away."""
    found: dict[UUID, Level] = {}
    for level in reversed(LEVELS):
        found |= dict.fromkeys(
            visible_to(world.sight(among), TABLES[level].objects.all()).values_list("id", flat=True), level
        )
    return found


def levels_by_kernel(world: World) -> dict[UUID, Level]:
    decided = {row: decide(world.reader, item).level for row, item in world.rows}
    return {row: level for row, level in decided.items() if level is not Level.NOTHING}


def explained(world: World, other: dict[UUID, Level]) -> list[str]:
    """What differs, with all that is needed to see why."""
    kernel = levels_by_kernel(world)
    differing = [(row, item) for row, item in world.rows if kernel.get(row) != other.get(row)]
    return [
        f"{item.info}: kernel {kernel.get(row, Level.NOTHING).mark}, other {other.get(row, Level.NOTHING).mark}:"
        f" {world.reader} {item}"
        for row, item in differing
    ]


def drawn(seed: int) -> World:
    world = World(random.Random(seed))
    world.draw()
    return world


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_row_level_security_says_what_the_kernel_says(guarded_tables: psycopg.Connection) -> None:
    for seed in range(WORLDS):
        with transaction.atomic():
            world = drawn(seed)
            for among in (None, world.everybody):
                world.read_as(among)
                assert explained(world, levels_by_rls()) == []
            transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_queryset_says_what_the_kernel_says_without_help_from_the_database(
    guarded_tables: psycopg.Connection,
) -> None:
    for guarded in GUARDS.values():
        guarded_tables.execute(f"ALTER TABLE {guarded.table} DISABLE ROW LEVEL SECURITY")
    for seed in range(WORLDS):
        with transaction.atomic():
            world = drawn(seed)
            found = levels_by_queryset(world)
            assert explained(world, found) == []
            assert explained(world, levels_by_queryset(world, world.everybody)) == []
            row = world.chance.choice(world.rows)[0]
            objects = {level: TABLES[level].objects.get(pk=row) for level in LEVELS}
            assert {level: can(world.sight(), one) for level, one in objects.items()} == {
                level: level <= found.get(row, Level.NOTHING) for level in LEVELS
            }
            transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_without_a_reader_there_is_no_row(guarded_tables: psycopg.Connection) -> None:
    with transaction.atomic():
        drawn(3)
        assert levels_by_rls() == {}
        with connection.cursor() as cursor:
            cursor.execute("SELECT access_read_as(%s, %s, NULL, NULL)", [uuid4(), NOW])
        assert levels_by_rls() == {}
