"""What comparing two records says, and when it forbids a join."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from onestory.arrive.matching.comparing.explaining import Comparison, explain, probability_of
from onestory.arrive.matching.comparing.person import Person
from onestory.arrive.matching.comparing.vetoes import Families
from onestory.arrive.matching.comparing.weights import Weights, expected_weights
from tests.unit.arrive.matching.comparing.people import person, sophie

WEIGHTS = expected_weights()
NHS, OTHER_NHS = "9990000018", "9990000026"


def compared(left: Person, right: Person, weights: Weights = WEIGHTS) -> Comparison:
    comparison = explain(left, right, weights)
    assert explain(right, left, weights).evidence == pytest.approx(comparison.evidence)
    assert (explain(right, left, weights).veto is None) is (comparison.veto is None)
    return comparison


def test_the_same_person_written_twice() -> None:
    comparison = compared(sophie(), sophie())
    assert comparison.probability > 0.999
    assert comparison.veto is None
    assert comparison.why == (
        "same given name; same surname; same birth date; same telephone number; same house and street; same postcode"
    )


def test_reasons_are_plain_words_with_what_was_written() -> None:
    other = sophie(given_name="Zofia", surname="Nowitki", birth_date="05/04/2012", sex="", phone="", address_line="")
    assert compared(sophie(), other).why == (
        "given name in another form (Sophie, Zofia); surname alike (Nowicki, Nowitki); "
        "birth date with day and month swapped (04/05/2012, 05/04/2012); same postcode"
    )


def test_what_differs_is_said_too() -> None:
    other = sophie(address_line="3 Quarry Court", postcode="LU1 2AB", locality="Luton")
    assert compared(sophie(), other).why.endswith("; but different street; but different place")


def test_no_number_is_repeated_in_words() -> None:
    comparison = compared(sophie(nhs_number=NHS), sophie(nhs_number=NHS))
    assert "same NHS number" in comparison.why
    assert NHS not in comparison.why


@pytest.mark.parametrize("field", ["given_name", "surname", "birth_date", "sex", "phone", "address_line", "postcode"])
def test_what_is_missing_never_agrees_and_never_differs(field: str) -> None:
    gone = {"locality": "", field: ""}
    without, with_it = compared(sophie(**gone), sophie(**gone)), compared(sophie(**gone), sophie(locality=""))
    assert without.evidence == pytest.approx(with_it.evidence)
    assert without.evidence < compared(sophie(locality=""), sophie(locality="")).evidence


def test_two_empty_records_are_nobody() -> None:
    comparison = compared(person(), person())
    assert comparison.reasons == ()
    assert comparison.evidence == pytest.approx(WEIGHTS.prior_bits)


def test_names_changed_round() -> None:
    comparison = compared(sophie(), sophie(given_name="Nowicki", surname="Sophie"))
    assert comparison.probability > 0.99
    assert "given name and surname changed round (Sophie, Nowicki)" in comparison.why


def test_a_rare_surname_says_more_than_a_common_one() -> None:
    rare = compared(person(given_name="Ann", surname="Nowicki"), person(given_name="Ann", surname="Nowicki"))
    common = compared(person(given_name="Ann", surname="Smith"), person(given_name="Ann", surname="Smith"))
    assert rare.evidence > common.evidence + 3


def test_rarity_counts_by_half_where_names_only_resemble() -> None:
    rare = compared(person(surname="Nowicki"), person(surname="Nowitki")).evidence
    common = compared(person(surname="Johnson"), person(surname="Johnsen")).evidence
    assert rare > common


def test_names_alone_never_join() -> None:
    comparison = compared(
        person(given_name="Xanthe", surname="Nowicki"), person(given_name="Xanthe", surname="Nowicki")
    )
    assert comparison.probability == 0
    assert comparison.veto is not None
    assert not comparison.veto.two_people


@pytest.mark.parametrize("given", ["Zara", "Tom", "Kim Sofie Anne"])
def test_twins_are_two(given: str) -> None:
    comparison = compared(sophie(given_name="Amaka"), sophie(given_name=given))
    assert comparison.probability == 0
    assert comparison.veto is not None
    assert comparison.veto.two_people
    assert "different given names" in comparison.why


def test_twins_of_names_that_resemble() -> None:
    assert compared(sophie(given_name="Mia"), sophie(given_name="Tia")).probability == 0
    assert compared(sophie(given_name="Daniel", sex="M"), sophie(given_name="Danielle")).probability == 0


def test_brother_and_sister_of_an_unknown_name() -> None:
    comparison = compared(sophie(given_name="Aryelan", sex="M"), sophie(given_name="Aryelana"))
    assert comparison.veto is not None
    assert "brother and sister" in comparison.veto.words


@pytest.mark.parametrize("born", ["1984-05-04", "1984-11-30", "1960"])
def test_a_father_and_a_son_of_one_name_are_two(born: str) -> None:
    comparison = compared(sophie(), sophie(birth_date=born))
    assert comparison.probability == 0
    assert comparison.veto is not None
    assert "a parent and a child of one name" in comparison.veto.words


def test_one_digit_off_within_a_few_years_is_a_slip() -> None:
    assert compared(sophie(), sophie(birth_date="2011-05-04")).probability > 0.99


def test_relatives_of_one_name() -> None:
    assert compared(sophie(), sophie(birth_date="2009-11-23")).probability == 0
    elsewhere = sophie(birth_date="2012-11-23", address_line="", phone="", postcode="LU1 2AB")
    assert compared(sophie(), elsewhere).probability == 0


def test_what_is_missing_leaves_a_doubt_that_a_person_can_settle() -> None:
    without_date, without_name = (
        compared(sophie(), sophie(birth_date="")),
        compared(sophie(), sophie(given_name="Baby")),
    )
    assert without_date.probability == without_name.probability == 0.97
    assert compared(sophie(), sophie(given_name="", birth_date="")).probability == 0


def test_a_file_without_families_joins_on_what_families_share() -> None:
    weights = replace(WEIGHTS, families=Families(apart=False))
    assert compared(sophie(), sophie(given_name="Gertrude"), weights).probability > 0.99
    assert compared(sophie(), sophie(birth_date="1950-11-30"), weights).veto is None


def test_not_even_then_are_different_given_names_with_different_birth_dates_joined() -> None:
    sister = sophie(given_name="Gertrude", birth_date="2013-02-01")
    alone, slips = (replace(WEIGHTS, families=Families(apart=False, slips=slips)) for slips in (False, True))
    assert "different given names and birth dates" in compared(sophie(), sister, alone).why
    assert compared(sophie(), sister, alone).probability == 0
    assert compared(sophie(), sister, slips).veto is None


def test_a_digit_of_the_decade_is_a_slip_and_no_generation() -> None:
    assert compared(sophie(birth_date="1999-02-23"), sophie(birth_date="1939-02-23")).veto is None


def test_the_same_year_under_one_roof_is_a_slip() -> None:
    assert compared(sophie(birth_date="2011-07-26", address_line=""), sophie(birth_date="2011-04-01")).veto is None


def test_a_number_that_agrees_outweighs_the_family() -> None:
    comparison = compared(sophie(nhs_number=NHS), sophie(given_name="Gertrude", nhs_number=NHS))
    assert comparison.veto is None
    assert comparison.probability > 0.99


def test_numbers_that_conflict_veto() -> None:
    comparison = compared(sophie(nhs_number=NHS), sophie(nhs_number=OTHER_NHS, address_line="1 Mill Road"))
    assert comparison.probability == 0
    assert "different NHS numbers, each with a right check digit" in comparison.why


def test_numbers_that_conflict_while_all_else_is_equal_are_for_a_person() -> None:
    comparison = compared(sophie(nhs_number=NHS), sophie(nhs_number=OTHER_NHS))
    assert comparison.probability == 0.5
    assert "has one person two numbers?" in comparison.why


def test_a_number_one_digit_off_is_no_conflict() -> None:
    comparison = compared(sophie(nhs_number=NHS), sophie(nhs_number="9990000019"))
    assert comparison.veto is None
    assert comparison.probability > 0.99


def test_unverified_numbers_that_differ_only_weigh_against() -> None:
    comparison = compared(sophie(nhs_number=NHS), sophie(nhs_number="1234567890"))
    assert comparison.veto is None
    assert comparison.evidence < compared(sophie(), sophie()).evidence


def test_a_number_conflicts_even_where_another_agrees() -> None:
    upn = "T826400012001"
    comparison = compared(sophie(nhs_number=NHS, upn=upn), sophie(nhs_number=OTHER_NHS, upn=upn, phone=""))
    assert comparison.veto is not None


def test_weights_survive_as_json() -> None:
    again = Weights.from_json(json.loads(json.dumps(WEIGHTS.as_json())))
    assert again == WEIGHTS
    assert explain(sophie(), sophie(surname="Nowitzki"), again) == explain(
        sophie(), sophie(surname="Nowitzki"), WEIGHTS
    )


def test_weights_of_another_version_are_refused() -> None:
    with pytest.raises(ValueError, match="train them anew"):
        Weights.from_json({**WEIGHTS.as_json(), "version": 0})


@pytest.mark.parametrize(("bits", "probability"), [(0, 0.5), (1, 2 / 3), (-1, 1 / 3), (2000, 1), (-2000, 0)])
def test_bits_as_probability(bits: float, probability: float) -> None:
    assert probability_of(bits) == pytest.approx(probability)
