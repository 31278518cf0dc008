"""What a parent answers on who may know of their time in care is enforced by the class of information (T4.5)."""

from __future__ import annotations

import pytest

from onestory.decide.assessments import actions
from onestory.decide.assessments.models import Assessment
from onestory.platform.access.actions import grant_tie, record_care_history_basis, record_care_history_wish
from onestory.platform.access.models import CareHistoryWish
from onestory.platform.access.ties import Because, Kind
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Membership
from onestory.platform.history.models import Entry
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import AgencyRecord
from tests.integration.decide.assessments.test_writing_one import CARE, Here
from tests.integration.platform.notices.teams import AT, DAY, reads, works

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]


class Told:
    """A mother tells social care of her time in care; a worker of another agency leads for her."""

    def __init__(self, **answers: str) -> None:
        self.here = Here()
        self.mother: AgencyRecord = add_agency_record(
            person_id=add_person(is_child=False, by=None, at=AT).id,
            agency_id=self.here.home.duty.agency_id,
            label="Mother of Ada",
            by=None,
            at=AT,
        )
        self.leads: Membership = works("Wendy Oyelaran", self.here.home.health, "health_visitor")
        for post in (self.here.amina, self.leads):
            grant_tie(self.mother.person_id, kind=Kind.LEAD, because=Because.LEAD, user_id=post.user_id, by=None, at=AT)
        self.one: Assessment = self.here.begun(CARE, about=[self.mother])
        self.answers(**answers)

    def answers(self, **answers: str) -> None:
        given: dict[str, object] = {name.replace("_", "-"): value for name, value in answers.items()}
        read = {path: self.number(path) for path in given}
        self.here.saves(self.one, "wish", given, read=read)

    def number(self, path: str) -> int:
        last = self.one.answers.filter(path=path).order_by("-number").first()
        return last.number if last else 0

    def completes(self) -> Entry:
        self.here.answers_everything(self.one)
        done = actions.complete_assessment(self.one.id, by=self.here.amina.user, at=AT + 2 * DAY)
        assert done.completed_in is not None
        return done.completed_in

    def seen_by(self, post: Membership, entry: Entry) -> bool:
        return visible_to(reads(post, AT + 3 * DAY), Entry.objects.filter(pk=entry.pk)).exists()


def in_force() -> int:
    return CareHistoryWish.objects.filter(ended_at=None).count()


def test_where_those_may_know_who_make_the_plan_whoever_leads_learns_of_it() -> None:
    told = Told(wish_who="plan")
    entry = told.completes()
    assert in_force() == 0
    assert told.seen_by(told.leads, entry)
    assert told.seen_by(told.here.amina, entry)


@pytest.mark.parametrize("who", ["me", "named"])
def test_where_only_some_may_know_no_other_agency_does_even_if_it_leads(who: str) -> None:
    told = Told(wish_who=who)
    entry = told.completes()
    assert in_force() == 1
    assert not told.seen_by(told.leads, entry)
    assert told.seen_by(told.here.amina, entry)


def test_whom_the_parent_names_learns_of_it_once_the_basis_is_recorded() -> None:
    told = Told(wish_who="named")
    entry = told.completes()
    basis = {"agency_id": told.here.home.health.agency_id, "basis": "She named Wendy.", "by": told.here.amina.user}
    record_care_history_basis(told.mother.person_id, at=AT + 2 * DAY, **basis)  # type: ignore[arg-type]
    assert told.seen_by(told.leads, entry)


def test_the_wish_counts_as_soon_as_it_is_told_and_the_last_one_counts() -> None:
    told = Told(wish_who="me")
    assert in_force() == 1
    told.answers(wish_who="plan")
    assert in_force() == 0
    told.answers(wish_who="named")
    told.completes()
    assert in_force() == 1


def test_an_agency_that_was_named_apart_stays_out() -> None:
    told = Told(wish_who="me")
    apart = record_care_history_wish(
        told.mother.person_id, agency_id=told.here.home.school.agency_id, by=told.here.amina.user, at=AT
    )
    told.answers(wish_who="plan")
    assert list(CareHistoryWish.objects.filter(ended_at=None)) == [apart]
