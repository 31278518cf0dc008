"""Twelve hundred requests of different readers over two connections: nobody is ever shown another reader's row."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import Tie
from onestory.platform.access.reading_as import read_as
from onestory.platform.agencies.models import Membership
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import EntryText
from onestory.platform.people.models import AgencyRecord
from tests.integration.access.place import NOW, Place

REQUESTS, READERS, THREADS, CONNECTIONS = 1_200, 6, 12, 2

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pool_of_two():
    """Django's own pool, as a server runs with it."""
    options = settings.DATABASES["default"].setdefault("OPTIONS", {})
    connections["default"].close()
    options["pool"] = {"min_size": 1, "max_size": CONNECTIONS, "timeout": 120}
    yield
    connections["default"].close()
    connections["default"].close_pool()
    del options["pool"]


def reader(number: int) -> tuple[Membership, str]:
    """Somebody with one child of their own, and the words about that child."""
    place = Place()
    post = place.member(f"reader{number}", "social_worker", f"Agency {number}")
    with keeping():
        record = AgencyRecord.objects.create(person=place.person(), agency=post.team.agency, label="X", recorded_at=NOW)
    words = f"Words for reader {number}"
    record_entry(
        agency=post.team.agency_id, kind="concern", happened=parse_when("2026-02-01"), about=(record.id,),
        text=words, by=None, at=NOW,
    )  # fmt: skip
    Tie.objects.create(person_id=record.person_id, user=post.user, kind="lead", because="lead", since_at=NOW)
    return post, words


def asked(post: Membership, *, as_somebody: bool) -> list[str]:
    """What one request is shown, on whichever connection it gets; and one in between that reads as nobody."""
    try:
        with transaction.atomic():
            if as_somebody:
                read_as(post, at=NOW)
            return list(EntryText.objects.values_list("text", flat=True))
    finally:
        connection.close()  # back into the pool


def test_nobody_sees_anothers_row_however_connections_are_shared(pool_of_two: None) -> None:
    readers = [reader(number) for number in range(READERS)]
    connection.close()
    questions = [(*readers[number % READERS], number % 5 != 0) for number in range(REQUESTS)]
    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(lambda one: asked(one[0], as_somebody=one[2]), questions))
    wrong = [
        (words, shown)
        for (_, words, as_somebody), shown in zip(questions, answers, strict=True)
        if shown != ([words] if as_somebody else [])
    ]
    assert wrong == []


def test_what_the_keeper_saw_is_not_seen_by_the_next_on_its_connection(pool_of_two: None) -> None:
    post, words = reader(1)
    for _ in range(20):
        with keeping():
            assert EntryText.objects.filter(text=words).exists()
        connection.close()
        assert asked(post, as_somebody=False) == []
    assert asked(post, as_somebody=True) == [words]
