"""Every route × every role × a child of one's own, one of the team, one of whom the agency knows, one hidden, none.

Routes come from the URL configuration and roles from the code: a new one is asked for from its first day. In the place
of an id stands a row about that child; an id that is in no list here fails the test, so that somebody thinks of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.forms import BaseForm
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from onestory.platform.access.actions import break_glass, grant_tie, list_reader, record_threat, seal_record
from onestory.platform.access.guarding import keys_for
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import Seal, User
from onestory.platform.access.roles import ROLES
from onestory.platform.access.ties import Because, Kind
from onestory.platform.agencies.actions import add_member, ensure_agency, ensure_team
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import Entry
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import AgencyRecord
from tests.integration.web.anything import a_row, everything_known
from tests.integration.web.office import AT, SINCE
from tests.integration.web.test_canaries import LEAVES, addresses

pytestmark = pytest.mark.django_db
CHILDREN = ("own", "team", "known", "hidden")
ROWS = {
    "alert": "signals.Alert",
    "assessment": "assessments.Assessment",
    "candidate": "matching.Candidate",
    "check": "checks.Check",
    "concern": "concerns.Concern",
    "commitment": "commitments.Commitment",
    "draft": "concerns.Draft",
    "join": "matching.Join",
    "notice": "notices.Notice",
    "waiting": "feeds.WaitingPerson",
    "run": "feeds.FeedRun",
}
"""Ids in addresses, by the model whose row about a child stands in their place."""
OF_NO_CHILD = {
    "passkey", "sign_in", "agency", "team", "user", "post", "why", "actor", "day", "signal", "sort", "parameter",
    "proposal", "protocol", "mapping", "feed_name", "form", "token", "section", "offer", "conflict", "tie",
}  # fmt: skip
"""Parts of addresses that tell nothing about a child: the office's, the privacy officer's, rules, kinds of pages."""
OF_THE_REQUEST = re.compile(rb'nonce="[^"]*"|(name="(csrfmiddlewaretoken|writer|draft)" value="[^"]*")')


class World:
    """Somebody of every role, four children with rows of everything, and who is tied to whom."""

    def __init__(self) -> None:
        self.posts = {code: self._post(code) for code in ROLES}
        elsewhere = ensure_agency(name="Elsewhere", sector="voluntary", area="", by=None, at=AT)
        self.elsewhere = ensure_team(agency=elsewhere, name="Elsewhere", by=None, at=AT)
        self.stranger = User.objects.create(username="stranger", display_name="Stranger")
        add_member(user=self.stranger, team=self.elsewhere, role="social_worker", since_on=SINCE, by=None, at=AT)
        with keeping():
            self.ids = {name: self._child(name) for name in CHILDREN}
        for post in self.posts.values():
            self._tie(post)

    def _post(self, code: str) -> Membership:
        agency = ensure_agency(name=f"Agency of {code}", sector="community_health", area="", by=None, at=AT)
        team = ensure_team(agency=agency, name="Team", inbox_label="Inbox", by=None, at=AT)
        user = User.objects.create(username=code, display_name=code.title(), email=f"{code}@example.org")
        return add_member(user=user, team=team, role=code, since_on=SINCE, by=None, at=AT)

    def _tie(self, post: Membership) -> None:
        def tie(child: str, kind: Kind, because: Because, **holder: UUID) -> None:
            grant_tie(self.ids[child]["person"], kind=kind, because=because, by=None, at=AT, **holder)

        tie("own", Kind.LEAD, Because.LEAD, user_id=post.user_id)
        tie("own", Kind.WORKER, Because.NAMED, user_id=post.user_id)
        tie("team", Kind.TEAM, Because.DUTY, team_id=post.team_id)
        tie("known", Kind.AGENCY, Because.KNOWN, agency_id=post.team.agency_id)

    def _child(self, name: str) -> dict[str, UUID]:
        at, by = timezone.now(), self.stranger
        person = add_person(is_child=True, by=None, at=AT).pk
        other = add_person(is_child=False, by=None, at=AT).pk
        record = self._record(person, f"Child Markson {name}")
        self._record(other, f"Adult Markson {name}")
        entry = self._entry(record, f"mark-words-{name}")
        ids = {"person": person, "child": person, "entry": entry.pk}
        known = everything_known(record, self.elsewhere, by, entry)
        ids |= {part: self._row(apps.get_model(label), record, known) for part, label in ROWS.items()}
        threat = record_threat(person, alleged_id=other, reason=f"mark-danger-{name}", by=by, at=at)
        ids |= {"threat": threat.pk, "listing": list_reader(person, user_id=by.pk, by=by, at=at).pk}
        sealed = add_person(is_child=True, by=None, at=AT).pk
        ids["seal"] = seal_record(sealed, ground=Seal.Ground.STAFF, by=by, at=at).pk
        ids["number"] = break_glass(person, role="social_worker", reason="x", scope="x", by=by, at=at).pk
        return ids

    def _record(self, person: UUID, label: str) -> AgencyRecord:
        agency = self.elsewhere.agency_id
        return add_agency_record(person_id=person, agency_id=agency, label=label, born="2019-04-02", by=None, at=AT)

    def _entry(self, record: AgencyRecord, words: str) -> Entry:
        return record_entry(
            agency=self.elsewhere.agency_id,
            kind="concern",
            happened=parse_when("2026-11-02"),
            about=(record.pk,),
            factors=frozenset({"neglect"}),
            text=words,
            by=None,
            at=timezone.now(),
        )

    @staticmethod
    def _row(model: Any, record: AgencyRecord, known: dict[type, Any]) -> UUID:
        more = {Team: known[Team]} if Team in known else {}
        row = a_row(model, record, known | more)
        if hasattr(row, "keys"):
            assert model.objects.filter(pk=row.pk, keys__overlap=keys_for([record.pk])).exists(), model
        return row.pk

    def client(self, code: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(self.posts[code].user)
        return client


@pytest.fixture(scope="module")
def world(own_database: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Committed once for the module."""
    from django.db import connections

    with django_db_blocker.unblock():
        with transaction.atomic():
            made = World()
        connections.close_all()
    yield made
    with django_db_blocker.unblock():
        connections.close_all()
        own_database.make_anew()


