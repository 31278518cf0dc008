"""Twenty people write one decision at once, again and again: what anybody kept is there in the end.

`ONESTORY_TEST_EDITS=1000` goes on for longer.
"""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from onestory.arrive.concerns.models import Concern
from onestory.decide.decisions.actions import save_decision
from onestory.decide.decisions.models import Decision
from onestory.decide.decisions.policies import ChangedMeanwhile
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from tests.integration.decide.decisions.test_deciding import AT, WRITTEN, concern, user

__all__ = ["concern"]
pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db(transaction=True)]
FAMILIES = ("abbott",)
PEOPLE = 20
EDITS = int(os.environ.get("ONESTORY_TEST_EDITS", "200"))


def test_of_twenty_who_edit_one_decision_nobody_overwrites_another(concern: Concern) -> None:
    """Each adds a word to what they last saw; whoever comes too late is told so, looks again and adds it then."""
    amina = user("amina.duty")

    def person(number: int) -> int:
        try:
            return sum(an_edit(concern, f"{number}-{edit}", amina) for edit in range(EDITS // PEOPLE))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PEOPLE) as people:
        too_late = sum(people.map(person, range(PEOPLE)))
    with keeping():
        kept = Decision.objects.get(concern=concern)
    words = Counter(kept.answers["rationale"].split())
    assert words == Counter(f"{number}-{edit}" for number in range(PEOPLE) for edit in range(EDITS // PEOPLE))
    assert kept.version == EDITS
    assert too_late > 0  # they did meet


def an_edit(concern: Concern, word: str, by: User) -> int:
    """Add one word; how often somebody else came first."""
    too_late = 0
    while True:
        with keeping():
            kept = Decision.objects.filter(concern=concern).first()
        seen, words = (kept.version, kept.answers["rationale"]) if kept else (0, "")
        answers = WRITTEN | {"rationale": f"{words} {word}".strip()}
        try:
            save_decision(concern, answers=answers, seen=seen, role="duty_social_worker", by=by, at=AT)
        except ChangedMeanwhile:
            too_late += 1
        else:
            return too_late
