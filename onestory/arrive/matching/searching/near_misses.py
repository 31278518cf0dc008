"""What somebody may have meant: birth dates, postcodes and numbers that are one slip away from what was typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import combinations

from onestory.arrive.matching.comparing.identifiers import is_nhs_number, is_upn

_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOOKS_LIKE = dict(zip("0O1I5S", "O0I1S5", strict=True))
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def near_dates(digits: str) -> list[str]:
    """Real days one slip away from eight digits: a digit wrong, two changed round, day and month swapped, a day off."""
    year, month, day = digits[:4], digits[4:6], digits[6:]
    found = [year + day + month, *_substituted(digits, _DIGITS), *_transposed(digits)]
    if (real := _real(digits)) is not None:
        found += [f"{real + dt.timedelta(days=by):%Y%m%d}" for by in (-1, 1)]
    return [one for one in dict.fromkeys(found) if one != digits and _real(one)]


def _real(digits: str) -> dt.date | None:
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day if 1850 <= day.year <= 2150 else None


def near_postcodes(postcode: str) -> list[str]:
    """Postcodes one slip away from one without spaces: a character wrong, missing, too many, or two changed round."""
    found = [*_substituted(postcode, None), *_transposed(postcode), *_shortened(postcode), *_lengthened(postcode)]
    return [one for one in dict.fromkeys(found) if one != postcode and _may_be_postcode(one)]


def _may_be_postcode(text: str) -> bool:
    """Letters, digits, then digit and two letters; loosely, since new areas come."""
    return (
        5 <= len(text) <= 7
        and text[0].isalpha()
        and text[-3].isdigit()
        and text[-2:].isalpha()
        and any(char.isdigit() for char in text[1:-3])
    )


def near_nhs_numbers(number: str) -> list[str]:
    """Numbers with a right check digit that are one slip away; two wrong digits where ten were typed."""
    if not (number.isascii() and number.isdigit()) or not 9 <= len(number) <= 11:
        return []
    found = [one for one in _slips(number, 10) if is_nhs_number(one)]
    if len(number) == 10:  # their check digits are right already
        found += [one for one in _two_wrong_digits(number, tuple(range(10, 0, -1)), 11, 0) if len(set(one)) > 1]
    return [one for one in dict.fromkeys(found) if one != number]


def near_upns(number: str) -> list[str]:
    """Pupil numbers with a right check letter that are one slip away; two wrong digits where thirteen were typed."""
    if not 12 <= len(number) <= 14 or not (number.isascii() and number.isalnum()):
        return []
    found = _slips(number, 13) + [letter + number[1:] for letter in _UPN_LETTERS]
    if len(number) == 13 and number[1:].isdigit() and number[0] in _UPN_LETTERS:
        changed = _two_wrong_digits(number[1:], tuple(range(2, 14)), 23, _UPN_LETTERS.index(number[0]))
        found += [number[0] + digits for digits in changed]
    return [one for one in dict.fromkeys(found) if one != number and is_upn(one)]


def _two_wrong_digits(digits: str, weights: tuple[int, ...], modulus: int, remainder: int) -> list[str]:
    """Every change of two digits that makes the weighted sum leave the remainder: the second follows from the first."""
    values = [int(digit) for digit in digits]
    total = sum(value * weight for value, weight in zip(values, weights, strict=True))
    found = []
    for one, other in combinations(range(len(values)), 2):
        undone = pow(weights[other], -1, modulus)
        without = total - values[one] * weights[one] - values[other] * weights[other]
        for first in range(10):
            second = (remainder - without - first * weights[one]) * undone % modulus
            if second < 10 and first != values[one] and second != values[other]:
                found.append(f"{digits[:one]}{first}{digits[one + 1 : other]}{second}{digits[other + 1 :]}")
    return found


def near_local_numbers(number: str) -> list[str]:
    """An agency's own number with one slip: it has no check digit, so every digit may be the wrong one."""
    if not 4 <= len(number) <= 20:
        return []
    found = [*_substituted(number, _DIGITS), *_transposed(number), *_shortened(number)]
    found += [number[:at] + digit + number[at:] for at in range(len(number) + 1) for digit in _DIGITS]
    return [one for one in dict.fromkeys(found) if one != number]


def _slips(text: str, length: int) -> list[str]:
    if len(text) == length:
        return [*_substituted(text, _DIGITS), *_transposed(text)]
    if len(text) == length + 1:
        return list(_shortened(text))
    return [text[:at] + digit + text[at:] for at in range(length) for digit in _DIGITS]


def _substituted(text: str, alphabet: str | None) -> Iterator[str]:
    """Each character by each other one; of its own sort where no alphabet is named, and by what looks like it."""
    for at, char in enumerate(text):
        if alphabet is not None and not char.isdigit():
            continue
        for other in alphabet or (_DIGITS if char.isdigit() else _LETTERS) + _LOOKS_LIKE.get(char, ""):
            if other != char:
                yield text[:at] + other + text[at + 1 :]


def _transposed(text: str) -> Iterator[str]:
    for at in range(len(text) - 1):
        if text[at] != text[at + 1]:
            yield text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _shortened(text: str) -> Iterable[str]:
    return dict.fromkeys(text[:at] + text[at + 1 :] for at in range(len(text)))


def _lengthened(text: str) -> list[str]:
    """A character too few: a letter at either end or after the district, or a digit somewhere between."""
    if len(text) > 6:
        return []
    if not text[-2:].isalpha():
        return [text[:at] + char + text[at:] for at in (len(text) - 1, len(text)) for char in _LETTERS]
    letters_at = (len(text) - 3,) if text[:2].isalpha() else (0, 1, len(text) - 3)
    found = [text[:at] + char + text[at:] for at in range(1, len(text) - 1) for char in _DIGITS]
    return found + [text[:at] + char + text[at:] for at in letters_at for char in _LETTERS]