@cache
def routes() -> tuple[str, ...]:
    return tuple(one for one in addresses(get_resolver().url_patterns) if not LEAVES.search(one))


def parts(route: str) -> list[str]:
    return [one.removesuffix("_id") for one in re.findall(r"<(?:\w+:)?(\w+)>", route)]


def about_a_child() -> Iterator[str]:
    return (route for route in routes() if set(parts(route)) - OF_NO_CHILD)


def filled(route: str, ids: Callable[[str], object]) -> str:
    """The address with ids in the place of its parts; what is of no child keeps a word that fits anywhere."""
    plain = {"section": "document", "offer": "concern", "form": "concern"}
    return re.sub(
        r"<(?:\w+:)?(\w+)>",
        lambda found: str(
            plain.get(found[1], uuid4()) if (name := found[1].removesuffix("_id")) in OF_NO_CHILD else ids(name)
        ),
        route,
    )


def told(answer: Any, *ids: object) -> tuple[int, bytes, str]:
    """An answer without nonce, token and the ids that were asked for."""
    said = OF_THE_REQUEST.sub(b"", answer.content)
    where = answer.headers.get("Location", "")
    for one in ids:
        said, where = said.replace(str(one).encode(), b"ID"), where.replace(str(one), "ID")
    return answer.status_code, said, where


def test_every_part_of_an_address_is_thought_of() -> None:
    known = {*ROWS, *OF_NO_CHILD, "person", "child", "entry", "threat", "listing", "seal", "number"}
    assert {part for route in routes() for part in parts(route)} - known == set()
    assert len(list(about_a_child())) > 40


@pytest.mark.parametrize("role", sorted(ROLES))
def test_hidden_and_absent_are_the_same_whatever_is_asked_and_sent(world: World, role: str) -> None:
    client, hidden = world.client(role), world.ids["hidden"]
    different = []
    for route in about_a_child():
        nobody: dict[str, UUID] = {}
        there = filled(route, hidden.__getitem__)
        absent = filled(route, lambda name: nobody.setdefault(name, uuid4()))  # noqa: B023
        ids = (*hidden.values(), *nobody.values())
        for method in ("get", "post"):
            one, other = (told(getattr(client, method)(address), *ids) for address in (there, absent))
            if one != other:
                different.append((method, route, one[0], other[0]))
    assert different == []


