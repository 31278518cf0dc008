"""Check digits, and telephone numbers as people write them."""

from __future__ import annotations

import pytest

from onestory.arrive.matching.comparing.identifiers import (
    is_nhs_number,
    is_temporary_upn,
    is_upn,
    plain_number,
    plain_phone,
)

VALID = "9990000018"


def test_a_right_check_digit() -> None:
    assert is_nhs_number(VALID)
    assert is_nhs_number("9434765919")


def test_every_single_wrong_digit_is_found() -> None:
    for place, digit in enumerate(VALID):
        for other in set("0123456789") - {digit}:
            assert not is_nhs_number(VALID[:place] + other + VALID[place + 1 :])


def test_two_neighbours_changed_round_are_found() -> None:
    number = "9434765919"
    for place in range(9):
        if number[place] != number[place + 1]:
            swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
            assert not is_nhs_number(swapped)


@pytest.mark.parametrize(
    "number", ["", "999000001", "99900000181", "999000001X", "٩٩٩٠٠٠٠٠١٨", "0000000000", "9999999999"]
)
def test_what_is_no_nhs_number(number: str) -> None:
    assert not is_nhs_number(number)


def test_a_remainder_of_ten_is_never_issued() -> None:
    # 987654321: the weighted sum leaves 1, so the check would be 10.
    total = sum(int(digit) * weight for digit, weight in zip("100000009", range(10, 1, -1), strict=True))
    without_check = next(
        f"{serial:09d}"
        for serial in range(999000000, 999000200)
        if sum(int(d) * w for d, w in zip(f"{serial:09d}", range(10, 1, -1), strict=True)) % 11 == 1
    )
    assert total % 11 != 1
    assert not any(is_nhs_number(without_check + check) for check in "0123456789")


def upn_with_right_letter(digits: str) -> str:
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[sum(int(d) * p for p, d in zip(range(2, 14), digits, strict=True)) % 23] + digits


def test_a_pupil_number_with_its_letter() -> None:
    number = upn_with_right_letter("826400012001")
    assert is_upn(number)
    wrong = [letter + number[1:] for letter in "ABCDEFGHJKLMNPQRTUVWXYZ" if letter != number[0]]
    assert not any(is_upn(other) for other in wrong)


def test_authorities_that_libraries_refuse_are_good() -> None:
    for authority in ("838", "839", "940", "943"):
        assert is_upn(upn_with_right_letter(f"{authority}400012001"))


def test_a_temporary_number_is_nobodys_for_good() -> None:
    assert is_temporary_upn("A82640001200B")
    assert not is_upn("A82640001200B")
    assert not is_temporary_upn("A826400012001")


def test_spaces_and_hyphens_do_not_count() -> None:
    assert plain_number(" 999 000-0018 ") == VALID


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("01908 555 101", "01908555101"),
        ("+44 7700 900101", "07700900101"),
        ("0044 (0)7700 900101", "07700900101"),
        ("+44 (0) 1908 555101", "01908555101"),
        ("44100", None),
        ("call mother", None),
        ("12345", None),
        ("1" * 16, None),
    ],
)
def test_telephone_numbers(typed: str, plain: str | None) -> None:
    assert plain_phone(typed) == plain
