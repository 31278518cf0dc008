"""The tables of entries themselves: what the kernel decides, what the queryset filters, what the database lets through.

One family, an entry of every class held by the reader's own and by another agency, every tie, four roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import product
from uuid import UUID

import pytest
from django.db import connection, transaction

from onestory.platform.access.decision import decide
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import RecordMark
from onestory.platform.access.models import Tie as TieRow
from onestory.platform.access.policy import InfoClass, Level, Tie
from onestory.platform.access.reading import Item, PersonIn, Reader
from onestory.platform.access.reading_as import read_as
from onestory.platform.access.roles import ROLES
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import can, visible_to
from onestory.platform.agencies.models import Membership
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import Entry, EntryLocationHeld, EntryPerson, EntryText, EntryTold
from onestory.platform.history.record import Reporter
from onestory.platform.history.splitting import PARTS
from onestory.platform.people.models import AgencyRecord, Person
from tests.integration.access.place import NOW, Place

pytestmark = pytest.mark.django_db
KINDS = {
    InfoClass.CHRONOLOGY: {"kind": "concern"},
    InfoClass.PLANS: {"kind": "plan", "own": {"type": "child_in_need", "stage": "opened"}},
    InfoClass.SOURCE_DETAIL: {"kind": "note", "restricted": "adult_mental_health"},
    InfoClass.CARE_HISTORY: {"kind": "note", "restricted": "care_history"},
    InfoClass.REPORTER: {"kind": "concern", "restricted": "reporter_identity"},
    InfoClass.LOCATION: {"kind": "note", "restricted": "address"},
    InfoClass.LEGAL: {"kind": "note", "restricted": "legal"},
}
TIES = [tie for tie in Tie if tie is not Tie.ADVERSE]
OF_READERS = ("social_work_manager", "teacher", "housing", "partnership_administrator", "duty_social_worker")


@dataclass
class Family:
    child: Person
    mother: Person
    entries: dict[tuple[InfoClass, str, bool], UUID]
    membership: Membership


def family(role: str) -> Family:
    """Recorded as the program records it; nobody is tied to anybody yet."""
    place = Place()
    membership = place.member("reader", role, "Own")
    child, mother = place.person(), place.person(child=False)
    entries = {}
    for name, (info, how), with_mother in product(("Own", "Other"), KINDS.items(), (False, True)):
        agency = place.team(name).agency
        with keeping():
            records = [
                AgencyRecord.objects.get_or_create(
                    person=person, agency=agency, defaults={"label": "X", "recorded_at": NOW}
                )[0].id
                for person in ([child, mother] if with_mother else [child])
            ]
        entry = record_entry(
            agency=agency.id,
            happened=parse_when("2026-02-01"),
            about=tuple(records),
            text=f"Words of {info}",
            reporter=Reporter("public", None, "Somebody") if info is InfoClass.REPORTER else None,
            by=None,
            at=NOW,
            **how,
        )
        entries[info, name, with_mother] = entry.id
    TieRow.objects.filter(because="known").update(until_at=NOW)
    return Family(child, mother, entries, membership)


def tie(family: Family, kind: Tie) -> None:
    if kind is Tie.NONE:
        return
    member = family.membership
    holder = {"user": member.user}
    if kind is Tie.AGENCY:
        holder = {"agency": member.team.agency}
    elif kind is Tie.TEAM:
        holder = {"team": member.team}
    until = {"until_at": NOW.replace(hour=23)} if kind is Tie.BREAK_GLASS else {}
    TieRow.objects.create(person=family.child, kind=kind.value, because="named", since_at=NOW, **holder, **until)


def decided(family: Family, kind: Tie, info: InfoClass, name: str, with_mother: bool) -> Level:
    """What the kernel says of one thing."""
    member = family.membership
    own = str(member.team.agency_id)
    people = [PersonIn(str(family.child.id), child=True)]
    people += [PersonIn(str(family.mother.id), child=False)] if with_mother else []
    ties = {} if kind is Tie.NONE else {str(family.child.id): frozenset({kind})}
    reader = Reader(str(member.user_id), ROLES[member.role], own, frozenset({str(member.team_id)}), ties)
    return decide(reader, Item(info, own if name == "Own" else "other", tuple(people))).level


def expected(family: Family, kind: Tie) -> dict[str, set[UUID]]:
    """Of which entries the reader sees that they are there, their words, and that somebody holds a place."""
    found: dict[str, set[UUID]] = {"entry": set(), "words": set(), "held": set()}
    for (info, name, with_mother), entry in family.entries.items():
        beside = info in (InfoClass.REPORTER, InfoClass.LOCATION)  # the words have a class of their own
        whole = decided(family, kind, InfoClass.CHRONOLOGY if beside else info, name, with_mother)
        words = decided(family, kind, info, name, with_mother)
        if whole >= Level.SUMMARY:
            found["entry"].add(entry)
        if words is Level.FULL:
            found["words"].add(entry)
        if info is InfoClass.LOCATION and words >= Level.MASKED:
            found["held"].add(entry)
    return found


def by_tables(rows) -> dict[str, set[UUID]]:
    """The same as read from the tables; ``rows`` gives the rows of a model."""
    people, told = (set(rows(model).values_list("entry_id", flat=True)) for model in (EntryPerson, EntryTold))
    entries = set(rows(Entry).values_list("id", flat=True))
    assert people == told == entries
    words = {one for model in PARTS for one in rows(model).exclude(text="").values_list("entry_id", flat=True)}
    return {"entry": entries, "words": words, "held": set(rows(EntryLocationHeld).values_list("entry_id", flat=True))}


def seen(sight: Sight, model):
    return visible_to(sight, model.objects.all())


@pytest.mark.parametrize("role", OF_READERS)
def test_every_tie_shows_of_every_class_what_the_kernel_says(role: str) -> None:
    known = family(role)
    for kind in TIES:
        with transaction.atomic():
            tie(known, kind)
            sight = read_as(known.membership, at=NOW)
            wanted = expected(known, kind)
            assert by_tables(lambda model: model.objects.all()) == wanted, f"row-level security, tie {kind}"
            with keeping():
                found = by_tables(partial(seen, sight))
                assert found == wanted, f"queryset, tie {kind}"
                for entry in Entry.objects.all():
                    assert can(sight, entry) is (entry.id in wanted["entry"])
            transaction.set_rollback(True)


def test_a_restriction_that_would_tell_what_it_hides_is_not_in_the_summary() -> None:
    known = family("teacher")
    with keeping():
        for info in (InfoClass.REPORTER, InfoClass.LOCATION):
            assert Entry.objects.get(pk=known.entries[info, "Other", False]).restricted == ""


def test_an_end_of_a_tie_is_seen_by_the_next_question() -> None:
    known = family("social_worker")
    tie(known, Tie.WORKER)
    read_as(known.membership, at=NOW)
    assert EntryText.objects.exists()
    TieRow.objects.filter(kind="worker").update(until_at=NOW)
    read_as(known.membership, at=NOW)
    assert not EntryText.objects.exists()
    assert not Entry.objects.exists()


def test_what_an_entry_only_mentions_closes_it_and_opens_nothing() -> None:
    known = family("social_worker")
    agency = known.membership.team.agency
    with keeping():
        stepfather = AgencyRecord.objects.create(
            person=Place().person(child=False), agency=agency, label="Y", recorded_at=NOW
        )
        child = AgencyRecord.objects.filter(person=known.child, agency=agency)[0]
    TieRow.objects.filter(because="known").update(until_at=NOW)
    said = record_entry(
        agency=agency.id, kind="household", happened=parse_when("2026-02-01"), about=(child.id,),
        own={"joined": (str(stepfather.id),)}, by=None, at=NOW,
    )  # fmt: skip
    mark = RecordMark.objects.get(record=stepfather).mark
    with keeping():
        assert f"!{mark}" in Entry.objects.get(pk=said.pk).keys
    TieRow.objects.create(
        person=stepfather.person, user=known.membership.user, kind="lead", because="named", since_at=NOW
    )
    read_as(known.membership, at=NOW)
    assert not Entry.objects.filter(pk=said.pk).exists()


def test_nothing_is_shown_by_the_database_to_a_reader_of_an_earlier_transaction() -> None:
    known = family("social_work_manager")
    tie(known, Tie.LEAD)
    with transaction.atomic():
        read_as(known.membership, at=NOW)
        assert Entry.objects.exists()
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nullif(current_setting('onestory.user', true), '')")
        assert cursor.fetchone() == (None,)
    assert not Entry.objects.exists()
