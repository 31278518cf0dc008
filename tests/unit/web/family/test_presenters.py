"""The page about a child before it is markup."""

from __future__ import annotations

import datetime as dt

from onestory.arrive.chronology.narrowing import family_of
from onestory.platform.history.dates import parse_when
from onestory.web.family.presenters import family_page
from tests.unit.arrive.chronology.histories import entry, history

TODAY = dt.date(2021, 12, 31)


def page(*entries):
    return family_page(family_of(history(*entries), "mia"), TODAY)


def test_everybody_in_the_childs_life_with_everything_that_is_on_record():
    people = {one.name: one for one in page().people}
    assert list(people) == ["Mia", "Sam", "Mother", "Father"]
    assert people["Mia"].born == "5 March 2020 (21 months old)"
    assert [tie.words for tie in people["Mother"].ties] == ["Mother of Mia and Sam"]
    (father,) = people["Father"].ties
    assert (father.words, father.status) == ("Father of Mia", "confirmed")
    assert father.told == (
        "Alleged, April 2020, Children's Social Care (F5.3)",
        "Confirmed, February 2021, Children's Social Care",
    )


def test_what_each_agency_last_reported_and_when_the_latest_first():
    old = entry("old", "2014-05-01", "incident", by="school", text="An old report.")
    new = entry("new", "2017-11", "concern", by="school", text="A newer one.")
    work = entry("work", "2021-05-01", "visit", by="hv", own={"outcome": "no_access"})
    rows = page(new, work, old).involved
    assert [(row.agency, row.last, row.reported_when, row.reported) for row in rows] == [
        ("Health Visiting", "1 May 2021", "", ""),
        ("School", "November 2017", "November 2017", "Concern: A newer one."),
    ]


def test_what_lies_ahead_and_the_programs_own_entries_are_no_contact():
    ahead = entry("ahead", "2022-02-01", "appointment", by="hv")
    own = entry("own", "2021-12-01", weight="system", by="school")
    assert page(ahead, own).involved == ()


def test_plans_open_ones_first_each_with_its_closing():
    plan = {"type": "child_in_need"}
    rows = page(
        entry("o1", "2019-01-01", "plan", own={**plan, "stage": "opened", "agencies": ("csc", "school")}),
        entry("c1", "2019-06-01", "plan", own={**plan, "stage": "closed"}),
        entry("o2", "2020-01-01", "plan", own={**plan, "stage": "opened"}),
        entry("r2", "2020-02-01", "plan", own={**plan, "stage": "reviewed", "review_due": parse_when("2020-05-01")}),
    ).plans
    assert [(row.level, row.opened, row.closed, row.agencies, row.review) for row in rows] == [
        ("child in need plan", "1 January 2020", "", "not stated", "1 May 2020"),
        ("child in need plan", "1 January 2019", "1 June 2019", "Children's Social Care and School", ""),
    ]


def test_a_closing_without_an_opening_is_shown_as_it_is():
    (row,) = page(entry("c", "2019-06-01", "plan", own={"type": "early_help", "stage": "closed"})).plans
    assert (row.opened, row.closed) == ("not on record", "1 June 2019")


def test_the_first_lines_say_when_the_child_was_last_seen_and_whether_a_plan_is_open():
    seen = entry("s", "2021-11-30", "visit", by="hv", seen=("mia",))
    opened = entry("o", "2021-01-01", "plan", own={"type": "child_in_need", "stage": "opened"})
    assert page(seen, opened).summary == (
        ("Last seen by a professional", "30 November 2021, Health Visiting (4 weeks ago)"),
        ("Open plan", "Child in need plan"),
    )
    assert page().summary == (("Last seen by a professional", "Not on record"), ("Open plan", "None on record"))
