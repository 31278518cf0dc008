"""Two children held to be one for a while, whatever was written about either: when they are two again, what waits to be
answered, and what every story holds, is what it would be had nobody ever joined them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from onestory.arrive.matching.actions import confirm_join, join_people, undo_join
from onestory.oversee.signals.actions import read_again
from onestory.oversee.signals.anew import read_anew
from onestory.oversee.signals.asking import Memory
from onestory.oversee.signals.models import Alert, Circle
from onestory.platform.history.actions import record_entry, record_relationship
from onestory.platform.history.dates import day
from onestory.platform.history.index import StoryIndex
from onestory.platform.history.loading import load_history
from onestory.platform.history.story import story_on
from onestory.platform.people.models import AgencyRecord
from tests.integration.arrive.matching.register import NOW, record, user

pytestmark = pytest.mark.django_db
HOUR, TODAY = dt.timedelta(hours=1), NOW.date()
GIRL, OTHER, BROTHER = "girl", "other", "brother"
SORTS = {
    "not brought": ("appointment", {"outcome": "not_brought"}, set()),
    "unwashed": ("observation", {}, {"hygiene"}),
    "hungry": ("observation", {}, {"hunger"}),
    "absent": ("absence", {}, {"attendance"}),
    "bruised": ("injury", {"explained": "unexplained"}, {"bruising"}),
    "no access": ("visit", {"outcome": "no_access"}, set()),
}


@dataclass(frozen=True, slots=True)
class Written:
    """Something that was written about one of them, so many days before they were joined or after."""

    about: str
    sort: str
    days: int


def writings(least: int, most: int, number: int) -> st.SearchStrategy[list[Written]]:
    about, sort = st.sampled_from((GIRL, OTHER, OTHER, BROTHER)), st.sampled_from(sorted(SORTS))
    one = st.builds(Written, about, sort, st.integers(least, most))
    return st.lists(one, min_size=number // 2, max_size=number)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(writings(-250, -1, 14), writings(1, 30, 4), st.booleans(), st.booleans())
def test_a_join_that_is_undone_leaves_what_would_be_had_it_never_been(
    before: list[Written], meanwhile: list[Written], first: bool, confirmed: bool
) -> None:
    never = _told(before, meanwhile)
    joined = _told(before, meanwhile, joined=True, first=first, confirmed=confirmed)
    assert joined[:2] == never[:2]


def test_what_was_asked_about_the_one_who_was_two_is_asked_about_whom_it_is() -> None:
    before, meanwhile = _written(BEFORE), _written("other unwashed 28, girl unwashed 17, brother unwashed 5")
    never = _told(before, meanwhile)
    joined = _told(before, meanwhile, joined=True, first=True, confirmed=False)
    assert ("neglect_signs_without_tool", frozenset({OTHER, BROTHER})) in never[2]
    assert joined[2] >= never[2]


BEFORE = (
    "other hungry -192, brother hungry -216, other bruised -169, brother bruised -113, other hungry -155, "
    "brother absent -142, girl unwashed -17"
)


def _written(said: str) -> list[Written]:
    words = [one.split() for one in said.split(", ")]
    return [Written(about, sort, int(days)) for about, sort, days in words]


def _told(before: list[Written], meanwhile: list[Written], joined: bool = False, **how: bool) -> tuple:
    """What comes of it, in names that do not differ from one time to another; everything is rolled back."""
    with transaction.atomic():
        held = _family()
        _write(held, before)
        children = [one.person_id for one in held.values()]
        read_again(child_ids=children, today=TODAY, at=NOW)
        join = _join(held, **how) if joined else None
        read_again(child_ids=children, today=TODAY, at=NOW + HOUR)
        later = TODAY + dt.timedelta(days=31)
        for on in sorted({one.days for one in meanwhile}):
            _write(held, [one for one in meanwhile if one.days == on])
            today = TODAY + dt.timedelta(days=on)
            read_again(child_ids=children, today=today, at=NOW + dt.timedelta(days=on))
        at = NOW + dt.timedelta(days=31)
        if join is not None:
            undo_join(join.id, reason="Cousins", by=user("nadia"), at=at)
            read_anew(child_ids=children, since=TODAY, today=later, at=at)
        else:
            read_again(child_ids=children, today=later, at=at)
        found = _waiting(held), _stories(held, later), _named(held)
        transaction.set_rollback(True)
    return found


def _family() -> dict[str, AgencyRecord]:
    second = dt.timedelta(seconds=1)
    held = {
        GIRL: record("Elizabeth Ashworth", "2016-05-04", held_by="School", number="S1"),
        OTHER: record("Lizzie Ashworth", "2016-05-04", held_by="Clinic", number="C1", at=NOW + second),
        BROTHER: record("Tom Ashworth", "2019-01-01", held_by="Clinic", number="C2", at=NOW + 2 * second),
    }
    record_relationship(person=held[BROTHER], relation="sibling", of=held[OTHER], by=None, at=NOW)
    return held


def _join(held: dict[str, AgencyRecord], first: bool, confirmed: bool):
    one, other = (held[GIRL], held[OTHER]) if first else (held[OTHER], held[GIRL])
    join = join_people(one.person_id, other_id=other.person_id, reason="Same", by=user("amina"), at=NOW + HOUR)
    if confirmed:
        confirm_join(join.id, by=user("nadia"), at=NOW + 2 * HOUR)
    return join


def _write(held: dict[str, AgencyRecord], written: Iterable[Written]) -> None:
    for one in sorted(written, key=lambda one: one.days):
        kind, own, factors = SORTS[one.sort]
        at, about = NOW + dt.timedelta(days=one.days), held[one.about]
        record_entry(
            agency=about.agency_id,
            kind=kind,
            happened=day(at.date()),
            about=(about.id,),
            own=own,
            factors=factors,
            by=None,
            at=at,
        )


def _waiting(held: dict[str, AgencyRecord]) -> set[tuple[str, str, str]]:
    """For each family the patterns that stand, with whether somebody's answer is awaited about them: beside what, and
    naming which of a brother and sister too, hangs on what else was asked that day.
    """
    found = set()
    for person, name in _names(held).items():
        circle = Circle.objects.get(children__child=person)
        stands = {pattern for pattern, kept in Memory.from_plain(circle.memory).patterns.items() if not kept.ended}
        alerts = circle.alerts.exclude(state="ended")
        asked = set(alerts.values_list("askings__reasons__signal", "askings__reasons__key"))
        family = GIRL if name == GIRL else "the others"
        found |= {(family, pattern[0], "awaited" if pattern in asked else "") for pattern in stands}
    return found


def _named(held: dict[str, AgencyRecord]) -> set[tuple[str, frozenset[str]]]:
    """The alerts that stand, with the children whom they name."""
    names = _names(held)
    alerts = Alert.objects.exclude(state="ended").prefetch_related("children")
    return {(one.signal, frozenset(names[child.child_id] for child in one.children.all())) for one in alerts}


def _names(held: dict[str, AgencyRecord]) -> dict[UUID, str]:
    return {AgencyRecord.objects.get(id=one.id).person_id: name for name, one in held.items()}


def _stories(held: dict[str, AgencyRecord], today: dt.date) -> dict[str, list[object]]:
    """What each child's story holds on the day."""
    found: dict[str, list[object]] = {}
    for person, name in _names(held).items():
        story = story_on(StoryIndex(load_history([person]), str(person)), today)
        told = [(one.kind, one.happened.text, sorted(one.factors), len(one.about)) for one in story.entries]
        found[name] = [*told, len(story.relationships), story.born_on]
    return found
