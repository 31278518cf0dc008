"""The pages of finding and joining: what looks alike, what goes back to the form that asked, who may do what."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from onestory.arrive.matching.models import Candidate, Join
from onestory.arrive.matching.offering import match_records
from onestory.platform.access.actions import seal_record
from onestory.platform.access.audit import AccessRecord
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import Seal, User
from onestory.platform.agencies.actions import add_member
from onestory.platform.agencies.models import Team
from onestory.platform.people.actions import add_agency_record, add_person
from tests.integration.web.partnership import AT, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott",)
DAY = dt.timedelta(days=1)
ASKED = {"name": "Lizzie Ashworth", "born": "4 5 2016", "place": "", "number": "", "purpose": "a new concern"}


def held(name: str, born: str, team: str = "Front Door"):
    given, family = name.split()
    with keeping():
        person = add_person(is_child=True, by=None, at=AT)
        agency = Team.objects.filter(name=team).get().agency
        details = {"label": name, "given_name": given, "family_name": family, "born": born}
        return add_agency_record(person_id=person.id, agency_id=agency.id, by=None, at=AT, **details)


def page(client, path="/find", **asked) -> str:
    answer = client.post(path, ASKED | asked)
    assert answer.status_code == 200
    return answer.content.decode()


def as_it_looks(text: str) -> str:
    """Without what differs on every page: nonce, token, signature of who writes."""
    for name in ("csrfmiddlewaretoken", "written_by"):
        text = re.sub(rf'name="{name}" value="[^"]*"', "", text)
    return re.sub(r'nonce="[^"]*"', "", text)


def test_somebody_is_found_with_why_and_who_is_involved():
    held("Elizabeth Ashworth", "2016-05-04", "Safeguarding and Pastoral")
    shown = page(signed_in("amina.duty"))
    for words in (
        "1 person may be meant",
        "Elizabeth Ashworth",
        "Same surname",
        "Larkenby Primary School",
        "Safeguarding and Pastoral",
    ):
        assert words.casefold() in shown.casefold(), words


def test_a_search_stands_in_the_audit_without_its_words():
    one = held("Elizabeth Ashworth", "2016-05-04")
    page(signed_in("amina.duty"))
    row = AccessRecord.objects.filter(act="search").latest("at")
    assert (row.result_count, row.people, row.purpose) == (1, [one.person_id], "a new concern")
    assert len(row.search_tokens) == 5
    assert "ashworth" not in str(row.search_tokens).casefold()


def test_hidden_and_absent_look_the_same():
    client = signed_in("amina.duty")
    absent = page(client)
    one = held("Elizabeth Ashworth", "2016-05-04")
    assert page(client) != absent
    helen = User.objects.get(username="helen.manager")
    seal_record(one.person_id, ground=Seal.Ground.ADOPTION, by=helen, at=AT - 7 * DAY)  # pages are asked for now
    assert as_it_looks(page(client)) == as_it_looks(absent)


def test_others_are_led_to_record_a_concern():
    held("Elizabeth Ashworth", "2016-05-04", "Health Visiting East")
    shown = page(signed_in("imran.teacher"))
    assert "Nobody was found" in shown
    assert "record a concern with the details that you have" in shown
    assert "Why are you looking?" not in shown


def test_the_front_door_says_why_it_searches():
    shown = page(signed_in("amina.duty"), purpose="")
    assert "There is a problem" in shown
    assert "may be meant" not in shown


@pytest.mark.parametrize(
    ("then", "goes_to"),
    [
        ("/families?a=1", "/families?a=1&amp;person={id}"),
        ("/families?person=old", "/families?person={id}"),
        ("https://example.org/", None),
        ("//example.org/", None),
        ("javascript:alert(1)", None),
        ("/\\example.org", None),
    ],
)
def test_a_chosen_person_goes_back_to_the_form_that_asked_on_this_site_only(then, goes_to):
    one = held("Elizabeth Ashworth", "2016-05-04")
    shown = page(signed_in("amina.duty"), f"/find?then={then}")
    assert ("Choose" in shown) is (goes_to is not None)
    assert "example.org" not in shown
    if goes_to:
        assert f'href="{goes_to.format(id=one.person_id)}"' in shown


def test_what_was_typed_wrong_stays_and_the_page_says_what_to_do():
    shown = page(signed_in("amina.duty"), name="", born="the other day")
    assert "Enter a date of birth such as 27 3 2016, or a year" in shown
    assert "the other day" in shown
    assert "Enter a name, a date of birth with its day, a postcode or a number" in page(
        signed_in("amina.duty"), name="", born=""
    )


@pytest.fixture
def pair():
    """Two records of one girl, offered; and a second person at the front door."""
    one, other = held("Elizabeth Ashworth", "2016-05-04"), held("Lizzie Ashworth", "2016-05-04", "Health Visiting East")
    match_records([one.id, other.id], at=AT)
    nadia = User.objects.create(username="nadia.duty", display_name="Nadia Duty")
    team = Team.objects.get(name="Front Door")
    add_member(user=nadia, team=team, role="duty_social_worker", since_on=AT.date().replace(year=2020), by=None, at=AT)
    with keeping():
        return Candidate.objects.get()


def decided(client, pair, decision: str, reason="Same mother and home"):
    seen = client.get(f"/same-person/pairs/{pair.id}").content.decode()
    seen_at = re.search(r'name="seen_at" value="([^"]*)"', seen)
    assert seen_at
    given = {"decision": decision, "reason": reason, "seen_at": seen_at[1]}
    return client.post(f"/same-person/pairs/{pair.id}", given)


def test_two_records_stand_side_by_side_with_what_is_equal_and_what_is_not(pair):
    shown = signed_in("amina.duty").get(f"/same-person/pairs/{pair.id}").content.decode()
    for words in ("Elizabeth Ashworth", "Lizzie Ashworth", "Given name in another form", "Same birth date"):
        assert words in shown, words


def test_confirming_joins_a_second_person_confirms_and_it_can_be_taken_back(pair):
    amina, nadia = signed_in("amina.duty"), signed_in("nadia.duty")
    assert decided(amina, pair, "confirm").status_code == 302
    with keeping():
        join = Join.objects.get()
    assert "It waits for a second person" in amina.get("/same-person").content.decode()
    refused = amina.post(f"/same-person/joins/{join.id}/confirm").content.decode()
    assert "Somebody other than whoever joined these people has to confirm it." in refused
    assert nadia.post(f"/same-person/joins/{join.id}/confirm").status_code == 302
    story = nadia.get(f"/people/{join.to_person_id}/records").content.decode()
    assert "Nadia Duty confirmed it on" in story
    assert nadia.post(f"/same-person/joins/{join.id}/undo", {"reason": "Cousins"}).status_code == 302
    story = amina.get(f"/people/{join.from_person_id}/records").content.decode()
    assert "Nadia Duty took it back on" in story
    assert "“Cousins”" in story


def test_the_second_of_two_is_told_what_changed(pair):
    amina, nadia = signed_in("amina.duty"), signed_in("nadia.duty")
    seen = re.search(r'name="seen_at" value="([^"]*)"', nadia.get(f"/same-person/pairs/{pair.id}").content.decode())
    assert seen
    decided(amina, pair, "unsure", "Ask the school")
    given = {"decision": "confirm", "reason": "Sure", "seen_at": seen[1]}
    shown = nadia.post(f"/same-person/pairs/{pair.id}", given).content.decode()
    assert "has changed since you opened the page" in shown
    assert ">Sure</textarea>" in shown


@pytest.mark.parametrize("who", ["helen.manager", "imran.teacher", "gwen.partnership", "priya.police"])
def test_pairs_and_joins_are_the_front_doors(pair, who):
    client = signed_in(who)
    client.raise_request_exception = False
    for path in ("/same-person", f"/same-person/pairs/{pair.id}", f"/people/{pair.record.person_id}/records"):
        assert client.get(path).status_code == 404, path
