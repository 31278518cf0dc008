"""How common a value is: two Nowickis are more likely one person than two Smiths are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from onestory.arrive.matching.comparing.common_names import COMMON_GIVEN_NAMES, COMMON_SURNAMES

AS_MANY_RECORDS = 1_000
"""What is assumed before any file is seen weighs as much as so many records of a file."""

_AS_MANY_AT_LEAST = 20

MOST_KEPT = 2_000
"""So many of the commonest values are kept by name; all others count as rare as the rarest of these, or rarer."""

# How common a value is that no table names: one given name in 5,000 people, one birthday in 25,000 …
UNLISTED = {"given": 2e-4, "surname": 3e-5, "born": 4e-5, "phone": 1e-6, "postcode": 2e-5}
LISTED: Mapping[str, Mapping[str, float]] = {"given": COMMON_GIVEN_NAMES, "surname": COMMON_SURNAMES}


def expected_share(field_name: str, value: str) -> float:
    """The share of people who bear the value, before any file is seen."""
    return LISTED.get(field_name, {}).get(value, UNLISTED[field_name])


def blended_share(field_name: str, value: str, bearers: int, records: int) -> float:
    """The share with what a file says taken in, where ``bearers`` of its ``records`` have the value.

    One bearer is the record that is looked at. What the file itself shows beyond the pair is never watered down: a
    surname that half of a small file bears says little there, however rare it is elsewhere.
    """
    expected = AS_MANY_RECORDS * expected_share(field_name, value)
    blended = (max(bearers - 1, 0) + expected) / (records + AS_MANY_RECORDS)
    return max(blended, (bearers - 2) / (records + _AS_MANY_AT_LEAST))


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of one field's commonest values; ``rarest`` is what every other value counts as."""

    rarest: float
    named: Mapping[str, float] = field(default_factory=dict)

    def of(self, value: str | None) -> float | None:
        """The share of a value; None for a missing one."""
        return None if value is None else max(self.named.get(value, self.rarest), self.rarest)


def shares_of(field_name: str, counted: Iterable[tuple[str, int]], records: int, rarest: float) -> Shares:
    """The shares from what a file counted, the commonest first. None is taken for rarer than ``rarest``."""
    named = {}
    for value, count in counted:
        named[value] = blended_share(field_name, value, count, records)
    for value, share in LISTED.get(field_name, {}).items():
        named.setdefault(value, AS_MANY_RECORDS * share / (records + AS_MANY_RECORDS))
    kept = sorted(named.items(), key=lambda item: (-item[1], item[0]))[:MOST_KEPT]
    unlisted = AS_MANY_RECORDS * UNLISTED[field_name] / (records + AS_MANY_RECORDS)
    floor = max(rarest, kept[-1][1] if len(kept) == MOST_KEPT else unlisted)
    return Shares(floor, {value: share for value, share in kept if share > floor})
