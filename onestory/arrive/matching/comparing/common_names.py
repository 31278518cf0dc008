"""Roughly how common the commonest names are in Britain, in 10,000 people: what rarity is before any file is seen.

Round figures from general knowledge. A file of some size soon outweighs them (see rarity.py).
"""

from __future__ import annotations

_GIVEN = """
120 john / 110 david / 100 mohammed / 90 james michael / 80 paul sarah / 70 andrew susan / 60 jack emma daniel thomas
50 peter robert mark christopher richard / 45 karen joshua william matthew stephen mary margaret
40 steven elizabeth claire patricia jessica laura oliver / 35 rebecca julie linda charlotte samuel joseph alexander
30 sophie hannah amy lucy adam anthony simon ian luke benjamin jacob harry george charlie amelia olivia emily chloe
25 helen jacqueline nicola lisa michelle amanda deborah christine joanne angela ryan lewis kevin gary alan martin
20 alfie noah isla ava grace ella mia lily jane rachel victoria samantha gemma kelly natalie katie kate louise catherine
20 muhammad ali ethan jake liam connor callum edward henry max leo archie oscar freddie logan
"""

_SURNAMES = """
120 smith / 90 jones / 65 williams / 60 taylor brown / 50 davies / 45 evans wilson / 40 thomas johnson
35 roberts khan walker wright robinson / 30 thompson white hughes edwards ali green hall lewis
25 wood harris martin patel jackson clarke hussain turner hill singh
20 clark cooper ward morris moore king watson baker harrison morgan allen james scott phillips lee davis parker price
20 bennett young griffiths mitchell kelly cook carter richardson bailey collins bell shaw murphy miller cox ahmed begum
15 richards marshall anderson simpson ellis adams kaur rogers murray gray wilkinson foster mills chapman lloyd hunt
"""


def _shares(text: str) -> dict[str, float]:
    shares: dict[str, float] = {}
    share = 0.0
    for word in text.replace("/", " ").split():
        if word.isdigit():
            share = int(word) / 10_000
        else:
            shares[word] = share
    return shares


COMMON_GIVEN_NAMES = _shares(_GIVEN)
COMMON_SURNAMES = _shares(_SURNAMES)
