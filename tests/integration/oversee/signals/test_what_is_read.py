"""What the signals read: summaries of what was admitted, under a role that cannot read more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from onestory.arrive.feeds.actions import import_files
from onestory.arrive.feeds.case_history import read_case_history
from onestory.arrive.feeds.models import Feed, FeedRow, Sort, SourceRow
from onestory.oversee.replay import replay
from onestory.oversee.signals import actions
from onestory.oversee.signals.models import Asking
from onestory.platform.access.actions import end_protection, record_care_history_basis
from onestory.platform.access.keeping import detecting
from onestory.platform.access.models import CareHistoryBasis, User
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.history.loading import load_history
from onestory.platform.history.models import Entry
from onestory.platform.history.record import Entry as Read
from onestory.platform.history.record import History
from onestory.platform.people.models import AgencyRecord, Person
from onestory.platform.sharing.models import Admits, Protocol
from tests.integration.oversee.signals.detected import as_detected

pytestmark = pytest.mark.django_db
HOUSE = Path(__file__).resolve().parents[4]
AT = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
FAMILY = """
format: 1
title: Robin Reading
area: Testshire
synthetic: true
people:
  kid: {label: Robin Reading, kind: child, born: 2026-01-04}
  mum: {label: Mother Reading, kind: adult}
relationships:
  - {person: mum, is: mother, of: kid}
