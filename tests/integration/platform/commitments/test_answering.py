"""The team that owes a promise accepts, keeps, declines or gives it; what is overdue is told, then to the manager."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from onestory.platform.access.actions import grant_tie
from onestory.platform.access.keeping import keeping
from onestory.platform.access.policies import NotNow
from onestory.platform.access.ties import Because, Kind
from onestory.platform.commitments.answering import (
    accept_commitment,
    decline_commitment,
    give_commitment,
    keep_commitment,
)
from onestory.platform.commitments.models import Commitment
from onestory.platform.commitments.overdue import tell_overdue
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry, EntryText
from onestory.platform.notices.models import Notice
from tests.integration.platform.notices.teams import AT, DAY, Place, place, team, works

pytestmark = pytest.mark.django_db
ON = AT.date()


@pytest.fixture(autouse=True)
def what_the_program_does_by_itself() -> None:
    """As the application: who may act on a promise is tried here too."""


class Here:
    """A place in which health owes an action and a test, and has been handed something over."""

    def __init__(self, on: dt.date = ON) -> None:
        self.home: Place = place()
        self.on = on
        self.wendy = works("Wendy Oyelaran", self.home.health, "health_visitor").user
        health = str(self.home.health.agency_id)
        due = day(on + dt.timedelta(days=6))
        self.action = self.made("action", {"action": "a1", "stage": "required", "owner": health, "due": due})
        self.request = self.made("request", {"request": "r1", "type": "drug_test", "of": health, "stage": "asked"})
        self.hand_over = self.made("notice", {"to": (health,), "of": "plan ended", "stage": "sent"})
        self.mine: dict[str, Any] = {"team": self.home.health, "by": self.wendy, "at": AT}

    def made(self, kind: str, own: dict[str, Any]) -> Commitment:
        entry = record_entry(
            agency=self.home.duty.agency_id,
            kind=kind,
            happened=day(self.on),
            known=day(self.on),
            about=(self.home.child.id,),
            own=own,
            text="Weigh her every month.",
            by=None,
            at=AT,
        )
        with keeping():
            return Commitment.objects.get(made_in=entry)


def state(commitment: Commitment) -> str:
    with keeping():
        return Commitment.objects.get(id=commitment.id).state


def test_keeping_is_an_entry_with_the_evidence() -> None:
    here = Here()
    for one in (here.action, here.request, here.hand_over):
        with pytest.raises(NotNow, match="how you know"):
            keep_commitment(one.id, evidence=" ", **here.mine)
        entry = keep_commitment(one.id, evidence="Weighed on Tuesday.", **here.mine)
        with keeping():
            assert EntryText.objects.get(entry=entry).text == "Weighed on Tuesday."
            assert Commitment.objects.get(id=one.id).closed_in == entry
        assert state(one) == "kept"
        with pytest.raises(NotNow, match="kept already"):
            keep_commitment(one.id, evidence="Again.", **here.mine)


def test_accepting_leaves_it_open() -> None:
    here = Here()
    for one in (here.action, here.request, here.hand_over):
        accept_commitment(one.id, **here.mine)
        assert state(one) == "open"
    with keeping():
        assert Entry.objects.filter(kind="request", own__stage="accepted").count() == 1


def test_declining_says_why_and_tells_whoever_asked() -> None:
    here = Here()
    with pytest.raises(NotNow, match="why"):
        decline_commitment(here.action.id, reason="", **here.mine)
    for one in (here.action, here.request, here.hand_over):
        decline_commitment(one.id, reason="She has moved.", **here.mine)
    # What was handed over goes back and is not closed by that.
    assert [state(one) for one in (here.action, here.request, here.hand_over)] == ["dropped", "declined", "open"]
    with keeping():
        told = list(Notice.objects.filter(to_team=here.home.duty).values_list("words", flat=True))
    assert len(told) == 3
    assert all("has declined: Weigh her every month. Why: She has moved." in words for words in told)


def test_it_is_given_to_a_team_of_the_same_agency_and_to_no_other() -> None:
    here = Here()
    west = team("Harbour Health", "health_visiting", "West", answers=False)
    with pytest.raises(NotNow, match="own agency"):
        give_commitment(here.action.id, to_team=here.home.school, **here.mine)
    give_commitment(here.action.id, to_team=west, **here.mine)
    with pytest.raises(NotNow, match="Another team"):
        keep_commitment(here.action.id, evidence="Done.", **here.mine)
    keep_commitment(here.action.id, evidence="Done.", **(here.mine | {"team": west}))
    with pytest.raises(NotNow, match="Another team"):
        accept_commitment(here.request.id, team=here.home.school, by=here.wendy, at=AT)


def test_what_is_overdue_is_told_once_to_the_team_and_after_the_clock_to_its_manager() -> None:
    Here()
    lead = team("Harbour Health", "health_visiting", "Leads", answers=False)
    works("Grace Holm", lead, "safeguarding_lead")
    told = []
    for days in (6, 7, 8, 9, 10, 11, 90):  # due on Monday the 30th
        tell_overdue(at=AT + days * DAY)
        with keeping():
            told.append(sorted(Notice.objects.filter(kind="overdue").values_list("to_team__name", flat=True)))
    assert told == [[], ["East"], ["East"], ["East", "Leads"], ["East", "Leads"], ["East", "Leads"], ["East", "Leads"]]


def test_a_promise_s_page_is_for_whoever_may_see_it_and_acted_on_by_whoever_owes_it(settings) -> None:
    settings.DEMO = True
    here = Here(ON - 30 * DAY)
    works("Ruth Kendrick", here.home.school, "safeguarding_lead")
    works("Amina Yusuf", here.home.duty, "duty_social_worker")
    for one in (here.home.health, here.home.duty):
        grant_tie(
            here.home.child.person_id, kind=Kind.TEAM, because=Because.DUTY, team_id=one.id, by=None, at=AT - 300 * DAY
        )
    path = f"/commitments/{here.action.id}"
    wendy, ruth, amina = Client(), Client(), Client()
    for client, name in ((wendy, "wendy.oyelaran"), (ruth, "ruth.kendrick"), (amina, "amina.yusuf")):
        client.force_login(type(here.wendy).objects.get(username=name))
    assert path in wendy.get("/").content.decode()
    assert "Weigh her every month." in wendy.get(path).content.decode()
    assert ruth.get(path).status_code == 404
    assert 'name="do"' not in amina.get(path).content.decode()
    assert "Enter what was done" in wendy.post(path, {"do": "keep", "words": ""}).content.decode()
    assert wendy.post(path, {"do": "keep", "words": "Weighed on Tuesday."}).status_code == 302
    assert state(here.action) == "kept"
