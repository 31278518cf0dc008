"""The chronology's pages before they are markup."""

from __future__ import annotations

import datetime as dt

import pytest
from django.forms import ChoiceField

from onestory.arrive.chronology.forms import NarrowingForm
from onestory.arrive.chronology.narrowing import Narrowing, family_of
from onestory.arrive.chronology.presenters import ON_A_PAGE, chronology_page, picture_page, print_page
from tests.unit.arrive.chronology.histories import entry, history

TODAY = dt.date(2021, 12, 31)
PATH = "/children/mia/chronology"


def page(*entries, **asked):
    family = family_of(history(*entries), "mia")
    return chronology_page(family, NarrowingForm(asked, family=family, today=TODAY), TODAY, PATH, asked)


def test_it_says_whose_page_it_is_and_how_much_is_shown():
    one = page(entry("a", "2021-03-01"), entry("b", "2021-05-01", by="school"))
    assert (one.identity.name, one.identity.born) == ("Mia", "Born 5 March 2020, 21 months old")
    assert one.told == "2 entries by 2 agencies, 1 March 2021 to 1 May 2021."
    assert [day.heading for day in one.results.groups] == ["1 May 2021", "1 March 2021"]
    assert (one.nothing, one.applied, one.looking_back) == ("", (), "")


def test_what_the_filters_leave_out_is_said():
    one = page(entry("a", "2021-03-01"), entry("b", "2021-05-01", by="school"), agency="school")
    assert one.told == "1 entry by 1 agency, 1 May 2021. 1 entry is left out by the filters."
    assert [(filter_.words, filter_.without) for filter_ in one.applied] == [("Agency: School", PATH)]


def test_removing_one_filter_keeps_the_others():
    one = page(entry("a", "2021-03-01", by="school"), agency="school", kind="note")
    assert [filter_.without for filter_ in one.applied] == [f"{PATH}?kind=note", f"{PATH}?agency=school"]


@pytest.mark.parametrize(
    ("entries", "asked", "begins"),
    [
        ((), {}, "No agency that is connected has recorded anything."),
        (("2021-03-01",), {"kind": "harm"}, "No entry passes these filters. The chronology holds 1 entry:"),
        (("2021-03-01",), {"since": "1/4/2021"}, "No entry passes these filters. The chronology holds 1 entry:"),
        (("2021-03-01",), {"known_on": "28/2/2021"}, "Nothing was on record on 28 February 2021."),
        (("2021-03-01",), {"since": "soon"}, "The chronology is not shown until the filters are corrected."),
    ],
)
def test_what_it_means_that_nothing_is_shown(entries, asked, begins):
    one = page(*(entry(day, day) for day in entries), **asked)
    assert one.nothing.startswith(begins)
    assert one.results.groups == ()


def test_looking_back_says_that_no_one_agency_had_all_of_it():
    one = page(entry("a", "2021-03-01"), known_on="1/4/2021")
    assert one.looking_back.startswith("This is what was on record on 1 April 2021")


def test_on_a_past_day_what_lay_ahead_then_stands_apart():
    booked = entry("booked", "2021-06-01", "appointment", known="2021-06-01")
    assert page(booked, known_on="30/6/2021").ahead == ()
    due = entry("due", "2022-02-01", "appointment")
    assert [day.heading for day in page(due).ahead] == ["1 February 2022"]


def test_a_thousand_entries_come_in_pages_and_no_day_is_torn_in_two():
    entries = [entry(f"e{i}", f"2020-{i // 28 % 12 + 1:02d}-{i % 28 + 1:02d}") for i in range(1000)]
    first = page(*entries)
    assert first.results.pages > 10
    sizes, headings = [], []
    for number in range(1, first.results.pages + 1):
        one = page(*entries, page=str(number))
        sizes.append(sum(len(day.rows) for day in one.results.groups))
        headings += [day.heading for day in one.results.groups]
    assert sum(sizes) == 1000
    assert all(size >= ON_A_PAGE for size in sizes[:-1])
    assert len(headings) == len(set(headings))


