"""A child is given to a worker, access follows, the history stays; supervision stays with its agency."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from onestory.oversee.supervision.actions import allocate, end_allocation, record_supervision
from onestory.oversee.supervision.models import Allocation, Supervision
from onestory.oversee.supervision.policies import CannotKeep, manages
from onestory.oversee.supervision.queries import supervision_of, workers_of
from onestory.platform.access.actions import break_glass
from onestory.platform.access.facts import NamedWorker
from onestory.platform.access.keeping import keeping
from onestory.platform.access.settling import begin_ties
from onestory.platform.access.ties import Tie
from onestory.platform.agencies.models import Membership
from onestory.platform.history.models import Entry
from onestory.platform.notices.queries import inbox
from onestory.platform.scrutiny.models import Why
from onestory.platform.scrutiny.queries import looked_into
from tests.integration.platform.notices.teams import AT, DAY, HOUR, Place, place, reads, works

pytestmark = pytest.mark.django_db


class Here:
    """A child, a manager, two workers of her team, and a school."""

    def __init__(self) -> None:
        self.home: Place = place()
        self.helen: Membership = works("Helen Ashworth", self.home.duty, "social_work_manager")
        self.ben: Membership = works("Ben Carrick", self.home.duty, "social_worker")
        self.carla: Membership = works("Carla Dunn", self.home.duty, "social_worker")
        self.ruth: Membership = works("Ruth Kendrick", self.home.school, "safeguarding_lead")

    def given(self, to: Membership, hours: int = 0, **more: Any) -> Allocation:
        what: dict[str, Any] = {"team": self.home.duty, "why": "", "by": self.helen.user, "at": AT + hours * HOUR}
        return allocate(self.home.child, worker=to.user, **(what | more))


def open_ties() -> set[tuple[str, str]]:
    rows = Tie.objects.filter(until_at=None).exclude(because="known")
    return {
        (one.user.display_name if one.user else one.team.name if one.team else "", one.because)
        for one in rows.select_related("user", "team")
    }


def test_giving_a_child_to_a_worker_lets_them_the_team_and_the_manager_see_it() -> None:
    here = Here()
    here.given(here.ben)
    assert open_ties() == {("Ben Carrick", "named"), ("Helen Ashworth", "manages"), ("Duty team", "duty")}
    told = inbox(reads(here.ben)).get()
    assert (told.for_user, told.words) == (
        here.ben.user,
        "Ben Carrick is the named worker, Duty team, Children's Social Care.",
    )
    with keeping():
        assert Entry.objects.get().kind == "note"


def test_another_worker_ends_the_first_ones_access_and_keeps_the_history() -> None:
    here = Here()
    here.given(here.ben)
    here.given(here.carla, hours=1, why="Ben has left.")
    assert open_ties() == {("Carla Dunn", "named"), ("Helen Ashworth", "manages"), ("Duty team", "duty")}
    rows = list(workers_of(reads(here.helen, AT + 2 * HOUR), here.home.child.person_id))
    assert [(one.worker.display_name, one.until_at) for one in rows] == [
        ("Carla Dunn", None),
        ("Ben Carrick", AT + HOUR),
    ]


def test_giving_it_to_the_same_worker_again_changes_nothing() -> None:
    here = Here()
    assert here.given(here.ben) == here.given(here.ben, hours=1)


def test_somebody_who_covers_sees_the_child_beside_the_worker_until_it_ends() -> None:
    here = Here()
    here.given(here.ben)
    cover = here.given(here.carla, sort="cover", hours=1)
    assert ("Carla Dunn", "named") in open_ties()
    with pytest.raises(CannotKeep, match="why it ends"):
        end_allocation(cover.id, why=" ", by=here.helen.user, at=AT + DAY)
    end_allocation(cover.id, why="Ben is back.", by=here.helen.user, at=AT + DAY)
    assert {name for name, because in open_ties() if because == "named"} == {"Ben Carrick"}


def test_a_child_is_given_to_somebody_who_works_in_the_team() -> None:
    here = Here()
    with pytest.raises(CannotKeep, match="works in Duty team"):
        here.given(here.ruth)
    with keeping():
        assert not Allocation.objects.exists()


def test_nobody_opens_a_record_to_themselves_by_taking_the_child() -> None:
    here = Here()
    with pytest.raises(CannotKeep, match="not open to you"):
        here.given(here.helen)
    assert open_ties() == set()
    here.given(here.ben)
    here.given(here.helen, hours=1, sort="cover", why="Ben is away.")
    assert ("Helen Ashworth", "named") in open_ties()


def test_who_gives_a_child_whose_record_is_not_open_to_them_is_looked_into() -> None:
    here = Here()
    here.given(here.ben)
    here.given(here.carla, hours=1)  # by then the team has the child
    with keeping():
        [stretch] = looked_into(Why.UNEXPLAINED, AT + DAY)
    assert [(one.what, one.actor, one.people, one.role) for one in stretch.accesses] == [
        ("given without a tie", here.helen.user, [here.home.child.person_id], "social_work_manager")
    ]


def test_break_glass_does_not_become_a_tie_that_lasts() -> None:
    here = Here()
    person, why = here.home.child.person_id, "The child may be in danger tonight"
    break_glass(person, role=here.helen.role, reason=why, scope="Who is involved", by=here.helen.user, at=AT)
    with pytest.raises(CannotKeep, match="not open to you"):
        here.given(here.helen)


def test_an_allocation_is_never_rewritten() -> None:
    here = Here()
    one = here.given(here.ben)
    with pytest.raises(DatabaseError), transaction.atomic(), keeping():
        Allocation.objects.filter(id=one.id).update(why="Another reason")


def test_supervision_stands_with_its_decision_in_the_chronology_and_its_reflection_within_the_agency() -> None:
    here = Here()
    here.given(here.ben)
    said = record_supervision(
        here.home.child,
        team=here.home.duty,
        held_on=AT.date(),
        reflection="We believe the grandmother, and nobody has asked what she sees.",
        decision="Ben visits the grandmother within a week.",
        next_on=(AT + 14 * DAY).date(),
        by=here.helen.user,
        at=AT + HOUR,
    )
    begin_ties(
        facts=[NamedWorker(since=AT, user=str(here.ruth.user_id), person=str(here.home.child.person_id))],
        by=None,
        at=AT,
    )
    later, person = AT + 2 * HOUR, here.home.child.person_id
    assert [supervision_of(reads(post, later), person).count() for post in (here.helen, here.ben, here.ruth)] == [
        1,
        1,
        0,
    ]
    with transaction.atomic():
        reads(here.ruth, later)  # the child's named worker elsewhere: the database itself shows nothing
        assert not Supervision.objects.exists()
        assert Entry.objects.filter(id=said.entry_id).exists()
    assert said.worker == here.ben.user


@pytest.mark.parametrize(
    ("what", "field"),
    [({"reflection": " "}, "reflection"), ({"decision": ""}, "decision"), ({"held_on": (AT + DAY).date()}, "held_on")],
)
def test_supervision_thinks_decides_and_has_been_held(what: dict[str, Any], field: str) -> None:
    here = Here()
    given: dict[str, Any] = {"held_on": AT.date(), "reflection": "Thought.", "decision": "Decided."} | what
    with pytest.raises(CannotKeep) as problem:
        record_supervision(here.home.child, team=here.home.duty, **given, by=here.helen.user, at=AT)
    assert problem.value.field == field


def test_who_manages_follows_from_the_role_and_the_sector() -> None:
    here = Here()
    assert [manages(one) for one in (here.helen, here.ben, here.ruth)] == [True, False, True]
