"""The web process is killed while people send concerns, and workers after it: each concern is there once.

Whoever gets no answer asks again, as people do. The web process dies while it writes, when the work is queued, and when
all is committed and nothing was answered yet.
"""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.arrive.concerns.actions import save_draft
from onestory.arrive.concerns.models import Concern, Draft
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.identifiers import new_id
from onestory.platform.notices.models import Notice, NoticeEvent
from tests.faults.never_lost.conftest import CRASHES, Nursery
from tests.integration.platform.notices.teams import Place, place, works

CONCERNS = int(os.environ.get("ONESTORY_TEST_CONCERNS", "20"))
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(max(1200, CONCERNS * 5))]
FAILPOINTS = ("write", "queue", "answer")
SAID = {"what": "Cold.", "means": "Afraid.", "who_saw": "professional", "safe": "yes", "parents": "agree"}
TOKEN = "a" * 32


class Front:
    """A web process on one port, which dies and is begun again."""

    def __init__(self, nursery: Nursery) -> None:
        self.nursery, self.process = nursery, 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def begins(self, failpoint: str = "") -> None:
        self.process = self.nursery.begins("serve", port=self.port, failpoint=failpoint)

    def ends(self) -> None:
        assert self.nursery.ends(self.process, signal.SIGKILL)["signal"] == signal.SIGKILL
        self.process = 0

    def asks(self, path: str, session: str, body: str) -> str:
        """Where the answer leads on to. Raises OSError or HTTPException where none comes."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request("POST", path, body, headers)
            answer = line.getresponse()
            answer.read()
            assert answer.status == 302, answer.status
            return answer.headers["Location"]
        finally:
            line.close()


@pytest.fixture
def front(nursery: Nursery) -> Iterator[Front]:
    made = Front(nursery)
    made.begins()
    yield made
    if made.process:
        made.ends()


def test_each_concern_is_there_once_whatever_dies(
    front: Front, nursery: Nursery, recover: Callable[[], None], settings: Any
) -> None:
    settings.DEMO = True
    home, chance = place(), random.Random(20261122)
    ruth = works("Ruth Kendrick", home.school, "safeguarding_lead").user
    drafts = given_drafts(ruth, home)
    session = session_of(ruth)
    dies = dict.fromkeys(chance.sample(range(CONCERNS), CRASHES * len(FAILPOINTS)))
    for place_, number in enumerate(dies):
        dies[number] = FAILPOINTS[place_ % len(FAILPOINTS)]
    for number, draft in enumerate(drafts):
        when_it_is_sent(front, draft, session, failpoint=dies.get(number))
    front.ends()
    for _ in range(CRASHES):
        nursery.is_killed_after(chance.uniform(0.05, 1.5), "work")
        recover() if chance.random() < 0.5 else None
    recover()
    then_each_is_there_once(drafts)


def given_drafts(writer: User, home: Place) -> list[UUID]:
    """What somebody has written and not sent yet."""
    drafts = [new_id() for _ in range(CONCERNS)]
    for draft in drafts:
        answers = SAID | {"child_name": f"Child {draft}"}
        given: dict[str, Any] = {"form": "concern", "child_id": None, "team": home.school, "seen": 0}
        save_draft(draft, answers=answers, by=writer, at=timezone.now(), **given)
    return drafts


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def when_it_is_sent(front: Front, draft: UUID, session: str, *, failpoint: str | None) -> None:
    """Sent until there is a receipt: where the process dies meanwhile, once more when it is back."""
    path, body = f"/concerns/check/{draft}", urlencode({"csrfmiddlewaretoken": TOKEN, "version": "1"})
    if failpoint:
        front.ends()
        front.begins(failpoint)
        with pytest.raises((OSError, http.client.HTTPException)):
            until_it_listens(lambda: front.asks(path, session, body))
        front.ends()
        front.begins()
    assert until_it_listens(lambda: front.asks(path, session, body)) == f"/concerns/receipt/{draft}"


def until_it_listens(ask: Callable[[], str]) -> str:
    """A process that has just begun does not listen yet."""
    end = time.monotonic() + 120
    while True:
        try:
            return ask()
        except ConnectionRefusedError:
            assert time.monotonic() < end, "Nobody listens."
            time.sleep(0.1)


def then_each_is_there_once(drafts: list[UUID]) -> None:
    with keeping():
        assert sorted(Concern.objects.values_list("id", flat=True)) == sorted(drafts)
        assert not Draft.objects.exists()
        notices = Notice.objects.filter(kind="concern")
        assert Counter(notices.values_list("state", flat=True)) == {"delivered": CONCERNS}
        events = NoticeEvent.objects.filter(notice__in=notices).values_list("what", flat=True)
        assert Counter(events) == {"sent": CONCERNS, "delivered": CONCERNS}
    assert not ProcrastinateJob.objects.filter(status__in=("failed", "doing")).exists()
