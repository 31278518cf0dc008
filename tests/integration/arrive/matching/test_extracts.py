"""An agency's nightly file: what is new or changed stands beside what was there; nothing is overwritten."""

from __future__ import annotations

import datetime as dt

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.arrive.matching.comparing.identifiers import is_nhs_number
from onestory.arrive.matching.extracts import import_persons
from onestory.arrive.matching.models import Candidate, RecordContact
from onestory.arrive.matching.offering import match_records
from onestory.arrive.matching.person_rows import PersonFileProblem
from onestory.platform.access.keeping import keeping
from onestory.platform.people.models import AgencyRecord, Person
from tests.integration.arrive.matching.register import NOW, agency, front_door, names, record

pytestmark = pytest.mark.django_db
HEADING = "record_id,given_name,surname,former_surname,birth_date,sex,nhs_number,phone,address_line,postcode"
ELLA = "S1,Ella,Fenwick,,2016-05-04,F,9990000018,,4 Elm Walk,MK9 3AB"
KELLY = "S2,Kelly,Harding,Prosser,2/3/1994,F,,07700 900123,4 Elm Walk,MK9 3AB"


def taken(tmp_path, *rows: str, day: int = 0, **more):
    path = tmp_path / "persons.csv"
    path.write_text("\n".join([HEADING, *rows]), encoding="utf-8")
    return import_persons(path, agency=agency("School"), by=None, at=NOW + dt.timedelta(days=day), **more)


def counts(one) -> tuple[int, int, int, int, int]:
    return one.new, one.changed, one.moved, one.same, len(one.problems)


def test_new_persons_are_found_and_compared(tmp_path):
    other = record("Ella Fenwick", "2016-05-04", held_by="Clinic")
    assert counts(taken(tmp_path, ELLA, KELLY)) == (2, 0, 0, 0, 0)
    assert set(names(front_door(), "Fenwick 4/5/2016")) == {"Ella Fenwick"}
    assert names(front_door(), "Kelly Prosser") == ["Kelly Harding"]
    with keeping():
        assert sorted(AgencyRecord.objects.values_list("person__is_child", flat=True)) == [False, True, True]
        queued = [
            one for job in ProcrastinateJob.objects.filter(task_name="matching.match") for one in job.args["record_ids"]
        ]
        match_records(queued, at=NOW)
        assert Candidate.objects.filter(other=other).exists() or Candidate.objects.filter(record=other).exists()
        assert AgencyRecord.objects.values("person").distinct().count() == 3


def test_the_same_file_again_changes_nothing(tmp_path):
    taken(tmp_path, ELLA, KELLY)
    assert counts(taken(tmp_path, ELLA, KELLY, day=1)) == (0, 0, 0, 2, 0)
    with keeping():
        assert AgencyRecord.objects.count() == 2


def test_what_changed_stands_beside_what_was_there(tmp_path):
    taken(tmp_path, ELLA)
    assert counts(taken(tmp_path, ELLA.replace("Fenwick", "Moss"), day=1)) == (0, 1, 0, 0, 0)
    assert counts(taken(tmp_path, ELLA.replace("Fenwick", "Moss").replace("MK9 3AB", "MK6 2TD"), day=2)) == (
        0,
        0,
        1,
        0,
        0,
    )
    sight = front_door()
    for question in ("Ella Fenwick", "Ella Moss", "Moss MK6 2TD", "Fenwick MK9 3AB"):
        assert len(names(sight, question)) == 1, question
    with keeping():
        assert AgencyRecord.objects.values("person").distinct().count() == 1
        assert [one.family_name for one in AgencyRecord.objects.order_by("recorded_at")] == ["Fenwick", "Moss"]
        assert RecordContact.objects.count() == 3


def test_rows_that_cannot_be_taken_are_named_and_the_rest_is_taken(tmp_path):
    answer = taken(
        tmp_path,
        ELLA,
        "S3,Tom,Bell,,31/02/2014,M,,,,",
        "S4,Ann,Bell,,2014-02-01,F,9990000019,,,",
        ",Joe,Bell,,,,,,,",
        "S1,Ella,Again,,,,,,,",
        "S5,,,,2014-01-01,,,,,",
        "S6,Jo,Bell,,2014-01-01,perhaps,,,,",
        KELLY,
    )
    assert counts(answer) == (2, 0, 0, 0, 6)
    assert answer.lines()[:2] == [
        "persons.csv, row 3, birth_date: found “31/02/2014”; allowed: a day that the calendar has",
        "persons.csv, row 4, nhs_number: found “9990000019”; allowed: ten digits, the last of them the right check"
        " digit",
    ]


def test_in_a_demonstration_numbers_are_of_its_range(tmp_path):
    never_issued = next(number for number in map("{:010d}".format, range(11, 99)) if is_nhs_number(number))
    answer = taken(tmp_path, ELLA.replace("9990000018", never_issued), demonstration=True)
    assert [one.allowed for one in answer.problems] == ["in a demonstration, numbers that begin with 999"]


def test_a_dry_run_keeps_nothing(tmp_path):
    assert counts(taken(tmp_path, ELLA, KELLY, dry_run=True)) == (2, 0, 0, 0, 0)


@pytest.mark.parametrize("content", [b"", b"given_name,surname\nElla,Fenwick\n", "record_id\nZoë".encode("utf-16")])
def test_what_is_no_file_of_persons_is_refused_whole(tmp_path, content):
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    with pytest.raises(PersonFileProblem, match=r"wrong\.csv"):
        import_persons(path, agency=agency("School"), by=None, at=NOW)
    with keeping():
        assert not Person.objects.exists()
