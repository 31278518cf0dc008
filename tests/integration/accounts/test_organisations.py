"""Signing in through one's own organisation, against a real provider in a process of its own, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from django.test import Client
from django.utils import timezone

from onestory.platform.access.models import User
from onestory.platform.accounts.models import OrganisationIdentity
from onestory.platform.agencies.models import Membership
from tests.integration.accounts.place import (
    LONG_AGO,
    SECOND_PROOF,
    is_signed_in,
    phone_of,
    somebody,
    without_what_always_differs,
)
from tests.integration.accounts.providers import (
    SECRET,
    Provider,
    comes_back,
    leaves_for,
    signs_in_through,
)

pytestmark = pytest.mark.django_db
EMAIL = "rosa@harbour.example"
ROSA: dict[str, Any] = {"email": EMAIL, "email_verified": True}


@pytest.fixture(autouse=True)
def secret(monkeypatch):
    monkeypatch.setenv("ONESTORY_PROVIDER_OF_TESTS", SECRET)


def test_the_first_time_one_is_known_by_the_verified_e_mail_from_then_on_by_the_subject(provider: Provider):
    rosa, row = somebody(email=EMAIL.title()), provider.row()
    provider.knows("subject-1", amr=["pwd", "mfa"], **ROSA)
    client = Client()
    answer = signs_in_through(client, row, next="/rules")
    assert (answer.status_code, answer["Location"]) == (302, "/rules")
    assert is_signed_in(client)
    assert OrganisationIdentity.objects.get().user == rosa
    provider.knows("subject-1", amr=["mfa"])  # no e-mail any more, and ours has changed
    User.objects.update(email="")
    client = Client()
    signs_in_through(client, row)
    assert is_signed_in(client)


def test_the_request_carries_state_nonce_and_a_pkce_challenge(provider: Provider):
    somebody(email=EMAIL)
    row = provider.row(acr_values="urn:two")
    provider.knows("subject-1", **ROSA)
    signs_in_through(Client(), row)
    signs_in_through(Client(), row)
    first, second = provider.asked()
    assert (first["code_challenge_method"], first["response_type"], first["scope"]) == ("S256", "code", "openid email")
    assert first["acr_values"] == "urn:two"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]


def test_the_page_that_leaves_sends_the_browser_on_by_itself_and_says_where(provider: Provider):
    row = provider.row()
    provider.knows("subject-1")
    page = Client().post("/account/organisation", {"organisation": str(row.pk)}).content.decode()
    assert f'content="0; url={provider.issuer}/authorize?' in page
    assert "Harbour School" in page


@pytest.mark.parametrize("said", [{"amr": ["mfa"]}, {"amr": ["pwd", "otp", "mfa"]}, {"acr": "urn:two"}])
def test_a_provider_that_saw_a_second_factor_answers_for_it(provider: Provider, said):
    somebody(email=EMAIL)
    provider.knows("subject-1", **ROSA, **said)
    client = Client()
    signs_in_through(client, provider.row(acr_values="urn:one urn:two"))
    assert is_signed_in(client)


@pytest.mark.parametrize("said", [{}, {"amr": ["pwd"]}, {"amr": "mfa"}, {"acr": "urn:three"}, {"acr": ""}, {"amr": []}])
def test_where_it_did_not_our_own_is_asked(provider: Provider, said):
    rosa = somebody(email=EMAIL)
    phone = phone_of(rosa)
    provider.knows("subject-1", **ROSA, **said)
    client = Client()
    assert signs_in_through(client, provider.row(acr_values="urn:two"), next="/rules")["Location"] == SECOND_PROOF
    assert not is_signed_in(client)
    assert client.post(SECOND_PROOF, {"code": phone.code()})["Location"] == "/rules"


def test_and_set_up_where_there_is_none(provider: Provider):
    somebody(email=EMAIL)
    provider.knows("subject-1", **ROSA)
    client = Client()
    signs_in_through(client, provider.row())
    assert client.get(SECOND_PROOF)["Location"] == "/account/set-up"


def test_the_e_mail_may_be_asked_of_the_provider(provider: Provider):
    somebody(email=EMAIL)
    provider.knows("subject-1", in_userinfo=True, **ROSA)
    assert signs_in_through(Client(), provider.row())["Location"] == SECOND_PROOF


def refused(answer) -> str:
    assert answer.status_code == 403
    assert not OrganisationIdentity.objects.exists()
    return without_what_always_differs(answer.content)


BENT = {
    "nonce": "token of another question (nonce)",
    "no nonce": "token of another question (nonce)",
    "expired": "token has expired",
    "long ago": "token made long ago",
    "future": "token of the future",
    "issuer": "token not valid (InvalidIssuerError)",
    "audience": "token not valid (InvalidAudienceError)",
    "several audiences": "token made for another program",
    "nobody": "token about nobody",
    "unsigned": "token signed with no key of the provider's",
    "foreign key": "token not valid (InvalidSignatureError)",
    "public key as secret": "token signed with no key of the provider's",
    "denied": "the provider answered with an error",
}


@pytest.mark.parametrize(("bend", "reason"), BENT.items())
def test_an_answer_with_one_thing_wrong_is_refused(provider: Provider, bend: str, reason: str, caplog):
    somebody(email=EMAIL)
    provider.knows("subject-1", bend=bend, amr=["mfa"], **ROSA)
    client = Client()
    page = refused(signs_in_through(client, provider.row()))
    assert f"Signing in through an organisation refused: {reason}" in caplog.messages
    assert "Your organisation’s sign-in did not work here" in page
    assert reason not in page
    assert EMAIL not in page
    assert "_auth_user_id" not in client.session


def test_userinfo_about_somebody_else_is_refused(provider: Provider):
    somebody(email=EMAIL)
    provider.knows("subject-1", bend="somebody else", in_userinfo=True, **ROSA)
    refused(signs_in_through(Client(), provider.row()))


@pytest.mark.parametrize("bend", ["broken", "elsewhere", "other name", "not https"])
def test_a_provider_that_cannot_be_trusted_is_not_asked(provider: Provider, bend):
    provider.knows("subject-1", bend=bend)
    row = provider.row()
    refused(Client().post("/account/organisation", {"organisation": str(row.pk)}))
    assert provider.asked() == []


def test_a_provider_that_is_not_there_is_said_plainly(provider: Provider):
    row = provider.row(issuer="http://127.0.0.1:1")
    refused(Client().post("/account/organisation", {"organisation": str(row.pk)}))


def test_nobody_whom_we_do_not_know_gets_in(provider: Provider):
    somebody(email=EMAIL)
    somebody("mike.worker", email="mike@harbour.example")
    row, pages = provider.row(), set()
    for claims in (
        {"email": "unknown@harbour.example", "email_verified": True},
        {"email": EMAIL.replace("o", "º"), "email_verified": True},
        {"email": "mıke@harbour.example", "email_verified": True},
        {"email": EMAIL, "email_verified": False},
        {"email": EMAIL, "email_verified": "true"},
        {"email": EMAIL},
        {"email": "", "email_verified": True},
        {},
    ):
        provider.knows("subject-1", amr=["mfa"], **claims)
        pages.add(refused(signs_in_through(Client(), row)))
    assert len(pages) == 1
    assert User.objects.count() == 2


def test_an_e_mail_counts_within_the_providers_own_agency_alone(provider: Provider):
    somebody(email=EMAIL, agency="Harbour School")
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    refused(signs_in_through(Client(), provider.row("Another Agency")))


def test_an_e_mail_that_two_members_share_links_neither(provider: Provider):
    somebody(email=EMAIL)
    somebody("other.worker", email=EMAIL)
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    refused(signs_in_through(Client(), provider.row()))


def test_a_member_is_not_linked_to_a_second_subject(provider: Provider):
    somebody(email=EMAIL)
    row = provider.row()
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    signs_in_through(Client(), row)
    provider.knows("subject-2", amr=["mfa"], **ROSA)
    client = Client()
    assert signs_in_through(client, row).status_code == 403
    assert not is_signed_in(client)


def test_the_subject_of_another_agencys_provider_is_somebody_else(provider: Provider):
    rosa = somebody(email=EMAIL)
    ours, other = provider.row(), provider.row("Another Agency")
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    signs_in_through(Client(), ours)
    assert OrganisationIdentity.objects.get().user == rosa
    assert signs_in_through(Client(), other).status_code == 403


def test_who_left_the_agency_does_not_get_in_through_it_even_if_they_work_elsewhere(provider: Provider):
    rosa = somebody(email=EMAIL)
    row = provider.row()
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    signs_in_through(Client(), row)
    Membership.objects.filter(user=rosa).update(until_on=LONG_AGO)
    elsewhere = somebody("other.worker", agency="Another Agency").memberships.get().team
    Membership.objects.create(user=rosa, team=elsewhere, role="teacher", since_on=LONG_AGO)
    client = Client()
    assert signs_in_through(client, row).status_code == 403
    assert not is_signed_in(client)


def test_an_answer_counts_once_and_in_the_browser_that_asked(provider: Provider):
    somebody(email=EMAIL)
    row = provider.row()
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    client, thief = Client(), Client()
    back = returned(leaves_for(client, row))
    assert thief.get(back).status_code == 403  # nothing was asked there
    assert client.get(back).status_code == 302
    client.post("/sign-out")
    assert client.get(back).status_code == 403


def returned(address: str) -> str:
    """Where the provider sends the browser."""
    there = requests.get(address, allow_redirects=False, timeout=10).headers["Location"]
    return there.removeprefix("http://testserver")


def test_a_replayed_code_is_refused_also_under_a_fresh_state(provider: Provider):
    somebody(email=EMAIL)
    row = provider.row()
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    client, other = Client(), Client()
    used = returned(leaves_for(client, row))
    client.get(used)
    code = used.split("code=")[1].split("&")[0]
    fresh = leaves_for(other, row)
    state = fresh.split("state=")[1].split("&")[0]
    assert other.get(f"{used.split('?')[0]}?code={code}&state={state}").status_code == 403
    assert not is_signed_in(other)


def test_a_stolen_code_is_worth_nothing_without_the_verifier(provider: Provider):
    somebody(email=EMAIL)
    row = provider.row()
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    victim, thief = Client(), Client()
    code = returned(leaves_for(victim, row)).split("code=")[1].split("&")[0]
    own = leaves_for(thief, row)
    state = own.split("state=")[1].split("&")[0]
    assert thief.get(f"/account/organisation/{row.pk}/answer?code={code}&state={state}").status_code == 403


def test_an_answer_meant_for_another_provider_is_refused(provider: Provider):
    somebody(email=EMAIL)
    row, other = provider.row(), provider.row("Another Agency")
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    client = Client()
    back = returned(leaves_for(client, row))
    assert client.get(back.replace(str(row.pk), str(other.pk))).status_code == 403
    assert client.get(back).status_code == 403  # and it is used up


def test_an_answer_under_another_issuers_name_is_refused(provider: Provider):
    somebody(email=EMAIL)
    row = provider.row()
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    client = Client()
    assert client.get(returned(leaves_for(client, row)) + "&iss=http://127.0.0.1:1").status_code == 403
    assert client.get(returned(leaves_for(client, row)) + f"&iss={provider.issuer}").status_code == 302
    provider.knows("subject-1", bend="promises its name", amr=["mfa"], **ROSA)
    assert comes_back(Client(), leaves_for(Client(), row)).status_code == 403


def test_an_answer_after_ten_minutes_is_refused(provider: Provider):
    somebody(email=EMAIL)
    row = provider.row()
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    client = Client()
    back = returned(leaves_for(client, row))
    session = client.session
    asked = session["accounts-asked-organisation"]
    session["accounts-asked-organisation"] = {**asked, "since": timezone.now().timestamp() - 601}
    session.save()
    assert client.get(back).status_code == 403


def test_a_wrong_secret_a_missing_one_and_one_from_elsewhere_are_refused(provider: Provider, monkeypatch):
    somebody(email=EMAIL)
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    monkeypatch.setenv("ONESTORY_PROVIDER_WRONG", "not the secret")
    monkeypatch.setenv("DATABASE_PASSWORD", SECRET)
    for reference in ("env:ONESTORY_PROVIDER_WRONG", "env:ONESTORY_PROVIDER_NOWHERE", "env:DATABASE_PASSWORD", SECRET):
        row = provider.row(agency=f"Agency of {reference}", secret_reference=reference)
        refused(signs_in_through(Client(), row))


def test_a_secret_may_lie_in_a_file(provider: Provider, settings, tmp_path):
    somebody(email=EMAIL)
    settings.PROVIDER_SECRETS = tmp_path
    (tmp_path / "harbour").write_text(f"{SECRET}\n")
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    client = Client()
    signs_in_through(client, provider.row(secret_reference="file:harbour"))
    assert is_signed_in(client)


def test_a_provider_that_is_closed_is_not_offered_and_its_answers_are_absent(provider: Provider):
    somebody(email=EMAIL)
    row = provider.row()
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    client = Client()
    back = returned(leaves_for(client, row))
    row.is_open = False
    row.save()
    assert client.get(back).status_code == 404
    assert "Harbour School" not in client.get("/account/organisation").content.decode()
    assert client.post("/account/organisation", {"organisation": str(row.pk)}).status_code == 200


def test_the_choice_is_a_form_with_a_summary_that_leads_to_it(provider: Provider):
    provider.row()
    page = Client().post("/account/organisation", {"organisation": ""}).content.decode()
    assert 'href="#id_organisation_0"' in page
    assert 'id="id_organisation_0"' in page


def test_ones_own_page_then_leaves_signing_in_to_the_organisation(provider: Provider):
    somebody(email=EMAIL)
    provider.knows("subject-1", amr=["mfa"], **ROSA)
    client = Client()
    signs_in_through(client, provider.row())
    assert "Your organisation looks after how you sign in" in client.get("/account/").content.decode()
    assert client.get("/account/set-up")["Location"] == "/account/"
    assert client.get("/account/confirm")["Location"] == "/account/"
