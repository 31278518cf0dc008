"""Two people set a rule: one proposes, the other approves; and a worker reads how much her team is asked."""

from __future__ import annotations

from collections.abc import Callable

from tests.journeys.steps import given_somebody_is_signed_in, picture
from tests.journeys.visitor import Visitor

RULE = "A child whom nobody has seen"
UNDER_FIVE = "longest time unseen under five, where reports stand"


def test_two_people_set_a_rule(arrive: Callable[..., Visitor]) -> None:
    gwen = arrive()
    given_somebody_is_signed_in(gwen, "Gwen Tallis")
    when_she_opens_the_rule(gwen)
    and_proposes_a_number_that_cannot_be(gwen)
    then_she_is_told_which_may_be_and_what_she_wrote_is_still_there(gwen)
    when_she_proposes_four_months(gwen)
    then_it_waits_for_a_second_person_and_changes_nothing(gwen)
    when_she_approves_it_herself(gwen)
    then_she_is_told_that_somebody_else_decides(gwen)
    oscar = arrive()
    given_somebody_is_signed_in(oscar, "Oscar Denholm")
    when_he_approves_it(oscar)
    then_it_is_set_and_the_history_says_who_and_why(oscar)
    and_everybody_reads_it_on_the_rules_page(oscar)
    and_the_office_reads_how_much_each_team_is_asked(oscar)


def when_she_opens_the_rule(gwen: Visitor) -> None:
    gwen.follows("Administration")
    gwen.follows("Rules")
    gwen.sees_heading("What is set of the rules")
    picture(gwen, "tuning")
    gwen.follows(RULE)
    gwen.sees_heading(RULE)
    picture(gwen, "tuning-rule")


def and_proposes_a_number_that_cannot_be(gwen: Visitor) -> None:
    gwen.follows(f"Change {UNDER_FIVE}")
    gwen.sees("As shipped: 183 days.")
    gwen.writes(UNDER_FIVE.capitalize(), "0")
    gwen.writes("Why it should change", "Our visitors see small children every four months.")
    gwen.presses("Propose it")


def then_she_is_told_which_may_be_and_what_she_wrote_is_still_there(gwen: Visitor) -> None:
    gwen.sees("There is a problem")
    gwen.sees("it must be a whole number of days, 1 to 3650")
    why = gwen.page.get_by_label("Why it should change", exact=True)
    assert why.input_value() == "Our visitors see small children every four months."
    picture(gwen, "tuning-refused")


def when_she_proposes_four_months(gwen: Visitor) -> None:
    gwen.writes(UNDER_FIVE.capitalize(), "122")
    gwen.presses("Propose it")


def then_it_waits_for_a_second_person_and_changes_nothing(gwen: Visitor) -> None:
    gwen.sees_heading("What is set of the rules")
    gwen.sees("Waiting for a second person")
    gwen.sees(f"{UNDER_FIVE.capitalize()}: 122 days")
    gwen.does_not_see("Set here")
    picture(gwen, "tuning-waiting")


def when_she_approves_it_herself(gwen: Visitor) -> None:
    gwen.follows(RULE)
    gwen.sees_heading("Decide on this change")
    gwen.chooses("Approve")
    gwen.writes("Why", "It is mine.")
    gwen.presses("Save")


def then_she_is_told_that_somebody_else_decides(gwen: Visitor) -> None:
    gwen.sees("you proposed it yourself")


def when_he_approves_it(oscar: Visitor) -> None:
    oscar.follows("Administration")
    oscar.follows("Rules")
    oscar.follows(RULE)
    oscar.sees("Our visitors see small children every four months.")
    picture(oscar, "tuning-decide")
    oscar.chooses("Approve")
    oscar.writes("Why", "Agreed by the partnership in November.")
    oscar.presses("Save")


def then_it_is_set_and_the_history_says_who_and_why(oscar: Visitor) -> None:
    oscar.sees("Nothing waits.")
    oscar.sees("Set here")
    oscar.sees("Agreed by the partnership in November.")
    picture(oscar, "tuning-set")


def and_everybody_reads_it_on_the_rules_page(oscar: Visitor) -> None:
    oscar.goes_to("/rules/child_not_seen")
    oscar.sees("122 days")
    oscar.sees("183 days")
    picture(oscar, "rule")


def and_the_office_reads_how_much_each_team_is_asked(oscar: Visitor) -> None:
    oscar.goes_to("/tuning/")
    oscar.follows("How much each team is asked")
    oscar.sees_heading("How much each team is asked")
    oscar.sees("Asked a working day")
    picture(oscar, "teams")


def test_a_worker_reads_how_much_her_team_is_asked(arrive: Callable[..., Visitor]) -> None:
    amina = arrive(width=320)
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    amina.follows("Questions to your team: is it too much?")
    amina.sees_heading("Questions to your team")
    amina.sees("In the last four weeks")
    amina.sees("10 questions to one team on one working day")
    picture(amina, "questions")
