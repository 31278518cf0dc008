"""What comes in as an entry stands at the front door to be decided on: fresh, about a child, once."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.arrive.concerns.actions import log_concern
from onestory.arrive.concerns.models import Concern
from onestory.arrive.concerns.taking_up import take_up
from onestory.arrive.entries.actions import ByHand, add_entry, correct_entry, take_back_entry
from onestory.arrive.entries.front_door import SentAs
from onestory.arrive.entries.taking_up import FRESH, JOB
from onestory.decide.decisions.actions import decide
from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import Tie, User
from onestory.platform.agencies.models import Agency, Membership
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.notices.models import Notice
from onestory.platform.people.models import AgencyRecord
from tests.integration.web.partnership import child, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott",)
AT = dt.datetime(2026, 11, 17, 10, tzinfo=dt.UTC)
TODAY = AT.date()
LATER = AT + dt.timedelta(hours=2)
WRITTEN = {
    "outcome": "assessment",
    "level": "3",
    "rationale": "Three reports.",
    "considered": "An accident.",
    "analysis": "The same again.",
}


@pytest.fixture(autouse=True)
def _as_the_program():
    with keeping():
        yield


def noah() -> UUID:
    return child("Noah").pk


def user(username: str) -> User:
    return User.objects.get(username=username)


def by_hand(username: str = "priya.police", kind: str = "incident", **what: Any) -> Entry:
    what = {"happened": day(AT.date()), "about": (str(noah()),), "text": "Shouting. He was there."} | what
    agency = Membership.objects.get(user__username=username).team.agency_id
    return add_entry(ByHand(kind=kind, **what), agency_id=agency, by=user(username), at=AT)


def jobs() -> list[dict[str, str]]:
    return list(ProcrastinateJob.objects.filter(task_name=JOB).order_by("id").values_list("args", flat=True))


def run(at: dt.datetime = LATER) -> None:
    """What the worker does with everything that is queued, also a second time."""
    for args in jobs() * 2:
        take_up(UUID(args["entry_id"]), child_id=UUID(args["child_id"]) if args["child_id"] else None, by=None, at=at)


def concerns() -> list[Concern]:
    return list(Concern.objects.select_related("from_team__agency", "to_team__agency").order_by("received_at", "id"))


def test_a_police_report_is_decided_on_and_intelligence_is_read_beside_it() -> None:
    report = by_hand(sent_as=SentAs.REPORT)
    by_hand(sent_as=SentAs.INTELLIGENCE)
    run()
    (concern,) = concerns()
    assert (concern.entry_id, concern.child_id, concern.form) == (report.id, noah(), "police")
    assert concern.from_team.agency.sector == "police"
    assert concern.received_at == report.recorded_at  # its clock began when it came, not when the worker came to it
    told = Notice.objects.get(entry=report, to_team=concern.to_team)
    assert told.address == f"/concerns/{concern.id}"
    assert f"/concerns/{concern.id}" in signed_in("amina.duty").get("/duty").content.decode()
    assert signed_in("amina.duty").get(told.address).status_code == 200
    assert Tie.objects.filter(team=concern.to_team, person=noah(), kind="front_door", until_at=None).exists()


def test_it_is_decided_as_any_concern_and_the_police_are_told_what_became_of_it() -> None:
    by_hand(sent_as=SentAs.REPORT)
    run()
    (concern,) = concerns()
    amina = user("amina.duty")
    record_access(act=Act.LOOK, what="chronology", people=[noah()], by=amina, at=LATER + dt.timedelta(minutes=1))
    done = decide(
        concern, answers=WRITTEN, seen=0, role="duty_social_worker", by=amina, at=LATER + dt.timedelta(hours=1)
    )
    assert done.state == "decided"
    assert Notice.objects.filter(to_team=concern.from_team, kind="outcome").count() == 1
    run(LATER + dt.timedelta(hours=2))
    assert len(concerns()) == 1


def concern_entry(by: str, known: dt.date = TODAY, **what: Any) -> Entry:
    """As an extract or a file of another program brings it."""
    agency, csc = Agency.objects.get(name=by), Agency.objects.get(sector="childrens_social_care")
    record = AgencyRecord.objects.filter(person=noah()).order_by("recorded_at").first()
    what = {"about": (record.id,), "shared_with": {csc.id}, "own": {"to": str(csc.id)}} | what
    kept = {"agency": agency.id, "happened": day(known), "known": day(known), "text": "Hungry again.", "by": None}
    return record_entry(kind="concern", at=AT, **kept, **what)


def test_a_concern_of_another_program_waits_with_the_agency_that_told_as_its_sender() -> None:
    entry = concern_entry("Larkenby Primary School")
    run()
    (concern,) = concerns()
    assert (concern.entry_id, concern.form, concern.from_team.agency.name) == (
        entry.id,
        "concern",
        "Larkenby Primary School",
    )
    notice = Notice.objects.get(entry=entry)
    assert (notice.to_team, notice.acknowledge_by) == (concern.to_team, concern.due_at)


@pytest.mark.parametrize("days", [FRESH.days - 1, FRESH.days, FRESH.days + 1, 4000])
def test_a_history_of_long_ago_is_loaded_without_anybody_having_to_decide_again(days: int) -> None:
    concern_entry("Larkenby Primary School", TODAY - dt.timedelta(days=days))
    run()
    assert len(concerns()) == (days <= FRESH.days)


def test_what_was_decided_in_the_other_program_waits_for_nobody() -> None:
    entry = concern_entry("Larkenby Primary School")
    csc = Agency.objects.get(sector="childrens_social_care")
    about = tuple(entry.people.values_list("record_id", flat=True))
    own = {"outcome": "no_further_action", "on_entries": (str(entry.id),)}
    record_entry(agency=csc.id, kind="decision", happened=day(AT.date()), about=about, own=own, by=None, at=AT)
    run()
    assert concerns() == []


def test_what_social_care_was_not_told_does_not_reach_it_by_this() -> None:
    """One service told another; the rules see it, and who may see what is another matter."""
    health = Agency.objects.get(name="CNWL Health Visiting")
    concern_entry("Larkenby Primary School", told=frozenset({health.id}), own={"to": str(health.id)}, shared_with=None)
    run()
    assert concerns() == []


def test_what_was_told_on_a_form_stands_there_once() -> None:
    post = Membership.objects.select_related("team__agency").get(user__username="ruth.school")
    said = {"what": "Cold.", "means": "Afraid.", "who_saw": "professional", "safe": "yes", "parents": "agree"}
    made = log_concern(form="concern", answers=said, child_id=noah(), from_team=post.team, by=post.user, at=AT)
    assert len(jobs()) == 1
    run()
    assert concerns() == [made]
    assert Notice.objects.filter(kind="concern").count() == 1


ORDERS = list(itertools.permutations(range(2)))


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("repeat", [1, 10])
def test_a_correction_stands_in_the_place_of_what_it_corrects_in_whatever_order_the_jobs_run(
    order: tuple[int, ...], repeat: int
) -> None:
    first = by_hand(sent_as=SentAs.REPORT)
    what = ByHand(kind="incident", happened=day(AT.date()), about=(str(noah()),), text="Shouting. He hid.")
    second = correct_entry(
        first.id, what=what, reason="Misheard.", by=user("priya.police"), at=AT + dt.timedelta(minutes=5)
    )
    queued = jobs()
    assert len(queued) == 2
    for place in order * repeat:
        take_up(UUID(queued[place]["entry_id"]), child_id=noah(), by=None, at=LATER)
    (concern,) = concerns()
    assert concern.entry_id == second.id


def test_a_correction_while_it_waits_moves_with_it_and_a_later_one_leaves_the_decision_alone() -> None:
    first = by_hand(sent_as=SentAs.REPORT)
    run()
    what = ByHand(kind="incident", happened=day(AT.date()), about=(str(noah()),), text="Shouting. He hid.")
    second = correct_entry(first.id, what=what, reason="Misheard.", by=user("priya.police"), at=AT)
    run()
    (concern,) = concerns()
    assert concern.entry_id == second.id
    shown = signed_in("amina.duty").get(f"/concerns/{concern.id}").content.decode()
    assert "He hid." in shown


def test_what_was_taken_back_before_anybody_saw_it_waits_for_nobody() -> None:
    entry = by_hand(sent_as=SentAs.REPORT)
    take_back_entry(entry.id, reason="Another child.", by=user("priya.police"), at=AT)
    run()
    assert concerns() == []
