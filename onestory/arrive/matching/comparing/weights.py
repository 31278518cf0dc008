"""What each level of likeness is worth: one small table, from reasoning or taught by a file, kept as JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache

from onestory.arrive.matching.comparing.levels import ASPECTS, Aspect, Level
from onestory.arrive.matching.comparing.person import Person
from onestory.arrive.matching.comparing.rarity import Shares, shares_of
from onestory.arrive.matching.comparing.vetoes import Families

VERSION = 1
EXPECTED_PRIOR = 1e-4
"""How often two records taken at random are of one person, where nothing is known of the register."""


@dataclass(frozen=True, slots=True)
class Worth:
    """How often records of one person, and of two people, stand at a level."""

    same_person: float
    strangers: float

    @property
    def bits(self) -> float:
        """Evidence for one person in bits: each doubles the odds."""
        return _bits(self.same_person, self.strangers)


@lru_cache(maxsize=10_000)
def _bits(same_person: float, strangers: float) -> float:
    return math.log2(same_person / strangers)


@dataclass(frozen=True, slots=True)
class Weights:
    """All that scoring needs beside the two records.

    ``families`` says what members of one family are to be expected among the records.
    """

    prior: float
    levels: Mapping[str, Mapping[str, Worth]]
    shares: Mapping[str, Shares] = field(default_factory=dict)
    families: Families = field(default_factory=Families)

    @property
    def prior_bits(self) -> float:
        """Where two records start before they are compared."""
        return math.log2(self.prior / (1 - self.prior))

    def bits(self, aspect: Aspect, level: Level, left: Person, right: Person) -> float:
        """The evidence of one level for these two records, in bits: more where they share something rare."""
        worths = self.levels[aspect.name]
        bits = worths[level.name].bits
        if not level.rarity or aspect.rare_by not in self.shares:
            return bits
        shares = self.shares[aspect.rare_by]
        stated = [
            share for person in (left, right) if (share := shares.of(getattr(person, aspect.rare_by))) is not None
        ]
        if not stated:
            return bits
        usual = worths[aspect.exact.name].strangers
        return bits + level.rarity * (math.log2(usual) - math.log2(max(stated)))

    def as_json(self) -> dict:
        """The table as plain values, for a file or a column."""
        return {
            "version": VERSION,
            "prior": self.prior,
            "families": asdict(self.families),
            "levels": {
                aspect: {name: [worth.same_person, worth.strangers] for name, worth in levels.items()}
                for aspect, levels in self.levels.items()
            },
            "shares": {
                name: {"rarest": shares.rarest, "named": dict(shares.named)} for name, shares in self.shares.items()
            },
        }

    @classmethod
    def from_json(cls, table: Mapping) -> Weights:
        """The weights that `as_json` wrote. ValueError for a table of another version."""
        if table.get("version") != VERSION:
            raise ValueError(f"These weights are of version {table.get('version')}, not {VERSION}: train them anew.")
        return cls(
            prior=table["prior"],
            families=Families(**table["families"]),
            levels={
                aspect: {name: Worth(*pair) for name, pair in levels.items()}
                for aspect, levels in table["levels"].items()
            },
            shares={name: Shares(shares["rarest"], shares["named"]) for name, shares in table["shares"].items()},
        )


def rarest_counted(aspect: Aspect, same_person: float) -> float:
    """The smallest share that may count for a value, so that rarity alone gives no more than the level's ``most``."""
    return same_person * 2**-aspect.exact.most


def expected_weights(prior: float = EXPECTED_PRIOR) -> Weights:
    """The weights that hold before any file is seen, from `levels` and `common_names`."""
    levels = {
        aspect.name: {level.name: Worth(level.same_person, level.strangers) for level in aspect.levels}
        for aspect in ASPECTS
    }
    shares = {
        aspect.rare_by: shares_of(aspect.rare_by, (), 0, rarest_counted(aspect, aspect.levels[0].same_person))
        for aspect in ASPECTS
        if aspect.rare_by
    }
    return Weights(prior, bounded(levels), shares)


def bounded(levels: Mapping[str, Mapping[str, Worth]]) -> dict[str, dict[str, Worth]]:
    """The same table with every level's evidence brought within what `levels` allows it."""
    return {
        aspect.name: {level.name: _within(level, levels[aspect.name][level.name]) for level in aspect.levels}
        for aspect in ASPECTS
        if aspect.name in levels
    }


def _within(level: Level, worth: Worth) -> Worth:
    if worth.bits > level.most:
        return Worth(worth.same_person, worth.same_person / 2**level.most)
    if worth.bits < level.least:
        return Worth(worth.strangers * 2**level.least, worth.strangers)
    return worth
