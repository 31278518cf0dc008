"""A plan is handed over to those who go on: whatever dies, wherever, nothing is lost and nothing is there twice."""

from __future__ import annotations

import http.client
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from onestory.help.closure.actions import send_record, write_record
from onestory.help.closure.completing import close
from onestory.help.closure.models import Closure
from onestory.help.plans.models import Plan
from onestory.platform.agencies.models import Membership
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.models import Entry
from onestory.platform.notices.models import Notice, NoticeEvent
from onestory.platform.queue.worker import run_worker
from tests.faults.never_lost.conftest import CRASHES, Nursery
from tests.faults.never_lost.test_telling import FAILPOINTS, TOKEN, Front, front, session_of, until_it_listens
from tests.integration.help.closure.place import Second
from tests.integration.platform.notices.teams import AT

__all__ = ["front"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("as_keeper")]
RECEIVERS = 3


def sent() -> int:
    return Notice.objects.filter(kind="hand_over").count()


def handed_over() -> int:
    return Entry.objects.filter(kind="notice", own__stage="sent").count()


def acknowledged() -> int:
    return Entry.objects.filter(kind="notice", own__stage="acknowledged").count()


def told(post: Membership, **what: Any) -> dict[str, Any]:
    return {"post": str(post.id), "at": AT.isoformat(), **{name: str(one) for name, one in what.items()}}


@pytest.mark.parametrize("failpoint", ["write", "queue"])
def test_a_record_whose_sender_dies_went_to_nobody(failpoint: str, nursery: Nursery) -> None:
    here = Second()
    closure = here.answered()
    for _ in range(CRASHES):
        nursery.dies("send record", failpoint, **told(here.ben, closure=closure.id))
    assert (sent(), handed_over()) == (0, 0)
    assert Closure.objects.values_list("state", "version").get(id=closure.id) == ("draft", 0)

    here.does(send_record, closure.id)
    assert (sent(), handed_over()) == (RECEIVERS, 1)


def test_an_acceptance_that_dies_was_never_given_and_is_given_once(nursery: Nursery) -> None:
    here = Second()
    closure = here.sent()
    mine = here.receiver(closure, here.visiting)
    for _ in range(CRASHES):
        nursery.dies("accept task", "acknowledgement", **told(here.wendy, receiver=mine.id))
    mine.refresh_from_db()
    assert (mine.answer, acknowledged()) == ("waiting", 0)
    for _ in range(2):
        here.accepts(closure, here.wendy)
    assert acknowledged() == 1


def test_workers_that_die_while_delivering_are_followed_and_everybody_is_asked_once(
    nursery: Nursery, recover: Callable[[], None]
) -> None:
    here = Second()
    run_worker(concurrency=1, wait=False)  # what came before is out of the way
    closure = here.answered()
    for number in range(CRASHES):
        here.does(write_record, closure.id, texts={"summary": f"Written {number} times."})
        here.does(send_record, closure.id)
        nursery.dies("work", "delivery")
        recover()
    asked = Notice.objects.filter(kind="hand_over").exclude(state="acknowledged")
    assert Counter(asked.values_list("state", flat=True)) == {"delivered": RECEIVERS}
    assert len(set(asked.values_list("to_team", flat=True))) == RECEIVERS
    events = NoticeEvent.objects.filter(notice__in=asked, what="delivered").values_list("notice", flat=True)
    assert sorted(events) == sorted(asked.values_list("id", flat=True))


@pytest.mark.parametrize("failpoint", ["write", "queue"])
def test_an_end_that_dies_leaves_the_plan_open_and_promises_nothing(failpoint: str, nursery: Nursery) -> None:
    here = Second()
    closure = here.sent()
    here.all_accept(closure)
    for _ in range(CRASHES):
        nursery.dies("end plan", failpoint, **told(here.ben, closure=closure.id))
    assert Plan.objects.get(id=here.plan.id).state == "open"
    assert not Commitment.objects.filter(sort="aftercare", owner_team__isnull=False).exists()

    here.does(close, closure.id)
    then_it_has_ended_once(here)


@pytest.mark.parametrize("failpoint", FAILPOINTS)
def test_whoever_gets_no_answer_ends_it_again_and_it_has_ended_once(
    failpoint: str, front: Front, settings: Any
) -> None:
    settings.DEMO = True
    here = Second()
    closure = here.sent()
    here.all_accept(closure)
    session, body = session_of(here.ben.user), urlencode({"csrfmiddlewaretoken": TOKEN, "do": "close"})
    path = f"/closures/{closure.id}/gate"
    front.ends()
    for _ in range(CRASHES):
        front.begins(failpoint)
        with pytest.raises((OSError, http.client.HTTPException)):
            until_it_listens(lambda: front.asks(path, session, body))
        front.ends()
    front.begins()
    assert until_it_listens(lambda: front.asks(path, session, body)) == f"/closures/{closure.id}"
    then_it_has_ended_once(here)


def then_it_has_ended_once(here: Second) -> None:
    assert Plan.objects.get(id=here.plan.id).state == "closed"
    assert Entry.objects.filter(kind="plan", own__stage="closed", plan_closed=here.plan).count() == 1
    assert Commitment.objects.filter(sort="aftercare", owner_team=here.visiting, state="open").count() == 1
    to = Notice.objects.filter(kind="closure").values_list("to_team", flat=True)
    assert len(to) == len(set(to)) == RECEIVERS + 1
