"""Eight clients join, write and take back at once, again and again: in the end everything is whose it was.

`ONESTORY_TEST_JOINS=1000` goes on for longer.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from onestory.arrive.matching.actions import confirm_join, join_people, undo_join
from onestory.arrive.matching.models import Join
from onestory.arrive.matching.policies import NotNow
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import RecordMark, Tie
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import EntryPerson
from onestory.platform.people.models import AgencyRecord
from tests.integration.arrive.matching.register import NOW, record, user

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("ONESTORY_TEST_JOINS", "40"))
CLIENTS = 8
NAMES = ("Elizabeth Ashworth", "Lizzie Ashworth", "Beth Ashworth", "Elspeth Ashworth")


def test_everything_is_whose_it_was_after_eight_clients_joined_wrote_and_took_back():
    held = [record(name, "2016-05-04", held_by=f"Agency {number}") for number, name in enumerate(NAMES)]
    users = [user(f"client {number}") for number in range(CLIENTS)]
    before = whose(held)
    written = {one.id: [] for one in held}

    def client(number: int) -> list[tuple]:
        try:
            return [a_round(number, round_, held, users) for round_ in range(number, ROUNDS, CLIENTS)]
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as clients:
        for about, entry in (pair for pairs in clients.map(client, range(CLIENTS)) for pair in pairs):
            written[about].append(entry)

    for join in standing():
        undo_join(join.id, reason="The end", by=users[0], at=NOW + dt.timedelta(days=2))
    assert whose(held) == before
    with keeping():
        told = {}
        for one in EntryPerson.objects.all():
            told.setdefault(one.record_id, []).append(one.entry_id)
    assert {one: sorted(entries) for one, entries in told.items()} == {
        one: sorted(entries) for one, entries in written.items() if entries
    }


def a_round(number: int, round_: int, held: list[AgencyRecord], users: list) -> tuple:
    """Join two, write about one of them, confirm, take back; whoever comes too late is told so."""
    pick = random.Random(f"{number} {round_}")
    one, other = pick.sample(held, 2)
    at = NOW + dt.timedelta(minutes=1 + round_)
    join = None
    with keeping():
        people = dict(AgencyRecord.objects.filter(id__in=[one.id, other.id]).values_list("id", "person_id"))
    if people[one.id] != people[other.id]:
        join = attempt(
            join_people, people[one.id], other_id=people[other.id], reason="Perhaps", by=users[number], at=at
        )
    entry = record_entry(
        agency=one.agency_id,
        kind="observation",
        happened=day(NOW.date()),
        about=(one.id,),
        factors={"hygiene"},
        text=f"Round {round_}",
        by=None,
        at=at,
    )
    if join is not None:
        attempt(confirm_join, join.id, by=users[(number + 1) % CLIENTS], at=at + dt.timedelta(seconds=1))
        attempt(undo_join, join.id, reason="No", by=users[number], at=at + dt.timedelta(seconds=2))
    return one.id, entry.id


def attempt(action, *args, **what):
    try:
        return action(*args, **what)
    except NotNow:
        return None


def standing() -> list[Join]:
    """Joins that nobody took back, the newest first."""
    with keeping():
        return list(Join.objects.filter(undone_at=None).order_by("-joined_at", "-id"))


def whose(held: list[AgencyRecord]) -> dict:
    """Of each record whose it is, whose ties open it, and who is tied to whom."""
    with keeping():
        records = dict(AgencyRecord.objects.filter(id__in=[one.id for one in held]).values_list("id", "person_id"))
        marks = {one.record_id: (one.person_id, one.home_id, one.grants_follow_id) for one in RecordMark.objects.all()}
        ties = set(Tie.objects.filter(until_at=None).values_list("person_id", "agency_id", "kind", "because"))
    return {"records": records, "marks": marks, "ties": ties}
