"""A plan is drawn up, opened, changed by a member and reviewed; a second one begins with what the first left undone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from django.utils import timezone

from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.visitor import Visitor

LEAD = "Ben Carrick, Family Support, Children's Social Care"


def typed(days: int) -> str:
    day = timezone.localdate() + dt.timedelta(days=days)
    return f"{day.day}/{day.month}/{day.year}"


def test_a_plan_is_lived_through_from_its_drawing_up_to_its_review(arrive: Callable[..., Visitor]) -> None:
    ben, wendy = arrive(), arrive()
    given_somebody_is_signed_in(ben, "Ben Carrick")
    when_he_draws_up_a_plan_for_lily(ben)
    and_names_himself_as_lead(ben)
    and_writes_what_is_wanted(ben)
    then_an_action_without_a_measure_is_not_agreed(ben)
    when_he_says_how_they_will_know(ben)
    and_answers_for_both_parents(ben)
    and_opens_it(ben)
    given_somebody_is_signed_in(wendy, "Wendy Oyelaran")
    when_the_health_visitor_proposes_a_change(wendy)
    and_he_accepts_it(ben)
    and_calls_the_review(ben)
    then_a_review_without_the_familys_experience_is_not_saved(ben)
    when_he_writes_what_they_say(ben)
    then_the_health_visitor_acknowledges_the_minutes(wendy)
    and_a_second_plan_begins_with_what_is_left_undone(ben)


def when_he_draws_up_a_plan_for_lily(ben: Visitor) -> None:
    ben.follows("Families")
    ben.follows("Lily")
    ben.follows("Plans")
    ben.presses("Draw up a plan")
    ben.sees("Every agency that was in an earlier plan")
    ben.chooses("Child in need plan")
    ben.writes("Why is it needed?", "Shouting at night\nMissed drug tests")
    ben.presses("Draw it up")
    ben.sees_heading("Child in need plan")
    ben.sees("Health Visiting East, CNWL Health Visiting")


def and_names_himself_as_lead(ben: Visitor) -> None:
    ben.sees("Before it can open: Name the lead professional first")
    ben.follows("Name the lead professional")
    ben.page.get_by_label("Who is the lead professional?", exact=True).select_option(label=LEAD)
    ben.presses("Name them")


def and_writes_what_is_wanted(ben: Visitor) -> None:
    ben.presses("Add an outcome")
    ben.page.get_by_label("Which part of the child’s life?", exact=True).select_option(value="safety")
    ben.writes("What is the worry?", "Her father comes at night, and she is frightened")
    ben.writes("What is wanted for the child?", "Nights are quiet")
    ben.writes("How will we know?", "She sleeps through, told by her mother and her nursery")
    ben.presses("Save")
    ben.sees("Nobody does anything for this yet.")


def then_an_action_without_a_measure_is_not_agreed(ben: Visitor) -> None:
    ben.follows("Add an action")
    ben.writes("What is to be done?", "Hair strand test every month")
    ben.page.get_by_label("Who does it?", exact=True).select_option(label="Health Visiting East, CNWL Health Visiting")
    ben.writes("By when?", typed(28))
    ben.chooses("Yes, agreed")
    ben.presses("Save")
    ben.sees("There is a problem")
    ben.sees("Enter how you will know that it worked. Without it this can only be a draft.")


def when_he_says_how_they_will_know(ben: Visitor) -> None:
    ben.writes("How will we know that it worked?", "Three results on file, all clear")
    ben.writes("What happens if the risk does not fall?", "A strategy discussion within a week")
    ben.presses("Save")
    ben.sees("Hair strand test every month")
    ben.sees("If the risk does not fall: A strategy discussion within a week")


def and_answers_for_both_parents(ben: Visitor) -> None:
    ben.sees(re.compile("Say whether you invited, or why not"))
    ben.follows(re.compile("Answer.*Mason's mother"))
    ben.chooses("Yes")
    ben.writes("When were they last seen about this plan?", typed(0))
    ben.writes("What do they say, in their own words?", "I want the nights to be quiet too.")
    ben.presses("Save")
    ben.follows(re.compile("Answer.*Lily's father"))
    ben.chooses("No")
    ben.writes("If not: why?", "A court order keeps him away. He is written to through probation.")
    ben.presses("Save")
    ben.sees("I want the nights to be quiet too.")


def and_opens_it(ben: Visitor) -> None:
    ben.presses("Open the plan")
    ben.sees("Next review")
    ben.sees("To be done")


def when_the_health_visitor_proposes_a_change(wendy: Visitor) -> None:
    wendy.sees(re.compile("A child in need plan is open"))
    told = wendy.page.get_by_role("listitem").filter(has_text="Lily")
    told.get_by_role("link", name="A plan has begun or changed").first.click()
    wendy.follows("Go to what it is about")
    wendy.sees_heading("Child in need plan")
    wendy.follows("Propose a change")
    wendy.writes("What would you change?", "Weigh her at each visit")
    wendy.writes("Why?", "She has lost weight since the summer")
    wendy.presses("Propose it")
    wendy.sees("Waits for the lead professional")


def and_he_accepts_it(ben: Visitor) -> None:
    ben.goes_to(ben.page.url.removeprefix(ben.address))
    ben.follows("Accept or refuse")
    ben.chooses("Accept")
    ben.writes("Why?", "Agreed. She does it from Monday.")
    ben.presses("Answer")
    ben.sees("Agreed. She does it from Monday.")


def and_calls_the_review(ben: Visitor) -> None:
    ben.follows("Call a meeting")
    ben.writes("On which day?", typed(1))
    ben.writes("At what time?", "14:30")
    ben.presses("Call it")
    ben.sees_heading("Child in need review")
    ben.sees("Not answered yet")


def then_a_review_without_the_familys_experience_is_not_saved(ben: Visitor) -> None:
    ben.presses("Record what came of it")
    for group in ben.page.get_by_role("group").all():
        group.get_by_label("Came", exact=True).check()
    ben.writes("What has changed for the child since the last time?", "She sleeps through twice a week")
    ben.writes("What was said and agreed?", "The tests go on. Her mother rings the police if he comes.")
    ben.presses("Save and send the minutes")
    ben.sees("Enter how the family finds the help, or why they were not asked")


def when_he_writes_what_they_say(ben: Visitor) -> None:
    ben.writes("How does the family find the help, in their words?", "They come when they say they will.")
    ben.presses("Save and send the minutes")
    ben.sees("They come when they say they will.")
    ben.sees("not acknowledged yet")


def then_the_health_visitor_acknowledges_the_minutes(wendy: Visitor) -> None:
    wendy.goes_to("/")
    item = wendy.page.get_by_role("listitem").filter(has_text="What the child in need review agreed")
    item.get_by_role("button").click()
    wendy.looks()


def and_a_second_plan_begins_with_what_is_left_undone(ben: Visitor) -> None:
    ben.follows("Lily")
    ben.follows("Plans")
    ben.presses("Draw up a plan")
    ben.sees("Left undone before")
    ben.sees(re.compile("Hair strand test every month"))
