"""Standing conditions as people set and end them, and the steps of protection, on their pages."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from onestory.platform.access.actions import grant_tie
from onestory.platform.access.models import User
from onestory.platform.access.ties import Because, Kind
from onestory.platform.agencies.actions import ensure_agency
from onestory.platform.agencies.models import Agency, Membership
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import Entry
from onestory.platform.notices.models import Notice
from onestory.platform.people.actions import add_agency_record, add_person
from tests.integration.web.office import AT, same_bytes
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


def offered(page: str) -> list[str]:
    return re.findall(r'name="do" value="([^"]+)"', page)


def test_whoever_may_take_a_step_is_offered_it_and_nobody_else():
    amina, helen, path = signed_in("amina.duty"), signed_in("helen.manager"), address("protection")
    assert offered(shown("amina.duty", path)) == offered(shown("helen.manager", path)) == ["step up", "discussion"]
    assert offered(shown("wendy.visitor", path)) == []
    begins_an_enquiry(amina, path)
    assert offered(shown("amina.duty", path)) == ["discussion"]
    assert offered(shown("helen.manager", path)) == ["conference", "discussion", "end"]
    assert helen.post(path, {"do": "gossip", "words": "x"}).status_code == 200
    overtaken = amina.post(path, {"do": "step up", "why": "As a colleague did."}).content.decode()
    assert "This cannot be done now." in overtaken
    assert "As a colleague did." in overtaken


def begins_an_enquiry(browser: Client, path: str) -> None:
    """A discussion that was held at once, without being asked for here first."""
    whole = agencies("childrens_social_care", "police", "health_visiting")
    held = {"do": "discussion", "held_on": "20/11/2026", "words": "We look into it.", "goes_on": "yes"}
    assert browser.post(path, held | {"present": whole}).status_code == 302


def test_an_enquiry_ends_without_a_conference_by_a_managers_reason():
    amina, helen, path = signed_in("amina.duty"), signed_in("helen.manager"), address("protection")
    begins_an_enquiry(amina, path)
    assert "A section 47 enquiry is open" in shown("amina.duty", path)
    assert "A social work manager does." in amina.post(path, {"do": "end", "words": "Nothing found."}).content.decode()
    unsaid = helen.post(path, {"do": "end", "words": " "}).content.decode()
    assert "Enter why no conference is called" in unsaid
    assert 'href="#end-words"' in unsaid
    assert helen.post(path, {"do": "end", "words": "The burn came from the oven door."}).status_code == 302
    assert "No enquiry is open" in shown("helen.manager", path)
    ended = Entry.objects.filter(kind="assessment", own__type="section_47", own__stage="completed").get()
    assert ended.author_id == User.objects.get(username="helen.manager").pk
    owed = Commitment.objects.filter(code__contains="conference")
    assert not owed.filter(state="open").exists()


def test_what_was_typed_stays_in_its_own_step_when_it_is_refused():
    helen, path = signed_in("helen.manager"), address("protection")
    typed = {"do": "discussion", "held_on": "20/11/2026", "words": "We look into it.", "present": agencies("police")}
    page = helen.post(path, typed).content.decode()
    assert "Select what follows" in page
    assert page.count("We look into it.") == 1
    assert found(r'<textarea[^>]*id="discussion-words"[^>]*>([^<]*)', page, 1) == "We look into it."


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


def written_too_late(path: str, typed: dict[str, object]) -> str:
    """The page as it is shown once its token is renewed, with what had been typed by then."""
    amina = signed_in("amina.duty", enforce_csrf_checks=True)
    mark = found(r'name="written_by" value="([^"]+)"', amina.get(path).content.decode(), 1)
    late = amina.post(path, typed | {"written_by": mark, "csrfmiddlewaretoken": "x" * 64})
    assert (late.status_code, late["Location"]) == (302, path)
    return amina.get(path).content.decode()


def ticked(name: str, page: str) -> set[str]:
    boxes = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert len(boxes) > 3
    return {found(r'value="([^"]*)"', box, 1) for box in boxes if re.search(r"\schecked", box)}


@pytest.mark.parametrize("kinds", [["concern", "incident", "order"], ["order"]])
def test_everything_that_was_ticked_is_there_again_after_the_page_had_been_open_too_long(kinds):
    typed = {"condition_when": "kinds", "condition_kinds": kinds, "condition_then": "A conference is called."}
    page = written_too_late(address("conditions"), typed)
    assert ticked("condition_kinds", page) == set(kinds)
    assert "A conference is called." in page


def test_a_step_that_was_typed_too_late_stands_open_with_everybody_who_took_part():
    whole = agencies("childrens_social_care", "police", "health_visiting")
    page = written_too_late(address("protection"), {"do": "discussion", "words": "We look into it.", "present": whole})
    step = page.split('value="discussion"')[1].split("</form>")[0]
    assert ticked("present", step) == set(whole)
    assert "We look into it." in step
    assert "We look into it." not in page.split('value="discussion"')[0]


def test_whose_agency_only_knows_the_child_does_not_learn_the_stage_by_trying(as_keeper):
    helen = Membership.objects.get(user__username="helen.manager")
    elsewhere = ensure_agency(name="Elsewhere", sector="police", area="", by=None, at=AT)
    kid = add_person(is_child=True, by=None, at=AT).pk
    record = add_agency_record(person_id=kid, agency_id=elsewhere.pk, label="Kim", born="2019-04-02", by=None, at=AT)
    record_entry(
        agency=elsewhere.pk,
        kind="assessment",
        happened=parse_when("2026-11-02"),
        about=(record.pk,),
        own={"type": "section_47", "stage": "started"},
        by=None,
        at=AT,
    )
    grant_tie(kid, kind=Kind.AGENCY, because=Because.KNOWN, agency_id=helen.team.agency_id, by=None, at=AT)
    path = f"/children/{kid}/protection"
    page = shown("helen.manager", path)
    assert "is not shown here" in page
    assert "enquiry is open" not in page
    tried = signed_in("helen.manager").post(path, {"do": "end", "words": "Nothing was found."})
    assert tried.status_code == 404
    grant_tie(kid, kind=Kind.TEAM, because=Because.DUTY, team_id=helen.team_id, by=None, at=AT)
    assert "A section 47 enquiry is open" in shown("helen.manager", path)
