"""Two records compared: how likely they are one person's, every reason in plain words, and what forbids a join."""

from __future__ import annotations

from dataclasses import dataclass

from onestory.arrive.matching.comparing.birth_dates import in_words
from onestory.arrive.matching.comparing.levels import ASPECTS, Aspect, Level
from onestory.arrive.matching.comparing.person import Person
from onestory.arrive.matching.comparing.vetoes import Veto, veto_of
from onestory.arrive.matching.comparing.weights import Weights


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that was compared: at which level, in words, and its evidence for one person in bits."""

    aspect: str
    level: str
    words: str
    bits: float

    @property
    def agrees(self) -> bool:
        """Whether it speaks for one person."""
        return self.bits > 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing two records gave. ``evidence`` is the sum in bits before any veto, the prior included."""

    probability: float
    evidence: float
    reasons: tuple[Reason, ...]
    veto: Veto | None

    @property
    def why(self) -> str:
        """One line for a reader: what agrees, then what does not, then what forbids a join."""
        agreeing = [reason.words for reason in self.reasons if reason.words and reason.agrees]
        differing = [reason.words for reason in self.reasons if reason.words and not reason.agrees]
        parts = agreeing + [f"but {words}" for words in differing]
        return "; ".join([*parts, self.veto.words] if self.veto else parts)


def explain(left: Person, right: Person, weights: Weights) -> Comparison:
    """Compare two records. The evidence is what the bulk engine computes for the same records and weights."""
    reasons = tuple(
        Reason(aspect.name, level.name, words_for(aspect, level, left, right), weights.bits(aspect, level, left, right))
        for aspect in ASPECTS
        if aspect.name in weights.levels and (level := level_of(aspect, left, right))
    )
    evidence = weights.prior_bits + sum(reason.bits for reason in reasons)
    veto = veto_of(left, right, {reason.aspect: reason.level for reason in reasons}, weights.families)
    probability = probability_of(evidence)
    return Comparison(min(probability, veto.at_most) if veto else probability, evidence, reasons, veto)


def probability_of(bits: float) -> float:
    """Odds in bits as a probability."""
    return 1 / (1 + 2**-bits) if bits >= 0 else 2**bits / (1 + 2**bits)


def level_of(aspect: Aspect, left: Person, right: Person) -> Level | None:
    """The level at which two records stand; None where they do not both state anything."""
    if aspect.missing.holds(left, right):
        return None
    return next(level for level in aspect.levels if level.test is None or level.test.holds(left, right))


def words_for(aspect: Aspect, level: Level, left: Person, right: Person) -> str:
    """The level's words, with what the two records say where they say different things."""
    if not level.words or not aspect.shown or level.name == "same":
        return level.words
    one, two = (_shown(aspect, person) for person in (left, right))
    return f"{level.words} ({one}, {two})" if one and two else level.words


def _shown(aspect: Aspect, person: Person) -> str:
    value = getattr(person, aspect.shown)
    return in_words(value) if value and aspect.shown == "born" else value or ""
