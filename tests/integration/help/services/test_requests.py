"""A service is asked for, answers, is attended and has a result; all of it stands on record and rules read it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from onestory.help.services.actions import (
    accept_request,
    ask_for_service,
    decline_request,
    end_with_result,
    note_gap,
    put_on_waiting_list,
    record_attendance,
    withdraw_request,
)
from onestory.help.services.models import Gap, Service, ServiceRequest
from onestory.help.services.policies import CannotKeep
from onestory.help.services.queries import counted, gaps_about, request_of, requests_about, requests_of_team
from onestory.platform.access.facts import NamedWorker
from onestory.platform.access.keeping import keeping
from onestory.platform.access.policies import NotNow
from onestory.platform.access.settling import begin_ties
from onestory.platform.agencies.models import Membership
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.moves import CannotHappen
from onestory.platform.notices.queries import inbox
from tests.integration.help.services.directory import kept
from tests.integration.platform.notices.teams import AT, DAY, HOUR, Place, place, reads, team, works

pytestmark = pytest.mark.django_db


class Here:
    """A child with a plan that asks for a drug test, a service that makes them, and people at work."""

    def __init__(self, **service: Any) -> None:
        self.home: Place = place()
        self.recovery = team("Harbour Recovery", "substance_misuse_service", "Recovery")
        self.ben: Membership = works("Ben Carrick", self.home.duty, "social_worker")
        self.rosa: Membership = works("Rosa Lund", self.recovery, "substance_misuse")
        self.ruth: Membership = works("Ruth Kendrick", self.home.school, "safeguarding_lead")
        self.service: Service = kept(self.ben.user, AT, **({"team": "Recovery, Harbour Recovery"} | service))
        record_entry(
            agency=self.home.duty.agency_id,
            kind="action",
            happened=day(AT.date()),
            about=(self.home.child.id,),
            own={"action": "test-1", "stage": "required", "due": day((AT + 14 * DAY).date())},
            text="Drug test of the mother.",
            by=None,
            at=AT,
        )

    def asked(self, **what: Any) -> ServiceRequest:
        given: dict[str, Any] = {
            "about": [self.home.child],
            "team": self.home.duty,
            "why": "The plan asks for it.",
            "by": self.ben.user,
            "at": AT,
        } | what
        return ask_for_service(self.service, **given)

    def by_service(self, hours: int = 1) -> dict[str, Any]:
        return {"team": self.recovery, "by": self.rosa.user, "at": AT + hours * HOUR}


def entries(*kinds: str) -> list[tuple[str, dict[str, Any]]]:
    with keeping():
        return [(one.kind, one.own) for one in Entry.objects.filter(kind__in=kinds).order_by("position", "recorded_at")]


def commitments(sort: str) -> list[str]:
    with keeping():
        return list(Commitment.objects.filter(sort=sort).values_list("state", flat=True))


def test_a_request_reaches_the_services_team_and_is_a_promise_with_its_owner() -> None:
    here = Here()
    request = here.asked()
    notice = inbox(reads(here.rosa)).get()
    assert (notice.kind, notice.address) == ("service", f"/service-requests/{request.id}")
    assert commitments("request") == ["open"]
    assert requests_of_team(reads(here.rosa)).get() == request


def test_only_the_teams_between_which_it_is_and_whoever_sees_the_plans_see_it() -> None:
    here = Here()
    request = here.asked()
    assert [request_of(reads(post), request.id) == request for post in (here.ben, here.rosa, here.ruth)] == [
        True,
        True,
        False,
    ]
    with transaction.atomic():  # the database itself, without the query's own filter
        reads(here.ruth)
        assert not ServiceRequest.objects.exists()


def test_a_test_with_a_finding_closes_the_plans_action_and_stands_as_a_need() -> None:
    here = Here()
    request = here.asked(action="test-1")
    accept_request(request.id, **here.by_service())
    record_attendance(request.id, on=AT.date(), outcome="kept", words="", seen=[], **here.by_service(2))
    end_with_result(request.id, result="found", words="Cannabis.", **here.by_service(3))

    recovery = str(here.recovery.agency_id)
    own = {"type": "drug_test", "request": str(request.id), "of": recovery}
    assert entries("request") == [("request", own | {"stage": one}) for one in ("asked", "accepted", "answered")]
    assert entries("appointment") == [("appointment", {"service": "drug_test", "outcome": "kept"})]
    assert (commitments("request"), commitments("action")) == (["kept"], ["kept"])
    with keeping():
        assert list(Entry.objects.filter(kind="observation").values_list("factors", flat=True)) == [["drugs_parent"]]
    assert inbox(reads(here.ben)).count() == 2


def test_a_test_that_was_not_made_leaves_the_action_open() -> None:
    here = Here()
    request = here.asked(action="test-1")
    accept_request(request.id, **here.by_service())
    end_with_result(request.id, result="not_made", words="She did not come.", **here.by_service(2))
    assert (commitments("request"), commitments("action")) == (["kept"], ["open"])
    assert entries("observation") == []


def test_a_waiting_list_answers_nothing_and_stays_visible() -> None:
    here = Here()
    request = here.asked()
    with pytest.raises(CannotKeep, match="have to wait"):
        put_on_waiting_list(request.id, reason=" ", **here.by_service())
    put_on_waiting_list(
        request.id, reason="Two people are away", expected_on=(AT + 90 * DAY).date(), **here.by_service()
    )
    assert commitments("request") == ["open"]
    assert [own["stage"] for _, own in entries("request")] == ["asked"]
    waiting = requests_about(reads(here.ben), [here.home.child.person_id]).get()
    assert (waiting.state, waiting.reason) == ("waiting", "Two people are away")
    said = inbox(reads(here.ben)).get().words
    assert said.startswith("On the waiting list: Drug tests, Harbour Recovery. Two people are away.")
    assert said.endswith("A place is expected about 22 February 2027.")


def test_declined_says_why_closes_the_promise_and_leaves_the_plans_action_open() -> None:
    here = Here()
    request = here.asked(action="test-1")
    decline_request(request.id, reason="Outside our area", **here.by_service())
    assert (commitments("request"), commitments("action")) == (["declined"], ["open"])
    with pytest.raises(CannotHappen, match="declined"):
        accept_request(request.id, **here.by_service(2))


def test_whoever_asked_takes_it_back_and_nobody_else() -> None:
    here = Here()
    request = here.asked()
    with pytest.raises(NotNow, match="that asked"):
        withdraw_request(request.id, reason="Moved", **here.by_service())
    withdraw_request(request.id, reason="They moved", team=here.home.duty, by=here.ben.user, at=AT + HOUR)
    with keeping():
        assert Commitment.objects.get(made_in=request.entry).state == "dropped"
        assert not Entry.objects.filter(kind="request", own__stage="declined").exists()
    assert not inbox(reads(here.rosa)).exists()


def test_only_the_service_answers_and_of_one_outside_the_program_whoever_asked() -> None:
    here = Here(team="")
    request = here.asked()
    with pytest.raises(NotNow, match="Only the service"):
        accept_request(request.id, **here.by_service())
    accept_request(request.id, team=here.home.duty, by=here.ben.user, at=AT + HOUR)
    assert not inbox(reads(here.rosa)).exists()
    assert not inbox(reads(here.ben)).exists()


@pytest.mark.parametrize(
    ("what", "field"), [({"about": []}, "people"), ({"why": " "}, "why")], ids=["for nobody", "without a reason"]
)
def test_a_request_says_for_whom_and_why(what: dict[str, Any], field: str) -> None:
    here = Here()
    with pytest.raises(CannotKeep) as problem:
        here.asked(**what)
    assert problem.value.field == field
    with keeping():
        assert not ServiceRequest.objects.exists()


def test_a_service_that_is_closed_is_not_asked() -> None:
    here = Here(**{"service.status": "temporarily closed"})
    with pytest.raises(CannotKeep, match="not open: closed for a time"):
        here.asked()


def test_attendance_is_of_a_day_that_has_come_and_after_acceptance() -> None:
    here = Here()
    request = here.asked()
    given: dict[str, Any] = {"outcome": "missed", "words": "", "seen": []} | here.by_service()
    with pytest.raises(CannotKeep, match="still to come"):
        record_attendance(request.id, on=(AT + 2 * DAY).date(), **given)
    with pytest.raises(CannotHappen, match="Accept"):
        record_attendance(request.id, on=AT.date(), **given)


def test_the_database_refuses_a_result_without_one_and_a_refusal_without_a_reason() -> None:
    here = Here()
    request = here.asked()
    for wrong in ({"state": "ended"}, {"state": "declined"}, {"why": ""}):
        with pytest.raises(IntegrityError), transaction.atomic(), keeping():
            ServiceRequest.objects.filter(id=request.id).update(**wrong)


def test_what_a_service_for_adults_does_is_told_to_the_two_teams_alone() -> None:
    here = Here(name="Talking therapy", sort="therapy")
    request = here.asked()
    accept_request(request.id, **here.by_service())
    carla = works("Carla Dunn", here.home.duty, "social_worker")
    with keeping():
        begin_ties(
            facts=[NamedWorker(since=AT, user=str(here.ruth.user_id), person=str(here.home.child.person_id))],
            by=None,
            at=AT,
        )
    later = AT + 2 * HOUR
    assert request_of(reads(here.ruth, later), request.id) is None  # the child's own named worker elsewhere
    assert request_of(reads(carla, later), request.id) == request
    with keeping():
        assert set(Entry.objects.filter(kind="request").values_list("restricted", flat=True)) == {"adult_mental_health"}


def test_help_that_was_not_to_be_had_is_on_record_and_counted_for_all_families() -> None:
    here = Here()
    decline_request(here.asked().id, reason="Full", **here.by_service())
    for sort in ("costly", "costly", "not_available"):
        note_gap(
            here.home.child,
            sort=sort,
            taxonomy_term="drug_test",
            words="",
            team=here.home.duty,
            by=here.ben.user,
            at=AT,
        )
    reads(here.ruth)  # somebody who may see none of it counts the same
    (one,) = counted()
    assert (one.taxonomy_term, one.gaps, one.states) == (
        "drug_test",
        {"costly": 2, "not_available": 1},
        {"declined": 1},
    )
    assert not gaps_about(reads(here.ruth), [here.home.child.person_id]).exists()
    with keeping():
        assert Gap.objects.first().entry.kind == "note"


def test_a_gap_says_what_and_why() -> None:
    here = Here()
    for sort, need, field in (("because", "drug_test", "sort"), ("costly", "tea", "taxonomy_term")):
        with pytest.raises(CannotKeep) as problem:
            note_gap(
                here.home.child,
                sort=sort,
                taxonomy_term=need,
                words="",
                team=here.home.duty,
                by=here.ben.user,
                at=AT,
            )
        assert problem.value.field == field
