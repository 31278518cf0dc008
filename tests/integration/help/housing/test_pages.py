"""Housing's pages: the home, the rule and who has taken over, and no more; as quick for three families as for one."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestory.help.housing.actions import record_home, record_move
from onestory.help.housing.models import Home
from onestory.platform.access.facts import NamedWorker
from onestory.platform.access.settling import begin_ties
from onestory.platform.agencies.models import Agency, Membership, Team
from onestory.platform.history.actions import record_entry, record_relationship
from onestory.platform.history.dates import day, parse_when
from onestory.platform.notices.models import Notice
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import AgencyRecord
from tests.integration.web.office import same_bytes
from tests.integration.web.partnership import signed_in

pytestmark = [pytest.mark.usefixtures("families", "as_keeper"), pytest.mark.django_db]
FAMILIES = ("wojcik",)
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
SINCE = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
FOR_THE_CHILD = "The baby sleeps on a sofa."
NEVER = {
    "words": "mark-visit-5581",
    "care": "mark-care-4471",
    "address": "mark-address-9902",
    "therapy": "mark-therapy-3307",
    "school": "mark-school-6120",
    "plan": "mark-plan-7716",
}
"""What other agencies wrote of the family, by what it is. Housing needs none of it."""


def post_of(username: str) -> Membership:
    return Membership.objects.select_related("team__agency", "user").get(user__username=username)


def by_joan() -> dict[str, Any]:
    joan = post_of("joan.housing")
    return {"team": joan.team, "by": joan.user, "at": NOW}


class Family:
    """A young mother with a baby, whom housing and health know; Joan is their named housing officer."""

    def __init__(self, name: str = "Quick") -> None:
        self.mother = self.person(f"Kayla {name}", "2007-05-01", is_child=False)
        self.baby = self.person(f"Rosie {name}", "2026-06-01", is_child=True)
        record_relationship(person=self.mother, relation="mother", of=self.baby, by=None, at=SINCE)
        for username in ("joan.housing", "wendy.visitor"):
            user = str(post_of(username).user_id)
            people = (str(one.person_id) for one in (self.mother, self.baby))
            facts = [NamedWorker(since=SINCE, user=user, person=one) for one in people]
            begin_ties(facts=facts, by=None, at=SINCE)

    def person(self, label: str, born: str, *, is_child: bool) -> AgencyRecord:
        anchor = add_person(is_child=is_child, by=None, at=SINCE)
        held = Agency.objects.filter(name__in=["Housing Options", "CNWL Health Visiting"]).order_by("name")
        return [
            add_agency_record(
                person_id=anchor.id, agency_id=one.id, label=label, born=parse_when(born), by=None, at=SINCE
            )
            for one in held
        ][-1]

    @property
    def page(self) -> str:
        return f"/children/{self.baby.person_id}/housing"

    def applied(self) -> Home:
        given: dict[str, Any] = {"sort": "applicant", "since_on": TODAY - dt.timedelta(days=60), "insecure": True}
        return record_home(self.mother, for_the_child=FOR_THE_CHILD, children=[self.baby], **given, **by_joan())

    def moved(self, *teams: Team) -> None:
        about, to = [self.mother, self.baby], {"outside": True, "area": "Lowmoor", "words": "Feeding is hard."}
        why = "" if teams else "It was in the night."
        record_move(about=about, on=TODAY, teams=teams, why_nobody=why, **to, **by_joan())

    def told_by_others(self) -> None:
        """Every other agency writes what it knows, restricted or not."""
        health = Agency.objects.get(name="CNWL Health Visiting")
        restricted = {"care": "care_history", "address": "address", "therapy": "adult_mental_health"}
        for what, mark in NEVER.items():
            record_entry(
                agency=health.id,
                kind={"plan": "plan", "words": "visit"}.get(what, "note"),
                happened=day(TODAY),
                about=(self.mother.id, self.baby.id),
                text=mark,
                restricted=restricted.get(what),
                own={"type": "child_in_need", "stage": "opened"} if what == "plan" else {},
                by=None,
                at=NOW,
            )


def shown(username: str, path: str) -> str:
    answer = signed_in(username).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_housing_sees_the_home_the_rule_the_children_and_who_has_taken_over() -> None:
    family = Family()
    family.applied()
    family.moved(Team.objects.get(name="Health Visiting East"))
    for path in ("/housing", family.page):
        page = shown("joan.housing", path)
        for words in (
            "Kayla Quick",
            "Rosie Quick",
            FOR_THE_CHILD,
            "A parent under 20 with a child under two, or expecting one, is housed first, and inside the area.",
            "nobody has acknowledged it yet",
        ):
            assert words in page


def test_housing_sees_no_more() -> None:
    family = Family()
    family.applied()
    family.told_by_others()
    for path in ("/housing", family.page, f"{family.page}/record", f"{family.page}/moved"):
        page = shown("joan.housing", path)
        assert [what for what, mark in NEVER.items() if mark in page] == []
        if not path.endswith("moved"):  # which asks who takes over, of all teams
            assert "CNWL" not in page


def test_to_whoever_has_no_part_in_it_a_family_is_as_one_that_is_not_there() -> None:
    family = Family()
    family.applied()
    for username in ("claire.school", "gwen.partnership"):
        reading = signed_in(username)
        for page in ("", "/record", "/moved"):
            hidden = reading.get(f"{family.page}{page}")
            absent = reading.get(f"/children/{uuid4()}/housing{page}")
            assert hidden.status_code == 404
            assert same_bytes(hidden, absent)
        assert reading.get("/housing").status_code == 404
    assert "Kayla Quick" not in shown("nadia.lead", "/housing")  # the list is for her role; this family is not hers


def test_what_is_missing_is_said_and_what_was_typed_stays() -> None:
    family, joan = Family(), signed_in("joan.housing")
    person = str(family.mother.person_id)
    typed = {"person": person, "sort": "applicant", "since_on": "1/9/2026", "for_the_child": ""}
    page = joan.post(f"{family.page}/record", typed).content.decode()
    assert "Enter what this home, or having none, means for the child" in page
    assert "1/9/2026" in page
    assert joan.post(f"{family.page}/record", typed | {"for_the_child": FOR_THE_CHILD}).status_code == 302
    assert Home.objects.get(record__person=family.mother.person_id).for_the_child == FOR_THE_CHILD
    moved = {"people": [person], "on": "1/9/2026", "where": "outside", "area": "Lowmoor", "words": "Feeding is hard."}
    page = joan.post(f"{family.page}/moved", moved).content.decode()
    assert "Select who takes over, or say why nobody can be told yet" in page
    assert "Feeding is hard." in page


def test_who_moved_earlier_is_handed_over_from_the_page() -> None:
    family, joan = Family(), signed_in("joan.housing")
    family.applied()
    family.moved()
    page = shown("joan.housing", family.page)
    assert "Moved, and handed over to nobody" in page
    address = page.split('href="')[1:]
    hand_over = next(one.split('"')[0] for one in address if "/hand-over" in one.split('"')[0])
    team = Team.objects.get(name="Health Visiting East")
    assert "Select who takes over" in joan.post(hand_over, {"words": "Soon."}).content.decode()
    assert joan.post(hand_over, {"teams": [str(team.id)], "words": "Feeding is hard."}).status_code == 302
    assert Notice.objects.get(kind="move").to_team == team


def queries_of(path: str) -> int:
    joan = signed_in("joan.housing")
    assert joan.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert joan.get(path).status_code == 200
    return len(asked)


def test_three_families_cost_as_many_queries_as_one() -> None:
    first, east = Family(), Team.objects.get(name="Health Visiting East")
    first.applied()
    first.moved(east)
    once = queries_of("/housing")
    for name in ("Second", "Third"):
        another = Family(name)
        another.applied()
        another.moved(east)
    assert queries_of("/housing") == once <= 60


def test_three_moves_cost_as_many_queries_as_one() -> None:
    family = Family()
    family.applied()
    family.moved()
    once = queries_of(family.page)
    for _ in range(2):
        family.moved()
    assert queries_of(family.page) == once <= 60
