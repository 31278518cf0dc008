"""The office's journeys: an administrator lets somebody in and out, a protocol gets two people, a record opened in an
emergency is looked into, and a family is told who looked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from playwright.sync_api import expect

from onestory.platform.people.models import Person
from tests.integration.web.partnership import child
from tests.journeys.steps import given_somebody_is_signed_in, picture
from tests.journeys.visitor import Visitor


def test_an_administrator_lets_somebody_in_and_out_again(arrive: Callable[..., Visitor]) -> None:
    gwen = arrive()
    given_somebody_is_signed_in(gwen, "Gwen Tallis")
    when_she_opens_a_team(gwen)
    and_invites_without_saying_in_which_role(gwen)
    then_what_she_typed_stands_there_with_what_is_missing(gwen)
    when_she_chooses_the_role(gwen)
    and_makes_a_link(gwen)
    then_the_link_is_shown_once(gwen)
    when_the_post_ends(gwen)
    then_the_account_is_closed_and_the_history_says_so(gwen)


def when_she_opens_a_team(gwen: Visitor) -> None:
    gwen.follows("Administration")
    gwen.sees_heading("Agencies")
    picture(gwen, "agencies")
    gwen.follows("Children's Social Care")
    picture(gwen, "agency")
    gwen.follows("Family Support")
    gwen.sees("Comes to another team")
    picture(gwen, "team")


def and_invites_without_saying_in_which_role(gwen: Visitor) -> None:
    gwen.presses("Invite somebody")
    gwen.writes("Name", "Lena Marsh")
    gwen.writes("User name", "lena.marsh")
    gwen.presses("Invite")


def then_what_she_typed_stands_there_with_what_is_missing(gwen: Visitor) -> None:
    gwen.sees("There is a problem")
    assert gwen.page.get_by_label("Name", exact=True).input_value() == "Lena Marsh"
    gwen.page.get_by_role("link", name="Select a role").click()
    assert gwen.page.evaluate("document.activeElement.name") == "role"
    picture(gwen, "invite")


def when_she_chooses_the_role(gwen: Visitor) -> None:
    gwen.chooses("Social worker")
    gwen.presses("Invite")
    gwen.sees_heading("Make a link to sign in with")


def and_makes_a_link(gwen: Visitor) -> None:
    gwen.chooses("They have not signed in yet, or forgot their password")
    gwen.presses("Make the link")


def then_the_link_is_shown_once(gwen: Visitor) -> None:
    assert "/account/first-time?key=" in gwen.page.get_by_label("Link", exact=True).input_value()
    picture(gwen, "link")
    gwen.page.reload()
    gwen.looks()
    gwen.sees("The link was shown once.")
    gwen.follows("Back to the person")


def when_the_post_ends(gwen: Visitor) -> None:
    picture(gwen, "person")
    gwen.follows("End")
    gwen.sees("Somebody who has left is out at once")
    picture(gwen, "end-post")
    gwen.presses("End the post")


def then_the_account_is_closed_and_the_history_says_so(gwen: Visitor) -> None:
    gwen.sees("Account closed")
    gwen.follows("Changes")
    gwen.sees("Closed the account of Lena Marsh.")
    picture(gwen, "changes")


def test_a_protocol_is_drafted_by_one_and_approved_by_another(arrive: Callable[..., Visitor]) -> None:
    gwen, oscar = arrive(), arrive(width=320)
    given_somebody_is_signed_in(gwen, "Gwen Tallis")
    given_somebody_is_signed_in(oscar, "Oscar Denholm")
    when_a_protocol_is_drafted_for_the_school(gwen)
    then_whoever_drafted_it_cannot_approve_it(gwen)
    when_somebody_else_approves_it(oscar)
    then_it_is_in_force(oscar)


def when_a_protocol_is_drafted_for_the_school(gwen: Visitor) -> None:
    gwen.follows("Administration")
    gwen.follows("Sharing")
    gwen.sees_heading("Information sharing")
    picture(gwen, "protocols")
    gwen.page.get_by_role("link", name="Draft a protocol for Quillbrook Primary School").click()
    gwen.looks()
    gwen.writes("What it is for", "So that a child's absences stand beside other worries.")
    gwen.page.get_by_role("radio", name="A school has to look after").check()
    picture(gwen, "draft-protocol")
    gwen.presses("Save the draft")
    gwen.sees("Waits for a second person")


def then_whoever_drafted_it_cannot_approve_it(gwen: Visitor) -> None:
    gwen.presses("Approve")
    gwen.chooses("I have read it, and stand behind it")
    gwen.presses("Approve")
    gwen.sees("Somebody else has to approve it: you drafted it yourself")


def when_somebody_else_approves_it(oscar: Visitor) -> None:
    oscar.presses("Menu")  # on a narrow screen the ways are folded away
    oscar.follows("Administration")
    oscar.page.get_by_role("row").filter(has_text="Waits").get_by_role("link", name="Quillbrook Primary School").click()
    oscar.looks()
    oscar.presses("Approve")
    oscar.chooses("I have read it, and stand behind it")
    oscar.presses("Approve")


def then_it_is_in_force(oscar: Visitor) -> None:
    oscar.sees("In force")
    oscar.sees("Education Act 2002, section 175")
    picture(oscar, "protocol-narrow")


def test_a_record_opened_in_an_emergency_is_looked_into(arrive: Callable[..., Visitor]) -> None:
    ruth, oscar = arrive(), arrive()
    pupil = child("Noah")
    given_somebody_is_signed_in(ruth, "Imran Sadiq")
    given_somebody_is_signed_in(oscar, "Oscar Denholm")
    when_a_record_is_asked_for_in_an_emergency(ruth, pupil)
    then_nothing_says_whether_there_is_one_or_it_is_open(ruth)
    when_the_privacy_officer_looks_into_it(oscar)
    then_the_decision_is_recorded(oscar)


def when_a_record_is_asked_for_in_an_emergency(imran: Visitor, pupil: Person) -> None:
    imran.goes_to("/records/ask")
    picture(imran, "ask-for-record")
    imran.presses("Ask")
    imran.sees("Enter why you need to look now")
    imran.writes("Whole name", "Noah")
    born = dt.date(2024, 1, 22)
    imran.writes("Date of birth", f"{born.day}/{born.month}/{born.year}")
    imran.writes("Why do you need to look now?", "He is here alone after school.")
    imran.writes("What do you need to know?", "Who can fetch him.")
    imran.presses("Ask")


def then_nothing_says_whether_there_is_one_or_it_is_open(imran: Visitor) -> None:
    imran.sees("Address for the second person")
    picture(imran, "asked")


def when_the_privacy_officer_looks_into_it(oscar: Visitor) -> None:
    oscar.follows("Who looked")
    oscar.sees("Records opened in an emergency")
    picture(oscar, "who-looked")
    oscar.does_not_see("Noah")
    oscar.follows("Imran Sadiq")
    oscar.sees("He is here alone after school.")
    picture(oscar, "reconcile")
    oscar.presses("Record")
    oscar.sees("Select whether it was justified")
    oscar.chooses("Justified")
    oscar.writes("On what that rests", "Rang the head teacher, who was there.")
    oscar.presses("Record")


def then_the_decision_is_recorded(oscar: Visitor) -> None:
    opened = oscar.page.get_by_role("region", name="Records opened in an emergency")
    expect(opened).to_be_visible()
    expect(opened.get_by_role("link", name="Imran Sadiq")).to_have_count(0)


def test_a_family_is_told_who_looked(arrive: Callable[..., Visitor]) -> None:
    amina, oscar = arrive(), arrive()
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    amina.goes_to(f"/children/{child('Noah').pk}/chronology")
    given_somebody_is_signed_in(oscar, "Oscar Denholm")
    oscar.follows("Who looked")
    oscar.follows("A family asks")
    picture(oscar, "family-asks")
    oscar.writes("Whole name of the person", "Noah")
    oscar.writes("Date of birth", "22/1/2024")
    oscar.writes("Who asks", "His mother")
    oscar.presses("Find")
    oscar.sees("Looked at: the chronology")
    picture(oscar, "who-looked-at-record")
    oscar.presses("Print for the family")
    oscar.sees_heading("Who looked at the record of Noah")
    oscar.does_not_see("Amina")
    picture(oscar, "for-family")


def test_an_interest_is_declared_and_closes_the_record(arrive: Callable[..., Visitor]) -> None:
    wendy = arrive()
    given_somebody_is_signed_in(wendy, "Helen Ashworth")
    pupil = child("Filip")
    wendy.goes_to(f"/records/{pupil.pk}/interest")
    picture(wendy, "interest")
    wendy.chooses("A relative")
    wendy.presses("Close it to me")
    wendy.sees_heading("The record is closed to you")
    wendy.goes_to(f"/children/{pupil.pk}")
    wendy.does_not_see("Filip")
