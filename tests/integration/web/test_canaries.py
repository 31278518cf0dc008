"""A mark in every class of information; everybody asks for every page; no mark reaches whom it must not reach.

And whoever may not know of a child is answered as if there were none, byte for byte. The addresses come from the URL
configuration, so a new page is asked for from its first day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from onestory.oversee.signals.models import Alert
from onestory.platform.access.models import AccessRecord
from onestory.platform.history.models import Entry
from onestory.platform.people.models import AgencyRecord
from tests.integration.web.partnership import child, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = (Path(__file__).with_name("canaries.yaml"),)
MARKS = {
    "name": "Canarina",
    "words": "mark-words-2481",
    "therapy": "mark-therapy-7734",
    "care": "mark-care-1190",
    "reporter": "mark-reporter-5526",
    "hidden reporter": "mark-told-6602",
    "address": "mark-address-9043",
    "advice": "mark-advice-3318",
}
LEAD = {"name", "words", "reporter", "hidden reporter", "address"}
WORKER = {"name", "words", "address"}
MAY_SEE = {
    "amina.duty": LEAD,
    "helen.manager": LEAD,
    "ben.worker": WORKER,
    "ruth.school": WORKER,
    "imran.teacher": {"name"},  # of the team on duty: a summary, and that a place is held
    "wendy.visitor": WORKER | {"care"},  # it is her own agency's
    "mark.mind": WORKER | {"therapy"},  # it is his own agency's
    "joan.housing": {"name", "address"},  # the role's cap: no words
    "femi.probation": {"name", "address"},
    "claire.school": set[str](),  # another agency, which does not know the family
    "gwen.partnership": set[str](),
    "oscar.privacy": set[str](),
}
LEAVES = re.compile(r"sign-out|stay|static|media")


def addresses(patterns, prefix: str = "") -> Iterator[str]:
    """Every address of the program as a template, such as children/<uuid:child_id>."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, f"{prefix}{one.pattern}")
        elif isinstance(one, URLPattern):
            yield f"/{prefix}{one.pattern}".replace("^", "").replace("$", "")


def filled(address: str) -> Iterator[str]:
    """The address with what the family has in the place of its part: child, records, alerts, every entry."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", address)
    if not names:
        yield address
        return
    entries = list(Entry.objects.order_by("id").values_list("id", flat=True))
    ids: dict[str, list[UUID]] = {
        "child": [child("Canarina Mark").pk],
        "person": [child("Canarina Mark").pk],
        "alert": list(Alert.objects.order_by("id").values_list("id", flat=True)[:3]),
        "record": list(AgencyRecord.objects.filter(label="Canarina Mark").values_list("id", flat=True)[:2]),
        "entry": entries,
    }
    for one in ids.get(names[0].removesuffix("_id"), entries[:1]):
        yield re.sub(r"<[^>]+>", str(one), address)


def crawled(username: str) -> str:
    """Everything that somebody is answered, whatever they ask for."""
    client = signed_in(username, raise_request_exception=False)
    said = []
    for address in addresses(get_resolver().url_patterns):
        if LEAVES.search(address):
            continue
        for path in filled(address):
            answer = client.get(path)
            said.append(answer.content.decode(errors="replace") + str(answer.headers))
    kid = child("Canarina Mark").pk
    for more in (f"/children/{kid}/chronology/print?purpose=x", "/families?name=canar", "/find?q=Canarina+Mark"):
        said.append(client.get(more).content.decode(errors="replace"))
    return "\n".join(said)


@pytest.mark.parametrize("username", sorted(MAY_SEE))
def test_no_page_shows_a_mark_to_whom_it_is_not_for(username: str) -> None:
    said = crawled(username)
    shown = {what for what, mark in MARKS.items() if mark in said}
    assert shown - MAY_SEE[username] == set()
    assert shown >= MAY_SEE[username]  # otherwise this would prove nothing


def plain(page: bytes, *ids: UUID) -> str:
    """The page without what differs from request to request: nonce, token, and the address that was asked for."""
    text = page.decode()
    for one in ids:
        text = text.replace(str(one), "ID")
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", text)
    return re.sub(r'nonce="[^"]*"', "nonce", text)


@pytest.mark.parametrize("username", ["claire.school", "gwen.partnership"])
def test_what_is_hidden_is_answered_as_what_is_not_there(username: str) -> None:
    client, nobody = signed_in(username, raise_request_exception=False), uuid4()
    alert, entry = Alert.objects.all()[0].pk, Entry.objects.all()[0].pk
    asked = 0
    for address in addresses(get_resolver().url_patterns):
        if not re.search(r"<uuid:(child_id|person_id|alert_id|entry_id)>", address):
            continue
        name = re.findall(r"<uuid:(child|person|alert|entry)_id>", address)[0]
        there = {"alert": alert, "entry": entry}.get(name, child("Canarina Mark").pk)
        hidden, absent = (client.get(re.sub(r"<[^>]+>", str(one), address)) for one in (there, nobody))
        assert (hidden.status_code, plain(hidden.content, there, nobody)) == (
            absent.status_code,
            plain(absent.content, there, nobody),
        ), address
        asked += 1
    assert asked > 5


def test_every_look_and_every_refusal_is_on_record() -> None:
    kid = child("Canarina Mark").pk
    signed_in("ben.worker").get(f"/children/{kid}/chronology")
    looked = AccessRecord.objects.get(actor__username="ben.worker", people__contains=[kid], act="look")
    assert (looked.what, looked.tie, looked.role) == ("chronology", "worker", "social_worker")
    assert "chronology:F" in looked.shown
    signed_in("claire.school").get(f"/children/{kid}/chronology")
    refused = AccessRecord.objects.get(actor__username="claire.school", act="denied")
    assert (refused.people, refused.denials) == ([kid], 1)
