"""Who lives with whom, as household and birth entries say it."""

from __future__ import annotations

from typing import Any

import pytest

from onestory.platform.history.actions import record_entries, supersede_entry, withdraw_entry
from onestory.platform.history.models import Entry
from onestory.platform.people.models import Household, HouseholdMember
from tests.integration.platform.history.families import AT, Family, family, new, person

pytestmark = pytest.mark.django_db


def record(home: Family, *about: Any, **what: Any) -> Entry:
    return record_entries([new(home.social_care, *(about or (home.child,)), **what)], by=None, at=AT)[0]


def members() -> list[tuple[str, str, str]]:
    rows = HouseholdMember.objects.select_related("record").order_by("known_on", "recorded_at", "id")
    return [(row.record.label, str(row.since or ""), str(row.until or "")) for row in rows]


def test_whoever_joins_lives_in_the_home_of_the_children_it_is_about() -> None:
    home = family()
    partner = person("Partner", home.social_care)
    record(home, home.child, home.mother, partner, kind="household", own={"joined": (str(partner.id),)}, date="2024-01")

    assert members() == [("Ada", "", ""), ("Partner", "2024-01", "")]
    assert Household.objects.count() == 1


def test_leaving_is_a_row_of_its_own_and_does_not_change_what_was_known_before() -> None:
    home = family()
    partner = person("Partner", home.social_care)
    record(home, kind="household", own={"joined": (str(partner.id),)}, date="2023-06")
    record(home, kind="household", own={"left": (str(partner.id),)}, date="2024-01")

    assert members() == [
        ("Ada", "", ""),
        ("Partner", "2023-06", ""),
        ("Ada", "", ""),
        ("Partner", "", "2024-01"),
    ]
    assert Household.objects.count() == 1


def test_a_child_is_born_into_the_home_of_brothers_and_sisters() -> None:
    home = family()
    partner, baby = person("Partner", home.social_care), person("Baby", home.social_care, is_child=True)
    record(home, kind="household", own={"joined": (str(partner.id),)}, date="2023-06")
    record(home, baby, home.child, home.mother, kind="birth", date="2024-01")

    assert Household.objects.count() == 1
    assert members()[2:] == [("Baby", "", ""), ("Ada", "", "")]


def test_two_families_have_two_homes() -> None:
    one, other = family("Ada"), family("Bo")
    for home in (one, other):
        partner = person("Partner", home.social_care)
        record(home, kind="household", own={"joined": (str(partner.id),)})

    assert Household.objects.count() == 2


def test_a_correction_takes_the_place_of_what_was_said() -> None:
    home = family()
    partner, uncle = person("Partner", home.social_care), person("Uncle", home.social_care)
    said = record(home, kind="household", own={"joined": (str(partner.id),)}, date="2024-01")
    better = new(home.social_care, home.child, kind="household", own={"joined": (str(uncle.id),)}, date="2024-01")
    corrected = supersede_entry(said, new=better, by=None, at=AT)
    assert members() == [("Ada", "", ""), ("Uncle", "2024-01", "")]

    withdraw_entry(corrected, by=None, at=AT)
    assert members() == []
