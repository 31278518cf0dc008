"""A corpus of markup is typed into every free field of every form; then every page is opened in a real browser.

Nothing runs, and the browser reports nothing that the content security policy had to stop. Fields are found on the
pages themselves, so that a new form is tried from its first day.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import cycle
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from onestory.decide.assessments.bringing import propose_tool
from onestory.help.services.models import Service
from onestory.oversee.signals.tuned import Setting
from onestory.oversee.tuning.actions import propose
from onestory.platform.access.actions import grant_tie
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.access.ties import Because, Kind
from onestory.platform.agencies.actions import add_member, ensure_agency, ensure_team
from onestory.platform.agencies.models import Membership
from onestory.platform.history.models import Entry
from onestory.platform.people.actions import add_agency_record
from onestory.platform.people.models import AgencyRecord
from onestory.platform.sharing.actions import draft_protocol
from tests.integration.web.addresses import WORDS, parts, routes, with_each
from tests.integration.web.anything import a_row, every_text, everything_known
from tests.integration.web.four_children import ROWS, rows_of_everything
from tests.integration.web.office import AT
from tests.integration.web.partnership import child
from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

CORPUS = (
    "<script>alert('ran')</script>",
    "</textarea><script>alert('ran')</script>",
    "\"><img src=x onerror=alert('ran')>",
    "' autofocus onfocus=alert('ran') x='",
    "</title><svg onload=alert('ran')>",
    "<a href=\"javascript:alert('ran')\">here</a>",
    "javascript:alert('ran')",
    "<iframe srcdoc=\"<script>alert('ran')</script>\"></iframe>",
    "<style>@import 'http://127.0.0.1:1/ran';</style>",
    "<link rel=stylesheet href=http://127.0.0.1:1/ran>",
    "<meta http-equiv=refresh content=0;url=http://127.0.0.1:1/ran>",
    "<base href=http://127.0.0.1:1/>",
    "<form action=http://127.0.0.1:1/ran><button>Go</button></form>",
    "{{ 7 * 7 }}{% raw %}{{ cycler.__init__.__globals__ }}",
    "<div hx-get=http://127.0.0.1:1/ran hx-trigger=load></div>",
    "\u202e<img src=x onerror=alert('ran')>\u2066",
    "%3Cscript%3Ealert('ran')%3C/script%3E",
    "<ScRiPt\u0020src=data:,alert('ran')></sCrIpT>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert('ran')>",
)
FREE = {"text", "search", "email", "tel", "url", "", None}
OF_WORK = re.compile("plans|assessments|service|housing|workers|records")
# What would shut whoever types out of the family, or give it another name, for the journeys that come after.
LEAVE_OUT = re.compile(r"sign-(out|in)|stay|static|account/|/link|/end$|discard|interest|seal|family/people|away")


class Forms(HTMLParser):
    """The forms of a page: each by where it is sent, with its fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[tuple[str, str, bool]]]]] = []
        self._select, self._inside = "", False
        self.feed(page)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.forms.append((given.get("action") or "", {}))
            self._inside = True
        if not self._inside:
            return
        name, fields = given.get("name") or "", self.forms[-1][1]
        if tag == "input" and name:
            sort, chosen = given.get("type") or "text", "checked" in given
            fields.setdefault(name, []).append((sort, given.get("value") or "", chosen))
        elif tag == "textarea" and name:
            fields.setdefault(name, []).append(("area", "", False))
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and given.get("value"):
            fields.setdefault(self._select, []).append(("option", given["value"] or "", False))


def filled(fields: dict[str, list[tuple[str, str, bool]]], corpus: Iterator[str]) -> tuple[dict[str, Any], int]:
    """What a form sends with markup in every free field, the first of each choice, and how many fields were free."""
    given: dict[str, Any] = {}
    free = 0
    for name, options in fields.items():
        sort, value, _ = options[0]
        if sort in ("hidden", "submit") or sort in ("radio", "checkbox", "option"):
            given[name] = value
        elif sort == "date" or re.search(r"(_on|_at|day|date|born)$", name):
            given[name] = "1/11/2026"
        elif sort == "area":
            given[name] = "\n".join(CORPUS)
            free += 1
        elif sort in FREE:
            given[name] = next(corpus)
            free += 1
    return given, free


