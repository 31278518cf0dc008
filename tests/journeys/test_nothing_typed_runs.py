"""A corpus of markup is typed into every free field of every form; then every page is opened in a real browser.

Nothing runs, and the browser reports nothing that the content security policy had to stop. Fields are found on the
pages themselves, so that a new form is tried from its first day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from html.parser import HTMLParser
from itertools import cycle
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from playwright.sync_api import expect

from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.history.models import Entry
from onestory.platform.people.models import Person
from tests.integration.web.partnership import child
from tests.integration.web.test_canaries import LEAVES, addresses
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
WORDS = {"offer": "concern", "form": "concern", "signal": "child_not_seen"}
# What would shut whoever types out of the family, or give it another name, for the journeys that come after.
LEAVE_OUT = re.compile(r"sign-(out|in)|stay|static|account/|/link|/end$|discard|interest|seal|family/people|away")


class Forms(HTMLParser):
    """The forms of a page: each by where it is sent, with its fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[tuple[str, str, bool]]]]] = []
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.forms.append((given.get("action") or "", {}))
        if not self.forms:
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


def pages() -> Iterator[str]:
    """Every address, with the children of the family whose names are markup in the place of ids."""
    kid = child("<script>alert('kid')</script>").pk
    with keeping():
        entry = Entry.objects.filter(people__record__person=kid).order_by("id").values_list("pk", flat=True)[0]
        adult = Person.objects.filter(is_child=False, records__label__startswith='">').values_list("pk", flat=True)[0]
    ids = {"child": kid, "person": kid, "entry": entry}
    for address in addresses(get_resolver().url_patterns):
        parts = [one.removesuffix("_id") for one in re.findall(r"<(?:\w+:)?(\w+)>", address)]
        if LEAVE_OUT.search(address) or LEAVES.search(address) or set(parts) - ids.keys() - WORDS.keys():
            continue
        yield re.sub(r"<(?:\w+:)?(\w+)>", partial(_in_place, ids), address)
    yield f"/children/{kid}/family/people/{adult}"
    for offer in ("call", "visit", "contact", "missed", "note", "relevance"):
        yield f"/children/{kid}/add/{offer}"


def _in_place(ids: dict[str, Any], part: re.Match[str]) -> str:
    return str(ids.get(part[1].removesuffix("_id")) or WORDS[part[1]])


def typed_everywhere(username: str, corpus: Iterator[str]) -> tuple[int, int, list[str]]:
    """Send every form that somebody sees; returns how many forms, how many free fields, and the pages to look at."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=username))
    forms = fields = 0
    to_look_at: dict[str, None] = {}
    for page in pages():
        answer = client.get(page)
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        to_look_at[page] = None
        for action, shown in Forms(answer.content.decode()).forms:
            given, free = filled(shown, corpus)
            if not free:
                continue
            sent = client.post(action or page, given)
            assert sent.status_code < 500, (page, given)
            forms, fields = forms + 1, fields + free
            to_look_at |= {sent["Location"]: None} if sent.status_code == 302 else {}
    return forms, fields, list(to_look_at)


@pytest.mark.parametrize(
    ("username", "name", "at_least"), [("amina.duty", "Amina Yusuf", 8), ("gwen.partnership", "Gwen Tallis", 3)]
)
def test_markup_in_every_free_field_runs_nowhere(
    arrive: Callable[..., Visitor], username: str, name: str, at_least: int
) -> None:
    forms, fields, to_look_at = typed_everywhere(username, cycle(CORPUS))
    assert forms >= at_least
    assert fields > forms
    visitor = arrive()
    requests: list[str] = []
    visitor.page.on("request", lambda one: requests.append(one.url))
    given_somebody_is_signed_in(visitor, name)
    opened = 0
    for path in to_look_at:
        answer = visitor.page.goto(visitor.address + path)
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
