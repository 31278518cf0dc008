"""The words of a name as search keys know them: one token for all spellings, forms and transcriptions we know of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from onestory.arrive.matching.comparing.letters import says_nothing, words_of
from onestory.arrive.matching.comparing.names import given_forms, given_name, sound_of, surname

_MOST_WORDS = 5
_MOST_FORMS = 4
_AFFIX = 3
# What a record is called where it has no name: "Mother of Child F", "Sibling 2", "Unborn baby". Nobody is found by it.
_NO_NAMES = frozenset(
    [
        "adult",
        "aunt",
        "baby",
        "boy",
        "brother",
        "child",
        "children",
        "cousin",
        "dad",
        "daughter",
        "ex",
        "family",
        "father",
        "female",
        "foetus",
        "friend",
        "girl",
        "grandfather",
        "grandmother",
        "grandparent",
        "half",
        "her",
        "his",
        "husband",
        "infant",
        "male",
        "man",
        "maternal",
        "mother",
        "mum",
        "neighbour",
        "new",
        "newborn",
        "not",
        "of",
        "parent",
        "partner",
        "paternal",
        "person",
        "sibling",
        "sister",
        "son",
        "step",
        "stepfather",
        "stepmother",
        "the",
        "their",
        "twin",
        "uncle",
        "unborn",
        "unknown",
        "unnamed",
        "wife",
        "woman",
        "young",
        "younger",
        "older",
        "elder",
        "s",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "and",
        "or",
        "known",
        "as",
        "called",
        "previously",
        "formerly",
        "nee",
    ]
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: its tokens, and the letters it begins and ends with, for each form that it may stand for."""

    tokens: tuple[str, ...]
    affixes: tuple[str, ...]


@lru_cache(maxsize=200_000)
def word(text: str) -> Word:
    """A word of which nobody said whether it is a given name or a surname."""
    forms = dict.fromkeys((*given_forms(text)[:_MOST_FORMS], *(surname(text).parts or (text,))))
    affixes = dict.fromkeys(affix for form in (text, *forms) for affix in _affixes(form))
    return Word(tuple(dict.fromkeys(map(_token, forms))), tuple(affixes))


def _token(form: str) -> str:
    return sound_of(form) or form


def _affixes(form: str) -> tuple[str, str]:
    return f"{form[:_AFFIX]}…", f"…{form[-_AFFIX:]}"


@dataclass(frozen=True, slots=True)
class NameWords:
    """A name's words: those of the given name, and those of the surname; all of them given where nobody told."""

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every word once."""
        return tuple(dict.fromkeys((*self.given, *self.family)))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every given name with every surname."""
        return tuple((one, other) for one in self.given for other in self.family if one != other)


@lru_cache(maxsize=100_000)
def name_words(given: str, family: str, label: str = "") -> NameWords:
    """The words of a record's name; ``label`` counts where it has neither a given name nor a surname."""
    if not (given.strip() or family.strip()):
        given, family = split_label(label)
    known = given_name(given).words[:_MOST_WORDS]
    apart = surname(family)
    parts = dict.fromkeys((*apart.words, *apart.parts))
    return NameWords(known, tuple(one for one in parts if len(one) > 1 or len(parts) == 1)[:_MOST_WORDS])


def split_label(label: str) -> tuple[str, str]:
    """A name in one piece as given name and surname; both empty where it names nobody (``Mother of Child F``).

    Of ``Noah's mother, Jade Abbott`` only what follows the comma is her name.
    """
    own = label.rpartition(",")[2]
    words = [one for one in own.replace("(", " ").replace(")", " ").split() if _is_name(one)]
    if len(words) < 2:
        return " ".join(words), ""
    return " ".join(words[:-1]), words[-1]


def _is_name(text: str) -> bool:
    found = words_of(text)
    return (
        not text.endswith(("'s", "’s"))
        and not says_nothing(found)
        and not all(one in _NO_NAMES for one in found)
        and not any(char.isdigit() for char in text)
        and len("".join(found)) > 1
    )