@pytest.fixture(scope="module", autouse=True)
def rows(served: LiveServer) -> dict[str, object]:
    """A row of everything about the child whose name is markup, and of the office, with markup in every text."""
    kid = child("<script>alert('kid')</script>")
    with transaction.atomic(), keeping():
        record, *_ = AgencyRecord.objects.filter(person=kid).order_by("id")
        adult = AgencyRecord.objects.filter(label__startswith='">', agency=record.agency)[0]
        also = add_agency_record(
            person_id=kid.pk, agency_id=record.agency_id, label=CORPUS[3], born="2020", by=None, at=AT
        )
        entry = Entry.objects.filter(people__record__person=kid).order_by("id")[0]
        ben = Membership.objects.select_related("team", "user").get(user__username="ben.worker")
        grant_tie(kid.pk, kind=Kind.LEAD, because=Because.LEAD, user_id=ben.user_id, by=None, at=AT)
        known = everything_known(record, ben.team, ben.user, entry)
        marks = {part: CORPUS[number % len(CORPUS)] for number, part in enumerate(ROWS)}
        made = rows_of_everything(record, also, adult.person_id, known, marks, whole=True)
    ids = dict[str, object](made) | {"child": kid.pk, "person": kid.pk, "entry": entry.pk, "record": adult.pk}
    ids["adult"] = adult.person_id
    return ids | of_the_office()


def of_the_office() -> dict[str, object]:
    """An agency, a team, somebody, a protocol, a tool, a rule's setting and a service, all named in markup."""
    gwen, at = User.objects.get(username="gwen.partnership"), timezone.now()
    agency = ensure_agency(name=CORPUS[0], sector="voluntary", area=CORPUS[5], by=None, at=AT)
    team = ensure_team(agency=agency, name=CORPUS[2], inbox_label=CORPUS[7], by=None, at=AT)
    user = User.objects.create(username="typed", display_name=CORPUS[11], email="typed@example.org")
    post = add_member(user=user, team=team, role="social_worker", since_on=AT.date(), by=None, at=AT)
    day = timezone.localdate(at)
    protocol = draft_protocol(
        agency,
        purpose=CORPUS[1],
        basis="safeguard",
        admits=[("note", InfoClass.CHRONOLOGY)],
        from_on=day,
        by=gwen,
        at=at,
    )
    asked = {"linkId": "worry", "text": CORPUS[4], "type": "text", "required": True}
    told = {"url": "https://partnership.example/tools/typed", "version": "1", "title": CORPUS[18], "status": "active"}
    file = json.dumps({"resourceType": "Questionnaire", "item": [asked], **told}).encode()
    tool = propose_tool(file, file="<img src=x onerror=alert('ran')>.json", why=CORPUS[8], by=gwen, at=at)
    days = Setting("child_not_seen", "parameter", "under_five", "122")
    proposal = propose(days, why=CORPUS[10], from_on=day, by=gwen, at=at)
    with keeping():
        service = a_row(Service, AgencyRecord.objects.all()[0], {}, CORPUS[13], **every_text(Service, CORPUS[15]))
    ids = {"agency": agency, "team": team, "user": user, "post": post, "protocol": protocol, "service": service}
    return {part: one.pk for part, one in (ids | {"proposed": tool, "tuning/proposal": proposal}).items()}


