"""Standing conditions as people set and end them, and the steps of protection, on their pages."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest

from onestory.platform.agencies.models import Agency
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.models import Entry
from onestory.platform.notices.models import Notice
from tests.integration.web.office import same_bytes
from tests.integration.web.partnership import child, found, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott", "wojcik")
PAGES = ("conditions", "protection")


def address(page: str, name: str = "Noah") -> str:
    return f"/children/{child(name).pk}/{page}"


def shown(username: str, path: str) -> str:
    answer = signed_in(username).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def agencies(*sectors: str) -> list[str]:
    return [str(one.pk) for one in Agency.objects.filter(sector__in=sectors)]


@pytest.mark.parametrize("page", PAGES)
def test_whoever_may_know_of_the_child_reads_it_and_social_care_alone_is_asked_to_act(page):
    assert "onestory-deciding" in shown("amina.duty", address(page))
    partner = shown("wendy.visitor", address(page))
    assert "Noah" in partner
    assert "onestory-deciding" not in partner


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("username", ["joan.housing", "gwen.partnership"])
def test_for_everybody_else_it_is_as_a_child_who_is_not_there(page, username):
    browser = signed_in(username)
    hidden, absent = browser.get(address(page)), browser.get(f"/children/{uuid4()}/{page}")
    assert hidden.status_code == 404
    assert same_bytes(hidden, absent)


def test_a_condition_is_set_stands_and_is_ended_with_a_reason():
    amina, path = signed_in("amina.duty"), address("conditions")
    assert "no condition stands for this child" in shown("amina.duty", path)
    missing = amina.post(path, {"condition_when": "any_concern"}).content.decode()
    assert "Enter what is to happen if the condition is met" in missing
    sent = amina.post(path, {"condition_when": "any_concern", "condition_then": "A conference is called."})
    assert sent.status_code == 302
    page = shown("amina.duty", path)
    condition = UUID(found(r'name="end" value="([^"]+)"', page, 1))
    assert "A conference is called." in page
    assert Commitment.objects.get(made_in=condition).state == "open"
    assert "Enter why it no longer stands" in amina.post(path, {"end": condition, "reason": " "}).content.decode()
    assert amina.post(path, {"end": condition, "reason": "They moved."}).status_code == 302
    assert "A conference is called." not in shown("amina.duty", path)
    assert Commitment.objects.get(made_in=condition).state == "ended"


def test_a_condition_of_another_family_is_not_ended_from_here():
    filip = shown("amina.duty", address("conditions", "Filip"))
    theirs = found(r'name="end" value="([^"]+)"', filip, 1)
    answer = signed_in("amina.duty").post(address("conditions"), {"end": theirs, "reason": "Mine."})
    assert answer.status_code == 404
    assert theirs in shown("amina.duty", address("conditions", "Filip"))


def test_who_does_not_decide_neither_sets_a_condition_nor_steps_up():
    wendy, before = signed_in("wendy.visitor"), Entry.objects.count()
    wendy.post(address("conditions"), {"condition_when": "any_concern", "condition_then": "A conference is called."})
    refused = wendy.post(address("protection"), {"do": "step up", "why": "Burns.", "present": agencies("police")})
    assert "Your role does not do this." in refused.content.decode()
    assert Entry.objects.count() == before


def test_from_stepping_up_to_a_plan():
    amina, helen, path = signed_in("amina.duty"), signed_in("helen.manager"), address("protection")
    assert "No enquiry is open" in shown("amina.duty", path)
    stepped = amina.post(path, {"do": "step up", "why": "A burn again.", "present": agencies("police")})
    assert stepped.status_code == 302
    assert Notice.objects.filter(kind="strategy", to_team__agency__sector="police").count() == 1
    assert "A strategy discussion is asked for" in shown("priya.police", path)

    held = {"do": "discussion", "held_on": "20/11/2026", "words": "We look into it.", "goes_on": "yes"}
    alone = amina.post(path, held | {"present": agencies("childrens_social_care")}).content.decode()
    assert "enter who was missing, and why" in alone
    whole = agencies("childrens_social_care", "police", "health_visiting")
    assert amina.post(path, held | {"present": whole}).status_code == 302
    enquiry = shown("amina.duty", path)
    assert "A section 47 enquiry is open" in enquiry
    assert re.search(r"Child protection conference: due 11 December 2026", enquiry)

    conference = {"do": "conference", "held_on": "21/11/2026", "words": "A plan.", "goes_on": "yes", "present": whole}
    assert "A social work manager does." in amina.post(path, conference).content.decode()
    assert helen.post(path, conference).status_code == 302
    assert "A child protection plan is open" in shown("wendy.visitor", path)
