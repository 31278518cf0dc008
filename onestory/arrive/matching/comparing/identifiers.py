"""Numbers that stand for one person: how they are checked, and what a telephone number is brought down to."""

from __future__ import annotations

import re

from onestory.arrive.matching.comparing.letters import digits_of

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(rf"[{_UPN_LETTERS}]\d{{12}}\Z", re.ASCII)
_TEMPORARY_UPN = re.compile(rf"[{_UPN_LETTERS}]\d{{11}}[{_UPN_LETTERS}]\Z", re.ASCII)
_SEPARATORS = re.compile(r"[\s\-./()]+")
_A_LETTER = re.compile(r"[^\W\d_]")
_FEWEST_DIGITS, _MOST_DIGITS = 6, 15


def plain_number(text: str) -> str:
    """An identifier without the spaces, hyphens and dots that people put into it, in capitals."""
    return _SEPARATORS.sub("", text).upper()


def is_nhs_number(number: str) -> bool:
    """Whether ten digits carry the right check digit: weights 10 to 2, 11 minus the remainder by 11; 10 is not issued.

    The check finds every single wrong digit and every two neighbours changed round. Ten equal digits pass it and are
    what people type to get past a form: they are not accepted.
    """
    if len(number) != 10 or not (number.isascii() and number.isdigit()) or len(set(number)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(number[9])


def is_upn(number: str) -> bool:
    """Whether a unique pupil number carries the right check letter and is a permanent one.

    Thirteen characters: a letter, then authority, school, year and serial number in digits. The letter is the sum of
    digit times position (2 to 13), modulo 23. A temporary number ends in a letter and is nobody's for good.
    """
    if not _UPN.match(number):
        return False
    total = sum(int(digit) * position for position, digit in enumerate(number[1:], start=2))
    return _UPN_LETTERS[total % 23] == number[0]


def is_temporary_upn(number: str) -> bool:
    """Whether the number has the form of a temporary one, which a school gives until the pupil's own is known."""
    return bool(_TEMPORARY_UPN.match(number))


def plain_phone(text: str) -> str | None:
    """A telephone number as digits, the country code of the United Kingdom turned into 0; None if it is no number."""
    if _A_LETTER.search(text):
        return None
    digits = digits_of(text)
    for code in ("0044", "44") if text.strip().startswith(("+", "00")) else ():
        if digits.startswith(code):
            digits = "0" + digits.removeprefix(code).removeprefix("0")
            break
    return digits if _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS else None
