"""Pages for what went wrong: plain, alike, silent about what is hidden."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client

from onestory.platform.people.models import Person
from onestory.web.middleware import Streaming
from tests.integration.web import broken_urls
from tests.integration.web.partnership import AT, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott",)


def bare(answer) -> str:
    return re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


def test_absent_and_malformed_and_not_a_child_look_alike():
    adult = Person.objects.filter(is_child=False)[0]
    nobody = Person.objects.create(is_child=True, since_at=AT)  # a child of whom nothing is held
    client = signed_in("amina.duty")
    paths = [
        "/nowhere",
        "/children/x",
        "/children/01a20168-b67d-7d4a-85a0-890003dbd5e1",
        f"/children/{adult.pk}",
        "/rules/none",
    ]
    answers = [client.get(one) for one in (*paths, f"/children/{nobody.pk}/chronology")]
    assert {one.status_code for one in answers} == {404}
    assert len({bare(one) for one in answers}) == 1


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (PermissionDenied("secret"), 404, "Page not found"),
        (SuspiciousOperation("secret"), 400, "could not be understood"),
        (RuntimeError("secret"), 500, "Something went wrong here"),
    ],
)
def test_an_error_says_nothing_of_itself(monkeypatch, settings, error, status, words):
    monkeypatch.setattr(broken_urls, "FAILING", [error])
    settings.ROOT_URLCONF = "tests.integration.web.broken_urls"
    client = signed_in("amina.duty", raise_request_exception=False)
    answer = client.get("/broken")
    assert answer.status_code == status
    page = answer.content.decode()
    assert words in page
    assert "secret" not in page
    assert "Traceback" not in page


def test_a_wrong_method_and_a_stranger_get_nothing():
    assert signed_in("amina.duty").post("/families").status_code == 405
    assert Client().get("/nowhere").status_code == 404


def test_nothing_is_sent_bit_by_bit_after_the_requests_transaction_has_ended(settings):
    settings.ROOT_URLCONF = "tests.integration.web.broken_urls"
    with pytest.raises(Streaming):
        signed_in("amina.duty").get("/streamed")


ERRORS = (RuntimeError(), PermissionDenied(), SuspiciousOperation(), Http404())


@pytest.mark.parametrize("error", ERRORS, ids=lambda one: type(one).__name__)
def test_the_page_of_an_error_runs_only_what_its_own_policy_allows(monkeypatch, settings, error):
    monkeypatch.setattr(broken_urls, "FAILING", [error])
    settings.ROOT_URLCONF = "tests.integration.web.broken_urls"
    client = signed_in("amina.duty", raise_request_exception=False)
    for answer in (client.get("/broken"), client.post("/broken", {"words": "What I wrote."})):
        assert_nothing_is_blocked(answer)


def test_a_page_that_is_too_old_a_session_that_has_ended_and_a_wrong_host_have_their_nonce_too(settings):
    strict, typed = signed_in("amina.duty", enforce_csrf_checks=True), {"words": "What I wrote."}
    refused = strict.post("/notices/sent", typed)
    signed_out = Client().get("/sign-in", {"next": "/duty"})
    settings.SECURE_SSL_REDIRECT = True  # whatever looks at the host first
    strange = Client(raise_request_exception=False).get("/", headers={"host": "elsewhere.example"})
    assert [one.status_code for one in (refused, signed_out, strange)] == [403, 200, 400]
    for answer in (refused, signed_out, strange):
        assert_nothing_is_blocked(answer)


def assert_nothing_is_blocked(answer) -> None:
    """Every script has the nonce that the policy names, and nothing stands in a page that the policy never allows."""
    page, policy = answer.content.decode(), answer.headers["Content-Security-Policy"]
    named = re.findall(r"script-src [^;]*'nonce-([^']+)'", policy)
    assert len(named) == 1
    assert set(re.findall(r"<script[^>]*nonce=\"([^\"]*)\"", page)) == set(named)
    assert page.count("<script") == page.count('nonce="')
    assert not re.search(r"<[^>]*\s(style|on\w+)=|<style|javascript:", page)
