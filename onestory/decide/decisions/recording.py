"""The entries of a decision: itself, the condition that it sets, the day on which it is looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils import timezone

from onestory.arrive.concerns.models import Concern
from onestory.decide.decisions.conditions import condition_test
from onestory.decide.decisions.framework import levels, outcomes
from onestory.decide.decisions.wording import decision_words
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Agency
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry, EntryPerson, Part
from onestory.platform.history.record import ConditionTest
from onestory.platform.people.actions import record_of
from onestory.platform.ui.days import parse_day


def about_of(entry_id: UUID) -> tuple[UUID, ...]:
    """The records of the people whom the concern is about, in their order."""
    named = EntryPerson.objects.filter(entry=entry_id, part=Part.ABOUT).order_by("id")
    return tuple(named.values_list("record_id", flat=True))


def record_decision(
    concern: Concern, answers: Mapping[str, Any], *, checks_made: bool, told: set[UUID], by: User, at: dt.datetime
) -> Entry:
    """The decision as an entry that the rules read, and what follows from it as entries of their own."""
    assert concern.entry_id
    about = about_of(concern.entry_id)
    own: dict[str, Any] = {
        "outcome": answers["outcome"],
        "on_entries": (str(concern.entry_id),),
        "checks_done": checks_made,
    }
    if answers.get("verified"):
        own["verified"] = answers["verified"] == "yes"
    common: dict[str, Any] = {
        "agency": concern.to_team.agency_id,
        "happened": day(timezone.localdate(at)),
        "about": about,
        "shared_with": told,
        "by": by,
        "at": at,
    }
    made = record_entry(
        kind="decision", text=decision_words(answers, outcomes(), levels()), own=own, weight="key", **common
    )
    _condition(concern, answers, made, common)
    if answers.get("review_on"):
        own = {
            "action": f"look again {concern.reference}",
            "stage": "required",
            "owner": str(concern.to_team.agency_id),
            "due": day(parse_day(str(answers["review_on"]))),
        }
        record_entry(kind="action", text="Look again at what was kept as information only.", own=own, **common)
    return made


def _condition(concern: Concern, answers: Mapping[str, Any], made: Entry, common: Mapping[str, Any]) -> None:
    test = condition_test(answers, str(concern.child_id))
    if test is None:
        return
    own = {
        "if": by_records(test, concern.to_team.agency, by=common["by"], at=common["at"]),
        "then": str(answers["condition_then"]).strip(),
        "from": str(made.id),
    }
    record_entry(kind="condition", own=own, weight="key", **common)


def by_records(test: ConditionTest, agency: Agency, *, by: User, at: dt.datetime) -> ConditionTest:
    """The same test with people by the agency's own records, as entries name them."""

    def named(people: frozenset[str]) -> frozenset[str]:
        return frozenset(
            str(record_of(person_id=UUID(one), agency_id=agency.id, by=by, at=at).id) for one in sorted(people)
        )

    return replace(test, about=named(test.about), together=named(test.together))
