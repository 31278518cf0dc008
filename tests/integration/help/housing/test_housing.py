"""A young mother is housed first by the rule; a move hands the family over until it is taken over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from onestory.help.housing.actions import hand_over_move, record_home, record_move
from onestory.help.housing.models import Home
from onestory.help.housing.policies import CannotKeep
from onestory.help.housing.queries import homes_of_team
from onestory.oversee.signals.rules.young_parent_housing import RULE
from onestory.platform.access.facts import NamedWorker
from onestory.platform.access.keeping import keeping
from onestory.platform.access.settling import begin_ties
from onestory.platform.access.ties import Tie
from onestory.platform.agencies.actions import ensure_agency, ensure_team
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.actions import record_entry, record_relationship
from onestory.platform.history.dates import day, parse_when
from onestory.platform.history.loading import load_history
from onestory.platform.history.models import Entry
from onestory.platform.history.story import build_story
from onestory.platform.notices.actions import acknowledge_notice, deliver_notice
from onestory.platform.notices.models import Notice
from onestory.platform.notices.queries import inbox
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import AgencyRecord
from tests.integration.platform.notices.teams import AT, DAY, HOUR, reads, team, works

pytestmark = pytest.mark.django_db
CARE = "mark-care-4471"
ADDRESS = "mark-address-9902"


class Here:
    """A mother of nineteen with a baby, a housing team, a health visitor who knows them and one of another area."""

    def __init__(self) -> None:
        self.housing: Team = team("Housing Options", "housing", "Housing Options")
        self.near: Team = team("Harbour Health", "health_visiting", "East")
        far = ensure_agency(name="Lowmoor Health", sector="health_visiting", area="Lowmoor", by=None, at=AT)
        self.far: Team = ensure_team(agency=far, name="Lowmoor visitors", answers_for_agency=True, by=None, at=AT)
        self.joan: Membership = works("Joan Fairley", self.housing, "housing")
        self.wendy: Membership = works("Wendy Oyelaran", self.near, "health_visitor")
        self.petra: Membership = works("Petra Hale", self.far, "health_visitor")
        with keeping():
            self.mother = self.person("Kayla", "2007-03-01", is_child=False)
            self.baby = self.person("Rosie", "2026-06-01", is_child=True)
            record_relationship(person=self.mother, relation="mother", of=self.baby, by=None, at=AT)
            self.tie(self.wendy)

    def person(self, label: str, born: str, *, is_child: bool) -> AgencyRecord:
        anchor = add_person(is_child=is_child, by=None, at=AT)
        records = [
            add_agency_record(person_id=anchor.id, agency_id=held, label=label, born=parse_when(born), by=None, at=AT)
            for held in (self.near.agency_id, self.housing.agency_id)
        ]
        return records[-1]

    def tie(self, post: Membership) -> None:
        people = [str(one.person_id) for one in (self.mother, self.baby)]
        facts = [NamedWorker(since=AT, user=str(post.user_id), person=one) for one in people]
        begin_ties(facts=facts, by=None, at=AT)

    def by(self, hours: int = 0) -> dict[str, Any]:
        return {"team": self.housing, "by": self.joan.user, "at": AT + hours * HOUR}

    def applied(self, **more: Any) -> Home:
        given: dict[str, Any] = {
            "sort": "applicant",
            "since_on": dt.date(2026, 9, 1),
            "for_the_child": "The baby sleeps on a sofa.",
            "insecure": True,
            "children": [self.baby],
        }
        return record_home(self.mother, **(given | self.by() | more))

    def moved(self, *teams: Team, hours: int = 1, **more: Any) -> Entry:
        given: dict[str, Any] = {
            "about": [self.mother, self.baby],
            "on": AT.date(),
            "outside": True,
            "area": "Lowmoor",
            "words": "",
            "teams": list(teams),
            "why_nobody": "" if teams else "It was in the night.",
        }
        return record_move(**(given | self.by(hours) | more))


def patterns(here: Here) -> set[str]:
    """What the rule on young parents' housing sees in the baby's story."""
    with keeping():
        history = load_history([here.baby.person_id])
    found = RULE.evaluate(build_story(history, str(here.baby.person_id), AT.date()), AT.date())
    return {one.key.split(":")[0] for one in found.findings}


def test_housing_finds_the_young_mother_first_and_says_by_which_rule() -> None:
    here = Here()
    here.applied()
    with keeping():
        older = here.person("Ann", "1990-01-01", is_child=False)
    record_home(
        older,
        sort="applicant",
        since_on=dt.date(2025, 1, 1),
        for_the_child="No child.",
        insecure=False,
        **here.by(),
    )
    first, second = homes_of_team(reads(here.joan, AT + HOUR), AT.date())
    assert (first.record.label, [one.code for one in first.rules]) == ("Kayla", ["young_parent_with_baby"])
    assert [one.label for one in first.children] == ["Rosie"]
    assert (second.record.label, second.rules) == ("Ann", ())


def test_a_tenancy_takes_the_place_of_the_application() -> None:
    here = Here()
    here.applied()
    here.applied(sort="tenant", since_on=AT.date(), insecure=False)
    (one,) = homes_of_team(reads(here.joan, AT + HOUR), AT.date())
    assert one.home.sort == "tenant"
    with keeping():
        assert Home.objects.count() == 2


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"for_the_child": " "}, "for_the_child"),
        ({"sort": "guest"}, "sort"),
        ({"since_on": (AT + DAY).date()}, "since_on"),
    ],
)
def test_an_application_says_what_it_means_for_the_child(what: dict[str, Any], field: str) -> None:
    here = Here()
    with pytest.raises(CannotKeep) as problem:
        here.applied(**what)
    assert problem.value.field == field


@pytest.mark.parametrize(
    ("what", "field"),
    [({"area": ""}, "area"), ({"why_nobody": " "}, "teams"), ({"on": (AT + DAY).date()}, "on")],
)
def test_a_move_says_where_to_and_who_takes_over_or_why_nobody(what: dict[str, Any], field: str) -> None:
    here = Here()
    with pytest.raises(CannotKeep) as problem:
        here.moved(**what)
    assert problem.value.field == field


def test_the_rules_speak_of_a_move_out_of_the_area_until_the_receiving_team_has_taken_over() -> None:
    here = Here()
    here.applied()
    assert patterns(here) == {"home"}
    move = here.moved()
    assert patterns(here) == {"home", "away"}
    hand_over_move(move, about=[here.mother, here.baby], teams=[here.far], words="Feeding.", **here.by(2))
    assert "away" in patterns(here)  # sent is not taken over
    notice = inbox(reads(here.petra, AT + 3 * HOUR)).get()
    assert notice.kind == "move"
    with keeping():
        deliver_notice(notice.id, by=None, at=AT + 3 * HOUR)
    acknowledge_notice(notice.id, by=here.petra.user, at=AT + 3 * HOUR)
    assert patterns(here) == {"home"}
    with keeping():
        assert list(Commitment.objects.filter(sort="hand_over").values_list("state", flat=True)) == ["kept"]


def test_the_receiving_team_answers_for_the_family_from_then_on_and_nobody_loses_it() -> None:
    here = Here()
    here.moved(here.far)
    ties = Tie.objects.filter(team=here.far, until_at=None, because="duty")
    assert set(ties.values_list("person", flat=True)) == {here.mother.person_id, here.baby.person_id}
    assert Tie.objects.filter(user=here.wendy.user, until_at=None).count() == 2
    (one,) = homes_of_team(reads(here.joan, AT + 2 * HOUR), AT.date()) or [None]
    assert one is None or one.home.placed == "outside"


def test_each_receiving_team_has_it_in_its_own_inbox_and_its_agency_owes_an_answer() -> None:
    here = Here()
    here.moved(here.far, here.near)
    assert [inbox(reads(post, AT + 2 * HOUR)).count() for post in (here.petra, here.wendy)] == [1, 1]
    with keeping():
        assert sorted(Commitment.objects.values_list("owner_agency__name", flat=True)) == [
            "Harbour Health",
            "Lowmoor Health",
        ]
        assert Notice.objects.filter(kind="move").count() == 2


def test_housing_never_sees_care_history_nor_an_address_of_others_and_whoever_may_sees_the_care() -> None:
    here = Here()
    here.applied()
    with keeping():
        for kind, text, restricted, factors in (
            ("note", CARE, "care_history", frozenset({"care_experienced_parent"})),
            ("note", ADDRESS, "address", frozenset()),
        ):
            record_entry(
                agency=here.near.agency_id,
                kind=kind,
                happened=day(AT.date()),
                about=(here.mother.id, here.baby.id),
                text=text,
                restricted=restricted,
                factors=factors,
                by=None,
                at=AT,
            )
        here.tie(here.joan)  # even as somebody's named worker
    (seen,) = homes_of_team(reads(here.joan, AT + HOUR), AT.date())
    assert not seen.care_experienced
    (own,) = homes_of_team(reads(here.wendy, AT + HOUR), AT.date())
    assert own.care_experienced  # her own agency's record of it


def test_the_database_itself_shows_a_home_to_its_team_and_to_whoever_works_with_the_person_alone() -> None:
    here = Here()
    here.applied()
    stranger = works("Claire Pemberton", team("Other School", "school", "Safeguarding"), "safeguarding_lead")
    counts = []
    for post in (here.joan, here.wendy, stranger):
        with transaction.atomic():
            reads(post, AT + HOUR)
            counts.append(Home.objects.count())
    assert counts == [1, 1, 0]
