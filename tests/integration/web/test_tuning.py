"""What is set of the rules: proposed by one, approved by another, in force from a day, used by live reading."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestory.arrive.feeds.actions import import_files
from onestory.oversee.signals import actions as signals
from onestory.oversee.signals.load import Load, TeamLoad
from onestory.oversee.signals.models import Alert, Circle
from onestory.oversee.signals.rules import ALL_RULES
from onestory.oversee.signals.spoken import FEW, Spoken, in_words, spoken
from onestory.oversee.signals.tuned import Setting
from onestory.oversee.tuning.actions import decide, propose
from onestory.oversee.tuning.models import Proposal, Ruling
from onestory.oversee.tuning.queries import rules_in_force, settings_in_force, waiting
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.agencies.policies import CannotChange
from onestory.platform.people.models import AgencyRecord, Person
from tests.integration.web.anything import a_row, everything_known
from tests.integration.web.office import Office, everybody_by_role, open_office, same_bytes

pytestmark = pytest.mark.django_db
FLETCHER = Path(__file__).resolve().parents[3] / "demonstration" / "families" / "fletcher.yaml"
DAYS = Setting("child_not_seen", "parameter", "under_five", "122")


@pytest.fixture
def office() -> Office:
    return open_office()


def now() -> dt.datetime:
    return timezone.now()


def today() -> dt.date:
    return timezone.localdate()


def proposed(office: Office, setting: Setting = DAYS, days: int = 0) -> Proposal:
    from_on = today() + dt.timedelta(days=days)
    return propose(setting, why="So that we ask earlier.", from_on=from_on, by=office.user("gwen"), at=now())


def approved(office: Office, setting: Setting = DAYS, days: int = 0) -> Proposal:
    proposal = proposed(office, setting, days)
    decide(proposal, approve=True, words="Agreed in the partnership.", by=office.user("hal"), at=now())
    return proposal


def test_a_proposal_changes_nothing_until_a_second_person_approves_it(office: Office) -> None:
    proposal = proposed(office)
    assert settings_in_force(today()) == []
    with pytest.raises(CannotChange, match="Somebody else has to decide"):
        decide(proposal, approve=True, words="Mine.", by=office.user("gwen"), at=now())
    decide(proposal, approve=True, words="Agreed.", by=office.user("hal"), at=now())
    assert settings_in_force(today()) == [DAYS]
    assert rules_in_force(today()).settings == {"child_not_seen": {"under_five": 122}}
    with pytest.raises(CannotChange, match="decided already"):
        decide(proposal, approve=False, words="No.", by=office.user("oscar"), at=now())


def test_what_is_declined_never_counts(office: Office) -> None:
    decide(proposed(office), approve=False, words="Too many questions.", by=office.user("hal"), at=now())
    assert settings_in_force(today()) == []
    assert not waiting().exists()


def test_it_counts_from_its_day_and_the_later_one_after_it(office: Office) -> None:
    approved(office, days=3)
    approved(office, Setting("child_not_seen", "parameter", "under_five", "90"), days=5)
    approved(office, Setting("child_not_seen", "parameter", "under_five", ""), days=9)
    values = [[one.value for one in settings_in_force(today() + dt.timedelta(days=n))] for n in (2, 3, 5, 8, 9)]
    assert values == [[], ["122"], ["90"], ["90"], []]


@pytest.mark.parametrize(
    ("setting", "why", "days", "field"),
    [
        (Setting("child_not_seen", "parameter", "under_five", "many"), "Why.", 0, "value"),
        (Setting("child_not_seen", "parameter", "height", "4"), "Why.", 0, "value"),
        (Setting("child_not_seen", "level", "", "red"), "Why.", 0, "value"),
        (DAYS, "  ", 0, "why"),
        (DAYS, "Why.", -1, "from_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    office: Office, setting: Setting, why: str, days: int, field: str
) -> None:
    with pytest.raises(CannotChange) as refused:
        propose(setting, why=why, from_on=today() + dt.timedelta(days=days), by=office.user("gwen"), at=now())
    assert refused.value.field == field
    assert not Proposal.objects.exists()


def test_neither_proposal_nor_ruling_can_be_changed(office: Office) -> None:
    approved(office)
    for change in (
        lambda: Proposal.objects.update(value="1"),
        lambda: Ruling.objects.update(is_approved=False),
        lambda: Proposal.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def read(day: dt.date) -> None:
    children = Person.objects.filter(is_child=True).values_list("id", flat=True)
    signals.read_again(child_ids=list(children), today=day, at=now())


def test_live_reading_asks_as_the_rules_are_set(office: Office) -> None:
    for rule in ALL_RULES:
        approved(office, Setting(rule.signal, "level", "", "note"))
    import_files([FLETCHER], by=None, at=now())
    read(today())
    assert not Alert.objects.exists()
    assert any(circle.notes for circle in Circle.objects.all())


def test_an_approval_lets_the_sweep_of_its_day_read_every_living_circle(office: Office) -> None:
    import_files([FLETCHER], by=None, at=now())
    read(today())
    Circle.objects.update(next_check_on=None)
    approved(office, days=2)
    assert set(Circle.objects.values_list("next_check_on", flat=True)) == {today() + dt.timedelta(days=2)}


def test_pages_are_for_the_office_and_for_others_they_are_not_there(office: Office) -> None:
    proposal = proposed(office)
    pages = (
        "/tuning/",
        "/tuning/teams",
        "/tuning/rules/child_not_seen",
        "/tuning/rules/child_not_seen/parameter/under_five",
        "/tuning/rules/child_not_seen/level",
        f"/tuning/proposals/{proposal.pk}",
    )
    for role, username in everybody_by_role(office).items():
        for page in pages:
            allowed = role in {"partnership_administrator", "privacy_officer"}
            assert office.client(username).get(page).status_code == (200 if allowed else 404), (role, page)
    absent = office.client("ben").get("/tuning/rules/nothing")
    assert same_bytes(office.client("ben").get("/tuning/rules/child_not_seen"), absent)


def test_one_proposes_and_another_approves_in_the_pages(office: Office) -> None:
    gwen, hal = office.client("gwen"), office.client("hal")
    page = "/tuning/rules/child_not_seen/parameter/under_five"
    given = {"value": "0", "why": "Earlier.", "from_on": f"{today():%d/%m/%Y}"}
    assert b"whole number of days, 1 to 3650" in gwen.post(page, given).content
    assert gwen.post(page, {**given, "value": "122"}).status_code == 302
    proposal = Proposal.objects.get()
    address = f"/tuning/proposals/{proposal.pk}"
    assert b"you proposed it yourself" in gwen.post(address, {"approve": "yes", "words": "Yes."}).content
    assert hal.post(address, {"approve": "yes", "words": "Yes."}).status_code == 302
    told = hal.get("/tuning/rules/child_not_seen").content.decode()
    assert "183 days" in told
    assert "122 days" in told
    assert "Approved by Hal" in told
    assert "122 days" in office.client("ben").get("/rules/child_not_seen").content.decode()


def test_level_and_owner_are_chosen_from_what_there_is(office: Office) -> None:
    gwen = office.client("gwen")
    given = {"why": "Ours.", "from_on": f"{today():%d/%m/%Y}"}
    for sort, value, bad in (("level", "act", "red"), ("owner", "school", "parish")):
        page = f"/tuning/rules/child_not_seen/{sort}"
        assert gwen.post(page, {**given, "value": bad}).status_code == 200
        assert gwen.post(page, {**given, "value": value}).status_code == 302
    assert {(one.sort, one.value) for one in Proposal.objects.all()} == {("level", "act"), ("owner", "school")}


def test_the_number_of_queries_does_not_grow_with_what_waits(office: Office) -> None:
    gwen = office.client_kept("gwen")
    proposed(office)
    gwen.get("/tuning/")
    with CaptureQueriesContext(connection) as one:
        gwen.get("/tuning/")
    proposed(office, Setting("infant_sleep", "level", "", "act"))
    proposed(office, Setting("infant_sleep", "owner", "", "school"))
    with CaptureQueriesContext(connection) as three:
        gwen.get("/tuning/")
    assert len(three) == len(one)


def test_a_rules_page_says_how_often_it_spoke_without_small_numbers(office: Office) -> None:
    import_files([FLETCHER], by=None, at=now())
    read(today())
    signal = Alert.objects.order_by("id")[0].signal
    found = spoken(signal, since=dt.date(2000, 1, 1))
    assert found.asked >= 1
    assert in_words(Spoken(FEW - 1, 1, 0, 0)) == ("In the last year it was a reason to ask fewer than 5 times.",)
    assert in_words(Spoken(9, 6, 0, 2))[1] == "Acted on: 6. Put off: 0. No action: fewer than 5."
    assert "How often it spoke" in office.client("ben").get(f"/rules/{signal}").content.decode()


def test_every_team_sees_how_much_it_is_asked(office: Office) -> None:
    page = office.client("ben").get("/questions").content.decode()
    assert "The list is within what the team answers." in page
    assert "In the last four weeks" in page


def test_whoever_proposed_stays_on_record(office: Office) -> None:
    proposal = approved(office)
    assert isinstance(proposal.by, User)
    assert proposal.ruling.by == office.user("hal")


def test_the_office_sees_how_much_a_team_is_asked_and_of_no_one_question(office: Office) -> None:
    import_files([FLETCHER], by=None, at=now())
    read(today())
    Alert.objects.update(is_over=True)
    few, many, silent = (office.team(name) for name in ("ruth", "ben", "priya"))
    gwen = office.client_kept("gwen")
    assert gwen.get("/tuning/teams").content.decode().count("<td") == 0

    def ask(team: Team, number: int) -> None:
        record = AgencyRecord.objects.filter(person__is_child=True)[0]
        for _ in range(number):
            known = everything_known(record, team, office.user("ben"))
            a_row(Alert, record, known, "mark", state="waiting", is_over=False, team=team)

    ask(few, FEW - 1)
    ask(many, FEW)
    with CaptureQueriesContext(connection) as before:
        page = html.unescape(gwen.get("/tuning/teams").content.decode())
    assert f"{many.name}, {many.agency.name}" in page
    assert re.findall(r"numeric\">([^<]+)</td>", page) == ["–", "–", "0", "0", str(FEW), str(FEW)]
    assert [f"{team.name}, {team.agency.name}" in page for team in (few, silent)] == [False, False]
    assert "Fletcher" not in page
    ask(silent, FEW)
    with CaptureQueriesContext(connection) as after:
        assert gwen.get("/tuning/teams").content.decode().count("<td") == 12
    assert len(after) == len(before)


def test_no_number_that_the_office_is_told_of_a_team_is_small() -> None:
    load = Load(asked=FEW, answered=1, working_days=20, waiting=2, overdue=1, oldest_on=None)
    small = f"fewer than {FEW}"
    assert TeamLoad("Team", load, 3).figures() == ("0.2", "3", str(FEW), small, small, small)
    assert not TeamLoad("Team", load, 3).is_few
    assert TeamLoad("Team", replace(load, asked=FEW - 1), 1).is_few
    assert TeamLoad("Team", replace(load, asked=1, waiting=9), 1).figures() == ("–", "–", small, small, "9", small)
