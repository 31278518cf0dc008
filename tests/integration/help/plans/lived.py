"""A family with a plan, for the tests of plans, meetings and what comes after them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from onestory.help.plans.actions import Why, draft_plan, name_lead, open_plan
from onestory.help.plans.involving import say_of_relative
from onestory.help.plans.models import Plan, PlanAction, PlanOutcome
from onestory.help.plans.outcomes import Doing, Wanted, add_action, add_outcome
from onestory.platform.access.facts import TeamAnswers
from onestory.platform.access.keeping import keeping
from onestory.platform.access.settling import begin_ties
from onestory.platform.agencies.models import Membership, Team
from tests.integration.platform.notices.teams import AT, DAY, Place, place, team, works

WANTED = Wanted("safety", "Shouting at night", "Nights are quiet", "She sleeps through, told by her mother and school")


class Here:
    """A place with a social worker who leads, a manager, a health visitor and a school nurse who are relied on."""

    def __init__(self, at: dt.datetime = AT) -> None:
        self.at = at
        self.home: Place = place()
        self.nurses: Team = team("Harbour School Nursing", "school_nursing", "Nurses")
        self.amina: Membership = works("Amina Yusuf", self.home.duty, "social_worker")
        self.helen: Membership = works("Helen Ashworth", self.home.duty, "social_work_manager")
        self.ruth: Membership = works("Ruth Kendrick", self.home.school, "safeguarding_lead")
        self.wendy: Membership = works("Wendy Oyelaran", self.home.health, "health_visitor")
        self.nora: Membership = works("Nora Quist", self.nurses, "school_nurse")

    @property
    def child(self) -> Any:
        return self.home.child

    def works_with(self, *teams: Team, at: dt.datetime | None = None) -> None:
        """These teams answer for the child from now on."""
        at = at or self.at - DAY
        with keeping():
            facts = [TeamAnswers(since=at, team=str(one.id), person=str(self.child.person_id)) for one in teams]
            begin_ties(facts=facts, by=None, at=at)

    def drafted(self, **what: Any) -> Plan:
        given: dict[str, Any] = {
            "kind": "child_in_need",
            "children": [self.child.person_id],
            "reasons": [Why("Shouting at night", ("domestic_abuse_parent",))],
            "team": self.home.duty,
            "role": "social_worker",
            "by": self.amina.user,
            "at": self.at,
        } | what
        return draft_plan(**given)

    def as_lead(self, at: dt.datetime | None = None) -> dict[str, Any]:
        return {"team": self.home.duty, "by": self.amina.user, "at": at or self.at}

    def wants(self, plan: Plan, wanted: Wanted = WANTED, **what: Any) -> PlanOutcome:
        record = plan.children.get().record_id
        return add_outcome(plan.id, child=record, wanted=wanted, **self.as_lead() | what)

    def does(self, outcome: PlanOutcome, *, agreed: bool = True, **what: Any) -> PlanAction:
        given: dict[str, Any] = {
            "what": "Visit every week.",
            "owner_team": self.home.duty.id,
            "due_on": self.at.date() + 28 * DAY,
            "measure": "Four visits, the child seen alone.",
            "if_not": "A strategy discussion.",
        } | what
        return add_action(outcome.id, doing=Doing(**given), agreed=agreed, **self.as_lead())

    def answers_for_family(self, plan: Plan) -> None:
        """Every parent was invited and seen."""
        for one in plan.relatives.filter(how="unanswered"):
            say_of_relative(one.id, invited=True, seen_on=self.at.date(), words="Agrees.", **self.as_lead())

    def ready(self, **what: Any) -> Plan:
        """A plan that can be opened."""
        plan = self.drafted(**what)
        name_lead(plan.id, lead=self.amina.user, lead_team=self.home.duty, **self.as_lead())
        self.does(self.wants(plan))
        self.answers_for_family(plan)
        return plan

    def opened(self, at: dt.datetime | None = None, **what: Any) -> Plan:
        """An open plan."""
        return open_plan(self.ready(**what).id, **self.as_lead(at))
