"""The privacy officer's pages: what waits, what was decided, who looked; and nothing of what stood in a record."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from onestory.platform.access.actions import break_glass, declare_conflict, protect_location, seal_record
from onestory.platform.access.audit import AccessRecord, Act
from onestory.platform.access.auditing import hashed_tokens, record_access
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import BreakGlass, Conflict, Seal
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import Person
from onestory.platform.scrutiny.models import Judgement
from onestory.web.privacy.presenters import reference
from tests.integration.web.office import Office, everybody_by_role, open_office, same_bytes

pytestmark = pytest.mark.django_db
NAME = "Rowan Ashdown-Quill"
KEY = b"k"


@pytest.fixture
def office() -> Office:
    return open_office()


@pytest.fixture
def child(office: Office) -> Person:
    person = add_person(is_child=True, by=None, at=timezone.now())
    with keeping():
        add_agency_record(
            person_id=person.pk,
            agency_id=office.team("ruth").agency_id,
            label=NAME,
            born="2019-04-02",
            by=None,
            at=timezone.now(),
        )
    return person


def look(office: Office, username: str, person: Person | None, **more: Any) -> None:
    post = office.posts[username]
    given: dict[str, Any] = {
        "act": Act.LOOK,
        "what": "chronology",
        "people": [person.pk] if person else [],
        "at": timezone.now(),
        "tie": "none",
        "role": post.role,
        "agency_id": post.team.agency_id,
        "shown": ["chronology:F"],
        **more,
    }
    record_access(by=post.user, **given)


def today() -> str:
    return timezone.localdate().isoformat()


def pages(office: Office, child: Person) -> list[str]:
    look(office, "ben", child)
    opened = break_glass(
        child.pk, role="social_worker", reason="In the waiting room", scope="Who cares", by=office.user("ben"),
        at=timezone.now(),
    )  # fmt: skip
    conflict = declare_conflict(
        child.pk, user_id=office.user("ruth").pk, nature=Conflict.Nature.RELATIVE, by=office.user("ruth"),
        at=timezone.now(),
    )  # fmt: skip
    return [
        "/privacy/",
        f"/privacy/looked-into/unexplained/{office.user('ben').pk}/{today()}",
        f"/privacy/opened/{opened.pk}",
        f"/privacy/interests/{conflict.pk}",
        "/privacy/decided",
        "/privacy/asked",
    ]


def test_the_pages_are_for_privacy_officers_and_absent_for_all_others(office: Office, child: Person) -> None:
    paths = pages(office, child)
    for role, username in everybody_by_role(office).items():
        client = office.client(username)
        absent = client.get("/privacy/nowhere")
        for path in [*paths, f"/privacy/who-looked/{child.pk}"]:
            answer = client.get(path)
            if role == "privacy_officer" and path in paths:
                assert answer.status_code == 200, path
            else:
                assert same_bytes(answer, absent), (role, path)


def test_no_page_tells_anything_of_a_record(office: Office, child: Person) -> None:
    oscar = office.client("oscar")
    for path in pages(office, child):
        said = oscar.get(path).content.decode()
        assert "Rowan" not in said
        assert "Ashdown" not in said
        assert str(child.pk) not in said
    assert reference(child.pk) in oscar.get("/privacy/").content.decode()


def test_looks_that_a_tie_explains_are_set_aside(office: Office, child: Person) -> None:
    look(office, "ben", child, tie="worker")
    look(office, "ruth", child, tie="none")
    said = office.client("oscar").get("/privacy/").content.decode()
    unexplained = said.split('id="opened"')[0]
    assert "Ruth, Designated safeguarding lead, Larkenby Primary School" in unexplained
    assert "Ben" not in unexplained


def test_a_decision_is_recorded_and_takes_the_looks_off_the_list(office: Office, child: Person) -> None:
    oscar, ben = office.client("oscar"), office.user("ben")
    look(office, "ben", child)
    look(office, "ben", child, what="family")
    path = f"/privacy/looked-into/unexplained/{ben.pk}/{today()}"
    missing = oscar.post(path, {"outcome": "", "remark": ""}).content.decode()
    assert "Select what came of it" in missing
    assert "Enter what you asked" in missing
    given = {"outcome": "not_in_order", "remark": "He could not say why. His manager was told."}
    assert oscar.post(path, given).status_code == 302
    assert Judgement.objects.count() == 2
    assert oscar.get(path).status_code == 404
    said = oscar.get("/privacy/decided").content.decode()
    assert "His manager was told." in said
    assert "Not in order (no tie explains it)" in said
    assert AccessRecord.objects.filter(what="accesses looked into", actor=office.user("oscar")).exists()


def test_searching_often_or_for_the_same_words_on_many_days_is_shown(office: Office) -> None:
    now = timezone.now()
    for number in range(20):
        tokens = hashed_tokens(f"name{number}", key=KEY)
        look(office, "amina", None, act=Act.SEARCH, what="people:find", search_tokens=tokens)
    for number in range(4):
        tokens = hashed_tokens("rowan ashdown", key=KEY)
        at = now - dt.timedelta(days=number)
        look(office, "ben", None, act=Act.SEARCH, what="people:find", search_tokens=tokens, at=at)
    look(office, "ruth", None, act=Act.SEARCH, what="people:find", search_tokens=hashed_tokens("x", key=KEY))
    trawls = office.client("oscar").get("/privacy/").content.decode().split('id="trawls"')[1].split('id="sample"')[0]
    assert "Searched 20 times on this day." in trawls
    assert "Searched for the same words on 4 days." in trawls
    assert "Ruth" not in trawls


def test_about_one_look_in_a_hundred_is_drawn_and_the_same_ones_again(office: Office, child: Person) -> None:
    for _ in range(1500):
        look(office, "ben", child, tie="worker")
    oscar = office.client("oscar")
    path = f"/privacy/looked-into/sample/{office.user('ben').pk}/{today()}"
    drawn = oscar.get(path).content.decode().count("Looked at: the chronology")
    assert 1 <= drawn <= 45  # 15 are to be expected
    assert oscar.get(path).content.decode().count("Looked at: the chronology") == drawn


def test_a_record_opened_in_an_emergency_is_reconciled_with_what_was_looked_at(office: Office, child: Person) -> None:
    oscar = office.client("oscar")
    opened = break_glass(
        child.pk, role="social_worker", reason="She is here alone", scope="Who cares for her", by=office.user("ben"),
        at=timezone.now(),
    )  # fmt: skip
    look(office, "ben", child, tie="break_glass")
    said = oscar.get(f"/privacy/opened/{opened.pk}").content.decode()
    for words in ("She is here alone", "Who cares for her", "Looked at: the chronology", "Break-glass"):
        assert words in said
    assert oscar.post(f"/privacy/opened/{opened.pk}", {"outcome": "justified", "remark": "Rang."}).status_code == 302
    assert BreakGlass.objects.get().outcome == "justified"
    assert oscar.get(f"/privacy/opened/{opened.pk}").status_code == 404
    decided = oscar.get("/privacy/decided").content.decode()
    assert "Justified (opened in an emergency)" in decided
    assert "Rang." in decided
    assert reference(child.pk) in decided


def test_only_the_privacy_officer_ends_a_declared_interest(office: Office, child: Person) -> None:
    declare_conflict(
        child.pk, user_id=office.user("ben").pk, nature=Conflict.Nature.SELF, by=office.user("ben"), at=timezone.now()
    )
    conflict = Conflict.objects.get()
    office.client("oscar").post(f"/privacy/interests/{conflict.pk}", {"sure": "yes"})
    conflict.refresh_from_db()
    assert conflict.ended_by == office.user("oscar")


def asks(office: Office, **more: str) -> Any:
    given = {"name": NAME, "born": "2/4/2019", "recipient": "Her mother", **more}
    return office.client_kept("oscar").post("/privacy/asked", given)


def test_a_family_is_told_who_looked_by_role_and_agency(office: Office, child: Person) -> None:
    look(office, "ben", child, tie="worker")
    look(office, "ruth", child, what="family", tie="team")
    answer = asks(office)
    assert answer["Location"] == f"/privacy/who-looked/{child.pk}"
    oscar = office.client_kept("oscar")
    assert "Looked at 2 times" in oscar.get(answer["Location"]).content.decode()
    said = oscar.get(f"{answer['Location']}/for-family").content.decode()
    assert (
        "A social worker (Children&#39;s Social Care) looked at the chronology, because they are a worker named" in said
    )
    assert "A designated safeguarding lead (Larkenby Primary School) looked at the family’s page" in said
    assert "Ben" not in said.split("<main")[1]
    printed = AccessRecord.objects.get(act=Act.PRINT)
    assert (printed.recipient, printed.people) == ("Her mother", [child.pk])
    search = AccessRecord.objects.get(act=Act.SEARCH)
    assert search.result_count == 1
    assert "rowan" not in str(search.search_tokens)


def test_no_agency_is_named_to_the_family_of_somebody_who_is_kept_safe(office: Office, child: Person) -> None:
    look(office, "ruth", child, tie="team")
    protect_location(child.pk, reason="Threats", by=office.user("ben"), at=timezone.now())
    said = office.client_kept("oscar").get(f"{asks(office)['Location']}/for-family").content.decode()
    assert "A designated safeguarding lead (School) looked at" in said
    assert "Larkenby" not in said


@pytest.mark.parametrize("given", [{"name": "Rowan Ashdown"}, {"born": "3/4/2019"}, {"name": "%"}])
def test_a_record_is_found_by_whole_name_and_birth_date_alone(
    office: Office, child: Person, given: dict[str, str]
) -> None:
    answer = asks(office, **given)
    assert "No record, or more than one, has this whole name and date of birth" in answer.content.decode()


def test_a_sealed_record_is_not_found(office: Office, child: Person) -> None:
    found = asks(office)["Location"]
    seal_record(child.pk, ground=Seal.Ground.WITNESS, by=office.user("ben"), at=timezone.now())
    assert "No record, or more than one" in asks(office).content.decode()
    assert office.client_kept("oscar").get(found).status_code == 404


def test_a_reference_tells_records_apart_and_nothing_else() -> None:
    assert len({reference(UUID(int=number)) for number in range(500)}) == 500
    assert reference(UUID(int=1)).startswith("Record ")