agencies:
  csc: {name: Children's Social Care, sector: childrens_social_care}
  school: {name: Oak School, sector: school}
  mind: {name: Mind Service, sector: adult_mental_health}
  drink: {name: Drink Service, sector: substance_misuse_service}
  gp: {name: Oak Surgery, sector: general_practice}
entries:
  - {id: c1, date: 2026-03-01, by: school, kind: concern, about: [kid], factors: [neglect], text: words-of-school,
     reporter: {as: public, label: name-of-neighbour}}
  - {id: c2, date: 2026-03-02, by: school, kind: concern, about: [kid], factors: [neglect],
     reporter: {as: public, label: name-of-aunt}}
  - {id: t1, date: 2026-04-01, by: mind, kind: note, about: [mum, kid], restricted: adult_mental_health, text: therapy}
  - {id: t2, date: 2026-04-02, by: mind, kind: appointment, about: [mum], service: therapy, outcome: kept}
  - {id: t3, date: 2026-04-03, by: mind, kind: relevance, about: [mum, kid], text: bears-on-robin, detail: own-detail,
     parent_told: all of it}
  - {id: t4, date: 2026-04-04, by: mind, kind: disclosure, about: [mum, kid], restricted: adult_mental_health,
     factors: [domestic_abuse_parent], text: said-in-therapy}
  - {id: s1, date: 2026-04-05, by: drink, kind: assessment, about: [mum], stage: completed, text: how-she-drinks}
  - {id: g1, date: 2026-04-06, by: gp, kind: note, about: [mum], restricted: adult_mental_health, text: of-the-gp}
  - {id: h1, date: 2026-04-07, by: gp, kind: note, about: [mum], restricted: care_history, text: was-in-care,
     factors: [care_experienced_parent]}
  - {id: h2, date: 2026-04-08, by: gp, kind: note, about: [mum],
     factors: [care_experienced_parent, mental_health_parent]}
  - {id: l1, date: 2026-04-09, by: csc, kind: note, about: [kid], restricted: legal, text: advice}
  - {id: m1, date: 2026-04-10, by: csc, kind: move, about: [mum, kid], to_area: Elsewhere, restricted: address,
     text: 12 Hidden Lane}
"""
NOT_READ = {"t1", "t2", "s1", "h1", "l1"}


@pytest.fixture
def family(tmp_path: Path) -> UUID:
    path = tmp_path / "family.yaml"
    path.write_text(FAMILY, encoding="utf-8")
    import_files([path], by=None, at=AT)
    return Person.objects.get(is_child=True).pk


def named(history: History) -> dict[str, Read]:
    keys = dict(SourceRow.objects.filter(sort=Sort.ENTRY).values_list("object_id", "key"))
    return {keys[UUID(entry.id)]: entry for entry in history.entries}


def read(child: UUID) -> dict[str, Read]:
    with detecting():
        history = load_history([child], summaries=True)
    return named(history)


def user(name: str) -> User:
    return User.objects.create(username=name, display_name=name)


def entry_of(key: str) -> Entry:
    return Entry.objects.get(pk=SourceRow.objects.get(sort=Sort.ENTRY, key=key).object_id)


def test_of_adult_services_only_what_bears_on_others_and_of_advice_nothing(family: UUID) -> None:
    everything = set(named(load_history([family])))
    assert everything > NOT_READ
    assert set(read(family)) == everything - NOT_READ


def test_summaries_hold_no_words_no_name_of_who_told_and_no_place_nearer_than_an_area(family: UUID) -> None:
    entries = read(family)
    said = repr(list(entries.values()))
    for word in ("words-of-school", "neighbour", "aunt", "bears-on", "own-detail", "said-in", "of-the-gp", "Hidden"):
        assert word not in said
    assert entries["m1"].own["to_area"] == "Elsewhere"
    assert entries["c1"].reporter.role == "public"
    assert entries["c1"].reporter.label != entries["c2"].reporter.label


def test_of_care_history_only_what_a_recorded_basis_allows_and_only_while_it_does(family: UUID) -> None:
    by = user("by")
    mother = AgencyRecord.objects.filter(label="Mother Reading").first().person_id
    assert read(family)["h2"].factors == {"mental_health_parent"}

    gp = Agency.objects.get(name="Oak Surgery")
    basis = record_care_history_basis(mother, agency_id=gp.pk, basis="She agreed.", by=by, at=AT)
    assert "care_experienced_parent" in read(family)["h2"].factors
    assert "h1" in read(family)

    end_protection(basis, by=by, at=AT - dt.timedelta(days=1))
    assert CareHistoryBasis.objects.filter(ended_at=None).count() == 0
    assert "h1" not in read(family)


def test_a_row_of_a_feed_is_read_only_where_a_protocol_admitted_it_on_that_day(family: UUID) -> None:
    told = entry_of("c1")
    team = Team.objects.create(agency=told.agency, name="Office")
    feed = Feed.objects.create(name="feed", agency=told.agency, team=team, set_up_at=AT, set_up_by=user("sets up"))
    FeedRow.objects.create(feed=feed, key="k", digest="d", entry_id=told.pk)
    assert "c1" not in read(family)

    drafts, approves = user("drafts"), user("approves")
    protocol = Protocol.objects.create(
        agency=told.agency,
        purpose="To see a child's story whole",
        basis="safeguard",
        law="",
        edition="",
        from_on=dt.date(2026, 1, 1),
        drafted_by=drafts,
        drafted_at=AT,
    )
    Admits.objects.create(protocol=protocol, kind="concern", info=2)
    assert "c1" not in read(family)

    Protocol.objects.filter(pk=protocol.pk).update(approved_by=approves, approved_at=AT)
    assert "c1" in read(family)

    Protocol.objects.filter(pk=protocol.pk).update(ended_by=drafts, ended_at=AT, ended_on=AT.date(), ended_because="x")
    assert "c1" not in read(family)  # it was not in force on the day on which the row came in


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM history_entrytext",
        "SELECT * FROM history_entrysourcedetail",
        "SELECT * FROM history_entryreporter",
        "SELECT * FROM history_entrylocation",
        "SELECT * FROM history_entrylegaladvice",
        "SELECT text FROM history_entrycarehistory",
        "SELECT * FROM access_user",
        "SELECT * FROM access_tie",
        "SELECT * FROM access_accessrecord",
        "SELECT * FROM signals_alert",
        "INSERT INTO history_entry DEFAULT VALUES",
        "UPDATE signals_circle SET is_over = true",
        "DELETE FROM people_relationship",
    ],
)
def test_the_detectors_role_can_neither_read_more_nor_write(statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        detecting(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_only_the_detector_asks_who_told_and_where_to() -> None:
    for function in ("detection_tellers", "detection_areas"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT * FROM {function}('{{}}')")


FILES = ["child-f.yaml", "families/lin.yaml", "families/price.yaml", "families/nowak.yaml"]


@pytest.mark.parametrize("name", FILES)
def test_the_live_system_asks_what_a_replay_of_what_it_may_read_asks(name: str) -> None:
    path = HOUSE / "demonstration" / name
    import_files([path], by=None, at=AT)
    children = list(Person.objects.filter(is_child=True).values_list("id", flat=True))

    actions.read_again(child_ids=children, today=AT.date(), at=AT)

    keys = dict(SourceRow.objects.filter(sort=Sort.ENTRY).values_list("object_id", "key"))
    live = {
        (asking.asked_on, asking.alert.signal, frozenset(keys[one.entry_id] for one in asking.entries.all()))
        for asking in Asking.objects.select_related("alert").prefetch_related("entries")
    }
    asks = replay(as_detected(read_case_history(path).history)).asks
    assert live == {(ask.on, ask.signal, frozenset(ask.rests_on)) for ask in asks if ask.on <= AT.date()}