def pages(ids: Mapping[str, object], username: str) -> Iterator[str]:
    """Every address, with the family whose names are markup, and the office's rows, in the place of ids.

    Ben takes those of the work with the family, and the others take the rest: each page is opened once.
    """
    for route in routes():
        is_of_work = bool(ROWS.keys() & set(parts(route)) or OF_WORK.search(route))
        is_elses = username != "gwen.partnership" and is_of_work is not (username == "ben.worker")
        if is_elses or LEAVE_OUT.search(route):
            continue
        if not set(parts(route)) - ids.keys() - WORDS.keys() - {"signal"}:
            yield from with_each(route, {part: [one] for part, one in ids.items()} | {"signal": ["child_not_seen"]})
    kid = ids["child"]
    if username == "ben.worker":
        return
    yield f"/tuning/proposals/{ids['tuning/proposal']}"
    yield f"/children/{kid}/family/people/{ids['adult']}"
    for offer in ("call", "visit", "contact", "missed", "note", "relevance"):
        yield f"/children/{kid}/add/{offer}"


def typed_everywhere(username: str, ids: Mapping[str, object], corpus: Iterator[str]) -> tuple[int, int, list[str]]:
    """Send every form that somebody sees; returns how many forms, how many free fields, and the pages to look at.

    A row that a test made by itself lacks what the program would have made with it, so not every form of it is taken.
    """
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=username))
    forms = fields = 0
    to_look_at: dict[str, None] = {}
    for page in pages(ids, username):
        answer = client.get(page)
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        to_look_at[page] = None
        for action, shown in Forms(answer.content.decode()).forms:
            given, free = filled(shown, corpus)
            if not free or LEAVE_OUT.search(action):
                continue
            sent = client.post(action or page, given)
            assert sent.status_code < 500 or any(str(ids[part]) in page for part in ROWS), (page, given)
            forms, fields = forms + 1, fields + free
            to_look_at |= {sent["Location"]: None} if sent.status_code == 302 else {}
    assert client.get("/").status_code == 200, "still signed in"
    return forms, fields, list(to_look_at)


@pytest.mark.parametrize(
    ("username", "name", "at_least"),
    [("amina.duty", "Amina Yusuf", 8), ("ben.worker", "Ben Carrick", 20), ("gwen.partnership", "Gwen Tallis", 6)],
)
def test_markup_in_every_free_field_runs_nowhere(
    arrive: Callable[..., Visitor], rows: dict[str, object], username: str, name: str, at_least: int
) -> None:
    forms, fields, to_look_at = typed_everywhere(username, rows, cycle(CORPUS))
    assert forms >= at_least
    assert fields > forms
    visitor = arrive()
    requests: list[str] = []
    visitor.page.on("request", lambda one: requests.append(one.url))
    given_somebody_is_signed_in(visitor, name)
    opened = 0
    for path in to_look_at:
        answer = visitor.page.goto(visitor.address + path)
        if answer and answer.status >= 500 and any(str(rows[part]) in path for part in ROWS):
            continue  # a row that a test made by itself; the page of an error has no script that may run
        assert visitor.page.evaluate("window.policyReports") == [], path
        assert [one for one in visitor.complaints if "dialog" in one or "script error" in one] == [], path
        opened += bool(answer and answer.status == 200)
    assert opened >= at_least
    assert [url for url in requests if not url.startswith((visitor.address, "data:"))] == []


def test_a_place_in_free_words_is_asked_about_and_holds_nothing_up(
    arrive: Callable[..., Visitor], page_of: Callable[[str], str]
) -> None:
    amina = arrive()
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    amina.goes_to(f"{page_of('Noah')}/add/note")
    words = amina.page.locator("textarea[name=text]")
    asked = amina.page.locator("textarea[name=text] + [role=status]")
    for written, looks_like in (
        ("She is at her sister's, MK9 3XX.", "a postcode"),
        ("They sleep at 12 Larch Close now.", "an address"),
        ("Ring her on 07700 900123.", "a telephone number"),
    ):
        words.fill(written)
        words.blur()
        expect(asked).to_contain_text(f"This looks like {looks_like}.")
        amina.looks()
    words.fill("On 2 November 2026 he came at 12 and laughed.")
    words.blur()
    expect(asked).to_be_empty()
