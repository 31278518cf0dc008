"""The lane picture as an image that stands by itself."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

import pytest

from onestory.arrive.chronology import lanes
from onestory.arrive.chronology.picture import STILL_LIVE, ends_on, picture_of
from tests.unit.arrive.chronology.histories import entry, history

SVG = "{http://www.w3.org/2000/svg}"
TODAY = dt.date(2021, 12, 31)


def drawn(*entries, **given):
    told = history(*entries)
    return ElementTree.fromstring(lanes.draw(picture_of(told, told.entries, today=TODAY, **given)))


def titles(picture) -> list[str]:
    return [one.text or "" for one in picture.iter(f"{SVG}title")]


def test_it_says_in_words_what_it_shows():
    picture = drawn(entry("a", "2021-03-01", by="school"), entry("b", "2021-05-01"))
    assert picture.get("role") == "img"
    named = picture.get("aria-labelledby", "").split()
    said = {one.get("id"): one.text for one in picture if one.get("id")}
    assert said[named[0]] == "Mia's family: what each agency recorded, and when"
    assert said[named[1]].startswith("2 entries by 2 agencies, 1 March 2021 to 1 May 2021.")


def test_a_lane_for_each_agency_in_the_order_of_their_first_entry():
    picture = picture_of(
        history(),
        (entry("b", "2021-05-01"), entry("a", "2021-03-01", by="school"), entry("c", "2021-06-01")),
        today=TODAY,
    )
    assert [lane.name for lane in picture.lanes] == ["School", "Children's Social Care"]


def test_every_entry_has_its_mark_with_its_words():
    picture = drawn(entry("a", "2021-03-01", "visit", own={"outcome": "no_access"}, text="Nobody opened."))
    assert "1 March 2021, Visit: no access: Nobody opened." in titles(picture)


def test_marks_of_one_month_do_not_lie_upon_each_other():
    month = tuple(entry(f"e{i}", "2021-03") for i in range(12))
    scale = lanes._Scale(dt.date(2015, 1, 1), 2500)
    marks = picture_of(history(*month), month, today=TODAY).marks
    places = [(x, level) for _, x, level in lanes._placed(marks, "csc", scale)]
    for i, (x, level) in enumerate(places):
        for other_x, other_level in places[i + 1 :]:
            assert level != other_level or abs(x - other_x) >= lanes.PITCH - 0.5


def test_a_time_without_a_sighting_is_drawn_and_said():
    picture = drawn(entry("a", "2021-01-01", "visit", seen=("mia",)), entry("b", "2021-10-01"), children={"mia"})
    assert "Not recorded as seen for 11 months, from 1 January 2021 to today" in titles(picture)
    assert any(one.text == "11 months" for one in picture.iter(f"{SVG}text"))


def test_each_sort_of_entry_has_a_shape_of_its_own_beside_its_colour():
    tones = [tone for tone, _ in lanes.LEGEND]
    shapes = {lanes.shape(tone, 50, 50).replace(lanes._colour(tone), "") for tone in tones}
    assert len(shapes) == len(tones)


@pytest.mark.parametrize("bad", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "نور ‮ 😀", "]]>&"])
def test_whatever_a_record_says_is_text_and_never_markup(bad):
    picture = drawn(entry("a", "2021-03-01", text=bad))
    assert any(bad in title for title in titles(picture))
    assert {one.tag.removeprefix(SVG) for one in picture.iter()} <= {
        "svg",
        "title",
        "desc",
        "defs",
        "pattern",
        "rect",
        "path",
        "text",
        "circle",
        "g",
    }


def test_nothing_in_it_needs_a_style_a_script_or_another_file():
    text = lanes.draw(picture_of(history(), (entry("a", "2021-03-01"),), today=TODAY))
    text = text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    for forbidden in ("style=", "<style", "<script", "href", "http:", "https:", "onload", "onclick"):
        assert forbidden not in text


def test_an_old_history_ends_with_its_last_entry_and_a_live_one_today():
    last = entry("a", "2019-05")
    assert ends_on([last], TODAY) == dt.date(2019, 5, 31)
    assert ends_on([entry("a", "2021-05")], TODAY) == TODAY
    edge = TODAY - STILL_LIVE
    assert ends_on([entry("a", edge.isoformat())], TODAY) == TODAY
    assert ends_on([], TODAY) == TODAY


def test_a_thousand_entries_and_an_empty_history_can_be_drawn():
    many = tuple(
        entry(f"e{i}", f"2021-{i % 12 + 1:02d}-{i % 28 + 1:02d}", by=("csc", "school", "hv")[i % 3])
        for i in range(1000)
    )
    assert sum(1 for one in drawn(*many).iter(f"{SVG}title")) >= 1000
    assert drawn().get("role") == "img"


def test_days_that_stand_out_are_drawn_over_the_lanes():
    picture = drawn(entry("a", "2021-03-01"), flags=[lanes.Flag(dt.date(2021, 4, 1), "Asked: is it safe?")])
    assert "Asked: is it safe?" in titles(picture)


def test_a_plan_is_a_bar_from_its_opening_to_its_closing():
    plan = {"type": "child_in_need"}
    picture = drawn(
        entry("a", "2021-03", "plan", own={**plan, "stage": "opened"}),
        entry("b", "2021-06-10", "plan", own={**plan, "stage": "closed"}),
        entry("c", "2021-09-01", "plan", own={**plan, "stage": "opened"}),
    )
    said = [words for words in titles(picture) if words.startswith("child in need plan, opened")]
    assert said == [
        "child in need plan, opened March 2021, closed 10 June 2021",
        "child in need plan, opened 1 September 2021, still open",
    ]


def test_plans_at_the_same_time_have_rows_of_their_own():
    day = dt.date(2021, 1, 1)
    week = dt.timedelta(days=7)
    bars = [lanes.Bar(day + week * n, day + week * (n + 2), "plan", "plan") for n in range(3)]
    assert lanes._rows_of(bars) == ([0, 1, 0], 2)


def test_plans_that_are_not_shown_are_not_drawn():
    told = history(entry("a", "2021-03-01"), entry("b", "2021-04-01", "plan", own={"stage": "opened"}))
    assert picture_of(told, told.entries[:1], today=TODAY).plans == ()
