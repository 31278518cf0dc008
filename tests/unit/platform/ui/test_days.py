"""Days as people type them."""

from __future__ import annotations

import datetime as dt

import pytest

from onestory.platform.ui.days import NotADay, parse_day, typed_day


@pytest.mark.parametrize(
    "typed",
    [
        "27/3/2018",
        "27/03/2018",
        " 27 / 3 / 2018 ",
        "27.3.2018",
        "27-3-2018",
        "27 March 2018",
        "27 mar 2018",
        "27  MARCH,2018",
        "2018-03-27",
    ],
)
def test_one_day_in_many_ways(typed):
    assert parse_day(typed) == dt.date(2018, 3, 27)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "31/2/2018",
        "27/13/2018",
        "3/27/2018",
        "27/3/18",
        "2018",
        "tomorrow",
        "27 Marrch 2018",
        "٢٧/٣/٢٠١٨x",
        "1/1/0000",
    ],
)
def test_what_is_no_day_is_refused_with_what_to_do(typed):
    with pytest.raises(NotADay, match="Write it like 27/3/2018"):
        parse_day(typed)


def test_a_day_as_it_stands_in_a_field():
    assert (typed_day(dt.date(2018, 3, 7)), typed_day(None)) == ("7/3/2018", "")
