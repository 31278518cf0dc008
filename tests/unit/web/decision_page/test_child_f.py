"""What a duty worker would have had in view in December 2018 (F5.17–5.21, F5.58–5.60), and on other days."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from onestory.arrive.chronology.narrowing import Family, family_of
from onestory.arrive.feeds.case_history import read_case_history
from onestory.platform.history.dates import parse_when
from onestory.platform.history.record import Entry
from onestory.web.decision_page.gaps import Connected
from onestory.web.decision_page.presenters import WhatIsKnown, what_is_known

CHILD_F = Path(__file__).resolve().parents[4] / "demonstration" / "child-f.yaml"
DECEMBER = dt.date(2018, 12, 30)


@pytest.fixture(scope="module")
def family() -> Family:
    return family_of(read_case_history(CHILD_F).history, "f")


@pytest.fixture(scope="module")
def page(family: Family) -> WhatIsKnown:
    return what_is_known(family, DECEMBER, past=True)


def test_two_closed_plans_and_none_open(page):
    assert [(plan.level, plan.is_open) for plan in page.plans] == [("Child in need plan", False)] * 2


def test_the_drug_tests_were_never_evidenced(page):
    second = page.plans[0]
    assert second.closed == "April 2018"
    assert "drug tests" in second.undone[0].words


def test_the_conditions_from_before_birth_and_aprils_are_met(page):
    assert [(one.set_by[-14:].strip(), one.is_met) for one in page.conditions] == [
        ("re, April 2018", True),
        ("September 2016", True),
        ("September 2016", True),
    ]
    assert {"Legal action will be sought.", "An assessment is to be completed."} <= {
        one.then for one in page.conditions
    }


def test_what_police_last_reported_is_from_2017_and_nobody_can_take_2014_for_it(page):
    police = next(one for one in page.agencies if one.agency == "Thames Valley Police")
    assert police.reported_when.endswith("2017")


def test_school_and_anonymous_concerns_with_what_was_decided(page):
    told = [(one.when, one.kind, one.source) for one in page.contacts.latest]
    assert ("October 2018", "Concern", "A professional (School)") in told
    assert ("September 2018", "Concern", "An anonymous caller (neighbour)") in told
    anonymous = next(one for one in page.contacts.latest if "neighbour" in one.source)
    assert anonymous.outcome.startswith("No further action, content not tested.")


def test_every_earlier_contact_is_there_and_counted(page, family):
    shown = [*page.contacts.latest, *page.contacts.earlier]
    held = [e for e in family.history.entries if e.kind in ("concern", "incident", "breach") and e.known]
    known = {e.id for e in held if e.known.last <= DECEMBER}
    assert known <= {one.entry for one in shown}
    assert len(shown) == len({one.entry for one in shown})


def test_f_was_last_seen_in_january_and_the_review_was_not_achieved(page):
    seen = {row.child: (row.when, row.agency) for row in page.seen}
    assert seen["F"] == ("January 2018", "CNWL Health Visiting")
    assert page.missed[0].words == "Development review at two years, not arranged"


def test_what_was_believed_of_the_father_stands_with_its_dates(page):
    father = next(one for one in page.life if one.name == "Father (BC)")
    assert [word in father.belief for word in ("Alleged", "Denied", "Confirmed, November 2017")] == [True] * 3


def test_nothing_that_became_known_later_shows_on_an_earlier_day(family):
    page = what_is_known(family, dt.date(2017, 5, 1), past=True)
    years = {one.when[-4:] for one in (*page.contacts.latest, *page.contacts.earlier)}
    assert page.plans == ()
    assert max(years) <= "2017"
    assert [one.is_met for one in page.conditions] == [False, False]
    assert all("confirmed" not in one.belief.lower() for one in page.life)


def test_the_concern_under_decision_stands_apart(family):
    page = what_is_known(family, dt.date(2018, 12, 31), concern="e60")
    assert "e60" not in {one.entry for one in page.contacts.latest}


def test_ways_of_not_knowing_are_told_apart(family):
    connected = [
        Connected("tvp", "police", "Thames Valley Police"),
        Connected("school", "school", "School"),
        Connected("gp", "general_practice", "Fishermead Surgery"),
    ]
    page = what_is_known(family, dt.date(2018, 12, 31), connected=connected, concern="e60")
    told = {one.sort: one.words for one in page.gaps}
    assert "School" in told["Not asked on this concern"]
    assert "Surgery" not in told["Not asked on this concern"]
    assert told["Connected, and nothing held that you may see"] == "Fishermead Surgery"
    assert "housing" in told["Not connected"]
    assert "olice" not in told["Not connected"]


def test_a_condition_that_somebody_ended_is_no_longer_shown(family):
    day = parse_when("2018-05-02")
    ending = Entry("end", day, day, "csc", "condition", ("f", "s1", "mother"), own={"from": "e51b", "ended": day})
    entries = tuple(
        sorted((*family.history.entries, ending), key=lambda e: (e.known is None, e.known and e.known.last))
    )
    ended = dataclasses.replace(family, history=dataclasses.replace(family.history, entries=entries))
    page = what_is_known(ended, DECEMBER, past=True)
    assert "e51b" not in {one.id for one in page.conditions}
    assert "A condition set earlier has been met" not in {one.title for one in page.patterns}
