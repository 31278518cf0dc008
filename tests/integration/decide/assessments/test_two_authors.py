"""Two people write one assessment at the same time, for a thousand steps: nothing that either typed is lost."""

from __future__ import annotations

import random
import threading
from typing import Any

import pytest
from django.db import connections

from onestory.decide.assessments import actions
from onestory.decide.assessments.answers import standing_of
from onestory.decide.assessments.choosing import tool_of
from onestory.decide.assessments.models import AnswerGiven, Assessment
from tests.integration.decide.assessments.test_writing_one import EARLY_HELP, Here
from tests.integration.platform.notices.teams import AT, DAY, works

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("as_keeper")]
STEPS = 1_000
PATHS = ("see-why-now", "see-home", "see-health", "see-learning", "see-strengths")


class Author:
    """Somebody with the section open in a browser. They read now and then, and save what they typed."""

    def __init__(self, number: int, one: Assessment, post: Any, steps: int) -> None:
        self.draws, self.one, self.post, self.steps = random.Random(number), one, post, steps
        self.name, self.saved, self.told = str(number), [], []
        self.read: dict[str, int] = {}
        self.failed: list[BaseException] = []

    def writes(self) -> None:
        try:
            for step in range(self.steps):
                self.saves(f"author {self.name}, step {step}")
        except BaseException as problem:  # a thread's failure must fail the test
            self.failed.append(problem)
        finally:
            connections.close_all()

    def saves(self, words: str) -> None:
        if self.draws.random() < 0.6:
            standing = standing_of(self.one, tool_of(EARLY_HELP))
            self.read = {path: standing.number(path) for path in PATHS}
        path = self.draws.choice(PATHS)
        told = actions.save_answers(
            self.one.id,
            section="see",
            given={path: words},
            read=self.read,
            team=self.post.team,
            by=self.post.user,
            at=AT + DAY,
        )
        self.saved.append(words)
        self.told += [str(each.typed) for each in told]


def test_nothing_is_lost_in_a_thousand_steps_of_two() -> None:
    here = Here()
    one = here.begun(EARLY_HELP, agreement="Her mother, on the telephone")
    other = works("Ben Carrick", here.home.duty, "social_worker")
    authors = [Author(1, one, here.amina, STEPS // 2), Author(2, one, other, STEPS // 2)]
    threads = [threading.Thread(target=author.writes) for author in authors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [author.failed for author in authors] == [[], []]
    kept = set(AnswerGiven.objects.filter(assessment=one, path__in=PATHS).values_list("value", flat=True))
    typed = {words for author in authors for words in author.saved}
    told = {words for author in authors for words in author.told}
    assert len(typed) == STEPS
    assert kept | told == typed
    assert kept & told == set()
    assert told, "they never met: the test tries nothing"
    last = AnswerGiven.objects.filter(assessment=one, path="see-home").order_by("-number").first()
    assert last is not None
    assert standing_of(one, tool_of(EARLY_HELP)).answers["see-home"] == last.value
