"""A second plan for a family of the demonstration: tests required, contact going on, health left out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from onestory.help.closure import actions
from onestory.help.closure.answering import accept_task
from onestory.help.closure.completing import close
from onestory.help.closure.gate import Part, left
from onestory.help.closure.ground import ground_of
from onestory.help.closure.models import Closure
from onestory.help.plans.actions import Why, draft_plan, open_plan
from onestory.help.plans.involving import leave_out, say_of_relative
from onestory.help.plans.models import Plan
from onestory.help.plans.outcomes import Doing, Wanted, add_action, add_outcome, complete_action
from onestory.platform.access.auditing import record_access
from onestory.platform.access.keeping import keeping
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from tests.integration.web.partnership import child

TESTS = "Mother completes a set of drug tests."
CONTACT = "Contact with Father goes on."
HEALTH, NURSES = "Health Visiting East", "School Nursing"
A_DAY = dt.timedelta(days=1)
WHO_GOES_ON = {HEALTH: "Wendy Oyelaran", NURSES: "Tom Bellamy"}
REASONS = {
    Part.AGENCY: "Told by telephone.",
    Part.ACTION: "The laboratory lost them; the next worker asks again.",
    Part.RECEIVER: "Only to know.",
}
RECORD = {
    "summary": "Mother keeps what was agreed.",
    "parents_will": "Mother takes F to the clinic once a month.",
    "if_not": "Health visiting rings Family Support the same day.",
    "who_to_call": "Ben Carrick, Family Support",
    "would_reopen": "Contact with Father, or a month without being seen.",
}


def post_of(name: str) -> Membership:
    return Membership.objects.select_related("user", "team__agency").get(user__display_name=name)


def team_named(name: str) -> Team:
    return Team.objects.select_related("agency").get(name=name)


def second_plan(*names: str, without: tuple[str, ...] = (HEALTH,), days_ago: int = 30) -> Plan:
    """An open plan of Family Support for these children, led by Ben Carrick; health is left out of it."""
    ben, at = post_of("Ben Carrick"), timezone.now() - days_ago * A_DAY
    who: dict[str, Any] = {"team": ben.team, "by": ben.user, "at": at}
    with keeping():
        plan = draft_plan(
            kind="child_in_need",
            children=[child(one).pk for one in names],
            reasons=[Why(CONTACT, ("domestic_abuse_parent",))],
            role="social_worker",
            lead=ben.user,
            lead_team=ben.team,
            **who,
        )
        for one in plan.agencies.filter(team__name__in=without):
            leave_out(one.pk, reason="Not needed this time", **who)
        for one in plan.relatives.filter(is_parent=True):
            say_of_relative(one.pk, invited=True, seen_on=at.date(), **who)
        for number, one in enumerate(plan.children.order_by("label")):
            wanted = Wanted("safety", "Drugs at home.", "A home without drugs.", "Four tests in a row.")
            outcome = add_outcome(plan.id, child=one.record_id, wanted=wanted, **who)
            what = TESTS if number == 0 else "See what school notices."
            doing = Doing(what, ben.team_id, None, at.date() + 20 * A_DAY, "Four in a row.", "A conference is called.")
            action = add_action(outcome.id, doing=doing, agreed=True, **who)
        plan = open_plan(plan.id, **who)
        if len(names) > 1:
            later = who | {"at": at + dt.timedelta(minutes=1)}
            complete_action(action.id, evidence="School notices nothing new.", **later)
    return plan


def answered(plan: Plan, *, done: bool = True, days_ago: int = 0) -> Closure:
    """The plan's closure with everything answered, its record written, health visitor and school nurse to go on.

    ``done``: the tests too; otherwise a manager lets it stand that they were not.
    """
    ben, at = post_of("Ben Carrick"), timezone.now() - days_ago * A_DAY
    who: dict[str, Any] = {"post": ben, "by": ben.user, "at": at}
    today = timezone.localdate(at)
    with keeping():
        closure = actions.begin_closure(plan.id, **who)
        actions.write_record(closure.id, texts=RECORD, **who)
        until = today + 180 * A_DAY
        clinic = {"watches": "F is seen at the clinic and weighed", "every": "P1M", "until_on": until}
        actions.set_receiver(closure.id, team=team_named(HEALTH), **clinic, **who)
        school = {"watches": "The nurse sees Sibling 1 at school", "every": "P6W", "until_on": until}
        actions.set_receiver(closure.id, team=team_named(NURSES), **school, **who)
        actions.receive_all(closure.id, **who)
        said = {"words": "None since spring.", "source": "Police", "on": today}
        actions.answer_reason(closure.id, of=str(plan.reasons.get().id), met=True, **said, **who)
        for one in plan.actions.filter(state="required") if done else ():
            actions.answer_action(closure.id, of=str(one.id), **said, **who)
        for one in plan.children.select_related("record"):
            record_entry(
                agency=ben.team.agency_id,
                kind="visit",
                happened=day(today),
                about=(one.record_id,),
                seen=(one.record_id,),
                own={"outcome": "seen"},
                by=ben.user,
                at=at,
            )
            person = one.record.person_id
            record_access(act="look", what="chronology", people=[person], by=ben.user, at=at)
        actions.write_analysis(closure.id, words="The same as before the first plan.", **who)
        _let_the_rest_stand(closure, at)
    return closure


def _let_the_rest_stand(closure: Closure, at: dt.datetime) -> None:
    """An agency without a team in the program is told by a manager, who says so; so it is with tests not done."""
    for one in left(ground_of(closure, by=None, at=at), closing=False):
        if one.part in REASONS:
            let_stand(closure, one.part, one.of, at)


def let_stand(closure: Closure, part: Part, of: str, at: dt.datetime) -> None:
    """Helen Ashworth, the manager, says why the plan may end all the same."""
    helen = post_of("Helen Ashworth")
    actions.override(closure.id, part=part, of=of, reason=REASONS[part], post=helen, by=helen.user, at=at)


def sent(plan: Plan, *, done: bool = True, days_ago: int = 0) -> Closure:
    """The same, sent to all."""
    closure, ben = answered(plan, done=done, days_ago=days_ago), post_of("Ben Carrick")
    with keeping():
        return actions.send_record(closure.id, post=ben, by=ben.user, at=timezone.now() - days_ago * A_DAY)


def ended(plan: Plan, *, done: bool = True, days_ago: int = 0) -> Closure:
    """The same, with the plan at its end: health visitor and school nurse have accepted, the rest was let stand."""
    closure, at = sent(plan, done=done, days_ago=days_ago), timezone.now() - days_ago * A_DAY
    accepted_by_all(closure, days_ago=days_ago)
    with keeping():
        ben = post_of("Ben Carrick")
        return close(closure.id, post=ben, by=ben.user, at=at)


def accepted_by_all(closure: Closure, *, days_ago: int = 0) -> None:
    """Health visitor and school nurse accept; for the rest, who are only to know, the manager answers."""
    at = timezone.now() - days_ago * A_DAY
    with keeping():
        for receiver in closure.receivers.select_related("team"):
            who = WHO_GOES_ON.get(receiver.team.name)
            if who:
                post = post_of(who)
                accept_task(receiver.id, version=1, post=post, by=post.user, at=at)
            else:
                let_stand(closure, Part.RECEIVER, str(receiver.id), at)
