"""A record brought down to a Person, and the doubts about its fields."""

from __future__ import annotations

import pytest

from onestory.arrive.matching.comparing.birth_dates import ALLOWED
from onestory.arrive.matching.comparing.person import Person, person_from


def test_an_empty_record_says_nothing() -> None:
    person, doubts = person_from({})
    assert person == Person()
    assert doubts == ()
    assert set(person) == {None, (), ""}


def test_words_for_nothing_are_nothing_and_no_doubt() -> None:
    fields = ("given_name", "surname", "birth_date", "sex", "nhs_number", "upn", "phone", "address_line", "postcode")
    person, doubts = person_from(dict.fromkeys(fields, "not known"))
    assert person == Person()
    assert doubts == ()


@pytest.mark.parametrize(
    ("field", "typed", "allowed"),
    [
        ("birth_date", "31/02/2014", "a day that the calendar has"),
        ("birth_date", "last May", ALLOWED),
        ("sex", "Q", "female, male, other or not known"),
        ("nhs_number", "9990000019", "ten digits, the last of them the right check digit"),
        ("upn", "B826400012001", "a letter and twelve digits that give this check letter"),
        ("phone", "ask at the desk", "a telephone number of 6 to 15 digits"),
    ],
)
def test_a_doubt_says_what_was_found_and_what_is_allowed(field: str, typed: str, allowed: str) -> None:
    _, (doubt,) = person_from({"given_name": "Ann", field: typed})
    assert (doubt.field, doubt.found, doubt.allowed) == (field, typed, allowed)


def test_a_doubtful_number_stays_unverified() -> None:
    person, _ = person_from({"nhs_number": "999 000 0019", "upn": "a82640001200b"})
    assert (person.nhs_number, person.nhs_verified) == ("9990000019", None)
    assert (person.upn, person.upn_verified) == ("A82640001200B", None)


def test_a_right_number_is_verified() -> None:
    person, doubts = person_from({"nhs_number": "999 000 0018"})
    assert person.nhs_number == person.nhs_verified == "9990000018"
    assert doubts == ()


def test_what_a_program_made_of_a_column_of_numbers_is_read_as_it_was_meant() -> None:
    meant = {
        "birth_date": "20140614",
        "nhs_number": "9990000018",
        "phone": "07700900123",
        "street_number": "12",
        "postcode": "2600",
    }
    made = {name: f"{value.lstrip('0')}.0" for name, value in meant.items()}
    assert person_from(made) == person_from(meant)
    assert person_from(meant)[1] == ()


@pytest.mark.parametrize("typed", ["07700 900123", "7700900123", "+44 7700 900123", "+44 (0)7700 900123"])
def test_one_telephone_number_in_many_forms(typed: str) -> None:
    assert person_from({"phone": typed})[0].phone == "7700900123"


def test_a_whole_name_with_a_comma_in_place_of_the_surname() -> None:
    assert person_from({"surname": "Abbott, Jade"}) == person_from({"given_name": "Jade", "surname": "Abbott"})
    assert person_from({"given_name": "J", "surname": "Abbott, Jade"})[0].given == "j"


@pytest.mark.parametrize(
    ("typed", "sex"), [("F", "female"), ("Male", "male"), ("1", "male"), ("2", "female"), ("9", None), ("other", None)]
)
def test_sex(typed: str, sex: str | None) -> None:
    assert person_from({"sex": typed})[0].sex == sex


def test_a_house_number_of_its_own_column_counts_first() -> None:
    person, _ = person_from({"address_line": "3 High Street", "street_number": "14 B"})
    assert (person.street_number, person.street) == ("14b", "highstreet")
