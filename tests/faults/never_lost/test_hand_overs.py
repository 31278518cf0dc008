"""A plan is handed over to those who go on: whatever dies, wherever, nothing is lost and nothing is there twice."""

from __future__ import annotations

from typing import Any

import pytest

from onestory.help.closure.actions import send_record
from onestory.help.closure.models import Closure
from onestory.platform.agencies.models import Membership
from onestory.platform.history.models import Entry
from onestory.platform.notices.models import Notice
from tests.faults.never_lost.conftest import CRASHES, Nursery
from tests.integration.help.closure.place import Second
from tests.integration.platform.notices.teams import AT

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
