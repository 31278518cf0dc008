"""What a file tells of the families in it, from how often pairs of one home differ in what."""

from __future__ import annotations

import pytest

from onestory.arrive.matching.bulk.scoring import Differences

SLIPS = {
    "given_name": 101,
    "surname": 95,
    "birth_date": 13,
    "birth_date_by_a_generation": 28,
    "given_name_and_birth_date": 7,
}


def differences(**changed: int) -> Differences:
    return Differences(**{"nothing": 900, **SLIPS, **changed})


def test_values_that_are_wrong_in_every_field_are_slips() -> None:
    assert not differences().families().apart


@pytest.mark.parametrize(
    "changed",
    [
        {"surname": 40},  # given names differ far more often than surnames: twins
        {"given_name_and_birth_date": 60},  # brothers and sisters
        {"birth_date": 2},  # no birth date is wrong but by a generation: fathers and sons
        {"birth_date_by_a_generation": 60},
        {"given_name": 0, "surname": 0, "birth_date": 0},  # nothing to go by
        {
            "given_name": 7,
            "surname": 7,
            "birth_date": 3,
            "birth_date_by_a_generation": 2,
            "given_name_and_birth_date": 0,
        },
    ],
)
def test_anything_short_of_clear_proof_keeps_families_apart(changed: dict[str, int]) -> None:
    assert differences(**changed).families().apart


def test_a_file_without_differences_lowers_the_doubt() -> None:
    without = Differences(5_000, 0, 0, 0, 0, 0).families()
    assert without.namesakes < 0.001
    assert without.twins < 0.001


def test_a_small_file_leaves_the_doubt_as_it_is_assumed() -> None:
    families = Differences(3, 0, 0, 0, 0, 0).families()
    assert families.twins == pytest.approx(0.03, abs=0.001)


def test_namesakes_raise_the_doubt() -> None:
    families = Differences(1_000, 0, 0, 10, 90, 0).families()
    assert families.namesakes == pytest.approx(103 / 1_200)


ALONE = {"names": 750, "other_given_name": 83, "other_surname": 104, "birth_date": 2, "birth_years": 66}


def test_where_nobody_lives_with_relatives_nobody_is_kept_apart_for_what_relatives_share() -> None:
    families = Differences(**ALONE).families()
    assert not families.apart
    assert not families.slips


@pytest.mark.parametrize(
    "changed",
    [
        {"other_given_name": 240},  # given names differ far more often than surnames: relatives
        {"other_surname": 0, "other_given_name": 3},  # no slips at all, and three twins
        {"given_name_and_birth_date": 16},  # brothers and sisters
        {"birth_date_by_a_generation": 7},  # fathers and sons
        {"birth_years": 3},  # a school's year: only twins live together
        {"names": 40},  # too few to tell
    ],
)
def test_any_sign_of_relatives_keeps_families_apart(changed: dict[str, int]) -> None:
    assert Differences(**{**ALONE, **changed}).families().apart


def test_without_birth_dates_names_and_homes_tell() -> None:
    undated = {**ALONE, "birth_date": 0, "birth_years": 0}
    assert not Differences(**undated).families().apart
    with_families = Differences(**{**undated, "other_given_name": 2_900}).families()
    assert with_families.apart
    assert with_families.namesakes == pytest.approx(0.03)
