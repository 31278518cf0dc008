"""Birth dates and addresses as they are typed."""

from __future__ import annotations

import pytest

from onestory.arrive.matching.comparing.addresses import plain_place, plain_postcode, street_of
from onestory.arrive.matching.comparing.birth_dates import in_words, read_birth_date


@pytest.mark.parametrize(
    "typed",
    [
        "1984-03-12",
        "19840312",
        "12/03/1984",
        "12-03-1984",
        "12.3.1984",
        "1984/3/12",
        "1984-03-12T00:00:00",
        " 12/03/1984 ",
        "12/03/1984 00:00",
        "12/03/1984 0:00:00",
        "12 March 1984",
        "12-MAR-1984",
        "12th Mar, 1984",
    ],
)
def test_one_day_in_many_forms(typed: str) -> None:
    born = read_birth_date(typed)
    assert born is not None
    assert (born.digits, born.year, born.real) == ("19840312", "1984", True)
    assert born.swapped == "19841203"


def test_a_day_after_the_twelfth_cannot_be_swapped() -> None:
    born = read_birth_date("1984-03-13")
    assert born is not None
    assert born.swapped is None


@pytest.mark.parametrize(
    ("typed", "digits"), [("31/02/2014", "20140231"), ("1984-13-01", "19841301"), ("0984-03-12", "09840312")]
)
def test_a_day_that_no_calendar_has_keeps_its_digits(typed: str, digits: str) -> None:
    born = read_birth_date(typed)
    assert born is not None
    assert (born.digits, born.real) == (digits, False)


@pytest.mark.parametrize(("typed", "real"), [("1984", True), ("1984-03", True), ("1984-13", False)])
def test_a_month_or_a_year_alone(typed: str, real: bool) -> None:
    born = read_birth_date(typed)
    assert born is not None
    assert (born.digits, born.year, born.real) == (None, "1984", real)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12th March",
        "12 Marsh 1984",
        "12 Ma 1984",
        "12-Mar-84",
        "12/03/84",
        "1984-3-12-1",
        "١٩٨٤-٠٣-١٢",
        "12/3-1984",
    ],
)
def test_what_is_no_date(typed: str) -> None:
    assert read_birth_date(typed) is None


def test_a_date_for_a_reader() -> None:
    assert in_words("19840312") == "12/03/1984"


@pytest.mark.parametrize(
    ("line", "number", "street"),
    [
        ("12 High Street", "12", "highstreet"),
        ("Flat 3, 12 High St.", "12", "highstreet"),
        ("Flat3, 12 High St.", "12", "highstreet"),
        ("12a High St", "12a", "highstreet"),
        ("St Mary's Rd", None, "saintmarysroad"),
        ("Plot 9 Calverton Lane Site", "9", "plotcalvertonlanesite"),
        ("4/12 Harbour Vw", "12", "harbourvw"),
        ("The Old Rectory", None, "theoldrectory"),
        ("Flat 3", "3", "flat"),
        ("12", "12", None),
        ("not known", None, None),
    ],
)
def test_house_number_and_street(line: str, number: str | None, street: str | None) -> None:
    assert street_of(line) == (number, street)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("mk9 3ab", "MK93AB"), (" MK9-3AB", "MK93AB"), ("ZZ99 3VZ", None), ("", None), ("2601", "2601")],
)
def test_postcodes(typed: str, plain: str | None) -> None:
    assert plain_postcode(typed) == plain


def test_places_without_spaces() -> None:
    assert plain_place("Milton-Keynes ") == plain_place("milton keynes") == "miltonkeynes"
