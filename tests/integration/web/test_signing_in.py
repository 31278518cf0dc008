"""Signing in by choosing a person: in a demonstration, and nowhere else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from onestory.platform.access.models import User
from onestory.platform.agencies.models import Membership, Team
from onestory.web.demonstration import load_people_who_work_here
from tests.integration.web.partnership import AT, DEMONSTRATION, child, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott",)


def test_everybody_who_works_here_can_be_chosen_and_gets_a_real_session():
    client = Client()
    page = client.get("/sign-in").content.decode()
    assert page.count('type="radio"') == User.objects.count() > 10
    answer = client.post("/sign-in", {"person": "wendy.visitor", "next": "/families"})
    assert (answer.status_code, answer["Location"]) == (302, "/families")
    assert "Wendy Oyelaran" in client.get("/").content.decode()


def test_every_page_asks_to_sign_in_first():
    noah = f"/children/{child('Noah').pk}"
    of_a_child = [f"{noah}{page}" for page in ("", "/chronology", "/chronology/picture", "/chronology/print")]
    for path in ("/", "/families", "/rules", "/rules/x", f"/alerts/{child('Noah').pk}", *of_a_child):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in"), path


def test_nobody_is_chosen_without_a_choice():
    page = Client().post("/sign-in", {}).content.decode()
    assert 'href="#id_person_0"' in page
    assert 'id="id_person_0"' in page
    assert "Choose who you are" in page
    assert Client().post("/sign-in", {"person": "nobody"}).status_code == 200


def test_outside_a_demonstration_nobody_can_be_chosen(settings):
    settings.DEMO = False
    client = Client()
    answer = client.get("/sign-in")
    assert answer.status_code == 403
    assert "Amina" not in answer.content.decode()
    client.post("/sign-in", {"person": "amina.duty"})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "wanted", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_leads_nowhere_else(wanted):
    answer = Client().post("/sign-in", {"person": "amina.duty", "next": wanted})
    assert answer["Location"] == "/"


def test_signing_out_ends_the_session_and_cannot_be_done_by_a_link():
    client = signed_in("amina.duty")
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert client.get("/")["Location"].startswith("/sign-in")


def test_somebody_who_has_left_is_not_offered():
    Membership.objects.filter(user__username="amina.duty").update(until_on=dt.date(2021, 1, 1))
    assert "Amina" not in Client().get("/sign-in").content.decode()


def test_loading_twice_changes_nothing_and_the_first_team_answers_for_its_agency():
    before = (User.objects.count(), Team.objects.count(), Membership.objects.count())
    load_people_who_work_here(path=DEMONSTRATION / "people-who-work-here.yaml", since_on=dt.date(2020, 1, 1), at=AT)
    assert (User.objects.count(), Team.objects.count(), Membership.objects.count()) == before
    answering = Team.objects.get(agency__name="Children's Social Care", answers_for_agency=True)
    assert answering.name == "Front Door"
    assert not User.objects.get(username="amina.duty").has_usable_password()


def test_the_demonstrations_people_are_loaded_nowhere_else(settings):
    settings.DEMO = False
    with pytest.raises(RuntimeError, match="demonstration mode only"):
        load_people_who_work_here(path=DEMONSTRATION / "people-who-work-here.yaml", since_on=AT.date(), at=AT)
