"""Every route × every role × a child of one's own, one of the team, one of whom the agency knows, one hidden, none.

Routes come from the URL configuration and roles from the code: a new one is asked for from its first day. In the place
of an id stands a row about that child; an id that is in no list here fails the test, so that somebody thinks of it.

Each role asks its share of the routes, so that every route is asked by several roles of different kinds, and is sent
every field of every form and model. ONESTORY_TEST_EVERY_ROUTE=1 (`make soak`) asks everything as everybody.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction

from onestory.platform.access.actions import declare_conflict
from onestory.platform.access.models import Conflict
from onestory.platform.access.roles import ROLES
from tests.integration.web.addresses import parts, routes
from tests.integration.web.asked import (
    OF_NO_CHILD,
    Fields,
    about_a_child,
    changed,
    changes_of,
    digests,
    every_field,
    filled,
    nobody,
    send,
    tables,
    told,
    undone,
)
from tests.integration.web.filled_in import filled_in
from tests.integration.web.four_children import ROWS, World
from tests.integration.web.office import AT

pytestmark = pytest.mark.django_db
IS_WHOLE = bool(os.environ.get("ONESTORY_TEST_EVERY_ROUTE"))
"""Whether every role asks for every route, and not its share."""
PROTECTED = {"person", "child", "entry", "record", "threat", "listing", "seal", "number", "tie", "conflict"}
MARK = re.compile(r"mark-(?:words-|danger-|why-|plans-|questions-)?(?:own|team|known|hidden)\b")
OF_THE_HIDDEN = re.compile(rb"mark-[a-z-]*hidden")
ALWAYS = re.compile(r"^/children/<uuid:child_id>(/chronology)?$|/dangers$")
OFFICE = ("access", "agencies", "sharing", "accounts", "tuning", "feeds")
OWNED = {"partnership_administrator", "privacy_officer"}
"""Roles whose work it is to change what the office keeps."""
BEGUN = r"/plans/new$|/conditions$|/housing/(record|moved)$|/workers/"
ANYBODYS = rf"^/records/<uuid:person_id>/(open|interest)$|^/children/<uuid:child_id>/(add|family)/|{BEGUN}"
MAY_CHANGE = {
    "team": rf"{ANYBODYS}|^/assessments/<uuid:assessment_id>$|/services/not-to-be-had$|/protection$",
    "known": ANYBODYS,
}
"""What may be written about a child whose record is not whole before the writer.

By whoever knows that there is the child: that the record is opened with a reason, an interest of one's own, what one's
own agency noticed, what it proposes to be recorded of the family, a plan of its own, a condition (social care), a home
(whoever works on homes), and who works with the child (whoever manages: so a tie begins, and it is on record who gave
it). By the team on duty: also disagreement with an assessment, a service not to be had, and where protection stands.
"""
FACTS = {"people_person", "people_relationship", "people_household", "people_householdmember"}
"""Tables of what is so, whoever noticed it: social care writes them about a child with whom it works, and a lead."""
SECOND = r"^/records/asked/<uuid:number>/approve"
BY_ROLE = {
    "privacy_officer": (r"^/privacy/", r"^mark-why-"),
    "front_door_role": (rf"^/(same-person|people)\b|{SECOND}", r"^mark-(?!words|danger|plans|questions)"),
    "emergency": (SECOND, r"^mark-why-"),
}
"""Where a role, or one of a group, works on records of children to whom it has no tie, and what it may be shown there.

