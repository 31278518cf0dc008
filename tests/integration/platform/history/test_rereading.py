"""Whose stories are read again after an entry: one job for each circle, none lost."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.platform.history.actions import record_entries, record_relationship
from onestory.platform.history.reach import circles_around, load_circle_of, people_near
from onestory.platform.history.rereading import QUEUE
from tests.integration.platform.history.families import AT, Family, family, new, person, relate


def waiting() -> list[set[str]]:
    """The children of each job that waits."""
    jobs = ProcrastinateJob.objects.filter(task_name="signals.reread", status="todo").order_by("id")
    return [set(job.args["child_ids"]) for job in jobs]


def all_done() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def record(home: Family, *about: Any) -> None:
    record_entries([new(home.school, *(about or (home.child,)))], by=None, at=AT)


@pytest.mark.django_db
def test_brothers_and_sisters_are_read_together_and_strangers_apart() -> None:
    one, other = family("Ada"), family("Bo")
    brother = person("Brother of Ada", one.social_care, is_child=True)
    relate(one.mother, "mother", brother)
    all_done()
    record_entries([new(one.school, one.mother), new(other.school, other.child)], by=None, at=AT)

    assert sorted(waiting(), key=len) == [
        {str(other.child.person_id)},
        {str(one.child.person_id), str(brother.person_id)},
    ]


@pytest.mark.django_db
def test_a_child_of_whom_no_family_is_known_is_read_too() -> None:
    home = family()
    alone = person("Somebody's child", home.school, is_child=True)
    record(home, alone)

    assert {str(alone.person_id)} in waiting()


@pytest.mark.django_db
def test_an_adult_without_children_on_record_asks_for_no_reading() -> None:
    home = family()
    all_done()
    record(home, person("A neighbour", home.school))

    assert waiting() == []


@pytest.mark.django_db
def test_ten_entries_one_after_the_other_wait_in_one_job() -> None:
    home = family()
    for _ in range(10):
        record(home)

    assert waiting() == [{str(home.child.person_id)}]


@pytest.mark.django_db
def test_a_job_that_has_begun_does_not_count() -> None:
    home = family()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    record(home)

    assert waiting() == [{str(home.child.person_id)}]


@pytest.mark.django_db
def test_a_new_relationship_has_both_families_read() -> None:
    one, other = family("Ada"), family("Bo")
    all_done()
    record_relationship(person=one.mother, relation="partner", of=other.mother, by=None, at=AT)

    assert waiting() == [{str(one.child.person_id), str(other.child.person_id)}]


@pytest.mark.django_db
def test_whoever_moved_in_belongs_to_the_circle() -> None:
    home = family()
    partner = person("New partner", home.social_care)
    moved_in = new(home.social_care, home.child, kind="household", own={"joined": (str(partner.id),)})
    record_entries([moved_in], by=None, at=AT)

    assert load_circle_of({partner.person_id}) == {home.child.person_id}
    assert partner.person_id in people_near({home.child.person_id})[home.child.person_id]


@pytest.mark.django_db
def test_a_circle_ends_three_steps_away(django_assert_num_queries: Any) -> None:
    home = family()
    chain = [home.mother]
    for number in range(4):
        chain.append(person(f"{number + 2} steps away", home.social_care))
        relate(chain[-1], "friend", chain[-2])
    with django_assert_num_queries(1):
        near = people_near({home.child.person_id})[home.child.person_id]

    assert [one.person_id in near for one in chain] == [True, True, True, False, False]


@pytest.mark.django_db
def test_circles_of_many_people_take_two_queries(django_assert_num_queries: Any) -> None:
    homes = [family(f"Child {number}") for number in range(20)]
    with django_assert_num_queries(2):
        found = circles_around({home.mother.person_id for home in homes})

    assert sorted(found, key=str) == sorted(({home.child.person_id} for home in homes), key=str)


def claim() -> set[str] | None:
    """Take the next reading as a worker does, over a connection of its own; its children, None where none waits."""
    taken: list[set[str] | None] = []

    def work() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
                (worker,) = cursor.fetchone()
                cursor.execute("SELECT args FROM procrastinate_fetch_job_v2(%s::varchar[], %s)", [[QUEUE], worker])
                (args,) = cursor.fetchone()
                taken.append(set(json.loads(args)["child_ids"]) if args else None)
        finally:
            connection.close()

    in_a_thread(work)
    return taken[0]


def in_a_thread(work: Callable[[], None]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert not thread.is_alive(), "waits for somebody"


@pytest.mark.django_db(transaction=True)
def test_no_worker_takes_the_waiting_job_before_the_entry_that_relies_on_it_is_there() -> None:
    """Else the story would be read without the entry, and nobody would read it again."""
    home = family()
    with transaction.atomic():
        record(home)
        assert len(waiting()) == 1
        assert claim() is None
    assert claim() == {str(home.child.person_id)}


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_do_not_wait_for_one_another() -> None:
    home = family()
    all_done()

    def write() -> None:
        try:
            record(home)
        finally:
            connection.close()

    with transaction.atomic():
        record(home)
        in_a_thread(write)

    assert waiting() == [{str(home.child.person_id)}] * 2
