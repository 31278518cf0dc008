"""Changing a family's record: relationships, the home, a person; by those who may, proposed by everybody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onestory.platform.history.models import Entry
from onestory.platform.notices.models import Notice
from onestory.platform.people.models import AgencyRecord, HouseholdMember, Relationship
from tests.integration.web.partnership import child, found, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott", "fletcher")
SOCIAL_WORKER, HEALTH_VISITOR, OFFICE = "ben.worker", "wendy.visitor", "gwen.partnership"


def noah() -> str:
    return f"/children/{child('Noah').pk}"


def named(label: str) -> UUID:
    """The person of this name in Noah's family."""
    return AgencyRecord.objects.filter(label=label).order_by("-recorded_at", "-id")[0].person_id


def send(client: Client, path: str, **typed: object) -> Any:
    return client.post(path, {"source": "The birth certificate was seen", "rows_seen": "0", **typed})


def tie_path(row: Relationship) -> str:
    return f"{noah()}/family/relationship?person={row.person.person_id}&relation={row.relation}&of={row.of.person_id}"


def rows_of(row: Relationship) -> list[Relationship]:
    known = Relationship.objects.filter(
        person__person=row.person.person_id, relation=row.relation, of__person=row.of.person_id
    )
    return list(known.order_by("position", "id"))


def some_tie() -> Relationship:
    return Relationship.objects.filter(of__person=child("Noah").pk, withdrawn=False).order_by("position")[0]


def tie_recorded_today(client: Client) -> Relationship:
    """That Noah's grandmother is also his carer."""
    path = f"{noah()}/family/relationship?person={named("Noah's grandmother, Carol Abbott")}"
    assert send(client, path, relation="carer", of=child("Noah").pk, status="alleged").status_code == 302
    return Relationship.objects.get(relation="carer", of__person=child("Noah").pk)


def test_another_word_on_a_relationship_is_another_row_with_its_day_and_source():
    client = signed_in(SOCIAL_WORKER)
    row = tie_recorded_today(client)
    before = len(rows_of(row))
    page = client.get(tie_path(row)).content.decode()
    seen = found(r'name="rows_seen" value="(\d+)"', page, 1)
    answer = send(client, tie_path(row), status="denied", rows_seen=seen)
    assert answer.status_code == 302, answer.content.decode()
    rows = rows_of(row)
    assert [one.status for one in rows[before:]] == ["denied"]
    assert (rows[-1].ref, str(rows[-1].by)) == ("The birth certificate was seen", "Children's Social Care")
    assert rows[-1].known
    assert rows[0].status == row.status
    assert Entry.objects.filter(kind="note", weight="system", entrytext__text__contains="Recorded as denied").exists()
    assert "Denied" in client.get(noah()).content.decode()


def test_what_came_in_meanwhile_is_told_and_nothing_is_recorded():
    row = some_tie()
    before = rows_of(row)
    answer = send(signed_in(SOCIAL_WORKER), tie_path(row), status="denied", rows_seen=len(before) + 1)
    assert "while you were writing" in answer.content.decode()
    assert "The birth certificate was seen" in answer.content.decode()
    assert rows_of(row) == before


def test_a_mistake_is_taken_back_by_a_row_of_its_own():
    client = signed_in(SOCIAL_WORKER)
    row = tie_recorded_today(client)
    before = len(rows_of(row))
    send(client, tie_path(row), status="denied", rows_seen=before)
    assert send(client, tie_path(row), status="mistake", rows_seen=before + 1).status_code == 302
    taken_back = rows_of(row)[-1]
    assert taken_back.withdrawn
    assert taken_back.supersedes == rows_of(row)[-2]