The privacy officer: who looked and why, of whatever record. The front door: who is involved, when it compares records.
Either of them and whoever answers in emergencies, as second person: why a colleague opened a record, not whose it is.
"""


@pytest.fixture(scope="module")
def world(own_database: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Committed once for the module."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            made = World()
        connections.close_all()
    yield made
    with django_db_blocker.unblock():
        connections.close_all()
        own_database.make_anew()


def kinds_of_roles() -> list[str]:
    """A role for each set of groups by which the table speaks of roles; of the office, one that keeps nothing.

    Where everything is asked for, every other role after these.
    """
    alike = {role.groups: code for code, role in reversed(ROLES.items()) if code not in OWNED}
    kinds = sorted(alike.values())
    return [*kinds, *(code for code in sorted(ROLES) if code not in kinds)] if IS_WHOLE else kinds


def in_turn[One](given: Iterable[One], number: int, of: int = 6) -> Iterator[One]:
    """Every sixth of them, beginning with another for each number; all of them where all are asked for."""
    return islice(given, 0 if IS_WHOLE else number % of, None, 1 if IS_WHOLE else of)


def test_every_part_of_an_address_is_thought_of() -> None:
    known = {*ROWS, *PROTECTED, *OF_NO_CHILD}
    assert {part for route in routes() for part in parts(route)} - known == set()
    assert len(about_a_child()) > 100


@pytest.mark.parametrize("role", kinds_of_roles() if IS_WHOLE else sorted(ROLES))
def test_what_is_hidden_is_answered_as_what_is_not_there(world: World, role: str) -> None:
    client, hidden = world.client(role), world.ids["hidden"]
    nothing = told(client.get(f"/children/{uuid4()}"))
    assert nothing[0] == 404
    number = sorted(ROLES).index(role)
    asked = list(in_turn(by_tie_alone(role), number))
    answers = {route: told(client.get(filled(route, hidden.__getitem__))) for route in asked}
    doubtful = {route for route, answer in answers.items() if answer != nothing}
    doubtful |= set(in_turn(asked, number, of=3))
    absent = {route: told(client.get(filled(route, nobody()))) for route in asked if route in doubtful}
    assert [(route, answers[route][0], said[0]) for route, said in absent.items() if answers[route] != said] == []


def works_there_by_role(role: str, route: str) -> bool:
    """Whether the role works at this route on children to whom it has no tie."""
    return any(re.search(there, route) for there, _ in by_role(role))


def by_role(role: str) -> list[tuple[str, str]]:
    """Where the role works without a tie, and what it may be shown there."""
    return [works for one, works in BY_ROLE.items() if one in {role, *ROLES[role].groups}]


def by_tie_alone(role: str) -> list[str]:
    """Routes about children at which the role learns nothing of a child to whom it has no tie."""
    return [route for route in about_a_child() if not works_there_by_role(role, route)]


@pytest.mark.parametrize("role", sorted(code for code in ROLES if by_role(code)))
def test_whoever_works_without_a_tie_sees_who_and_why_and_nothing_of_what_stands_there(world: World, role: str) -> None:
    client, [(_, allowed), *_] = world.client(role), by_role(role)
    there = [route for route in routes() if works_there_by_role(role, route)]
    shown = set[str]()
    for route in there:
        for child in ("hidden", "own", "team", "known"):
            shown |= set(MARK.findall(client.get(filled(route, world.ids[child].__getitem__)).content.decode()))
    assert {mark for mark in shown if not re.search(allowed, mark)} == set()
    assert "mark-why-hidden" in shown


@pytest.mark.parametrize("role", sorted(code for code in ROLES if by_role(code) and code not in OWNED))
def test_an_interest_of_ones_own_hides_a_child_from_whoever_works_by_role_too(world: World, role: str) -> None:
    client, user, ids = world.client(role), world.posts[role].user, world.ids["hidden"]
    declare_conflict(ids["person"], user_id=user.pk, nature=Conflict.Nature.RELATIVE, by=user, at=AT)
    for route in [one for one in about_a_child() if works_there_by_role(role, one)]:
        for ask in (client.get, partial(send, client, fields=every_field())):
            absent = told(ask(filled(route, nobody())))
            assert told(ask(filled(route, ids.__getitem__))) == absent, route
    assert "mark-hidden" not in client.get("/same-person").content.decode()


@pytest.mark.parametrize("role", kinds_of_roles())
def test_whatever_is_sent_about_a_hidden_child_changes_nothing_and_tells_nothing(world: World, role: str) -> None:
    client, hidden = world.client(role), world.ids["hidden"]
    before, different = digests(tables()), []
    assert len(every_field()) > 150
    for route in in_turn(by_tie_alone(role), kinds_of_roles().index(role)):
        there = told(send(client, filled(route, hidden.__getitem__), every_field()))
        absent = told(send(client, filled(route, nobody()), every_field()))
        different += [(route, there[0], absent[0])] if there != absent else []
    assert different == []
    assert changed(before) == set()


@pytest.mark.parametrize("role", kinds_of_roles())
def test_no_route_breaks_and_none_tells_more_than_the_tie_to_the_child_opens(world: World, role: str) -> None:
    client, shown, broken = world.client(role), set[tuple[str, str]](), set[tuple[str, str]]()
    for number, child in enumerate(("own", "team", "known")):
        ids, turn = world.ids[child], kinds_of_roles().index(role) + 2 * number
        asked = routes() if child == "own" else about_a_child()
        for route in dict.fromkeys((*in_turn(asked, turn, of=12), *filter(ALWAYS.search, asked))):
            answer = client.get(filled(route, lambda name: ids[name]))  # noqa: B023
            broken |= {(route, child)} if answer.status_code >= 500 else set()
            if child == "own":
                world.forms[role, route] = offered(answer)
            if works_there_by_role(role, route):
                continue
            shown |= {(mark, route) for mark in MARK.findall(answer.content.decode())}
    assert broken == set()
    assert {route for mark, route in shown if "hidden" in mark} == set()
    works = "no_case_content" not in ROLES[role].groups
    reads_words = works and not {"housing", "probation"} & ROLES[role].groups
    words = {mark for mark, _ in shown if "words" in mark or "danger" in mark}
    assert words == (({"mark-words-own"} if reads_words else set()) | ({"mark-danger-own"} if works else set()))
    assert {one for one in shown if re.search(r"(plans|questions)-known", one[0])} == set()
    assert works or shown == set()


@pytest.mark.parametrize("role", kinds_of_roles())
def test_no_field_reaches_from_ones_own_child_to_a_hidden_one(world: World, role: str) -> None:
    client, own, hidden = world.client(role), world.ids["own"], world.ids["hidden"]
    theirs = "|".join(str(one) for one in hidden.values()) + "|mark-[a-z-]*hidden"
    wrong = set[tuple[str, int, frozenset[str]]]()
    for route in in_turn(taking(world, role), kinds_of_roles().index(role)):
        address = filled(route, own.__getitem__)
        for there, nowhere in reaching(form_at(world, role, route), own, hidden):
            with undone():
                absent = told(send(client, address, nowhere, follow=True))
            answer, what = changes_of(partial(send, client, address, there, follow=True), theirs)
            is_wrong = answer.status_code >= 500 or OF_THE_HIDDEN.search(answer.content) or told(answer) != absent
            wrong |= {(route, answer.status_code, frozenset(what))} if is_wrong or what else set()
    assert wrong == set()


def taking(world: World, role: str) -> list[str]:
    """Routes at which the role learns nothing without a tie, and that take what is sent."""
    return [route for route in by_tie_alone(role) if not is_only_read(world, route)]


def form_at(world: World, role: str, route: str) -> Fields:
    """The fields that the role is offered at the route about a child of its own; looked at once."""
    if (role, route) not in world.forms:
        world.forms[role, route] = offered(world.client(role).get(filled(route, world.ids["own"].__getitem__)))
    return world.forms[role, route]


def offered(answer: Any) -> Fields:
    """The fields of a page, filled in; none where there is no page."""
    is_page = answer.status_code == 200 and "html" in answer.headers["Content-Type"]
    return filled_in(answer.content.decode()) if is_page else {}


def is_only_read(world: World, route: str) -> bool:
    """Whether the route takes nothing that is sent, whoever sends it: its view is never reached. Tried once."""
    if route not in world.only_read:
        world.only_read[route] = world.client("social_worker").post(filled(route, nobody())).status_code == 405
    return world.only_read[route]


def reaching(form: Fields, own: dict[str, UUID], hidden: dict[str, UUID]) -> Iterator[tuple[Fields, Fields]]:
    """Fields that name rows of the hidden child, and the same with nobody's: in every field at once, and each alone."""
    nobodys = dict.fromkeys(hidden, uuid4())
    yield every_field() | form | naming(hidden), every_field() | form | naming(nobodys)
    for name, value in form.items():
        there, nowhere = (instead({name: value}, own, ids) for ids in (hidden, nobodys))
        if there != {name: value}:
            yield form | there, form | nowhere


