"""How often things happen. Rates that are published for England are told apart from what is assumed here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """Published national rates (children in need, and health visitor service delivery statistics, England)."""

    referrals: float = 523 / 10_000
    """Referrals in a year for each child."""
    repeated: float = 0.226
    """Referrals that follow another about the same child within twelve months."""
    reviews: float = 0.80
    """Children who have a mandated health review."""
    domestic_abuse: float = 0.25
    """Assessments that name domestic abuse."""
    mental_health: float = 0.25
    """Assessments that name a parent's mental health."""


SOURCES = {
    "police": 0.29,
    "school": 0.21,
    "health": 0.15,
    "agency": 0.25,
    "family": 0.08,
    "anonymous": 0.02,
}
"""Who refers: police, schools and anonymous callers as published, the rest of the whole shared out."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """What no publication tells: how well the work is done, and how often small things happen."""

    left_out: float = 0.12
    """Steps that good practice asks for and that were not taken or not recorded: a check, a sight of the child."""
    assessed: float = 0.55
    """Referrals that lead to an assessment."""
    early_help: float = 0.15
    """Referrals that lead to early help."""
    child_in_need: float = 0.32
    """Assessments that lead to a child in need plan."""
    child_protection: float = 0.10
    """Assessments that lead to a strategy discussion, a conference and a protection plan."""
    urgent_care: float = 0.40
    """Attendances in a year for each child under five; half as many later."""
    absence: float = 0.16
    """Pupils in a year who are away for a tenth of school or more."""
    appointments_missed: float = 0.20
    """Appointments in a year, for each child, to which it was not brought and that were made again."""
    moves: float = 0.07
    """Moves in a year for each family."""
    new_partner: float = 0.03
    """Families in a year that somebody joins."""
    small_injury: float = 0.10
    """Injuries in a year, for each child, that a nursery or school writes down."""
    young_sign: float = 0.04
    """Times in a year, for each child, that a school or nursery notes hunger, hygiene or lateness."""


PUBLISHED = Published()
ASSUMED = Assumed()