def test_an_entry_is_found_on_whichever_page_it_stands():
    entries = [entry(f"e{i}", (dt.date(2020, 1, 1) + dt.timedelta(days=i)).isoformat()) for i in range(400)]
    one = page(*entries, entry="e3")
    assert one.results.page == one.results.pages
    assert any(row.id == "e3" for day in one.results.groups for row in day.rows)
    assert "entry" not in one.query


@pytest.mark.parametrize("asked", ["0", "-1", "99999", "x", "²", ""])
def test_a_page_that_there_is_not_is_the_nearest_one(asked):
    assert page(entry("a", "2021-03-01"), page=asked).results.page == 1


def test_the_form_offers_what_the_history_holds():
    family = family_of(history(entry("a", "2021", "visit", by="hv", factors=frozenset({"neglect"}))), "mia")
    form = NarrowingForm({}, family=family, today=TODAY)
    offered = {name: field.choices for name, field in form.fields.items() if isinstance(field, ChoiceField)}
    assert offered["agency"] == [("", "All"), ("hv", "Health Visiting")]
    assert offered["kind"] == [("", "All"), ("visit", "Visit")]
    assert offered["factor"] == [("", "All"), ("neglect", "Neglect")]
    assert {value for value, _ in offered["child"]} == {"", "mia", "sam"}


@pytest.mark.parametrize(
    ("asked", "field", "message"),
    [
        ({"since": "31/2/2021"}, "since", "“31/2/2021” is not a day. Write it like 27/3/2018"),
        ({"since": "March 2021"}, "since", "“March 2021” is not a day. Write it like 27/3/2018"),
        ({"since": "2021-03"}, "since", "“2021-03” is not one day. Write it like 27/3/2018"),
        ({"since": "2/3/2021", "until": "1/3/2021"}, "until", "The end of the period must not be before its beginning"),
        ({"known_on": "1/1/2022"}, "known_on", "The day as of which you look must not be in the future"),
        ({"agency": "nobody"}, "agency", "Choose agency from the list"),
    ],
)
def test_what_is_wrong_with_a_filter_is_said_at_its_field(asked, field, message):
    family = family_of(history(entry("a", "2021")), "mia")
    form = NarrowingForm(asked, family=family, today=TODAY)
    assert form.narrowing() is None
    assert form.errors[field] == [message]


def test_the_picture_page_says_the_same_in_tables():
    family = family_of(
        history(
            entry("a", "2021-01-01", "visit", by="hv", seen=("mia",)), entry("b", "2021-10-01"), entry("c", "2021-11")
        ),
        "mia",
    )
    one = picture_page(family, Narrowing(), TODAY, "/p", {})
    assert [(lane.agency, lane.entries, lane.first, lane.last) for lane in one.lanes] == [
        ("Children's Social Care", "2 entries", "1 October 2021", "November 2021"),
        ("Health Visiting", "1 entry", "1 January 2021", "1 January 2021"),
    ]
    assert [(gap.child, gap.since, gap.until, gap.length) for gap in one.unseen] == [
        ("Mia", "1 January 2021", "still open on 31 December 2021", "11 months")
    ]
    assert one.svg.startswith("<svg")


def test_an_old_record_says_when_it_ends_and_leaves_no_gap_open_until_today():
    family = family_of(history(entry("a", "2020-06-01", "visit", seen=("mia",)), entry("b", "2020-07-01")), "mia")
    one = picture_page(family, Narrowing(), dt.date(2026, 1, 1), "/p", {})
    assert one.sentences[-1] == "Nothing has been recorded since 1 July 2020; times without end there."
    assert one.unseen == ()


def test_on_paper_everything_asked_for_stands_on_one_page_with_its_filters_and_purpose():
    entries = [entry(f"e{i}", (dt.date(2020, 1, 1) + dt.timedelta(days=i)).isoformat()) for i in range(200)]
    family = family_of(history(*entries), "mia")
    asked = {"kind": "note", "page": "2", "purpose": " Strategy discussion "}
    one = print_page(family, Narrowing(kind="note"), TODAY, asked)
    assert sum(len(day.rows) for day in one.days) == 200
    assert (one.purpose, one.kept) == ("Strategy discussion", (("kind", "note"),))
    assert [filter_.words for filter_ in one.applied] == ["Kind: Note"]