def instead(form: Fields, own: dict[str, UUID], others: dict[str, UUID]) -> Fields:
    """The same fields, with the rows of another child where they name those of one's own."""
    known = {str(one): str(others[name]) for name, one in own.items()}
    return {
        name: known.get(value, value) if isinstance(value, str) else [known.get(one, one) for one in value]
        for name, value in form.items()
    }


@pytest.mark.parametrize("role", kinds_of_roles())
def test_what_is_sent_about_a_child_changes_what_the_tie_and_the_role_allow(world: World, role: str) -> None:
    client, wrong, broken = world.client(role), set[tuple[str, str, frozenset[str]]](), set[tuple[str, str]]()
    for number, child in enumerate(("own", "team", "known")):
        for route in in_turn(taking(world, role), kinds_of_roles().index(role) + 7 * number, of=18):
            ids = world.ids[child]
            address, form = filled(route, ids.__getitem__), instead(form_at(world, role, route), world.ids["own"], ids)
            fields = every_field() | form
            answer, what = changes_of(partial(send, client, address, fields))
            wrong |= {(child, route, frozenset(what))} if what and not may_change(role, child, route, what) else set()
            broken |= {(child, route)} if answer.status_code >= 500 else set()
    assert broken == set()
    assert wrong == set()


def may_change(role: str, child: str, route: str, what: set[str]) -> bool:
    """Whether these tables may be written there about a child to whom the role has this tie."""
    works_in_social_care = "social_care" in ROLES[role].groups
    if "no_case_content" in ROLES[role].groups:
        return False
    if re.search(r"/(protection|conditions)$", route) and not works_in_social_care:
        return False
    if what & FACTS and not (child == "own" or (child == "team" and works_in_social_care)):
        return False
    return child == "own" or bool(re.search(MAY_CHANGE[child], route))


