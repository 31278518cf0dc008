"""The search keys of a record, and those under which somebody is looked for.

A key is a number: 63 bits of a digest over its kind and its text, so that one index of equal numbers answers every
question. A key that tells where somebody lives or can be called is negative: the database can keep it from whoever may
not know that, without knowing what it means. Which keys there are, and why these: docs/adr/0021.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from onestory.arrive.matching.comparing.addresses import plain_postcode
from onestory.arrive.matching.comparing.birth_dates import read_birth_date
from onestory.arrive.matching.comparing.identifiers import plain_number, plain_phone
from onestory.arrive.matching.searching.name_tokens import NameWords, word

VERSION = 1
"""Raised when keys change; what has older ones is given new ones by `onestory manage index_people`."""


class Kind(IntEnum):
    """What a key is made of. From PLACE on it tells a location."""

    NAME = 1  # one word of the name
    NAMES = 2  # two words, in either order
    NAME_AND_PART = 3  # one word, and the beginning or the end of another
    BORN = 10
    NAME_BORN = 11
    NHS_NUMBER = 20
    UPN = 21
    LOCAL_NUMBER = 22
    PLACE = 30
    NAME_PLACE = 31
    PHONE = 32

    @property
    def tells_location(self) -> bool:
        """Whether whoever may not know where the person is may not find them by it."""
        return self >= Kind.PLACE


@dataclass(frozen=True, slots=True)
class Key:
    """One key and its kind."""

    kind: Kind
    number: int


@dataclass(frozen=True, slots=True)
class Stated:
    """What one record says of a person, as text, as far as keys are made of it."""

    names: tuple[NameWords, ...] = ()
    born: str = ""
    nhs_number: str = ""
    upn: str = ""
    local_number: str = ""
    postcodes: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@lru_cache(maxsize=100_000)
def key(kind: Kind, text: str) -> Key:
    """The key of one text."""
    digest = hashlib.blake2b(f"{int(kind)} {text}".encode(), digest_size=8).digest()
    number = int.from_bytes(digest) >> 1
    return Key(kind, -number - 1 if kind.tells_location else number)


def keys_of(stated: Stated) -> list[Key]:
    """Every key of a record, each once."""
    found: dict[int, Key] = {}
    for one in _keys_of(stated):
        found.setdefault(one.number, one)
    return list(found.values())


def _keys_of(stated: Stated) -> Iterator[Key]:
    born = born_digits(stated.born)
    postcodes = [one for text in stated.postcodes if (one := plain_postcode(text))]
    for names in stated.names:
        yield from names_keys(names)
    tokens = _tokens(stated.names)
    yield from (key(Kind.NAME, token) for token in tokens)
    if born:
        yield key(Kind.BORN, born)
        yield from (key(Kind.NAME_BORN, f"{token} {born}") for token in tokens)
    for postcode in postcodes:
        yield key(Kind.PLACE, postcode)
        yield from (key(Kind.NAME_PLACE, f"{token} {postcode}") for token in tokens)
    yield from (key(Kind.PHONE, one) for text in stated.phones if (one := plain_phone(text)))
    yield from _number_keys(stated)


def _tokens(names: Iterable[NameWords]) -> list[str]:
    return list(dict.fromkeys(token for one in names for text in one.all for token in word(text).tokens))


def _number_keys(stated: Stated) -> Iterator[Key]:
    for kind, text in (
        (Kind.NHS_NUMBER, stated.nhs_number),
        (Kind.UPN, stated.upn),
        (Kind.LOCAL_NUMBER, stated.local_number),
    ):
        if number := plain_number(text):
            yield key(kind, number)


def names_keys(names: NameWords) -> Iterator[Key]:
    """The keys of a whole name: both words in either order; one word whole, the other by its beginning and its end."""
    for one, other in names.pairs:
        yield from pair_keys(one, other)
        yield from part_keys(one, other)
        yield from part_keys(other, one)


def pair_keys(one: str, other: str) -> Iterator[Key]:
    """Two words in either order."""
    for left in word(one).tokens:
        for right in word(other).tokens:
            yield key(Kind.NAMES, " ".join(sorted((left, right))))


def part_keys(whole: str, part: str) -> Iterator[Key]:
    """One word whole and another by its first and its last letters."""
    for token in word(whole).tokens:
        for affix in word(part).affixes:
            yield key(Kind.NAME_AND_PART, f"{token} {affix}")


def born_digits(text: str) -> str:
    """Eight digits of a birth date whose day is known; empty where it is not."""
    born = read_birth_date(text)
    return born.digits or "" if born else ""


def numbers_of(keys: Iterable[Key]) -> Mapping[int, Kind]:
    """The keys by number."""
    return {one.number: one.kind for one in keys}
