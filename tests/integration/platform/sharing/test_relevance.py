"""A service for adults says what bears on the child; its detail stays with it; the parent is told, or why not."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from onestory.platform.access.actions import grant_tie
from onestory.platform.access.keeping import keeping
from onestory.platform.access.policy import InfoClass
from onestory.platform.access.reading_as import read_as
from onestory.platform.access.ties import Because, Kind
from onestory.platform.access.visibility import visible_to
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import Entry, EntrySourceDetail, EntryText
from onestory.platform.history.new_entry import EntryRefused, NewEntry
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.sharing.admission import classes_of
from tests.integration.web.office import AT, Office, everybody_by_role, open_office

pytestmark = pytest.mark.django_db
BEARS = "She is unwell at night and the baby is then alone with her."
DETAIL = "What she says in therapy."


def statement(office: Office, **own: str) -> dict[str, Any]:
    agency = office.team("adult_mental_health").agency_id
    with keeping():
        mother, baby = (add_person(is_child=child, by=None, at=AT).pk for child in (False, True))
        given: dict[str, Any] = {"agency_id": agency, "by": None, "at": AT}
        records = [
            add_agency_record(person_id=person, label=label, **given)
            for person, label in ((mother, "Mother"), (baby, "Baby"))
        ]
    grant_tie(baby, kind=Kind.WORKER, because=Because.NAMED, user_id=office.user("ben").pk, by=None, at=AT)
    grant_tie(
        mother, kind=Kind.WORKER, because=Because.NAMED, user_id=office.user("adult_mental_health").pk, by=None, at=AT
    )  # fmt: skip
    return {
        "agency": agency,
        "kind": "relevance",
        "happened": parse_when("2026-11-02"),
        "about": tuple(record.pk for record in records),
        "text": BEARS,
        "own": {"detail": DETAIL, **own},
    }


@pytest.fixture
def office() -> Office:
    office = open_office()
    everybody_by_role(office)
    return office


def seen_by(office: Office, username: str, model: Any) -> list[Any]:
    sight = read_as(office.posts[username], at=timezone.now())
    return list(visible_to(sight, model.objects.all()))


def test_others_read_what_bears_on_the_child_and_not_the_detail(office: Office) -> None:
    record_entry(**statement(office, parent_told="That the health visitor knows."), by=None, at=AT)
    (words,) = seen_by(office, "ben", EntryText)
    assert words.text == BEARS
    assert words.own == {"parent_told": "That the health visitor knows."}
    assert seen_by(office, "ben", EntrySourceDetail) == []
    with keeping():
        assert EntrySourceDetail.objects.get().own == {"detail": DETAIL}


@pytest.mark.parametrize("own", [{}, {"parent_told": " "}])
def test_without_what_the_parent_was_told_or_why_not_it_is_refused(office: Office, own: dict[str, str]) -> None:
    with pytest.raises(EntryRefused, match="one of parent_told, not_told_because"):
        record_entry(**statement(office, **own), by=None, at=AT)
    with keeping():
        assert not Entry.objects.exists()


def test_why_the_parent_was_not_told_is_enough(office: Office) -> None:
    assert record_entry(**statement(office, not_told_because="He would learn of it."), by=None, at=AT)


def test_its_detail_comes_in_as_class_four_alone(office: Office) -> None:
    given = statement(office, parent_told="Yes.")
    assert classes_of(NewEntry(known=None, **given)) == {InfoClass.CHRONOLOGY, InfoClass.SOURCE_DETAIL}