def naming(ids: dict[str, UUID]) -> dict[str, str]:
    """Every field whose name speaks of people, records or rows, with the id of the row of these."""
    people = dict.fromkeys(
        ("record", "other", "about", "people", "parents", "recipient", "who", "of", "whom"), "record"
    )
    people |= dict.fromkeys(("children", "child", "person", "to_person", "from_person", "known_as"), "person")
    people |= {"evidence": "entry", "condition": "entry", "supersedes": "entry", "reopens": "plan", "next_plan": "plan"}
    named = {name: ids[one] for name, one in people.items()} | {name: ids[name] for name in ids if "/" not in name}
    return {f"{name}{end}": str(one) for name, one in named.items() for end in ("", "_id")}


@pytest.mark.parametrize("role", [one for one in kinds_of_roles() if one not in OWNED])
def test_every_field_posted_everywhere_changes_nothing_that_the_office_keeps(world: World, role: str) -> None:
    post, other = world.posts[role], world.posts["teacher" if role != "teacher" else "midwife"]
    theirs: dict[str, object] = {"agency": other.team.agency_id, "team": other.team_id, "user": other.user_id}
    theirs |= {"post": other.pk, "actor": other.user_id}
    mine = {"agency": post.team.agency_id, "team": post.team_id, "user": post.user_id, "post": post.pk}
    client, before = world.client(role), digests(tables(*OFFICE))
    others = [route for route in routes() if route not in about_a_child()]
    for route in in_turn(others, kinds_of_roles().index(role)):
        for ids in (theirs, theirs | mine) if set(parts(route)) & mine.keys() else (theirs,):
            address = re.sub(r"<(?:\w+:)?(\w+)>", partial(_or_nobody, ids), route)
            send(client, address, every_field())
    assert changed(before) == set()


def _or_nobody(ids: dict[str, object], part: re.Match[str]) -> str:
    return str(ids.get(part[1].removesuffix("_id"), uuid4()))
