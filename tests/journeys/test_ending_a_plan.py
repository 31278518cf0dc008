"""Child F's two plans, to the second end: the gate names what the review found; health visitor and nurse answer."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import expect

from onestory.help.closure.gate import Part
from onestory.help.closure.models import Closure
from onestory.help.plans.models import Plan
from onestory.platform.access.keeping import keeping
from onestory.platform.ui.wording import day_words
from tests.integration.help.closure.demonstrated import (
    CONTACT,
    REASONS,
    TESTS,
    answered,
    ended,
    let_stand,
    second_plan,
)
from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

CHILDREN = ("F", "Sibling 1")
AT_MOST = 3
"""Clicks from My work to the answer."""
COUNT_CLICKS = """addEventListener("click", (one) => {
  if (one.isTrusted) sessionStorage.setItem("clicks", 1 + Number(sessionStorage.getItem("clicks")));
}, true)"""


def test_two_plans_are_lived_through_to_the_second_end(
    arrive: Callable[..., Visitor], page_of: Callable[[str], str]
) -> None:
    ben, helen, wendy, tom = arrive(), arrive(), arrive(), arrive()
    given_a_first_plan_that_was_let_end_with_the_tests_undone()
    given_somebody_is_signed_in(ben, "Ben Carrick")
    then_the_list_of_families_says(ben, "Child in need plan, closed on", days_ago=40)
    and_the_next_plan_begins_with_what_was_left_undone(ben, page_of("F"))

    plan = second_plan(*CHILDREN)
    when_he_asks_whether_the_plan_can_end(ben, plan)
    then_the_gate_names_the_tests_the_contact_and_health(ben)
    and_nothing_can_be_sent(ben)
    and_a_point_is_answered_on_a_page_of_its_own(ben)
    then_the_list_of_families_says(ben, "Child in need plan, closing since")

    closure = answered(plan)
    when_everything_is_answered_he_sends_the_record(ben, closure)
    for visitor, name, task in ((wendy, "Wendy Oyelaran", "clinic"), (tom, "Tom Bellamy", "at school")):
        given_somebody_is_signed_in(visitor, name)
        then_they_accept_their_task_within_three_clicks(visitor, name, task)
        then_the_list_of_families_says(visitor, "Child in need plan, closing since")
    given_somebody_is_signed_in(helen, "Helen Ashworth")
    when_the_manager_answers_for_those_who_have_not(helen, closure)
    and_the_plan_is_ended(ben, closure)
    for visitor in (ben, wendy, tom):
        then_the_list_of_families_says(visitor, "Child in need plan, closed on")


def given_a_first_plan_that_was_let_end_with_the_tests_undone() -> None:
    ended(second_plan(*CHILDREN, without=(), days_ago=130), done=False, days_ago=40)


def then_the_list_of_families_says(visitor: Visitor, words: str, *, days_ago: int = 0) -> None:
    visitor.follows("Families")
    on = timezone.localdate(timezone.now() - dt.timedelta(days=days_ago))
    of_f = visitor.page.get_by_role("rowheader", name="F", exact=True)
    row = visitor.page.get_by_role("row").filter(has=of_f).last
    expect(row).to_contain_text(f"{words} {day_words(on)}")


def and_the_next_plan_begins_with_what_was_left_undone(ben: Visitor, child: str) -> None:
    ben.goes_to(f"{child}/plans/new")
    ben.sees("Left undone before")
    ben.sees(re.compile(re.escape(TESTS)))


def when_he_asks_whether_the_plan_can_end(ben: Visitor, plan: Plan) -> None:
    ben.goes_to(f"/plans/{plan.id}")
    ben.follows("Can this plan end?")
    ben.sees_heading("Can this plan end?")
    ben.presses("Begin")
    ben.sees_heading("Can this plan end?")


def then_the_gate_names_the_tests_the_contact_and_health(ben: Visitor) -> None:
    ben.sees(TESTS)
    ben.sees("Required, and not recorded as done")
    ben.sees(CONTACT)
    ben.sees(re.compile("CNWL Health Visiting is not told: .*left out of the plan"))


def and_nothing_can_be_sent(ben: Visitor) -> None:
    assert ben.page.get_by_role("button", name="Send the record to all").count() == 0
    ben.sees(re.compile("The record can be sent once nothing else is open."))


def and_a_point_is_answered_on_a_page_of_its_own(ben: Visitor) -> None:
    ben.follows(re.compile(f"Answer.*{CONTACT}"))
    ben.presses("Save")
    ben.sees("Select whether this is met")
    ben.chooses("No")
    ben.writes("How do you know, or what is left", "He was seen with them in March.")
    ben.presses("Save")
    ben.sees("Not met: He was seen with them in March.")
    ben.follows("Write the record")
    ben.presses("Save")
    ben.follows("Add somebody who goes on")
    ben.presses("Save")
    ben.sees("Select a team")
    ben.follows("Back")


def when_everything_is_answered_he_sends_the_record(ben: Visitor, closure: Closure) -> None:
    ben.goes_to(f"/closures/{closure.id}/gate")
    ben.presses("Send the record to all")
    ben.sees("Waiting for those who go on")


def then_they_accept_their_task_within_three_clicks(visitor: Visitor, name: str, task: str) -> None:
    """As they do it: nothing is looked at in between but what they need. How long it took is told, not judged."""
    visitor.page.add_init_script(COUNT_CLICKS)
    visitor.goes_to("/")
    began = time.monotonic()
    item = visitor.page.get_by_role("listitem").filter(has_text="A child in need plan is to end")
    item.get_by_role("link", name="Something is handed over to you").click()
    visitor.sees(re.compile(f"{task}.*, once|{task}.*, every"))
    visitor.page.get_by_role("button", name="Accept", exact=True).click()
    visitor.sees("Accepted")
    clicks = int(visitor.page.evaluate('sessionStorage.getItem("clicks")'))
    print(f"{name} accepted in {clicks} clicks and {time.monotonic() - began:.1f} seconds")
    visitor.looks()
    assert 1 <= clicks <= AT_MOST
    assert visitor.page.get_by_role("button", name="Accept", exact=True).count() == 0


def when_the_manager_answers_for_those_who_have_not(helen: Visitor, closure: Closure) -> None:
    helen.goes_to(f"/closures/{closure.id}/gate")
    helen.follows(re.compile("End without this answer"))
    helen.presses("Let it stand")
    helen.sees("Enter why")
    helen.writes("Why may the plan end all the same?", REASONS[Part.RECEIVER])
    helen.presses("Let it stand")
    with keeping():
        done = closure.overrides.filter(part=Part.RECEIVER).values("of")
        for one in closure.receivers.filter(answer="waiting").exclude(id__in=[row["of"] for row in done]):
            let_stand(closure, Part.RECEIVER, str(one.id), timezone.now())
    helen.follows("My team")
    helen.follows("What was let stand when a plan ended")
    helen.sees(REASONS[Part.RECEIVER])
    helen.sees(REASONS[Part.ACTION])


def and_the_plan_is_ended(ben: Visitor, closure: Closure) -> None:
    ben.goes_to(f"/closures/{closure.id}/gate")
    ben.presses("End the plan")
    ben.sees("The plan has ended")
    ben.sees("Who goes on")