def test_somebody_new_is_added_with_a_record_of_the_agency():
    typed = {"new_name": "Ivy Stone", "new_born": "3/2/1999", "new_child": "no", "new_sex": "female"}
    answer = send(
        signed_in(SOCIAL_WORKER),
        f"{noah()}/family/relationship",
        relation="aunt_uncle",
        of=child("Noah").pk,
        status="alleged",
        since="2019",
        **typed,
    )
    assert answer.status_code == 302, answer.content.decode()
    (record,) = AgencyRecord.objects.filter(label="Ivy Stone")
    assert (str(record.born), record.sex, record.person.is_child) == ("1999-02-03", "female", False)
    page = signed_in(SOCIAL_WORKER).get(noah()).content.decode()
    assert "Ivy Stone" in page
    assert "from 2019" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"until": "1/1/2010", "since": "2015"}, "The end must be on or after the beginning"),
        ({"since": "1/1/2999"}, "The date must be today or in the past"),
        ({"since": "31/2/2019"}, "is not a date"),
        ({"status": ""}, "Select where it stands"),
        ({"source": ""}, "Enter how this is known"),
    ],
)
def test_what_cannot_be_recorded_is_said_at_its_field(typed, said):
    row = some_tie()
    before = rows_of(row)
    given = {"status": "denied", "rows_seen": len(before), **typed}
    assert said in send(signed_in(SOCIAL_WORKER), tie_path(row), **given).content.decode()
    assert rows_of(row) == before


def test_whoever_does_not_work_with_the_child_proposes_and_social_care_is_told():
    row = some_tie()
    before = rows_of(row)
    client = signed_in(HEALTH_VISITOR)
    assert "You propose this" in client.get(tie_path(row)).content.decode()
    answer = send(client, tie_path(row), status="denied", rows_seen=len(before))
    assert answer.status_code == 302, answer.content.decode()
    assert rows_of(row) == before
    entry = Entry.objects.get(kind="note", entrytext__text__startswith="Proposed for the family’s record")
    assert "denied" in entry.entrytext.text
    (notice,) = Notice.objects.filter(entry=entry)
    assert notice.to_team.agency.sector == "childrens_social_care"


def test_the_office_finds_no_page():
    for path in ("relationship", "home", f"people/{named('Noah')}"):
        assert signed_in(OFFICE).get(f"{noah()}/family/{path}").status_code == 404


def test_whoever_comes_to_live_with_the_child_stands_in_the_home_and_in_the_chronology():
    mother = Relationship.objects.get(of__person=child("Noah").pk, relation="mother").person.person_id
    typed = {"person": mother, "step": "left", "children": [child("Noah").pk], "happened": "March 2026"}
    assert send(signed_in(SOCIAL_WORKER), f"{noah()}/family/home", **typed).status_code == 302
    (entry,) = Entry.objects.filter(kind="household", happened="2026-03")
    assert HouseholdMember.objects.filter(entry_id=entry.id, record__person=mother, until="2026-03").exists()
    page = signed_in(SOCIAL_WORKER).get(noah()).content.decode()
    assert "Left the home of Noah, March 2026" in page


def test_a_death_is_an_entry_and_a_cross_on_the_map():
    mother = Relationship.objects.get(of__person=child("Noah").pk, relation="mother").person.person_id
    client = signed_in(SOCIAL_WORKER)
    assert send(client, f"{noah()}/family/people/{mother}", died="2/3/2026").status_code == 302
    page = client.get(noah()).content.decode()
    assert "died 2 March 2026" in page
    (entry,) = Entry.objects.filter(happened="2026-03-02", kind="note")
    assert entry.own.keys() == {"died"}


def test_a_sex_that_is_learnt_stands_in_a_newer_record():
    noahs = child("Noah").pk
    client = signed_in(SOCIAL_WORKER)
    assert send(client, f"{noah()}/family/people/{noahs}", sex="male").status_code == 302
    (newer,) = AgencyRecord.objects.filter(person=noahs, sex="male")
    assert (newer.label, newer.agency.name) == ("Noah", "Children's Social Care")


def test_the_form_asks_the_same_however_much_is_on_record():
    client, row = signed_in(SOCIAL_WORKER), some_tie()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(tie_path(row)).status_code == 200
        return len(asked)

    queries()
    once = queries()
    for _ in range(3):
        send(client, tie_path(row), status="denied", rows_seen=len(rows_of(row)))
    assert queries() == once
