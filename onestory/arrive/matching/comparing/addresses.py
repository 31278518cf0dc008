"""Addresses brought down to what can be compared: house number, street, postcode."""

from __future__ import annotations

import re
from functools import lru_cache

from onestory.arrive.matching.comparing.letters import says_nothing, words_of

_SHORT = {
    "apt": "flat", "apartment": "flat", "apmt": "flat", "av": "avenue", "ave": "avenue", "bldg": "building",
    "cl": "close", "clse": "close", "cott": "cottage", "cr": "crescent", "cres": "crescent", "crs": "crescent",
    "ct": "court", "crt": "court", "dr": "drive", "drv": "drive", "est": "estate", "flt": "flat", "gdn": "gardens",
    "gdns": "gardens", "garden": "gardens", "gr": "grove", "grn": "green", "gro": "grove", "hse": "house",
    "hts": "heights", "la": "lane", "ln": "lane", "mt": "mount", "pk": "park", "pl": "place", "plc": "place",
    "rd": "road", "rse": "rise", "sq": "square", "str": "street", "tce": "terrace", "ter": "terrace", "terr": "terrace",
    "unit": "flat", "wy": "way",
}  # fmt: skip
_NUMBER = re.compile(r"\d+[a-z]?\Z", re.ASCII)
_FLAT = re.compile(r"(flat|flt|apt|apartment|unit)(?=\d)", re.ASCII)
# Postcodes of the health service for people without a fixed home: everybody has them, so they say nothing.
_NO_HOME = "ZZ99"


@lru_cache(maxsize=200_000)
def street_of(line: str) -> tuple[str | None, str | None]:
    """House number and street of an address line: ``Flat 3, 12 High St`` gives 12 and highstreet; None if missing."""
    words = words_of(_FLAT.sub(r"\1 ", line.casefold()))
    if says_nothing(words):
        return None, None
    numbers = [word for word in words if _NUMBER.match(word)]
    names = [_in_full(place, word) for place, word in enumerate(words) if not _NUMBER.match(word)]
    named = [name for name in names if name != "flat"] or names
    return (numbers[-1] if numbers else None), ("".join(named) or None)


def _in_full(place: int, word: str) -> str:
    if word == "st":  # St Mary's Road, but High St
        return "saint" if place == 0 else "street"
    return _SHORT.get(word, word)


@lru_cache(maxsize=200_000)
def plain_place(text: str) -> str | None:
    """A locality, region or house number as letters and digits without spaces; None where it says nothing."""
    words = words_of(text)
    return None if says_nothing(words) else "".join(words)


@lru_cache(maxsize=200_000)
def plain_postcode(text: str) -> str | None:
    """A postcode in capitals without spaces; None where it is missing or stands for no fixed home."""
    postcode = (plain_place(text) or "").upper()
    return None if not postcode or postcode.startswith(_NO_HOME) else postcode
