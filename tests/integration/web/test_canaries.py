"""A mark in every class of information; everybody asks for every page; no mark reaches whom it must not reach.

And whoever may not know of a child is answered as if there were none, byte for byte. The addresses come from the URL
configuration, so a new page is asked for from its first day.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError
from django.http import Http404
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from config.logs import LOGGING, NoPersonalData
from onestory.oversee.signals.models import Alert
from onestory.platform.access.models import AccessRecord, User
from onestory.platform.agencies.models import Team
from onestory.platform.history.models import Entry
from onestory.platform.notices.actions import send_notice
from onestory.platform.notices.letters import message_of
from onestory.platform.notices.models import Letter
from onestory.platform.people.models import AgencyRecord
from tests.integration.web import broken_urls
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


TYPED = ("q", "name", "purpose", "words", "text", "reason")
EVERY_MARK = " ".join(MARKS.values())
ERRORS = (RuntimeError, ValueError, IntegrityError, PermissionDenied, Http404, SuspiciousOperation)


def marks_in(said: str) -> set[str]:
    """Which marks stand in the words."""
    return {what for what, mark in MARKS.items() if mark in said}


def test_no_mark_reaches_a_letter(settings) -> None:
    records = list(AgencyRecord.objects.filter(label="Canarina Mark")[:1])
    team, reader = Team.objects.get(name="Front Door"), User.objects.get(username="amina.duty")
    notice = send_notice(
        to_team=team, about=records, kind="note", words=EVERY_MARK, address="/", by=reader, at=timezone.now()
    )
    sent = message_of(Letter(notice=notice, to=reader, queued_at=timezone.now())).message().as_string()
    assert settings.PUBLIC_ADDRESS in sent
    assert marks_in(sent) == set()


@pytest.mark.parametrize("username", ["imran.teacher", "claire.school"])
def test_no_answer_to_what_is_sent_and_no_log_line_shows_a_mark_to_whom_it_is_not_for(
    username: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    client = signed_in(username, raise_request_exception=False)
    said = []
    for address in addresses(get_resolver().url_patterns):
        if LEAVES.search(address):
            continue
        path = next(filled(address))
        for answer in (
            client.get(path, dict.fromkeys(TYPED, "mark-typed")),
            client.post(path, dict.fromkeys(TYPED, "mark-typed")),
        ):
            said.append(answer.content.decode(errors="replace") + str(answer.headers))
    assert marks_in("\n".join(said)) - MAY_SEE[username] == set()
    lines = lines_of(caplog)
    assert "Not Found" in lines
    assert marks_in(lines + "".join(capfd.readouterr())) == set()
    assert "mark-typed" not in lines


def lines_of(caplog: pytest.LogCaptureFixture) -> str:
    """The log as the program writes it."""
    plain = LOGGING["formatters"]["plain"]
    formatter = NoPersonalData(plain["format"], style=plain["style"])
    return "\n".join(formatter.format(one) for one in caplog.records if one.levelno >= logging.INFO)


@pytest.mark.parametrize("username", sorted(MAY_SEE))
def test_no_mark_reaches_an_error_page_or_its_log_line(
    username: str, monkeypatch: pytest.MonkeyPatch, settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ROOT_URLCONF = "tests.integration.web.broken_urls"
    client, statuses = signed_in(username, raise_request_exception=False), []
    for error in ERRORS:
        monkeypatch.setattr(broken_urls, "FAILING", [error(EVERY_MARK)])
        answer = client.get("/broken")
        statuses.append(answer.status_code)
        assert marks_in(answer.content.decode() + str(answer.headers)) == set()
    assert statuses == [500, 500, 500, 404, 404, 400]  # refused looks like absent
    strict = signed_in(username, enforce_csrf_checks=True)
    refused = strict.post("/notices/sent", {"words": EVERY_MARK})
    assert (refused.status_code, marks_in(refused.content.decode() + str(refused.headers))) == (403, set())
    assert "RuntimeError" in lines_of(caplog)
    assert marks_in(lines_of(caplog)) == set()


def test_every_look_and_every_refusal_is_on_record() -> None:
    kid = child("Canarina Mark").pk
    signed_in("ben.worker").get(f"/children/{kid}/chronology")
    looked = AccessRecord.objects.get(actor__username="ben.worker", people__contains=[kid], act="look")
    assert (looked.what, looked.tie, looked.role) == ("chronology", "worker", "social_worker")
    assert "chronology:F" in looked.shown
    signed_in("claire.school").get(f"/children/{kid}/chronology")
    refused = AccessRecord.objects.get(actor__username="claire.school", act="denied")
    assert (refused.people, refused.denials) == ([kid], 1)
