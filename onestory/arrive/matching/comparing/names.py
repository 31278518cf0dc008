"""Names brought down to what can be compared: their words, the full forms these stand for, and how they sound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onestory.arrive.matching.comparing.letters import says_nothing, words_of
from onestory.arrive.matching.comparing.name_families import GIVEN_FAMILIES, SURNAME_FAMILIES

_TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "master", "sir", "rev", "prof"}
# What stands in the given name's place until a child is named. It is nobody's name, so it never agrees.
_NOT_YET_NAMED = {
    "baby", "newborn", "unborn", "infant", "child", "boy", "girl", "male", "female", "twin", "triplet", "foetus",
    "one", "two", "three", "i", "ii", "iii", "1", "2", "3", "a", "b", "c", "of", "unknown",
}  # fmt: skip
# Beginnings that belong to the word after them (O Brien, Mac Donald), and words that only lead to it (ap Owain).
_BEGINNINGS = {"o", "mac", "mc", "fitz", "st"}
_LEADING = {
    "ab", "al", "ap", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ferch",
    "ibn", "la", "le", "ni", "nic", "san", "ui", "ur", "van", "verch", "von", "y", "e",
}  # fmt: skip
# A Polish surname ends differently for a woman; brother and sister bear the same one.
_POLISH_WOMEN = re.compile(r"(?<=[sc])ka\Z|(?<=dz)ka\Z")


@dataclass(frozen=True, slots=True)
class GivenName:
    """A given name as it is compared; all of it empty where nobody knows it or none is given yet."""

    squeezed: str | None = None
    words: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    sound: str | None = None


@dataclass(frozen=True, slots=True)
class Surname:
    """A surname as it is compared; all of it empty where it is not known."""

    squeezed: str | None = None
    words: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    sound: str | None = None


@lru_cache(maxsize=200_000)
def given_name(text: str) -> GivenName:
    """Take a given name apart: its words without titles, and the full forms that it may stand for."""
    words = tuple(word for word in words_of(text) if word not in _TITLES)
    if says_nothing(words) or all(word in _NOT_YET_NAMED for word in words):
        return GivenName()
    squeezed = "".join(words)
    forms = tuple(dict.fromkeys(given_forms(words[0]) + given_forms(squeezed)))
    roots = tuple(sorted({given_forms(word)[0] for word in words}))
    return GivenName(squeezed, words, forms, roots, sound_of(squeezed))


@lru_cache(maxsize=200_000)
def surname(text: str) -> Surname:
    """Take a surname apart, a beginning joined to its word: ``Ó Briain`` gives obriain, ``Mac Donald`` macdonald."""
    words = tuple(word for word in words_of(text) if word not in _TITLES)
    if says_nothing(words):
        return Surname()
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in _BEGINNINGS:
            joined[-1] += word
        else:
            joined.append(word)
    squeezed = "".join(joined)
    return Surname(squeezed, tuple(joined), _parts(joined), sound_of(squeezed))


def _parts(words: list[str]) -> tuple[str, ...]:
    """Each part in the form by which all its spellings are known, sorted: what double names share."""
    parts = [word for word in words if word not in _LEADING] or words
    return tuple(sorted({_surname_form(part) for part in parts}))


# What stands before a Yoruba or Igbo name in full and is left out every day: Oluwadamilola is Damilola.
_LEFT_OUT = ("oluwa", "chukwu")


@lru_cache(maxsize=200_000)
def given_forms(word: str) -> tuple[str, ...]:
    """The full names that a given name may stand for; itself where we know of none."""
    forms = GIVEN_FAMILIES.get(word, (word,))
    for beginning in _LEFT_OUT:
        rest = word.removeprefix(beginning)
        if rest != word and len(rest) >= 3:
            forms += GIVEN_FAMILIES.get(rest, (rest,))
    return tuple(dict.fromkeys(forms))


def _surname_form(word: str) -> str:
    known = SURNAME_FAMILIES.get(word)
    return known[0] if known else _POLISH_WOMEN.sub("ki", word)


_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn|pn)", "n"), (r"^wr", "r"), (r"^mac", "mk"), (r"^mc", "mk"), (r"^ps", "s"), (r"^x", "s"),
        (r"sch|szcz|sz|cz|ch|sh|tch|tsch", "C"), (r"ph", "f"), (r"ck|kh|q|x", "k"), (r"gh(?=[^aeiouy]|$)", ""),
        (r"gh", "g"), (r"dh|dd", "d"), (r"th", "t"), (r"bh|v", "v"), (r"c(?=[eiy])|z", "s"), (r"c", "k"),
        (r"(?<=[aeiouy])w", ""), (r"w", "v"), (r"(?<!^)h", ""), (r"j|dg(?=[ei])", "j"), (r"^[aeiouy]+", "A"),
        (r"(?!^)[aeiouy]", ""), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


@lru_cache(maxsize=200_000)
def sound_of(word: str) -> str | None:
    """How a name sounds, roughly: its consonants by kind; None where too little is left to say anything.

    Chowdhury and Chaudhry sound alike, as do Smith and Smyth, Hussain and Hossain, Akhtar and Akter.
    """
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word if len(word) >= 3 else None
