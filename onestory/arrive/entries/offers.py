"""What can be recorded by hand, in the field's own words, by group; one's own sector's group comes first. Pure."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from onestory.platform.history.vocabulary import KINDS, Key, Shape

CALL = "call"
SERVICES_WITH_DETAIL = frozenset({"adult_mental_health", "substance_misuse_service", "therapies", "camhs"})
"""Sectors that keep detail of their own beside what bears on the child (class 4, F5.22–5.25)."""

_NOT_ASKED = {Shape.CONDITION, Shape.ENTRY, Shape.ENTRIES, Shape.FORBIDS}
"""Standing conditions, and decisions on entries, are made where those entries are read."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be recorded (a row of offers.csv).

    ``asks`` : the question above its words. ``needs`` : own keys without which it says too little.
    """

    code: str
    kind: str
    words: str
    hint: str
    asks: str
    needs: frozenset[str]

    @property
    def keys(self) -> tuple[Key, ...]:
        """The own keys that its form asks for."""
        return tuple(key for key in KINDS[self.kind].keys if key.shape not in _NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Group:
    """Offers that belong together."""

    words: str
    offers: tuple[Offer, ...]


def _offer(row: Mapping[str, str]) -> Offer:
    asks = row["asks"] or "What happened, in one or two sentences"
    return Offer(row["code"], row["kind"], row["words"], row["hint"], asks, frozenset(row["needs"].split()))


def _read() -> tuple[Group, ...]:
    with Path(__file__).with_name("offers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    grouped = groupby(rows, key=lambda row: row["group"])
    return tuple(Group(words, tuple(_offer(row) for row in those)) for words, those in grouped)


GROUPS = _read()
OFFERS: dict[str, Offer] = {offer.code: offer for group in GROUPS for offer in group.offers}

FIRST_FOR: Mapping[str, frozenset[str]] = {
    "School and nursery": frozenset(
        {"school", "early_years", "alternative_provision", "education_welfare", "elective_home_education"}
    ),
    "Health": frozenset(
        {"health_visiting", "school_nursing", "general_practice", "urgent_care", "acute_health", "maternity"}
        | {"community_health", "ambulance", "dental", "pharmacy"}
        | SERVICES_WITH_DETAIL
    ),
    "Police and courts": frozenset({"police", "probation", "court", "youth_justice"}),
    "Home and family": frozenset(
        {"housing", "housing_support", "early_help", "domestic_abuse_service", "voluntary", "voluntary_sector"}
    ),
    "Working together": frozenset({"childrens_social_care", "fostering", "leaving_care", "local_authority"}),
}
"""Which sectors meet a group first, after what all record."""

_ORDERS = ("restraining", "non_molestation", "bail", "community", "child_arrangements", "care")
SUGGESTED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("appointment", "service"): (
        "new_birth_visit",
        "development_review_6w",
        "development_review_1y",
        "development_review_2y",
        "gp",
        "immunisation",
        "dental_check",
        "hospital_appointment",
        "speech_and_language",
        "camhs",
        "therapy",
        "drug_test",
        "domestic_abuse_programme",
    ),
    ("order", "type"): _ORDERS,
    ("breach", "type"): _ORDERS,
    ("request", "type"): ("drug_test", "parenting_support", "therapy", "housing", "domestic_abuse_service"),
    ("withdrawal", "from"): ("school", "nursery", "gp_list", "health_visiting"),
    ("tool", "tool"): ("neglect", "domestic_abuse", "substance_misuse", "mental_health"),
}
"""Codes that are offered for choosing; another one may always be written."""


def groups_for(sector: str) -> tuple[Group, ...]:
    """The groups in the order in which somebody of this sector needs them: what all record first, then their own."""
    first, *rest = GROUPS
    return (first, *sorted(rest, key=lambda group: sector not in FIRST_FOR[group.words]))


def offer_of_kind(kind: str) -> Offer | None:
    """The offer by whose form an entry of this kind can be corrected."""
    return next((one for one in OFFERS.values() if one.kind == kind and one.code != CALL), None)
