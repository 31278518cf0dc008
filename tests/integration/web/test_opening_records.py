"""Opening a record in an emergency and closing one: who may, what is refused, and what is told to whom."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from onestory.platform.access.actions import ask_to_open_seal, end_protection, grant_tie, open_seal, seal_record
from onestory.platform.access.audit import AccessRecord, Act
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import (
    BreakGlass,
    CareHistoryBasis,
    CareHistoryWish,
    Conflict,
    Listing,
    LocationProtection,
    Seal,
    SealName,
    ShareDecision,
    Threat,
    Tie,
    User,
)
from onestory.platform.access.policies import NotNow
from onestory.platform.access.roles import ROLES
from onestory.platform.access.ties import Because, Kind
from onestory.platform.agencies.actions import add_member
from onestory.platform.database import roles
from onestory.platform.history.actions import record_entry, record_relationship
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import Entry
from onestory.platform.notices.models import Notice
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import AgencyRecord
from onestory.platform.sharing.models import Disclosure
from tests.integration.web.office import AT, SINCE, everybody_by_role, open_office, same_bytes

pytestmark = pytest.mark.django_db
NAME = "Rowan Ashdown"


class Place:
    """The office, and a child whom social care and the school know; Ben is named, Helen leads."""

    def __init__(self) -> None:
        self.office = open_office()
        with keeping():
            self.child = add_person(is_child=True, by=None, at=AT).pk
            self.records = {name: self.record(name) for name in ("ben", "ruth")}
        for name, kind, because in (("ben", Kind.WORKER, Because.NAMED), ("helen", Kind.LEAD, Because.LEAD)):
            user = self.office.user(name)
            grant_tie(self.child, kind=kind, because=because, user_id=user.pk, by=None, at=AT)
        for name in ("ben", "ruth"):
            agency = self.office.team(name).agency_id
            grant_tie(self.child, kind=Kind.AGENCY, because=Because.KNOWN, agency_id=agency, by=None, at=AT)

    def record(self, name: str) -> AgencyRecord:
        agency = self.office.team(name).agency_id
        return add_agency_record(
            person_id=self.child, agency_id=agency, label=NAME, born="2019-04-02", by=None, at=AT
        )  # fmt: skip

    def entry(self, name: str = "ben") -> Entry:
        return record_entry(
            agency=self.office.team(name).agency_id,
            kind="concern",
            happened=parse_when("2026-11-02"),
            about=(self.records[name].pk,),
            text="Bruises on both arms.",
            by=None,
            at=timezone.now(),
        )

    def client(self, name: str) -> Client:
        return self.office.client_kept(name)

    def post(self, who: str, page: str, /, **given: Any) -> HttpResponse:
        return self.client(who).post(f"/records/{page.format(child=self.child)}", given)  # type: ignore[return-value]

    def get(self, name: str, page: str) -> str:
        answer = self.client(name).get(f"/records/{page.format(child=self.child)}")
        assert answer.status_code == 200, page
        return answer.content.decode()


@pytest.fixture
def place() -> Place:
    return Place()


OPEN_TO_THOSE_WHO_KNOW = ("{child}/open", "{child}/interest")
OPEN_TO_THE_LEAD = (
    "{child}/protections",
    "{child}/seal",
    "{child}/location",
    "{child}/location/readers",
    "{child}/care-history/wish",
    "{child}/care-history/basis",
)


def test_who_may_open_each_page_and_absent_for_all_others(place: Place) -> None:
    leads, knows = {"helen"}, {"ben", "helen", "ruth", "amina"}
    for role, username in everybody_by_role(place.office).items():
        client = place.client(username)
        absent = client.get(f"/records/{uuid4()}/open")
        assert absent.status_code == 404
        for page in (*OPEN_TO_THOSE_WHO_KNOW, *OPEN_TO_THE_LEAD):
            answer = client.get(f"/records/{page.format(child=place.child)}")
            if username in (knows if page in OPEN_TO_THOSE_WHO_KNOW else leads):
                assert answer.status_code == 200, (role, page)
            else:
                assert same_bytes(answer, absent), (role, page)
        asking = client.get("/records/ask").status_code
        assert asking == (404 if "no_case_content" in ROLES[role].groups else 200), role


def test_opening_in_an_emergency_lasts_an_hour_and_is_told_to_the_lead(place: Place) -> None:
    given = {"reason": "She fell asleep in class", "scope": "Who is at home"}
    answer = place.post("ruth", "{child}/open", **given)
    opened = BreakGlass.objects.get()
    tie = opened.tie
    assert answer["Location"] == f"/records/asked/{opened.pk}"
    assert tie.until_at is not None
    assert tie.until_at - tie.since_at == dt.timedelta(hours=1)
    assert "The record is open to you" in place.get("ruth", f"asked/{opened.pk}")
    with keeping():
        notice = Notice.objects.get()
    assert notice.to_team == place.office.team("helen")
    assert "Ruth" in notice.words
    assert "She fell asleep in class" in notice.words
    assert AccessRecord.objects.filter(act=Act.BREAK_GLASS, actor=place.office.user("ruth")).exists()
    assert "Ruth" in place.client("oscar").get("/privacy/").content.decode()


def test_opening_says_why_and_what_for(place: Place) -> None:
    said = place.post("ruth", "{child}/open", reason="", scope=" ").content.decode()
    assert "Enter why you need to look now" in said
    assert "Enter what you need to know" in said
    assert not BreakGlass.objects.exists()


def test_a_second_person_is_somebody_else_who_works_with_records(place: Place) -> None:
    place.post("ruth", "{child}/open", reason="Now", scope="All")
    number = BreakGlass.objects.get().pk
    for username in ("ruth", "gwen", "oscar", "ben"):
        assert place.client(username).get(f"/records/asked/{number}/approve").status_code == 404, username
    said = place.get("priya", f"asked/{number}/approve")
    assert NAME not in said
    assert "Tick the box" in place.post("priya", f"asked/{number}/approve").content.decode()
    assert place.post("priya", f"asked/{number}/approve", sure="yes").status_code == 302
    assert Tie.objects.get(kind=Kind.BREAK_GLASS).second_person == place.office.user("priya")
    assert place.client("priya").get(f"/records/asked/{number}/approve").status_code == 404


def asks(place: Place, who: str, /, **more: str) -> tuple[str, str]:
    given = {"name": NAME, "born": "2/4/2019", "reason": "She is here alone", "scope": "Who cares for her", **more}
    address = place.post(who, "ask", **given)["Location"]
    said = place.client(who).get(address).content.decode()
    return address, said.replace(address.rsplit("/", 1)[1], "NUMBER")


def test_asking_for_a_sealed_record_and_for_one_that_is_not_there_looks_the_same(place: Place) -> None:
    seal_record(place.child, ground=Seal.Ground.WITNESS, by=place.office.user("helen"), at=timezone.now())
    client = place.client("priya")
    there, said_there = asks(place, "priya")
    _, said_absent = asks(place, "priya", name="Nobody Known")
    tidy = [one.split("<main")[1].split("</main")[0] for one in (said_there, said_absent)]
    assert tidy[0] == tidy[1]
    assert client.get(f"/records/asked/{uuid4()}").status_code == 200
    assert client.get(f"/children/{place.child}").status_code == 404
    place.post("amina", f"{there.removeprefix('/records/')}/approve", sure="yes")
    assert "The record is open to you" in client.get(there).content.decode()
    assert "passed on" in place.client("ben").get(there).content.decode()  # somebody else's number
    searches = AccessRecord.objects.filter(what="record asked for in an emergency").order_by("at")
    assert [one.result_count for one in searches] == [1, 0]


def test_an_interest_closes_the_record_at_once_and_the_privacy_officer_sees_it(place: Place) -> None:
    assert place.get("ben", "{child}/interest")
    assert "Select your interest" in place.post("ben", "{child}/interest").content.decode()
    assert place.post("ben", "{child}/interest", nature="relative")["Location"] == "/records/declared"
    assert place.client("ben").get(f"/records/{place.child}/open").status_code == 404
    assert place.client("ben").get(f"/children/{place.child}").status_code == 404
    assert Conflict.objects.get().declared_by == place.office.user("ben")
    assert "Ben</bdi>: A relative" in place.client("oscar").get("/privacy/").content.decode()
    answer = place.post("ben", "ask", name=NAME, born="2/4/2019", reason="Now", scope="All")
    assert answer.status_code == 302
    assert not BreakGlass.objects.exists()


def test_a_seal_has_a_list_and_shuts_everybody_else_out(place: Place) -> None:
    given = {"ground": "witness", "readers": "helen\nFamily Support, Children's Social Care"}
    assert place.post("helen", "{child}/seal", **given).status_code == 302
    assert {(one.user, one.team) for one in SealName.objects.all()} == {
        (place.office.user("helen"), None),
        (None, place.office.team("ben")),
    }
    assert "Sealed" in place.get("helen", "{child}/protections")
    for username in ("ben", "ruth", "amina"):
        assert place.client(username).get(f"/records/{place.child}/open").status_code == 404
    assert place.post("helen", "{child}/seal/names", readers="amina").status_code == 302
    listed = SealName.objects.get(user=place.office.user("amina"))
    assert place.post("helen", f"{{child}}/readers/{listed.pk}", sure="yes").status_code == 302
    assert not SealName.objects.filter(user=place.office.user("amina"), ended_at=None).exists()


def sealed_by_helen(place: Place) -> Seal:
    place.post("helen", "{child}/seal", ground="staff", readers="helen\nben")
    return Seal.objects.get()


def test_two_people_open_a_seal(place: Place) -> None:
    seal = sealed_by_helen(place)
    place.office.posts["hilda"] = hilda = manager_of_the_same_agency(place)
    page = f"seals/{seal.pk}/open"
    absent = place.client("hilda").get(f"/records/seals/{uuid4()}/open")
    assert same_bytes(place.client("hilda").get(f"/records/{page}"), absent)  # nobody has asked yet

    assert place.post("helen", "{child}/seal/open", sure="yes").status_code == 302
    assert "Helen</bdi> asked to open it" in place.get("helen", "{child}/protections")
    assert "It was asked already" in place.post("helen", "{child}/seal/open", sure="yes").content.decode()
    for username in ("helen", "ben", "ruth", "amina", "gwen", "oscar", "priya"):
        assert place.client(username).get(f"/records/{page}").status_code == 404, username
    assert Seal.objects.get().ended_at is None

    assert NAME not in place.get("hilda", page)
    assert place.post("hilda", page, sure="yes").status_code == 302
    opened = Seal.objects.get()
    assert (opened.opening_asked_by, opened.ended_by) == (place.office.user("helen"), hilda.user)
    assert place.get("ruth", "{child}/open")


def test_one_person_cannot_open_a_seal_by_any_way(place: Place) -> None:
    seal, helen = sealed_by_helen(place), place.office.user("helen")
    with pytest.raises(NotNow, match="Two people"):
        end_protection(seal, by=helen, at=timezone.now())
    with pytest.raises(NotNow, match="Nobody has asked"):
        open_seal(seal, by=helen, at=timezone.now())
    ask_to_open_seal(seal, by=helen, at=timezone.now())
    with pytest.raises(NotNow, match="Somebody else"):
        open_seal(seal, by=helen, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.filter(pk=seal.pk).update(ended_at=timezone.now(), ended_by=helen)
    with pytest.raises(NotNow, match="in the last week"):
        open_seal(seal, by=place.office.user("amina"), at=timezone.now() + dt.timedelta(days=7))


def manager_of_the_same_agency(place: Place) -> Any:
    team = place.office.team("helen")
    user = User.objects.create(username="hilda", display_name="Hilda", email="hilda@example.org")
    return add_member(user=user, team=team, role="social_work_manager", since_on=SINCE, by=None, at=AT)


def a_father(place: Place) -> Any:
    """The father, whom police know; Priya of the police has a tie to the child too."""
    with keeping():
        father = add_person(is_child=False, by=None, at=AT).pk
        records = [
            add_agency_record(
                person_id=father, agency_id=place.office.team(name).agency_id, label="Dale Ashdown", by=None, at=AT
            )
            for name in ("helen", "priya")
        ]
        record_relationship(person=records[0], relation="father", of=place.records["ben"], by=None, at=AT)
    return father


def test_whoever_works_with_the_child_says_who_is_a_danger_and_the_lead_ends_it(place: Place) -> None:
    father = a_father(place)
    form = place.get("ben", "{child}/dangers/new")
    assert "Dale Ashdown" in form
    given = {"alleged": str(father), "reason": "He waited at the gate again."}
    assert place.post("ben", "{child}/dangers/new", **given).status_code == 302
    threat = Threat.objects.get()
    assert (threat.person_id, threat.alleged_id, threat.made_by) == (place.child, father, place.office.user("ben"))
    assert "He waited at the gate again." in place.get("ben", "{child}/dangers")
    assert "Dale Ashdown" in place.get("helen", "{child}/dangers")

    end = f"{{child}}/dangers/{threat.pk}/end"
    assert place.post("ben", end, sure="yes").status_code == 404
    assert place.post("helen", end, sure="yes").status_code == 302
    assert Threat.objects.get().ended_by == place.office.user("helen")


def test_who_may_say_that_somebody_is_a_danger_and_of_whom(place: Place) -> None:
    stranger = add_person(is_child=False, by=None, at=AT).pk
    for username in ("ruth", "amina", "priya", "gwen", "oscar"):
        absent = place.client(username).get(f"/records/{uuid4()}/dangers/new")
        assert same_bytes(place.client(username).get(f"/records/{place.child}/dangers/new"), absent), username
    answer = place.post("ben", "{child}/dangers/new", alleged=str(stranger), reason="x")
    assert "Select who is said to be a danger" in answer.content.decode()  # nobody of whom Ben sees a record
    grant_tie(
        place.child, kind=Kind.FRONT_DOOR, because=Because.OPEN_CONCERN, user_id=place.office.user("amina").pk,
        by=None, at=AT,
    )  # fmt: skip
    assert place.get("amina", "{child}/dangers/new")
    assert not Threat.objects.exists()


def test_a_danger_hides_where_the_child_is_from_whoever_works_with_him_at_the_next_request(place: Place) -> None:
    father = a_father(place)
    with keeping():
        record_entry(
            agency=place.office.team("ben").agency_id, kind="note", happened=parse_when("2026-11-02"),
            about=(place.records["ben"].pk,), restricted="address", text="12 Hidden Lane", by=None, at=timezone.now(),
        )  # fmt: skip
    worker = place.office.user("ben")
    page = f"/children/{place.child}/chronology"
    assert "12 Hidden Lane" in place.client("ben").get(page).content.decode()
    grant_tie(father, kind=Kind.WORKER, because=Because.NAMED, user_id=worker.pk, by=None, at=AT)
    assert "12 Hidden Lane" in place.client("ben").get(page).content.decode()
    place.post("helen", "{child}/dangers/new", alleged=str(father), reason="Threats")
    assert "12 Hidden Lane" not in place.client("ben").get(page).content.decode()


def test_whoever_seals_without_naming_themselves_is_shut_out_too(place: Place) -> None:
    assert place.post("helen", "{child}/seal", ground="staff", readers="amina").status_code == 302
    assert place.client("helen").get(f"/records/{place.child}/protections").status_code == 404


@pytest.mark.parametrize(
    ("readers", "words"),
    [
        ("", "Enter who may open it"),
        ("nobody.here", "Nobody is called “nobody.here”"),
        ("helen\nNo such team, Agency", "Nobody is called “No such team, Agency”"),
    ],
)
def test_a_list_names_people_and_teams_that_are_there(place: Place, readers: str, words: str) -> None:
    said = place.post("helen", "{child}/seal", ground="staff", readers=readers).content.decode()
    assert words in said
    assert not Seal.objects.exists()


def test_a_protected_location_has_readers_and_ends(place: Place) -> None:
    given = {"reason": "Threats by her former partner", "readers": "ben\nFront Door, Children's Social Care"}
    assert place.post("helen", "{child}/location", **given).status_code == 302
    assert LocationProtection.objects.get().reason == "Threats by her former partner"
    assert Listing.objects.filter(ended_at=None).count() == 2
    assert "Protected" in place.get("helen", "{child}/protections")
    assert place.post("helen", "{child}/location/readers", readers="ruth").status_code == 302
    assert Listing.objects.filter(user=place.office.user("ruth"), ended_at=None).exists()
    assert place.post("helen", "{child}/location/end", sure="yes").status_code == 302
    assert not LocationProtection.objects.filter(ended_at=None).exists()


def test_a_wish_and_a_basis_against_it(place: Place) -> None:
    school = place.office.team("ruth").agency
    assert place.post("helen", "{child}/care-history/wish", agency="").status_code == 302
    assert CareHistoryWish.objects.get().agency is None
    said = place.post("helen", "{child}/care-history/basis", agency="", basis="").content.decode()
    assert "Select an agency" in said
    given = {"agency": str(school.pk), "basis": "The baby sleeps at the school's hostel; she was told."}
    assert place.post("helen", "{child}/care-history/basis", **given).status_code == 302
    assert CareHistoryBasis.objects.get().agency == school
    assert "she was told" in place.get("helen", "{child}/protections")


def test_a_source_decides_what_others_see_and_both_ways_are_on_record(place: Place, settings: Any) -> None:
    entry = place.entry()
    page = f"entries/{entry.pk}/sharing"
    assert place.get("ben", page)
    absent = place.client("ruth").get(f"/records/entries/{uuid4()}/sharing")
    assert same_bytes(place.client("ruth").get(f"/records/{page}"), absent)
    assert "Enter how it may help, or why not" in place.post("ben", page, at_most="0", words="").content.decode()
    school = str(place.office.team("ruth").agency_id)
    assert place.post("ben", page, agency=school, at_most="0", words="It would put her at risk.").status_code == 302
    settings.DUTY_TO_DISCLOSE_FROM = timezone.localdate()
    assert place.post("ben", page, agency="", at_most="4", words="They can watch for marks.").status_code == 302
    with keeping():
        told = list(Disclosure.objects.order_by("at").values_list("branch", "duty", "words"))
    assert told == [
        ("not_told", False, "It would put her at risk."),
        ("told", True, "They can watch for marks."),
    ]
    assert ShareDecision.objects.filter(ended_at=None).count() == 2
    assert "It would put her at risk." in place.get("ben", page)
    assert some_disclosure_for_the_last_reader()
    place.client("ruth").get("/")
    assert not some_disclosure_for_the_last_reader()


def some_disclosure_for_the_last_reader() -> bool:
    """Whether the database shows any to whoever asked for the last page; the filter is left out on purpose."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        found = Disclosure.objects.exists()
        cursor.execute(f"SET ROLE {roles.KEEPER}")
    return found
