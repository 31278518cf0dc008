"""Text brought down to plain letters and digits, so that two ways of writing one thing become equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a plain letter and a mark.
_WHOLE_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "ng"}
)
# Marks inside one word (O'Brien, D’Souza), which are left out; every other mark stands between two words.
_INSIDE = re.compile(r"['’‘`´ʼʻ]")
_NO_DIGITS = re.compile(r"[^0-9]+")
_BETWEEN = re.compile(r"[\W_]+")
# What people and programs write where nothing is known. It must never count as agreement.
_NOTHING_KNOWN = {
    "n a", "n k", "na n", "nan", "nil", "nk", "no name", "none", "none given", "not applicable", "not known",
    "not recorded", "not stated", "null", "tbc", "unk", "unknown", "x", "xx", "xxx",
}  # fmt: skip


@lru_cache(maxsize=200_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in small plain letters: ``Łukasz O'Brien-Nowak`` gives lukasz, obrien, nowak.

    Letters of other scripts are kept, each as its number, so that equal stays equal on every engine.
    """
    split = unicodedata.normalize("NFKD", _INSIDE.sub("", text).casefold().translate(_WHOLE_LETTERS))
    letters = "".join(letter for letter in split if not unicodedata.combining(letter))
    return tuple(_in_ascii(word) for word in _BETWEEN.split(letters) if word)


def _in_ascii(word: str) -> str:
    return word if word.isascii() else "".join(char if char.isascii() else f"{ord(char):x}" for char in word)


def says_nothing(words: tuple[str, ...]) -> bool:
    """Whether the words only say that nothing is known ("not known", "n/k", "-")."""
    return not words or " ".join(words) in _NOTHING_KNOWN


def digits_of(text: str) -> str:
    """The text's ASCII digits, in order."""
    return _NO_DIGITS.sub("", text)
