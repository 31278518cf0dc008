"""A police call that involves a child always ends at the front door (D11): every shape of incident, never nothing."""

from __future__ import annotations

import csv
import io
import itertools
from typing import Any

import pytest

from onestory.arrive.entries.actions import ByHand, add_entry
from onestory.arrive.entries.front_door import NoFrontDoor, SentAs
from onestory.platform.access.keeping import keeping
from onestory.platform.history.actions import record_relationship
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import Entry
from onestory.platform.notices.models import Notice
from onestory.platform.people.models import AgencyRecord
from tests.integration.feeds.place import AT, POLICE_HEADING, agency, came, feed, held, police_feed, user

pytestmark = pytest.mark.django_db
CHILD = {"number": "C", "forename": "Kit", "surname": "Moss", "born": "03/04/2019"}
PARENT = {"number": "P", "forename": "Dee", "surname": "Moss", "born": "03/04/1990"}
LODGER = {"number": "L", "forename": "Gus", "surname": "Reed", "born": "03/04/1980"}
NO_AGE = {"number": "U", "forename": "Sam", "surname": "Vale", "born": ""}


@pytest.fixture(autouse=True)
def _as_the_program():
    with keeping():
        yield


def row(number: str, people: list[dict[str, str]], **cells: str) -> list[str]:
    told = {"went": "no", "there": "", "type": "Other", "sent": ""} | cells
    found = [number, "30/10/2026", "", told["went"], told["there"], "A call.", told["type"], told["sent"]]
    for place in range(3):
        person = people[place] if place < len(people) else {}
        found += [person.get(name, "") for name in ("number", "forename", "surname", "born")] + [""]
    return found


def written(rows: list[list[str]]) -> bytes:
    kept = io.StringIO()
    csv.writer(kept).writerows([POLICE_HEADING.split(","), *rows])
    return kept.getvalue().encode()


def a_parent_on_record(police: Any) -> None:
    """The police hold a father of a child; the child is in none of their rows."""
    parent = held(
        police, "Dee Moss", child=False, number="P", given_name="Dee", family_name="Moss", born=parse_when("1990-04-03")
    )
    child = held(police, "Kit Moss", number="C", given_name="Kit", family_name="Moss", born=parse_when("2019-04-03"))
    record_relationship(person=parent, relation="father", of=child, status="denied", by=None, at=AT)


SHAPES = list(
    itertools.product(
        [(), (CHILD,), (PARENT,), (NO_AGE,), (CHILD, PARENT)],
        ["yes", "no"],  # whether officers went
        ["", "yes", "no"],  # whether a child was believed to be in the home
        ["", "Report", "Intelligence"],
        ["DA", "Other"],
    )
)


def involves(people: tuple[dict[str, str], ...], there: str) -> bool:
    """Told independently of the program: what makes an incident one that involves a child."""
    return there == "yes" or any(one in people for one in (CHILD, PARENT, NO_AGE))


def test_every_shape_of_incident_that_involves_a_child_reaches_the_front_door_and_no_other_does() -> None:
    to = police_feed()
    a_parent_on_record(to.agency)
    rows, expected = [], {}
    for number, (people, went, there, sent, sort) in enumerate(SHAPES):
        rows.append(row(str(number), [*people, LODGER][:3], went=went, there=there, sent=sent, type=sort))
        expected[str(number)] = involves(people, there)
    assert set(expected.values()) == {True, False}
    counts = came(to, written(rows)).counts
    assert counts["new"] == len(SHAPES)
    assert counts["reports"] == sum(expected.values())
    told = set(Notice.objects.values_list("entry_id", flat=True))
    assert Notice.objects.count() == len(told) == sum(expected.values())
    assert {notice.to_team.agency.sector for notice in Notice.objects.select_related("to_team__agency")} == {
        "childrens_social_care"
    }


