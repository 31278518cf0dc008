"""A meeting invites everybody, answers for everybody, asks the family, and its minutes are acknowledged."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from onestory.help.meetings.actions import Held, call_meeting, cancel_meeting, hold_meeting, send_apologies
from onestory.help.meetings.models import Meeting
from onestory.help.meetings.queries import meeting_of, minutes_sent, next_meetings
from onestory.help.plans.policies import CannotPlan
from onestory.help.plans.states import CannotHappen
from onestory.platform.history.models import Entry, EntryPerson
from onestory.platform.notices.actions import acknowledge_notice, deliver_notice
from onestory.platform.notices.models import Notice
from tests.integration.help.plans.lived import Here
from tests.integration.platform.notices.teams import AT, DAY, reads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]
LATER = AT + 14 * DAY


class Meets(Here):
    """A family with an open plan, a health visitor in it, and a review that was called."""

    def __init__(self) -> None:
        super().__init__()
        self.works_with(self.home.health)
        self.plan = self.opened()

    def called(self, kind: str = "cin_review") -> Meeting:
        return call_meeting(self.plan.id, kind=kind, meets_at=LATER, purpose="Is it better?", **self.as_lead())

    def held(self, meeting: Meeting, **what: Any) -> Meeting:
        came = {one.id: "absent" if one.child else "present" for one in meeting.invitations.all()}
        given: dict[str, Any] = {
            "held_on": LATER.date(),
            "came": came,
            "what_changed": "She sleeps.",
            "minutes": "Go on.",
            "experience": "Her mother feels heard.",
            "next_on": dt.date(2027, 1, 5),
        } | what
        return hold_meeting(meeting.id, held=Held(**given), **self.as_lead(LATER))


def test_everybody_is_invited_and_teams_are_told() -> None:
    here = Meets()
    meeting = here.called()
    labels = sorted(meeting.invitations.values_list("label", flat=True))
    assert labels == [
        "Ada",
        "Duty team, Children's Social Care",
        "East, Harbour Health",
        "Mother of Ada, mother of Ada",
    ]
    assert [one.to_team.name for one in Notice.objects.filter(kind="invitation")] == ["East"]
    assert list(next_meetings(reads(here.wendy))) == [meeting]


def test_a_review_stands_on_record_with_who_was_there_and_the_next_day() -> None:
    here = Meets()
    meeting = here.held(here.called())
    assert meeting.entry.own["type"] == "cin_review"
    assert set(meeting.entry.own["present"]) == {str(here.home.duty.agency_id), str(here.home.health.agency_id)}
    reviewed = Entry.objects.get(kind="plan", own__stage="reviewed")
    assert reviewed.own["review_due"] == "2027-01-05"
    here.plan.refresh_from_db()
    assert here.plan.review_due == dt.date(2027, 1, 5)


def test_a_review_asks_the_family_or_says_why_not() -> None:
    here = Meets()
    meeting = here.called()
    with pytest.raises(CannotPlan) as refused:
        here.held(meeting, experience=" ")
    assert refused.value.field == "experience"
    assert here.held(meeting, experience="", not_asked_because="They did not come.").state == "held"


def test_a_day_later_than_the_clock_allows_needs_a_reason() -> None:
    here = Meets()
    meeting = here.called()
    with pytest.raises(CannotPlan, match="due by 5 January 2027"):
        here.held(meeting, next_on=dt.date(2027, 1, 6))
    late = here.held(meeting, next_on=dt.date(2027, 1, 6), later_because="The school is closed.")
    assert late.later_because == "The school is closed."


def test_a_review_without_a_next_day_is_not_saved() -> None:
    here = Meets()
    with pytest.raises(CannotPlan) as refused:
        here.held(here.called(), next_on=None)
    assert refused.value.field == "next_on"


def test_of_everybody_it_is_said_whether_they_came() -> None:
    here = Meets()
    meeting = here.called()
    with pytest.raises(CannotPlan) as refused:
        here.held(meeting, came={})
    assert refused.value.field == "came"
    assert not Entry.objects.filter(kind="meeting").exists()


def test_a_child_who_came_was_seen() -> None:
    here = Meets()
    meeting = here.called()
    came = dict.fromkeys(meeting.invitations.values_list("id", flat=True), "present")
    entry = here.held(meeting, came=came).entry
    assert EntryPerson.objects.filter(entry=entry, part="seen").count() == 1


def test_minutes_stay_in_the_program_and_are_acknowledged() -> None:
    here = Meets()
    meeting = here.held(here.called())
    notice = Notice.objects.get(kind="minutes", to_team=here.home.health)
    assert notice.acknowledge_by is not None
    deliver_notice(notice.id, by=None, at=LATER)
    acknowledge_notice(notice.id, by=here.wendy.user, at=LATER + DAY)
    found = {one.to_team.name: one.acknowledged_by for one in minutes_sent(reads(here.amina), meeting)}
    assert found == {"Duty team": None, "East": here.wendy.user}


def test_apologies_say_what_the_meeting_should_know() -> None:
    here = Meets()
    meeting = here.called()
    mine = {"team": here.home.health, "by": here.wendy.user, "at": AT + DAY}
    with pytest.raises(CannotPlan):
        send_apologies(meeting.id, views=" ", **mine)
    said = send_apologies(meeting.id, views="Weight is steady.", **mine)
    assert (said.came, said.views) == ("apologies", "Weight is steady.")
    with pytest.raises(CannotHappen):
        send_apologies(meeting.id, views="We know her.", team=here.nurses, by=here.nora.user, at=AT)


def test_what_was_held_is_not_held_again_and_what_was_cancelled_says_why() -> None:
    here = Meets()
    meeting = here.held(here.called())
    with pytest.raises(CannotHappen):
        here.held(meeting)
    other = here.called("core_group")
    with pytest.raises(CannotPlan):
        cancel_meeting(other.id, reason=" ", **here.as_lead())
    assert cancel_meeting(other.id, reason="Snow.", **here.as_lead()).cancelled_because == "Snow."


def test_only_the_lead_or_the_owner_calls_and_holds_and_a_stranger_finds_nothing() -> None:
    here = Meets()
    meeting = here.called()
    with pytest.raises(CannotHappen):
        call_meeting(here.plan.id, kind="taf", meets_at=LATER, team=here.home.health, by=here.wendy.user, at=AT)
    assert meeting_of(reads(here.wendy), meeting.id) == meeting
    assert meeting_of(reads(here.nora), meeting.id) is None


def test_who_came_to_work_with_the_child_meanwhile_is_invited() -> None:
    here = Meets()
    here.works_with(here.nurses)
    assert here.called().invitations.filter(team=here.nurses).exists()
