"""The list of families: in pages, by name, however many children an agency knows, without whom one may not know of."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import Conflict
from onestory.platform.agencies.models import Membership
from onestory.platform.people.models import AgencyRecord, Person
from tests.integration.web.partnership import AT, load, signed_in

pytestmark = pytest.mark.django_db
BEFORE = AT.replace(year=2025)
IMRAN, MANY, HIDDEN = "imran.teacher", 120, 7


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Many children whom Imran's school knows; with one of them he has declared a conflict. Asked for by forty."""
    load()
    monkeypatch.setattr("onestory.web.families.queries.AT_ONCE", 40)
    imran = Membership.objects.select_related("team", "user").get(user__username=IMRAN)
    names = [f"Child {number:03}" for number in range(MANY)]
    with keeping():
        people = Person.objects.bulk_create(Person(is_child=True, since_at=BEFORE) for _ in names)
        AgencyRecord.objects.bulk_create(
            AgencyRecord(person=one, agency_id=imran.team.agency_id, label=name, recorded_at=BEFORE)
            for one, name in zip(people, names, strict=True)
        )
        Conflict.objects.create(
            person=people[HIDDEN], user=imran.user, nature="relative", declared_by=imran.user, declared_at=BEFORE
        )
    return names


def shown(address: str) -> tuple[list[str], str]:
    """The children on the page, and what is written above them."""
    page = signed_in(IMRAN).get(address).content.decode()
    said = re.search(r"<caption[^>]*>(.*?)</caption>", page)
    return re.findall(r"<bdi>(Child \d+)</bdi></a></th>", page), said[1] if said else ""


def test_pages_hold_fifty_each_as_if_the_hidden_child_were_not_there(children: list[str]) -> None:
    known = [name for number, name in enumerate(children) if number != HIDDEN]
    assert shown("/families") == (known[:50], "Known to your agency: more than 50 children")
    assert shown("/families?page=2") == (known[50:100], "Known to your agency: more than 100 children")
    assert shown("/families?page=3") == (known[100:], "Known to your agency: 119 children")
    assert shown("/families?page=9999999") == shown("/families?page=0") == shown("/families")
    assert shown("/families?page=99") == shown("/families?page=3")


def test_a_hidden_child_is_not_found_by_name_and_does_not_count(children: list[str]) -> None:
    assert shown("/families?name=child+00")[0] == [*children[:HIDDEN], *children[HIDDEN + 1 : 10]]
    hidden, absent = (
        signed_in(IMRAN).get(f"/families?name={name.replace(' ', '+')}").content.decode().replace(name, "…")
        for name in (children[HIDDEN], "Child 999")
    )
    nonce = re.compile(r'nonce="[^"]*"|name="(csrfmiddlewaretoken|written_by)" value="[^"]*"|Child\+\d+')
    assert nonce.sub("", hidden) == nonce.sub("", absent)


def asked_for(address: str, username: str = IMRAN) -> int:
    """How many statements the page takes, once its reader has been there."""
    client = signed_in(username)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_as_much_is_asked_for_a_hidden_name_as_for_one_that_is_not_there(children: list[str]) -> None:
    hidden, absent = (asked_for(f"/families?name={name}") for name in ("Child+007", "Child+999"))
    assert hidden == absent < asked_for("/families?name=Child+008")


def test_whose_role_sees_no_record_has_nothing_looked_up(children: list[str]) -> None:
    Membership.objects.filter(user__username=IMRAN).update(role="privacy_officer")
    assert shown("/families") == ([], "")
    assert asked_for("/families") == asked_for("/families?name=Child+999")


def test_a_child_stays_listed_while_a_join_waits_for_its_second_person(children: list[str]) -> None:
    other = Person.objects.create(is_child=True, since_at=BEFORE)
    with keeping():
        AgencyRecord.objects.filter(label=children[0]).update(person=other)
    assert shown("/families")[0][:2] == children[:2]


def test_the_first_page_asks_as_much_however_many_children_the_agency_knows(children: list[str]) -> None:
    few = asked_for("/families?name=child+01")
    assert asked_for("/families?name=child+02") == few
    assert asked_for("/families") <= 2 * few  # fifty and one need the first forty and the next
