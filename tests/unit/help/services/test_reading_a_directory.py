"""A directory's file is right in every row, or each error is named with file, row, field, found and allowed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from onestory.arrive.feeds.extracts.problems import ExtractProblems
from onestory.help.services.reading import read_directory

TEAMS = ("Recovery, Harbour Recovery",)
HEADING = "organization.name,service.name,taxonomy_term.code"


def read(*lines: str, heading: str = HEADING) -> list[dict]:
    return read_directory("\n".join([heading, *lines]).encode(), file="services.csv", teams=TEAMS)


def problems(*lines: str, heading: str = HEADING) -> list[str]:
    with pytest.raises(ExtractProblems) as found:
        read(*lines, heading=heading)
    return [str(one) for one in found.value.problems]


def test_a_row_becomes_a_service_by_field() -> None:
    heading = (
        f"{HEADING},service.minimum_age,cost_option.amount,schedule.byday,schedule.opens_at,service.assured_date,team"
    )
    row = 'Harbour Recovery,Drug tests,Drug test,16,£49.50,"we, mo",9:30,27/3/2026,"Recovery, Harbour Recovery"'
    (told,) = read(row, heading=heading)
    assert told["organization.name"] == "Harbour Recovery"
    assert told["taxonomy_term.code"] == "drug_test"
    assert told["service.minimum_age"] == 16
    assert told["cost_option.amount"] == Decimal("49.50")
    assert (told["schedule.byday"], told["schedule.opens_at"]) == ("MO,WE", dt.time(9, 30))
    assert told["service.assured_date"] == dt.date(2026, 3, 27)
    assert told["team"] == "Recovery, Harbour Recovery"
    assert told["service.maximum_age"] is None


@pytest.mark.parametrize(
    ("column", "cell", "allowed"),
    [
        ("service.minimum_age", "sixteen", "a whole number of years from 0 to 120"),
        ("service.minimum_age", "121", "a whole number of years from 0 to 120"),
        ("service.minimum_age", "-1", "a whole number of years from 0 to 120"),
        ("cost_option.amount", "dear", "an amount in pounds, such as 0 or 12.50"),
        ("cost_option.amount", "NaN", "an amount in pounds, such as 0 or 12.50"),
        ("cost_option.amount", "1.999", "an amount in pounds, such as 0 or 12.50"),
        ("schedule.byday", "Someday", "days of the week with commas between them: MO,TU,WE,TH,FR,SA,SU"),
        ("schedule.opens_at", "25:00", "a time such as 09:30"),
        ("service.status", "shut", "active, inactive, defunct, temporarily closed"),
        ("service.url", "example.org", "an address that begins with https://"),
        ("contact.email", "ring me", "an address such as help@example.org"),
        ("service.assured_date", "last week", "a day such as 27/3/2026 or 2026-03-27"),
        ("team", "Nobody", "nothing, or a team of the program: Recovery, Harbour Recovery"),
    ],
)
def test_what_a_field_cannot_hold_is_named_with_what_it_can(column: str, cell: str, allowed: str) -> None:
    found = problems(f"Harbour Recovery,Drug tests,drug_test,{cell}", heading=f"{HEADING},{column}")
    assert found == [f"services.csv, row 2, {column}: found “{cell}”; allowed: {allowed}"]


def test_every_error_of_a_file_is_named_and_none_hides_another() -> None:
    found = problems("Harbour Recovery,,drug_test", "Harbour Recovery,Tests,tea", "Harbour Recovery,Tests,drug_test")
    assert [one.split(": ")[0] for one in found] == [
        "services.csv, row 2, service.name",
        "services.csv, row 3, taxonomy_term.code",
        "services.csv, row 4, service.name",
    ]
    assert found[0].endswith("found “nothing”; allowed: something: it is needed")
    assert "it stands in row 3 already" in found[2]


def test_ages_and_hours_have_to_fit_each_other() -> None:
    ages = f"{HEADING},service.minimum_age,service.maximum_age,schedule.opens_at,schedule.closes_at"
    found = problems("Harbour Recovery,Tests,drug_test,18,16,17:00,09:00", heading=ages)
    assert found == [
        "services.csv, row 2, service.maximum_age: found “16”; allowed: 18 or more, as the youngest age is 18",
        "services.csv, row 2, schedule.closes_at: found “09:00”; allowed: a time after 17:00, when it opens",
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "a first row with the names of the columns"),
        (b"\xff\xfe\x00", "a CSV file saved as UTF-8"),
        (b"organization.name,service.name,taxonomy_term.code\na\0b,c,d", "a CSV file saved as UTF-8"),
        (b'organization.name,service.name,taxonomy_term.code\n"a,b', "text in quotation marks"),
        (b"name\nx", "no such column"),
        (b"organization.name,service.name,taxonomy_term.code,colour\na,b,drug_test,red", "colour"),
        (b"organization.name,service.name,taxonomy_term.code,service.name\na,b,drug_test,c", "each column once"),
        (b"organization.name,service.name,taxonomy_term.code\na,b", "3 cells, as in the first row"),
    ],
)
def test_a_file_that_is_no_directory_says_so(content: bytes, says: str) -> None:
    with pytest.raises(ExtractProblems) as found:
        read_directory(content, file="services.csv", teams=TEAMS)
    assert says in str(found.value)


def test_a_heading_alone_is_an_empty_directory() -> None:
    assert read() == []
