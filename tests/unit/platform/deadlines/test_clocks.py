"""The clocks as data: editions, units, known answers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from onestory.platform.deadlines import UnknownClock, clock, due_at, due_on
from onestory.platform.deadlines.clocks import after_months, load_clocks

day = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("conference", "2026-12-14", "2027-01-07"),
        ("assessment", "2026-05-18", "2026-07-21"),
        ("core_group", "2026-12-18", "2027-01-06"),
        ("front_door", "2026-04-02", "2026-04-07"),
        ("reopening", "2026-11-23", "2027-01-04"),
        ("first_review_conference", "2026-11-30", "2027-02-28"),  # February has no thirtieth
        ("next_review_conference", "2026-08-31", "2027-02-28"),
    ],
)
def test_days_on_which_things_are_due(code: str, start: str, end: str) -> None:
    assert due_on(code, day(start)) == day(end)


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("check_band_1", "2026-11-20T16:00+00:00", "2026-11-23T12:00+00:00"),
        ("welfare_check_today", "2026-11-21T23:00+00:00", "2026-11-22T03:00+00:00"),  # police work at night
        ("welfare_check_today", "2026-03-28T23:00+00:00", "2026-03-29T03:00+00:00"),
        ("notice_acknowledged", "2026-11-20T23:30+00:00", "2026-11-24T17:00+00:00"),
        ("notice_acknowledged", "2026-07-03T23:30+00:00", "2026-07-07T16:00+00:00"),  # in summer it is Saturday already
        ("notice_acknowledged", "2026-03-27T10:00+00:00", "2026-03-31T16:00+00:00"),  # end of work, clocks forward
        ("notice_acknowledged", "2026-10-23T10:00+00:00", "2026-10-27T17:00+00:00"),  # end of work, clocks back
    ],
)
def test_instants_at_which_things_are_due(code: str, start: str, end: str) -> None:
    assert due_at(code, dt.datetime.fromisoformat(start)) == dt.datetime.fromisoformat(end)


def test_the_edition_in_force_on_the_day_counts() -> None:
    editions = [clock("conference", on=day(one)).edition for one in ("2019-01-01", "2024-01-01", "2026-11-23")]
    assert editions == ["Working Together 2018", "Working Together 2023", "Working Together 2026"]
    assert clock("conference", edition="Working Together 2018").words() == "15 working days"
    assert clock("front_door").words() == "1 working day"


@pytest.mark.parametrize(
    ("code", "of"), [("nothing", {}), ("conference", {"on": day("2010-01-01")}), ("conference", {"edition": "2040"})]
)
def test_what_is_not_laid_down_is_not_made_up(code: str, of: dict[str, object]) -> None:
    with pytest.raises(UnknownClock):
        clock(code, **of)


def test_each_line_says_what_how_certain_and_from_where() -> None:
    lines = load_clocks()
    assert {one.edition for one in lines} == {
        "local",
        "Working Together 2018",
        "Working Together 2023",
        "Working Together 2026",
    }
    assert len({(one.code, one.edition) for one in lines}) == len(lines)
    assert all(one.what and one.source for one in lines)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "clocks.csv"
    head = "code,edition,since,amount,unit,what,certainty,source\n"
    file.write_text(head + "one,local,2020-01-01,2,fortnights,Something,V,Somewhere\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2: one"):
        load_clocks(file)


def test_a_clock_in_hours_has_no_day() -> None:
    with pytest.raises(ValueError, match="instant"):
        due_on("check_band_1", day("2026-11-23"))


def test_months_end_where_the_month_ends() -> None:
    assert after_months(day("2024-01-31"), 1) == day("2024-02-29")
    assert after_months(day("2025-12-31"), 2) == day("2026-02-28")
