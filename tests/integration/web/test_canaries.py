"""A mark in every class of information; everybody asks for every page; no mark reaches whom it must not reach.

And whoever may not know of a child is answered as if there were none, byte for byte. The addresses come from the URL
configuration, so a new page is asked for from its first day.
"""

from __future__ import annotations

import io
import logging
import os
import re
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connections, transaction
from django.http import Http404
from django.test import override_settings
from django.utils import timezone
from pypdf import PdfReader
from pytest_django.plugin import DjangoDbBlocker

from config.logs import LOGGING, NoPersonalData
from onestory.oversee.signals.models import Alert
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import AccessRecord, User
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.history.models import Entry
from onestory.platform.notices.actions import send_notice
from onestory.platform.notices.letters import message_of
from onestory.platform.notices.models import Letter
from onestory.platform.people.models import AgencyRecord, Person
from onestory.web.feeds.demonstration import FEEDS, load_feeds
from tests.integration.web import broken_urls
from tests.integration.web.addresses import routes, with_each
from tests.integration.web.anything import everything_known
from tests.integration.web.four_children import ROWS, rows_of_everything
from tests.integration.web.partnership import DEMONSTRATION, child, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
IS_WHOLE = bool(os.environ.get("ONESTORY_TEST_EVERY_ROUTE"))
"""Whether everybody sends something everywhere, and not two of them."""
Ids = dict[str, list[UUID]]
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
    "who it is": "mark-index-5521",
    "questions": "mark-question-8850",
    "plans": "mark-plans-4417",
    "paper": "mark-paper-6180",
    "extract": "mark-extract-3307",
}
LEAD = {"name", "words", "reporter", "hidden reporter", "address", "plans"}
WORKER = {"name", "words", "address", "plans"}
OF_THE_TEAM = {"paper", "questions"}  # what Ben's team gave the family, and what was sent to it
MAY_SEE = {
    "amina.duty": LEAD | {"who it is"},  # at the front door, where records are compared
    "nasreen.duty": LEAD | {"who it is"},
    "helen.manager": LEAD | OF_THE_TEAM,
    "ben.worker": WORKER | OF_THE_TEAM,
    "ruth.school": WORKER | {"extract"},  # it is her team's file
    "imran.teacher": {"name", "plans", "extract"},  # of the team on duty: a summary, and that a place is held
    "wendy.visitor": WORKER | {"care"},  # it is her own agency's
    "mark.mind": WORKER | {"therapy"},  # it is his own agency's
    "joan.housing": {"name", "address", "plans"},  # the role's cap: no words
    "femi.probation": {"name", "address", "plans"},
    "claire.school": set[str](),  # another agency, which does not know the family
    "tom.nurse": set[str](),
    "priya.police": set[str](),
    "sonia.mind": set[str](),
    "nadia.lead": set[str](),
    "gwen.partnership": set[str](),
    "oscar.privacy": set[str](),
}


@pytest.fixture(scope="module", autouse=True)
def rows(families: None, django_db_blocker: DjangoDbBlocker) -> Ids:
    """A row of everything about the child, as Ben's team keeps it, and a file of the school with a row in error."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        with transaction.atomic(), keeping():
            found = rows_about(child("Canarina Mark"))
        load_feeds(DEMONSTRATION / "extracts", at=timezone.now(), feeds=FEEDS[:1])
        found["run"] = [*found["run"], UUID(_file_in_error().rsplit("/", 1)[1])]
        connections.close_all()
    return found


def rows_about(kid: Person) -> Ids:
    """The child's rows by the part of addresses in which they stand, the family's own entries and questions too."""
    record = AgencyRecord.objects.filter(person=kid, agency__name="Children's Social Care")[0]
    also = AgencyRecord.objects.filter(person=kid).exclude(pk=record.pk)[0]
    mother = AgencyRecord.objects.filter(label="Mother Mark")[0]
    entries = list(Entry.objects.filter(people__record__person__in=(kid.pk, mother.person_id)).distinct())
    ben = Membership.objects.select_related("team", "user").get(user__username="ben.worker")
    known = everything_known(record, ben.team, ben.user, entries[0])
    made = rows_of_everything(record, also, mother.person_id, known, {one: MARKS[told_in(one)] for one in ROWS})
    asked = list(Alert.objects.filter(state="waiting").order_by("id").values_list("pk", flat=True)[:2])
    found: Ids = {part: [one] for part, one in made.items()}
    found |= {"child": [kid.pk], "person": [kid.pk], "record": [mother.pk]}
    return found | {"entry": [one.pk for one in entries], "alert": [*asked, made["alert"]]}


def told_in(part: str) -> str:
    """What a row in this place tells."""
    by_class = {1: "who it is", 2: "questions", 3: "plans", 0: "plans"}
    return "paper" if part == "document" else by_class[ROWS[part][1]]


def _file_in_error() -> str:
    content = (DEMONSTRATION / "extracts" / "larkenby-absence.csv").read_bytes()
    wrong = content.replace(b"16/10/2026", MARKS["extract"].encode())
    assert wrong != content
    file = SimpleUploadedFile("larkenby-absence.csv", wrong)
    return str(signed_in("ruth.school").post("/feeds/larkenby-absence", {"file": file}).headers["Location"])


EACH_ENTRY = "/children/<uuid:child_id>/entries/<uuid:entry_id>"
"""Where every entry is asked for; elsewhere one is enough."""


def said_in(answer: Any) -> str:
    """What an answer says, in its headers, its page, its table or its paper."""
    said = answer.content.decode(errors="replace") + str(answer.headers)
    if answer.headers.get("Content-Type") != "application/pdf":
        return said
    return said + " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def crawled(username: str, ids: Ids) -> str:
    """Everything that somebody is answered, whatever they ask for: pages, prints, tables, papers, searches."""
    client = signed_in(username, raise_request_exception=False)
    name = {"name": "canarina mark", "born": "4/3/2019", "purpose": "a concern", "recipient": "Family"}
    said = [said_in(client.post(page, name)) for page in ("/privacy/asked", "/find")]
    for route in routes():
        of_page = ids if route == EACH_ENTRY else ids | {"entry": ids["entry"][:1]}
        said += [said_in(client.get(path)) for path in with_each(route, of_page)]
    kid = ids["child"][0]
    for more in (f"/children/{kid}/chronology/print?purpose=x", "/families?name=canar", "/find?q=Canarina+Mark"):
        said.append(said_in(client.get(more)))
    return "\n".join(said)


@pytest.mark.parametrize("username", sorted(MAY_SEE))
def test_no_page_shows_a_mark_to_whom_it_is_not_for(username: str, rows: Ids) -> None:
    said = crawled(username, rows)
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
    for address in routes():
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


@pytest.mark.parametrize("username", sorted(MAY_SEE) if IS_WHOLE else ["imran.teacher", "claire.school"])
def test_no_answer_to_what_is_sent_and_no_log_line_shows_a_mark_to_whom_it_is_not_for(
    username: str, rows: Ids, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    client = signed_in(username, raise_request_exception=False)
    said = []
    for route in routes():
        path = next(with_each(route, rows))
        for answer in (
            client.get(path, dict.fromkeys(TYPED, "mark-typed")),
            client.post(path, dict.fromkeys(TYPED, "mark-typed")),
        ):
            said.append(said_in(answer))
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
