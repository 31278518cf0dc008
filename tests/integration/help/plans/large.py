"""A family with as many children, plans and actions as one likes: for query counts and for the measurement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from onestory.help.closure.actions import begin_closure
from onestory.help.closure.models import Closure
from onestory.help.meetings.actions import call_meeting
from onestory.help.meetings.models import Meeting
from onestory.help.plans.actions import Why, close_plan, draft_plan, open_plan
from onestory.help.plans.involving import say_of_relative
from onestory.help.plans.models import Plan
from onestory.help.plans.outcomes import Doing, Wanted, add_action, add_outcome
from onestory.platform.access.facts import NamedWorker, TeamAnswers
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.settling import begin_ties
from onestory.platform.agencies.actions import add_member, ensure_agency, ensure_team
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.history.actions import record_entries, record_relationship
from onestory.platform.history.dates import day, parse_when
from onestory.platform.history.new_entry import NewEntry
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import AgencyRecord

DAY = dt.timedelta(days=1)
AGENCIES = (
    ("Large Social Care", "childrens_social_care", "Family Team"),
    ("Large School", "school", "Safeguarding"),
    ("Large Health Visiting", "health_visiting", "East"),
    ("Large School Nursing", "school_nursing", "Nurses"),
)
VISITS = 20
"""Entries about each child, so that what the pages read has something to pass over."""


@dataclass(frozen=True, slots=True)
class Large:
    """The family's last plan with its ending begun and meetings called, and who leads."""

    lead: Membership
    children: tuple[AgencyRecord, ...]
    plan: Plan
    closure: Closure
    meeting: Meeting

    @property
    def pages(self) -> dict[str, str]:
        """The pages that grow with it, by what they are."""
        return {
            "the plan": f"/plans/{self.plan.id}",
            "the closure gate": f"/closures/{self.closure.id}/gate",
            "the closure record": f"/closures/{self.closure.id}",
            "the meeting": f"/meetings/{self.meeting.id}",
            "the child's plans": f"/children/{self.children[0].person_id}/plans",
            "my work": "/",
            "families": "/families",
        }


def large_family(*, children: int, plans: int, actions: int, at: dt.datetime) -> Large:
    """Everything that is asked for, through the program's own actions. The last plan has all the actions."""
    with keeping():
        teams = _teams(at)
        lead = _lead(teams[0], at)
        records = _children(children, teams, lead, at)
        for number in range(plans - 1):
            before = at - (plans - number) * 60 * DAY
            earlier = _plan(records, lead, len(records), before)
            close_plan(plan=earlier, words="Ended.", by=lead.user, at=before + 30 * DAY)
        plan = _plan(records, lead, actions, at - 20 * DAY)
        who: dict[str, Any] = {"by": lead.user, "at": at}
        call: dict[str, Any] = {"kind": "cin_review", "team": teams[0], **who}
        meeting, *_ = [call_meeting(plan.id, meets_at=at + (5 + n) * DAY, **call) for n in range(plans)]
        closure = begin_closure(plan.id, post=lead, **who)
    return Large(lead, tuple(records), plan, closure, meeting)


def _teams(at: dt.datetime) -> list[Team]:
    who: dict[str, Any] = {"by": None, "at": at - 400 * DAY}
    return [
        ensure_team(
            agency=ensure_agency(name=name, sector=sector, area="Area", **who),
            name=team,
            answers_for_agency=True,
            **who,
        )
        for name, sector, team in AGENCIES
    ]


def _lead(team: Team, at: dt.datetime) -> Membership:
    user, _ = User.objects.get_or_create(username="large.lead", defaults={"display_name": "Lena Large"})
    since = (at - 400 * DAY).date()
    post: Membership = add_member(user=user, team=team, role="social_worker", since_on=since, by=None, at=at)
    return post


def _children(count: int, teams: list[Team], lead: Membership, at: dt.datetime) -> list[AgencyRecord]:
    """Children of one mother and one father, each with visits; every team answers for them."""
    before = at - 300 * DAY
    mother, father = (_person(f"{one} Large", False, teams[0], before) for one in ("Mother", "Father"))
    records = [_person(f"Child {number} Large", True, teams[0], before) for number in range(count)]
    for child in records:
        record_relationship(person=mother, relation="mother", of=child, by=None, at=before)
        record_relationship(person=father, relation="father", of=child, by=None, at=before)
    record_entries([_visit(child, n, before) for child in records for n in range(VISITS)], by=None, at=before)
    people = [str(one.person_id) for one in records]
    held = [NamedWorker(since=before, user=str(lead.user_id), person=one) for one in people]
    answering = [TeamAnswers(since=before, team=str(team.id), person=one) for team in teams for one in people]
    begin_ties(facts=[*held, *answering], by=None, at=before)
    return records


def _person(label: str, is_child: bool, team: Team, at: dt.datetime) -> AgencyRecord:
    anchor = add_person(is_child=is_child, by=None, at=at)
    return add_agency_record(
        person_id=anchor.id,
        agency_id=team.agency_id,
        label=label,
        born=parse_when("2018-05-01" if is_child else "1990-05-01"),
        by=None,
        at=at,
    )


def _visit(child: AgencyRecord, number: int, at: dt.datetime) -> NewEntry:
    on = day((at + number * DAY).date())
    return NewEntry(
        agency=child.agency_id,
        kind="visit",
        happened=on,
        known=on,
        about=(child.id,),
        seen=(child.id,),
        own={"outcome": "seen"},
        text=f"Visit {number}.",
    )


def _plan(children: list[AgencyRecord], lead: Membership, actions: int, at: dt.datetime) -> Plan:
    here: dict[str, Any] = {"team": lead.team, "by": lead.user, "at": at}
    plan = draft_plan(
        kind="child_in_need",
        children=[one.person_id for one in children],
        reasons=[Why("Shouting at night", ("domestic_abuse_parent",))],
        role="social_worker",
        lead=lead.user,
        lead_team=lead.team,
        **here,
    )
    for one in plan.relatives.all():
        say_of_relative(one.id, invited=True, seen_on=at.date(), words="Agrees.", **here)
    wanted = Wanted("safety", "Shouting at night", "Quiet nights", "She sleeps through")
    outcomes = [add_outcome(plan.id, child=one.record_id, wanted=wanted, **here) for one in plan.children.all()]
    for number in range(actions):
        due = at.date() + (10 + number) * DAY
        doing = Doing(f"Visit {number}.", lead.team_id, None, due, "Made.", "A strategy discussion.")
        add_action(outcomes[number % len(outcomes)].id, doing=doing, agreed=True, **here)
    return open_plan(plan.id, **here)
