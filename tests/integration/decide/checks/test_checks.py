"""A check is asked of a team by a clock, answered once, seen by those between whom it is, and stands on record."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from onestory.decide.checks.actions import (
    accept_welfare_check,
    answer_call_me,
    answer_held,
    answer_nothing_held,
    ask_checks,
    ask_welfare_check,
    decline_welfare_check,
    report_welfare_check,
    withdraw_check,
)
from onestory.decide.checks.models import Check
from onestory.decide.checks.policies import CannotAsk
from onestory.decide.checks.presenters import check_rows, made_this_time, says_of
from onestory.decide.checks.queries import check_of, checks_about, checks_of
from onestory.oversee.signals.actions import read_again
from onestory.oversee.signals.models import Alert
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.protections import AddressHeld
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.moves import CannotHappen
from onestory.platform.notices.actions import deliver_notice
from onestory.platform.notices.models import Notice
from onestory.platform.notices.queries import inbox
from onestory.platform.notices.sweeping import sweep_notices
from onestory.platform.people.models import AgencyRecord
from tests.integration.platform.notices.teams import AT, DAY, HOUR, Place, place, reads, team, works

pytestmark = pytest.mark.django_db


class Here:
    """A place with a concern that has to be decided on, and people at work."""

    def __init__(self) -> None:
        self.home: Place = place()
        self.police: Team = team("Harbour Police", "police", "Safeguarding unit")
        self.amina: Membership = works("Amina Yusuf", self.home.duty, "duty_social_worker")
        self.ruth: Membership = works("Ruth Kendrick", self.home.school, "safeguarding_lead")
        self.wendy: Membership = works("Wendy Oyelaran", self.home.health, "health_visitor")
        self.priya: Membership = works("Priya Nair", self.police, "police_officer")
        self.concern: Entry = record_entry(
            agency=self.home.duty.agency_id,
            kind="concern",
            happened=day(AT.date()),
            about=(self.home.child.id,),
            text="A neighbour heard shouting.",
            by=None,
            at=AT,
        )

    def asked(self, *teams: Team, **what: Any) -> list[Check]:
        given: dict[str, Any] = {
            "about": [self.home.child],
            "teams": list(teams),
            "asking_team": self.home.duty,
            "purpose": "To decide on a concern",
            "basis": "enquiry",
            "question": "What do you hold since June?",
            "band": "1",
            "concern": self.concern,
            "by": self.amina.user,
            "at": AT,
        } | what
        return ask_checks(**given)

    def welfare(self, **what: Any) -> Check:
        given: dict[str, Any] = {
            "about": [self.home.child],
            "team": self.police,
            "asking_team": self.home.duty,
            "purpose": "To know whether she is safe",
            "basis": "enquiry",
            "question": "Please see her at home.",
            "grounds": "Nobody has seen her for ten days.",
            "band": "today",
            "concern": self.concern,
            "by": self.amina.user,
            "at": AT,
        } | what
        return ask_welfare_check(**given)


def user(name: str) -> User:
    return User.objects.get(display_name=name)


def entries(*kinds: str) -> list[tuple[str, dict[str, Any]]]:
    with keeping():
        return [(one.kind, one.own) for one in Entry.objects.filter(kind__in=kinds).order_by("position", "recorded_at")]


def asked_about(child: AgencyRecord, on: dt.datetime) -> set[str]:
    """Which rules would ask about the child by then."""
    read_again(child_ids=[child.person_id], today=on.date(), at=on)
    return set(Alert.objects.exclude(state="ended").values_list("signal", flat=True))


@pytest.mark.usefixtures("as_keeper")
@pytest.mark.parametrize("accepted", [True, False])
def test_the_rules_hear_what_the_police_said_to_a_welfare_check(accepted: bool) -> None:
    here = Here()
    check = here.welfare()
    if accepted:
        accept_welfare_check(check.id, by=here.priya.user, at=AT + HOUR)
    assert ("request_unanswered" in asked_about(here.home.child, AT + 5 * DAY)) is not accepted


def test_each_team_that_is_asked_has_it_in_its_inbox_with_the_bands_clock() -> None:
    here = Here()
    here.asked(here.home.school, here.home.health)

    for post in (here.ruth, here.wendy):
        notice = inbox(reads(post)).get()
        assert (notice.kind, notice.words) == ("check", "What do you hold since June?")
        assert notice.acknowledge_by == dt.datetime(2026, 11, 24, 13, 30, tzinfo=dt.UTC)  # four working hours
    with keeping():
        promises = list(Commitment.objects.values_list("sort", "state", "owner_agency__sector"))
    assert sorted(promises) == [("request", "open", "health_visiting"), ("request", "open", "school")]


def test_whoever_asks_and_whoever_is_asked_see_it_and_nobody_else() -> None:
    here = Here()
    check = here.asked(here.home.school)[0]
    seen = []
    for post in (here.amina, here.ruth, here.wendy, here.priya):
        sight = reads(post)
        seen.append((check_of(sight, check.id) == check, Check.objects.count()))
    assert seen == [(True, 1), (True, 1), (False, 0), (False, 0)]


def test_nothing_held_says_what_was_searched_and_closes_the_question() -> None:
    here = Here()
    check = here.asked(here.home.school)[0]
    answer_nothing_held(check.id, searched="Our own records", by=user("Ruth Kendrick"), at=AT + HOUR)

    assert not inbox(reads(here.ruth)).exists()
    told = inbox(reads(here.amina)).get()
    assert told.words == "Safeguarding, Harbour School: searched, nothing held."
    school = str(here.home.school.agency_id)
    assert entries("check") == [("check", {"asked": [school], "answered": [school], "result": "nothing_held"})]
    with keeping():
        assert list(Commitment.objects.values_list("state", flat=True)) == ["kept"]


def test_held_says_what_bears_on_the_child() -> None:
    here = Here()
    check = here.asked(here.home.health)[0]
    by = user("Wendy Oyelaran")
    for relevance, searched, field in (("", "Our records", "relevance"), ("She lost weight.", " ", "searched")):
        with pytest.raises(CannotAsk) as problem:
            answer_held(check.id, relevance=relevance, searched=searched, by=by, at=AT)
        assert problem.value.field == field
    answer_held(check.id, relevance="She lost weight.", searched="Our records", by=by, at=AT + HOUR)

    row = check_rows(checks_of(reads(here.amina), here.concern.id), AT + DAY)[0]
    assert (row.state, row.says, row.open, row.late) == ("Something is held", "She lost weight.", False, False)


def test_a_service_for_adults_says_what_the_parent_was_told() -> None:
    here = Here()
    minds = team("Harbour Minds", "adult_mental_health", "Community team")
    mark = works("Mark Lindqvist", minds, "adult_mental_health").user
    check = here.asked(minds)[0]
    with pytest.raises(CannotAsk, match="parent was told"):
        answer_held(check.id, relevance="His sleep has broken down.", searched="Our records", by=mark, at=AT)
    answer_held(
        check.id,
        relevance="His sleep has broken down.",
        searched="Our records",
        parent_told="He knows, and agrees.",
        by=mark,
        at=AT,
    )


def test_call_me_tells_whom_to_ring_and_leaves_the_question_open() -> None:
    here = Here()
    Team.objects.filter(id=here.home.school.id).update(phone="01632 960042")
    check = here.asked(here.home.school)[0]
    answer_call_me(check.id, by=user("Ruth Kendrick"), at=AT + HOUR)
    told = "Safeguarding, Harbour School: asks to be rung. Ring Ruth Kendrick on 01632 960042."
    assert inbox(reads(here.amina)).get().words == told
    with keeping():
        assert says_of(Check.objects.get(id=check.id)) == "Ruth Kendrick asks to be rung, on 01632 960042"
    answer_held(check.id, relevance="Late four times.", searched="Register", by=user("Ruth Kendrick"), at=AT + 2 * HOUR)
    with keeping():
        assert Check.objects.get(id=check.id).state == "held"


def test_it_is_answered_once() -> None:
    here = Here()
    check = here.asked(here.home.school)[0]
    answer_nothing_held(check.id, searched="Our own records", by=user("Ruth Kendrick"), at=AT)
    with pytest.raises(CannotHappen, match="answered already"):
        answer_held(check.id, relevance="x", searched="y", by=user("Ruth Kendrick"), at=AT)
    assert len(entries("check")) == 1


def test_what_is_not_answered_in_time_goes_to_the_manager_who_can_answer_it() -> None:
    here = Here()
    lead = team("Harbour Health", "health_visiting", "Leads", answers=False)
    grace = works("Grace Holm", lead, "safeguarding_lead")
    check = here.asked(here.home.health)[0]
    assert check_of(reads(grace), check.id) is None
    with keeping():
        deliver_notice(Notice.objects.get(entry=check.request).id, by=None, at=AT)
    sweep_notices(at=AT + 5 * HOUR)

    assert check_of(reads(grace), check.id) == check
    row = check_rows(checks_of(reads(here.amina), here.concern.id), AT + 5 * HOUR)[0]
    assert row.late
    assert inbox(reads(here.amina)).get().kind == "not_acknowledged"


def test_whether_checks_were_made_this_time_can_be_seen() -> None:
    here = Here()
    here.asked(here.home.school, concern=None)  # on another occasion
    sight = reads(here.amina)
    assert made_this_time(checks_of(sight, here.concern.id), AT) == "Nobody has been asked on this concern."
    first, _ = here.asked(here.home.health, here.police)
    answer_nothing_held(first.id, searched="Our records", by=user("Wendy Oyelaran"), at=AT)
    sight = reads(here.amina)
    said = made_this_time(checks_of(sight, here.concern.id), AT + DAY)
    assert said == "2 teams asked on this concern, 1 answered, 1 overdue."
    assert checks_about(sight, [here.home.child.person_id]).count() == 3


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"teams": []}, "teams"),
        ({"purpose": " "}, "purpose"),
        ({"basis": "because"}, "basis"),
        ({"question": ""}, "question"),
    ],
)
def test_a_check_says_whom_why_by_which_right_and_what(what: dict[str, Any], field: str) -> None:
    here = Here()
    with pytest.raises(CannotAsk) as problem:
        here.asked(here.home.school, **what)
    assert problem.value.field == field
    with keeping():
        assert not Check.objects.exists()


def test_one_s_own_team_is_not_asked() -> None:
    here = Here()
    with pytest.raises(CannotAsk, match="own team"):
        here.asked(here.home.duty)


def held() -> int:
    return AddressHeld.objects.filter(ended_at=None).count()


def test_the_police_hold_the_address_until_they_have_answered() -> None:
    here = Here()
    first, second = here.welfare(), here.welfare()
    assert held() == 1
    accept_welfare_check(first.id, by=user("Priya Nair"), at=AT + HOUR)
    assert held() == 1
    report_welfare_check(
        first.id,
        outcome="seen_well",
        words="She was playing.",
        seen=[here.home.child.id],
        by=user("Priya Nair"),
        at=AT + HOUR,
    )
    assert held() == 1  # another one waits
    decline_welfare_check(second.id, reason="She was seen an hour ago.", by=user("Priya Nair"), at=AT + HOUR)
    assert held() == 0

    stages = [own["stage"] for kind, own in entries("request")]
    assert sorted(stages) == ["accepted", "answered", "asked", "asked", "declined"]
    assert [own for kind, own in entries("visit")] == [{"outcome": "seen"}]
    with keeping():
        visit = Entry.objects.get(kind="visit")
        assert set(visit.people.values_list("part", "record")) == {
            ("about", here.home.child.id),
            ("seen", here.home.child.id),
        }
        assert sorted(Commitment.objects.values_list("state", flat=True)) == ["declined", "kept"]


def test_a_welfare_check_is_asked_of_the_police_on_grounds_and_answered_with_reasons() -> None:
    here = Here()
    for what, field in (({"team": here.home.school}, "teams"), ({"grounds": ""}, "grounds")):
        with pytest.raises(CannotAsk) as problem:
            here.welfare(**what)
        assert problem.value.field == field
    check = here.welfare()
    assert check.due_at == AT + 4 * HOUR
    with pytest.raises(CannotAsk, match="why you decline"):
        decline_welfare_check(check.id, reason=" ", by=user("Priya Nair"), at=AT)
    with pytest.raises(CannotHappen):  # before it was accepted
        report_welfare_check(check.id, outcome="seen_well", words="Well.", by=user("Priya Nair"), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic(), keeping():
        Check.objects.filter(id=check.id).update(grounds="")


def test_a_question_may_be_taken_back_with_a_reason() -> None:
    here = Here()
    check = here.welfare()
    with pytest.raises(CannotAsk):
        withdraw_check(check.id, reason="", by=here.amina.user, at=AT)
    withdraw_check(check.id, reason="She is at school.", by=here.amina.user, at=AT)
    assert held() == 0
    with keeping():
        said = Entry.objects.get(kind="request", own__stage="withdrawn")
        assert said.agency_id == here.amina.team.agency_id  # nobody speaks for the police, who declined nothing
        assert Commitment.objects.get(made_in=check.request).state == "dropped"
        assert not Notice.objects.exclude(state="acknowledged").filter(entry=check.request).exists()
    assert not inbox(reads(here.priya)).exists()
    assert made_this_time(checks_of(reads(here.amina), here.concern.id), AT) == "Nobody has been asked on this concern."
