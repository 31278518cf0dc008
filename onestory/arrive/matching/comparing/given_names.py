"""Could two given names be the name of one person, or are they two names?"""

from __future__ import annotations

from rapidfuzz.distance import DamerauLevenshtein

from onestory.arrive.matching.comparing.name_families import KNOWN_GIVEN_NAMES
from onestory.arrive.matching.comparing.names import given_forms, sound_of

_SHORT, _LONG = 5, 7
"""Letters from which one slip, and two slips, can be told from another name: Mia and Tia are two girls."""


def may_be_one_name(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two given names, as words, may be one: every word of the shorter is found in the longer.

    Anna and Ann-Marie may be one; Mohammed Rahim and Mohammed Karim are two brothers.
    """
    if not left or not right:
        return False
    one, two = "".join(left), "".join(right)
    if (
        one == two
        or not set(given_forms(one)).isdisjoint(given_forms(two))
        or (len(left) != len(right) and _slip(one, two))
    ):
        return True
    few, many = sorted((left, right), key=len)
    free = list(many)
    for word in few:
        found = next((other for other in free if _one_word(word, other)), None)
        if found is None:
            return False
        free.remove(found)
    return True


def _one_word(one: str, two: str) -> bool:
    if one == two or not set(given_forms(one)).isdisjoint(given_forms(two)):
        return True
    if min(len(one), len(two)) == 1:
        return one[0] == two[0]
    return _slip(one, two)


def _slip(one: str, two: str) -> bool:
    """One of the two is the other mistyped or spelt by ear; two names that both exist never are."""
    if one in KNOWN_GIVEN_NAMES and two in KNOWN_GIVEN_NAMES:
        return False
    shorter = min(len(one), len(two))
    wrong = DamerauLevenshtein.distance(one, two, score_cutoff=2)
    if wrong <= 1:
        return shorter >= _SHORT or (shorter >= 3 and (len(one) != len(two) or sorted(one) == sorted(two)))
    if wrong == 2 and shorter >= _LONG:
        return True
    sound = sound_of(one)
    return sound is not None and sound == sound_of(two)