@pytest.mark.parametrize("role", sorted(ROLES))
def test_no_route_breaks_and_none_tells_more_than_the_tie_to_the_child_opens(world: World, role: str) -> None:
    client, shown = world.client(role), dict[str, set[str]]()
    for child in ("own", "team", "known"):
        ids = world.ids[child]
        for route in about_a_child():
            answer = client.get(filled(route, ids.__getitem__))
            assert answer.status_code < 500, (route, child, answer.status_code)
            said = answer.content.decode()
            shown.setdefault(child, set()).update(
                f"{what}-{whose}"
                for what in ("words", "danger")
                for whose in CHILDREN
                if f"mark-{what}-{whose}" in said
            )
    works = "no_case_content" not in ROLES[role].groups
    reads_words = works and not {"housing", "probation"} & ROLES[role].groups
    assert shown["own"] == (({"words-own"} if reads_words else set()) | ({"danger-own"} if works else set()))
    assert shown["team"] == set()  # a summary: no words
    assert shown["known"] == set()  # who is involved, no more


OFFICE = ("access", "agencies", "sharing", "accounts", "tuning", "feeds")
CHANGES_BY_LOOKING = {"access_accessrecord", "access_auditseal"}
OWNED = {"partnership_administrator", "privacy_officer"}
"""Roles whose work it is to change what the office keeps."""


def tables(*apps_of: str) -> list[str]:
    """Tables of the program's own apps, or of these, but what a look itself adds to."""
    models = [one for one in apps.get_models() if one.__module__.startswith("onestory.") and one._meta.managed]
    named = {one._meta.db_table for one in models if not apps_of or one._meta.app_label in apps_of}
    return sorted(named - CHANGES_BY_LOOKING)


def digests(names: list[str]) -> dict[str, str]:
    """What stands in each table, row by row, whoever asks."""
    with keeping(), connection.cursor() as cursor:
        found = {}
        for name in names:
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} t")
            found[name] = cursor.fetchone()[0]
        return found


@cache
def every_field() -> dict[str, str]:
    """Every field of every form and of every model, with a value that a form might take."""
    forms = [one for one in _kinds_of(BaseForm) if one.__module__.startswith("onestory.")]
    names = {name for form in forms for name in getattr(form, "base_fields", {})}
    names |= {
        name
        for model in apps.get_models()
        if model.__module__.startswith("onestory.")
        for field in model._meta.concrete_fields
        for name in (field.name, field.attname)
    }
    known = {"sure": "on", "role": "social_work_manager", "username": "mallory", "is_active": "on", "info": "1"}
    known |= {"at_most": "4", "level": "4", "until_on": "1/1/2020", "since_on": "1/1/2020", "state": "kept"}
    return dict.fromkeys(sorted(names), "1") | known


def _kinds_of(base: type) -> Iterator[type]:
    for one in base.__subclasses__():
        yield one
        yield from _kinds_of(one)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_field_posted_about_a_hidden_child_changes_nothing(world: World, role: str) -> None:
    client, hidden, names = world.client(role), world.ids["hidden"], tables()
    before = digests(names)
    assert len(every_field()) > 150
    for route in about_a_child():
        client.post(filled(route, hidden.__getitem__), every_field())
    assert {name for name, digest in digests(names).items() if digest != before[name]} == set()


@pytest.mark.parametrize("role", sorted(ROLES.keys() - OWNED))
def test_every_field_posted_everywhere_changes_nothing_that_the_office_keeps(world: World, role: str) -> None:
    post, names = world.posts[role], tables(*OFFICE)
    other = world.posts["teacher" if role != "teacher" else "midwife"]
    ids: dict[str, object] = {"agency": other.team.agency_id, "team": other.team_id, "user": other.user_id}
    ids |= {"post": other.pk, "actor": other.user_id}
    mine = {"agency": post.team.agency_id, "team": post.team_id, "user": post.user_id, "post": post.pk}
    client, before = world.client(role), digests(names)
    for route in routes():
        if set(parts(route)) - OF_NO_CHILD:
            continue
        for own in (ids, ids | mine):
            address = re.sub(r"<(?:\w+:)?(\w+)>", partial(_or_nobody, own), route)
            client.post(address, every_field())
    assert {name for name, digest in digests(names).items() if digest != before[name]} == set()


def _or_nobody(ids: dict[str, object], part: re.Match[str]) -> str:
    return str(ids.get(part[1].removesuffix("_id"), uuid4()))