def test_how_the_police_send_it_is_kept_and_a_repeat_tells_nobody_again() -> None:
    to = police_feed()
    rows = [
        row("1", [CHILD]),
        row("2", [CHILD], sent="Intelligence"),
        row("3", [LODGER], there="yes"),
        row("4", [LODGER], there="yes", sent="Report"),
    ]
    came(to, written(rows))
    kinds = sorted(Notice.objects.values_list("kind", flat=True))
    assert kinds == ["concern", "concern", "intelligence", "intelligence"]
    came(to, written(rows))
    assert Notice.objects.count() == 4


def test_a_correction_that_brings_a_child_in_is_told_too() -> None:
    to = police_feed()
    came(to, written([row("1", [LODGER])]))
    assert not Notice.objects.exists()
    came(to, written([row("1", [LODGER, CHILD])]))
    assert Notice.objects.count() == 1


def test_an_incident_that_waits_for_somebody_to_say_who_is_in_it_is_told_at_once() -> None:
    to = police_feed()
    held(to.agency, "Kit", born=parse_when("2019-04-03"))
    assert came(to, written([row("1", [CHILD]), row("2", [LODGER])])).counts["waiting"] == 1
    (notice,) = Notice.objects.all()
    assert (notice.kind, notice.who) == ("intelligence", [])
    came(to, written([row("1", [CHILD])]))
    assert Notice.objects.count() == 1


def test_social_care_was_told_of_it_in_the_chronology() -> None:
    to = police_feed()
    came(to, written([row("1", [CHILD]), row("2", [LODGER])]))
    told = {
        entry.people.count(): set(entry.told.values_list("agency__sector", flat=True)) for entry in Entry.objects.all()
    }
    assert all("police" in one for one in told.values())
    with_child = Entry.objects.get(people__record__number="C")
    assert set(with_child.told.values_list("agency__sector", flat=True)) == {"police", "childrens_social_care"}


def test_where_nobody_could_be_told_nothing_is_taken_in() -> None:
    to = feed("far", "police-incidents", agency_name="Far Police", sector="police", kinds=("incident",))
    with pytest.raises(NoFrontDoor, match="social care in Testshire"):
        came(to, written([row("1", [CHILD])]))
    assert not Entry.objects.exists()


@pytest.mark.parametrize("child_there", [True, False])
@pytest.mark.parametrize("sent_as", [None, SentAs.REPORT, SentAs.INTELLIGENCE])
@pytest.mark.parametrize("kind", ["incident", "breach"])
@pytest.mark.parametrize("who", ["child", "parent", "lodger"])
def test_by_hand_too(who: str, kind: str, sent_as: SentAs | None, child_there: bool) -> None:
    agency("Social Care", "childrens_social_care")
    police, _ = agency("Police", "police")
    a_parent_on_record(police)
    held(police, "Gus Reed", child=False, number="L")
    number = {"child": "C", "parent": "P", "lodger": "L"}[who]
    person = AgencyRecord.objects.get(number=number).person_id
    what = ByHand(
        kind=kind,
        happened=parse_when("2026-10-30"),
        about=(str(person),),
        text="A call.",
        child_there=child_there,
        sent_as=sent_as,
    )
    entry = add_entry(what, agency_id=police.id, by=user("priya"), at=AT)
    notices = list(Notice.objects.filter(entry=entry))
    assert len(notices) == (who != "lodger" or child_there)
    if notices and sent_as:
        assert notices[0].kind == ("concern" if sent_as is SentAs.REPORT else "intelligence")


def test_what_another_agency_records_of_an_incident_is_no_police_report() -> None:
    agency("Social Care", "childrens_social_care")
    housing, _ = agency("Housing", "housing")
    kit = held(housing, "Kit Moss")
    what = ByHand(kind="incident", happened=parse_when("2026-10-30"), about=(str(kit.person_id),), text="Heard of it.")
    add_entry(what, agency_id=housing.id, by=user("joan"), at=AT)
    assert not Notice.objects.exists()
