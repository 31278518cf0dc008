"""Whatever dies, wherever: nothing is lost, nothing is there twice, at most one letter is doubled for a crash."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.platform.access.keeping import keeping
from onestory.platform.notices.actions import acknowledge_notice, send_notice
from onestory.platform.notices.models import Letter, Notice, NoticeEvent
from onestory.platform.notices.sweeping import sweep_notices
from onestory.platform.queue.worker import run_worker
from tests.faults.never_lost.conftest import CRASHES, Nursery, Postbox
from tests.integration.platform.notices.teams import AT, MINUTE, Place, place, works

pytestmark = pytest.mark.django_db(transaction=True)
MANY = int(os.environ.get("ONESTORY_TEST_MANY", "60"))


def send(home: Place, words: str) -> Notice:
    return send_notice(
        to_team=home.health, about=[home.child], kind="closure", words=words, address="/", by=None, at=timezone.now()
    )


def states() -> Counter[str]:
    with keeping():
        return Counter(Notice.objects.values_list("state", flat=True))


def events() -> Counter[str]:
    with keeping():
        return Counter(NoticeEvent.objects.values_list("what", flat=True))


@pytest.mark.parametrize("failpoint", ["write", "queue"])
def test_a_sender_that_dies_leaves_nothing_half_done(failpoint: str, nursery: Nursery) -> None:
    home = place()
    told = {"team": str(home.health.id), "record": str(home.child.id), "words": "The plan has ended."}
    for _ in range(CRASHES):
        nursery.dies("send", failpoint, **told)
    assert states() == {}
    assert not ProcrastinateJob.objects.filter(task_name="notices.deliver").exists()

    send(home, "The plan has ended.")  # whoever was told nothing sends it again
    run_worker(concurrency=1, wait=False)
    assert states() == {"delivered": 1}


def test_a_worker_that_dies_while_delivering_is_followed_by_another(
    nursery: Nursery, recover: Callable[[], None]
) -> None:
    home = place()
    for number in range(CRASHES):
        send(home, f"Plan {number} has ended.")
        nursery.dies("work", "delivery")
        assert states()["queued"] == 1  # in the inbox, and not yet said to be delivered
        recover()
    assert states() == {"delivered": CRASHES}
    assert events() == {"sent": CRASHES, "delivered": CRASHES}


def test_a_worker_that_dies_with_a_letter_in_hand_doubles_at_most_that_one(
    posting_nursery: Nursery, postbox: Postbox, recover: Callable[[], None]
) -> None:
    home = place()
    works("Wendy Oyelaran", home.health, "health_visitor")
    for number in range(CRASHES):
        send(home, f"Plan {number} has ended.")
        posting_nursery.dies("work", "letter posted")
        recover()
    with keeping():
        assert Counter(Letter.objects.values_list("state", flat=True)) == {"posted": CRASHES}
    copies = Counter(letter["Message-ID"] for letter in postbox.letters)
    assert len(copies) == CRASHES
    assert set(copies.values()) <= {1, 2}


def test_an_acknowledgement_that_dies_was_never_given(nursery: Nursery) -> None:
    home = place()
    wendy = works("Wendy Oyelaran", home.health, "health_visitor").user
    notice = send(home, "The plan has ended.")
    run_worker(concurrency=1, wait=False)
    for _ in range(CRASHES):
        nursery.dies("acknowledge", "acknowledgement", notice=str(notice.id), user=str(wendy.id))
    assert states() == {"delivered": 1}
    acknowledge_notice(notice.id, by=wendy, at=timezone.now())
    assert events() == {"sent": 1, "delivered": 1, "acknowledged": 1}


def test_workers_killed_at_any_moment_lose_and_double_nothing(nursery: Nursery, recover: Callable[[], None]) -> None:
    home, chance = place(), random.Random(20261122)
    for number in range(MANY):
        send(home, f"Plan {number} has ended.")
    for _ in range(CRASHES):
        nursery.is_killed_after(chance.uniform(0.05, 1.5), "work")
        recover() if chance.random() < 0.5 else None
    recover()
    assert states() == {"delivered": MANY}
    assert events() == {"sent": MANY, "delivered": MANY}


def test_poison_is_put_aside_and_its_sender_told(recover: Callable[[], None], postbox: Postbox) -> None:
    """A kind of notice that somebody took out of the table since."""
    home = place()
    works("Amina Yusuf", home.duty, "duty_social_worker")
    works("Gwen Tallis", home.office, "partnership_administrator")
    poison = send_notice(
        to_team=home.health,
        from_team=home.duty,
        about=[home.child],
        kind="closure",
        words="The plan has ended.",
        address="/",
        by=None,
        at=AT,
    )
    with keeping():
        Notice.objects.filter(id=poison.id).update(kind="gossip")
    for _ in range(4):  # once, and three times again
        run_worker(concurrency=1, wait=False)
        ProcrastinateJob.objects.filter(status="todo").update(scheduled_at=None)  # its wait is over
    assert ProcrastinateJob.objects.get(task_name="notices.deliver").status == "failed"
    for _ in range(3):
        sweep_notices(at=timezone.now() + 5 * MINUTE)
    assert states()["parked"] == 1
    with keeping():
        told = Notice.objects.filter(kind="parked").values_list("to_team", flat=True)
        assert sorted(told) == sorted([home.duty.id, home.office.id])
