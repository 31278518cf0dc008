"""A second plan that is about to end, as Child F's was: tests not done, contact going on, health not in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from onestory.help.closure.actions import (
    answer_action,
    answer_reason,
    begin_closure,
    override,
    send_record,
    set_receiver,
    write_analysis,
    write_record,
)
from onestory.help.closure.answering import accept_task
from onestory.help.closure.models import Closure, ClosureReceiver
from onestory.help.plans.actions import Why, draft_plan, open_plan
from onestory.help.plans.involving import leave_out, say_of_relative
from onestory.help.plans.models import Plan, PlanAction
from onestory.help.plans.outcomes import Doing, Wanted, add_action, add_outcome
from onestory.platform.access.auditing import record_access
from onestory.platform.access.keeping import keeping
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.people.actions import record_of
from onestory.platform.people.models import AgencyRecord
from tests.integration.platform.history.families import family
from tests.integration.platform.notices.teams import AT, DAY, team, works

TESTS = "Mother completes a set of drug tests."
CONTACT = "Mother’s contact with Father goes on."
RECORD = {
    "summary": "Mother keeps what was agreed.",
    "parents_will": "Mother takes F to the clinic once a month, and rings the police if Father comes.",
    "if_not": "Health visiting rings the family’s social worker the same day.",
    "who_to_call": "Ben Carrick, Family Support, or the front door.",
    "would_reopen": "Contact with Father, or F not seen for a month.",
}


class Second:
    """Who works here, the family, and the plan."""

    def __init__(self) -> None:
        self.social = team("Children's Social Care", "childrens_social_care", "Family Support")
        self.school = team("Harbour School", "school", "Safeguarding")
        self.visiting = team("Harbour Health Visiting", "health_visiting", "East")
        self.nursing = team("Harbour School Nursing", "school_nursing", "School Nursing")
        self.ben = works("Ben Carrick", self.social, "social_worker")
        self.helen = works("Helen Ashworth", self.social, "social_work_manager")
        self.ruth = works("Ruth Kendrick", self.school, "safeguarding_lead")
        self.wendy = works("Wendy Oyelaran", self.visiting, "health_visitor")
        self.tom = works("Tom Bellamy", self.nursing, "school_nurse")
        made = family("F")
        self.child: AgencyRecord = made.child
        self.plan = self._plan()

    def _plan(self) -> Plan:
        """The second plan. The first one, and what was promised at its end, is in the chronology alone."""
        self.record("plan", type="child_in_need", stage="opened", agencies=self.agencies(self.visiting, self.school))
        self.record("plan", type="child_in_need", stage="closed", agencies=self.agencies(self.visiting, self.school))
        plan = draft_plan(
            kind="child_in_need",
            children=[self.child.person_id],
            reasons=[Why(CONTACT, ("domestic_abuse_parent",))],
            team=self.social,
            role="social_worker",
            lead=self.ben.user,
            lead_team=self.social,
            by=self.ben.user,
            at=AT - 90 * DAY,
        )
        here: dict[str, Any] = {"team": self.social, "by": self.ben.user, "at": AT - 90 * DAY}
        for one in plan.agencies.filter(agency=self.visiting.agency_id):
            leave_out(one.pk, reason="Not needed now", **here)
        for one in plan.relatives.all():
            say_of_relative(one.pk, invited=True, seen_on=(AT - 90 * DAY).date(), **here)
        wanted = Wanted("safety", "Drugs at home.", "Mother is clean.", "Four tests in a row.")
        outcome = add_outcome(plan.id, child=plan.children.get().record_id, wanted=wanted, **here)
        doing = Doing(
            TESTS, self.social.id, None, AT.date() - 10 * DAY, "Four tests in a row", "A conference is called"
        )
        add_action(outcome.id, doing=doing, agreed=True, **here)
        return open_plan(plan.id, **here)

    def agencies(self, *teams: Team) -> tuple[str, ...]:
        return tuple(str(one.agency_id) for one in teams)

    def record(self, kind: str, *, by: Team | None = None, on: dt.date | None = None, **own: Any) -> Any:
        """An entry about the child, by social care unless another team is named."""
        seen = own.pop("seen", ())
        held = by or self.social
        return record_entry(
            agency=held.agency_id,
            kind=kind,
            happened=day(on or (AT - 120 * DAY).date()),
            about=(self.child.id,),
            seen=seen,
            own=own,
            by=None,
            at=AT,
        )

    @property
    def action(self) -> PlanAction:
        with keeping():
            return PlanAction.objects.get(plan=self.plan)

    # Steps towards the end.

    def begun(self) -> Closure:
        return begin_closure(self.plan.id, post=self.ben, by=self.ben.user, at=AT)

    def does(self, act: Any, *given: Any, post: Membership | None = None, **what: Any) -> Any:
        """Do it in somebody's post, the lead's unless another is named."""
        post = post or self.ben
        return act(*given, **what, post=post, by=post.user, at=what.pop("at", AT) if "at" in what else AT)

    def seen(self, on: dt.date | None = None) -> None:
        self.record("visit", by=self.social, on=on or (AT - DAY).date(), outcome="seen", seen=(self.child.id,))

    def opens_chronology(self, post: Membership | None = None) -> None:
        with keeping():
            record_access(
                act="look",
                what="chronology:table",
                people=[self.child.person_id],
                by=(post or self.ben).user,
                at=AT,
            )

    def written(self, *, receivers: bool = True) -> Closure:
        """A closure with its record; who receives it as at the first closure: the clinic once a month."""
        closure = self.begun()
        self.does(write_record, closure.id, texts=RECORD)
        if receivers:
            self.receives(closure, self.visiting, "F is seen at the clinic, and weighed", "P1M")
            self.receives(closure, self.nursing)
        return Closure.objects.get(id=closure.id)

    def receives(self, closure: Closure, to: Team, watches: str = "", every: str = "") -> ClosureReceiver:
        until = AT.date() + 180 * DAY if watches else None
        found: ClosureReceiver = self.does(
            set_receiver, closure.id, team=to, watches=watches, every=every, until_on=until
        )
        return found

    def answered(self, *besides: str) -> Closure:
        """A closure with everything answered but what is named: reason, action, child, chronology."""
        closure = self.written()
        if "reason" not in besides:
            reason = str(self.plan.reasons.get().id)
            on = AT.date() - 2 * DAY
            said = {"met": True, "words": "None since spring.", "source": "Police", "on": on}
            self.does(answer_reason, closure.id, of=reason, **said)
        if "action" not in besides:
            told = {"words": "Four of four, negative.", "source": "Laboratory", "on": AT.date() - 3 * DAY}
            self.does(answer_action, closure.id, of=str(self.action.id), **told)
        if "child" not in besides:
            self.seen()
        if "chronology" not in besides:
            self.opens_chronology()
            self.does(write_analysis, closure.id, words="The same as before the first plan ended.")
        return Closure.objects.get(id=closure.id)

    def sent(self) -> Closure:
        closure = self.answered()
        self.does(send_record, closure.id)
        return Closure.objects.get(id=closure.id)

    def receiver(self, closure: Closure, to: Team) -> ClosureReceiver:
        return ClosureReceiver.objects.get(closure=closure, team=to)

    def accepts(self, closure: Closure, post: Membership) -> ClosureReceiver:
        mine = self.receiver(closure, post.team)
        version = Closure.objects.values_list("version", flat=True).get(id=closure.id)
        found: ClosureReceiver = self.does(accept_task, mine.id, version=version, post=post)
        return found

    def all_accept(self, closure: Closure) -> None:
        for one in closure.receivers.select_related("team"):
            post = Membership.objects.filter(team=one.team).select_related("team__agency", "user").first()
            assert post
            self.accepts(closure, post)

    def overrides(self, closure: Closure, part: str, of: str = "", reason: str = "I answer for it.") -> Any:
        return self.does(override, closure.id, part=part, of=of, reason=reason, post=self.helen)


def record_at(agency: Team, person: AgencyRecord) -> AgencyRecord:
    return record_of(person_id=person.person_id, agency_id=agency.agency_id, by=None, at=AT)
