"""Two people import at the same moment: one takes the turn of the other, nothing is there twice."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.db import connection

from onestory.arrive.feeds.models import CaseHistorySource, SourceRow
from onestory.platform.agencies.models import Agency
from onestory.platform.history.models import Entry
from onestory.platform.people.models import Person
from tests.integration.feeds.imports import EVERY_KIND, SMALL, assert_the_database_says, bring_in, history_of, lines

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_file_twice_at_once_is_there_once() -> None:
    reports: list[list[str]] = []
    start = threading.Barrier(3)

    def work(*paths: Path) -> None:
        try:
            start.wait()
            reports.append(lines(*paths))
        finally:
            connection.close()

    orders = ((SMALL, EVERY_KIND), (EVERY_KIND, SMALL), (SMALL, EVERY_KIND))
    workers = [threading.Thread(target=work, args=order) for order in orders]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)

    assert len(reports) == 3, "one of them failed"
    assert sum(line.endswith("nothing new") for report in reports for line in report) == 4
    assert CaseHistorySource.objects.count() == 2
    for path in (SMALL, EVERY_KIND):
        assert_the_database_says(history_of(path))
    counted = [model.objects.count() for model in (Agency, Person, Entry, SourceRow)]
    bring_in(SMALL, EVERY_KIND)
    assert counted == [model.objects.count() for model in (Agency, Person, Entry, SourceRow)]
