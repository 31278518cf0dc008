"""The sharing protocol: two people, days, what is admitted and what is refused in words; and who may see the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Agency
from onestory.platform.agencies.policies import CannotChange
from onestory.platform.history.dates import parse_when
from onestory.platform.history.new_entry import NewEntry
from onestory.platform.history.record import Reporter
from onestory.platform.identifiers import new_id
from onestory.platform.sharing.actions import approve_protocol, draft_protocol, end_protocol
from onestory.platform.sharing.admission import NotAdmitted, admitted, check_admitted, check_entry, classes_of
from onestory.platform.sharing.models import Protocol
from tests.integration.web.office import Office, everybody_by_role, open_office, same_bytes

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
TODAY = AT.date()
SUMMARY, DETAIL = InfoClass.CHRONOLOGY, InfoClass.SOURCE_DETAIL
OFFICE = {"partnership_administrator", "privacy_officer"}


@pytest.fixture
def office() -> Office:
    return open_office()


def drafted(office: Office, username: str = "ruth", **what: Any) -> Protocol:
    given: dict[str, Any] = {
        "purpose": "So that no concern is seen alone.",
        "basis": "safeguard",
        "admits": [("concern", SUMMARY), ("absence", SUMMARY)],
        "from_on": TODAY,
        **what,
    }
    return draft_protocol(office.team(username).agency, **given, by=office.user("gwen"), at=AT)


def in_force(office: Office, username: str = "ruth", **what: Any) -> Protocol:
    protocol = drafted(office, username, **what)
    approve_protocol(protocol, by=office.user("oscar"), at=AT)
    protocol.refresh_from_db()
    return protocol


def test_nothing_is_admitted_without_a_protocol_and_by_a_draft(office: Office) -> None:
    school = office.team("ruth").agency
    assert not admitted(school.pk, "concern", SUMMARY, TODAY)
    drafted(office)
    assert not admitted(school.pk, "concern", SUMMARY, TODAY)
    with pytest.raises(NotAdmitted, match=r"Larkenby Primary School has no .* in force on 23 November 2026"):
        check_admitted(school.pk, "concern", SUMMARY, TODAY)


def test_a_protocol_admits_what_it_says_between_its_days_and_for_its_agency_alone(office: Office) -> None:
    school, police = office.team("ruth").agency, office.team("priya").agency
    in_force(office, from_on=TODAY + dt.timedelta(days=2), until_on=TODAY + dt.timedelta(days=4))
    days = [TODAY + dt.timedelta(days=number) for number in range(7)]
    assert [admitted(school.pk, "concern", SUMMARY, day) for day in days] == [
        False,
        False,
        True,
        True,
        True,
        False,
        False,
    ]
    assert not admitted(school.pk, "concern", DETAIL, days[3])
    assert not admitted(school.pk, "incident", SUMMARY, days[3])
    assert not admitted(police.pk, "concern", SUMMARY, days[3])


def test_a_refusal_names_agency_kind_and_what_is_allowed(office: Office) -> None:
    school = office.team("ruth").agency
    in_force(office)
    with pytest.raises(NotAdmitted) as of_class:
        check_admitted(school.pk, "concern", DETAIL, TODAY)
    assert str(of_class.value) == (
        "The protocol of Larkenby Primary School in force on 23 November 2026 does not admit “Concern” with “Detail"
        " that belongs to its source, such as therapy or police intelligence”; of this kind it"
        " allows: Concerns and chronology."
    )
    with pytest.raises(NotAdmitted, match=r"does not admit “Police incident”.*it allows: Concern; School absence"):
        check_admitted(school.pk, "incident", SUMMARY, TODAY)


def entry(agency: Agency, **what: Any) -> NewEntry:
    given: dict[str, Any] = {
        "kind": "concern",
        "happened": parse_when("2026-11-20"),
        "known": None,
        "about": (new_id(),),
        **what,
    }
    return NewEntry(agency=agency.pk, **given)


def test_all_that_an_entry_brings_is_asked(office: Office) -> None:
    school = office.team("ruth").agency
    in_force(office)
    check_entry(entry(school, text="Hungry again."), TODAY)
    for what, words in (
        ({"text": "Therapy notes.", "restricted": "adult_mental_health"}, "Detail that belongs to its source"),
        ({"reporter": Reporter("public")}, "Who told, and third parties"),
        ({"text": "12 Harbour Road", "restricted": "address"}, "Protected location"),
        ({"factors": frozenset({"care_experienced_parent"})}, "care history"),
        ({"text": "Counsel says", "restricted": "legal"}, "Legal advice"),
    ):
        with pytest.raises(NotAdmitted, match=words):
            check_entry(entry(school, **what), TODAY)


def test_the_classes_of_an_entry_follow_the_tables_that_keep_its_parts(office: Office) -> None:
    school = office.team("ruth").agency
    assert classes_of(entry(school)) == {SUMMARY}
    moved = entry(school, kind="move", own={"to_area": "Southport"})
    assert classes_of(moved) == {SUMMARY, InfoClass.LOCATION}


def test_nobody_approves_their_own_draft(office: Office) -> None:
    protocol = drafted(office)
    with pytest.raises(CannotChange, match="Somebody else has to approve it"):
        approve_protocol(protocol, by=office.user("gwen"), at=AT)
    approve_protocol(protocol, by=office.user("hal"), at=AT)
    with pytest.raises(CannotChange, match="no longer waits"):
        approve_protocol(protocol, by=office.user("oscar"), at=AT)


def test_a_change_replaces_what_was_from_its_first_day_on(office: Office) -> None:
    school = office.team("ruth").agency
    before = in_force(office, from_on=TODAY - dt.timedelta(days=30))
    later = TODAY + dt.timedelta(days=5)
    draft = drafted(office, admits=[("concern", SUMMARY), ("concern", DETAIL)], from_on=later, replaces=before)
    assert admitted(school.pk, "absence", SUMMARY, later)
    approve_protocol(draft, by=office.user("oscar"), at=AT)
    assert admitted(school.pk, "absence", SUMMARY, later - dt.timedelta(days=1))
    assert not admitted(school.pk, "absence", SUMMARY, later)
    assert admitted(school.pk, "concern", DETAIL, later)


def test_an_ended_protocol_admits_nothing_from_that_day_on(office: Office) -> None:
    school = office.team("ruth").agency
    protocol = in_force(office, from_on=TODAY - dt.timedelta(days=3))
    end_protocol(protocol, because="The school has closed.", by=office.user("hal"), at=AT)
    assert not admitted(school.pk, "concern", SUMMARY, TODAY)
    with pytest.raises(CannotChange, match="over already"):
        end_protocol(protocol, because="Again.", by=office.user("hal"), at=AT)


def test_the_duty_of_2026_is_no_basis_before_its_day(office: Office, settings) -> None:
    with pytest.raises(CannotChange, match="No day is laid down for it"):
        drafted(office, basis="duty_2026")
    settings.DUTY_TO_DISCLOSE_FROM = TODAY + dt.timedelta(days=1)
    with pytest.raises(CannotChange, match="It is from 24 November 2026 on"):
        drafted(office, basis="duty_2026")
    settings.DUTY_TO_DISCLOSE_FROM = TODAY
    assert "Royal Assent 29 April 2026" in drafted(office, basis="duty_2026").law


def test_what_is_sealed_is_under_no_protocol(office: Office) -> None:
    with pytest.raises(CannotChange, match="two people’s hands"):
        drafted(office, admits=[("concern", InfoClass.SEALED)])


def test_the_pages_are_for_the_office_and_absent_for_all_others(office: Office) -> None:
    protocol = in_force(office)
    paths = ["/sharing/", f"/sharing/agencies/{protocol.agency_id}/new"]
    paths += [f"/sharing/{protocol.pk}{page}" for page in ("", "/change", "/approve", "/end")]
    for role, username in everybody_by_role(office).items():
        client = office.client(username)
        absent = client.get("/sharing/nowhere")
        for path in paths:
            answer = client.get(path)
            if role in OFFICE:
                assert answer.status_code == 200, (role, path)
            else:
                assert same_bytes(answer, absent), (role, path)


def test_a_protocol_is_drafted_by_one_and_approved_by_another_on_the_pages(office: Office) -> None:
    school = office.team("ruth").agency
    gwen, oscar = office.client("gwen"), office.client("oscar")
    page = f"/sharing/agencies/{school.pk}/new"
    assert "School absence" in gwen.get(page).content.decode()
    given = {
        "purpose": "To see a child's absences beside other worries.",
        "basis": "school",
        "kinds": ["absence", "concern"],
        "classes": ["chronology", "reporter"],
        "from_on": f"{timezone.localdate():%d/%m/%Y}",
    }
    missing = gwen.post(page, {**given, "kinds": [], "basis": ""}).content.decode()
    assert "Select at least one kind of entry" in missing
    assert "Select a lawful basis" in missing
    assert "absences beside other worries" in missing
    address = gwen.post(page, given)["Location"]
    assert "you drafted it yourself" in gwen.post(f"{address}/approve", {"remark": "yes"}).content.decode()
    assert oscar.post(f"{address}/approve", {"remark": "yes"}).status_code == 302
    assert admitted(school.pk, "absence", InfoClass.REPORTER, timezone.localdate())
    said = oscar.get(address).content.decode()
    assert "Drafted by Gwen" in said
    assert "Approved by Oscar" in said
    assert "Education Act 2002, section 175" in said
    assert school.name not in gwen.get("/sharing/").content.decode().split("without a protocol")[1]
