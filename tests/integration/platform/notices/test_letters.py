"""Letters hold a link and nothing else, to whom the team is today; through a real mail server, and through Notify."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest
from django.utils import timezone

from config.mail import mailers
from onestory.platform.access.keeping import keeping
from onestory.platform.notices.actions import acknowledge_notice, deliver_notice, say_absent
from onestory.platform.notices.letters import SUBJECT
from onestory.platform.notices.models import Letter
from onestory.platform.notices.posting import post_letter
from onestory.platform.notices.sweeping import sweep_notices
from tests.faults.never_lost.conftest import Postbox, postbox
from tests.integration.platform.notices.teams import AT, DAY, HOUR, MINUTE, Place, place, works
from tests.integration.platform.notices.test_notices import send

__all__ = ["postbox"]
pytestmark = pytest.mark.django_db


def letters() -> list[Letter]:
    with keeping():
        return list(Letter.objects.select_related("to", "notice").order_by("to__username"))


def queued(home: Place) -> list[Letter]:
    notice = send(home, kind="hand_over", words="Ada is to be weighed every month.")
    deliver_notice(notice.id, by=None, at=AT)
    return letters()


def test_a_letter_holds_a_link_and_nothing_else(postbox: Postbox, settings) -> None:
    settings.PUBLIC_ADDRESS = "https://onestory.example"
    home = place()
    works("Wendy Oyelaran", home.health, "health_visitor")
    letter = queued(home)[0]
    for _ in range(10):
        post_letter(letter.id, at=AT + MINUTE)

    posted = postbox.letters[0]
    assert len(postbox.letters) == 1
    assert (posted["To"], posted["Subject"]) == ("wendy@example.invalid", SUBJECT)
    body = str(posted.get_payload(decode=False))
    assert f"https://onestory.example/notices/{letter.notice_id}" in body
    for withheld in ("Ada", "weighed", "handed over", "Harbour", "Children"):
        assert withheld not in str(posted)


def test_it_goes_to_whoever_is_in_the_team_today(postbox: Postbox) -> None:
    home = place()
    works("Wendy Oyelaran", home.health, "health_visitor")
    works("Left Already", home.health, "health_visitor", until_on=AT.date() - DAY)
    works("No Address", home.health, "health_visitor", email=False)
    works("Somebody Else", home.school, "safeguarding_lead")
    away = works("Ann Away", home.health, "health_visitor").user
    say_absent(away, since_on=AT.date(), until_on=AT.date(), by=away, at=AT)
    assert [one.to.username for one in queued(home)] == ["wendy.oyelaran"]


def test_without_a_mail_server_there_are_no_letters_and_everything_stands_in_the_inbox() -> None:
    home = place()
    works("Wendy Oyelaran", home.health, "health_visitor")
    assert queued(home) == []


def test_what_was_acknowledged_meanwhile_needs_no_letter(postbox: Postbox) -> None:
    home = place()
    wendy = works("Wendy Oyelaran", home.health, "health_visitor").user
    letter = queued(home)[0]
    acknowledge_notice(letter.notice_id, by=wendy, at=AT + MINUTE)
    assert post_letter(letter.id, at=AT + HOUR).state == "not_needed"
    assert postbox.letters == []


def test_a_mail_server_that_is_down_is_tried_again_later_and_given_up_in_the_end(settings) -> None:
    settings.MAIL_IS_SET_UP = True
    settings.MAILERS = mailers({"ONESTORY_MAIL": "smtp://127.0.0.1:9"})  # nobody listens there
    home = place()
    works("Wendy Oyelaran", home.health, "health_visitor")
    letter, at = queued(home)[0], AT
    waits = []
    for _ in range(12):
        kept = post_letter(letter.id, at=at)
        waits.append((kept.next_at - at) / MINUTE)
        at = kept.next_at
    assert waits[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert (kept.state, kept.problem, kept.tries) == ("parked", "ConnectionRefusedError", 12)
    assert sweep_notices(at=timezone.now()) >= 0
    assert letters()[0].state == "parked"


class Notify(BaseHTTPRequestHandler):
    """Answers as the service does, and keeps what it was sent."""

    asked: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        Notify.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"id": "1"}')

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def notify() -> Iterator[str]:
    Notify.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Notify)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_through_notify_goes_the_link_and_nothing_else(settings, notify: str) -> None:
    key = "invented-" + "-".join(["00000000-0000-0000-0000-000000000000"] * 2)
    made = mailers({"ONESTORY_MAIL": "notify", "ONESTORY_NOTIFY_KEY": key, "ONESTORY_NOTIFY_TEMPLATE": "t1"})
    made["default"]["OPTIONS"]["base_url"] = notify
    settings.MAIL_IS_SET_UP, settings.MAILERS = True, made
    home = place()
    works("Wendy Oyelaran", home.health, "health_visitor")
    letter = queued(home)[0]
    assert post_letter(letter.id, at=AT).state == "posted"
    assert Notify.asked == [
        {
            "email_address": "wendy@example.invalid",
            "template_id": "t1",
            "personalisation": {"link": f"{settings.PUBLIC_ADDRESS}/notices/{letter.notice_id}"},
            "reference": f"<{letter.id}@onestory>",
        }
    ]


@pytest.mark.parametrize("said", ["http://host", "smtp://", "notify", "mail.example"])
def test_a_mail_server_that_is_wrongly_named_is_refused_without_repeating_it(said: str) -> None:
    with pytest.raises(ValueError, match="ONESTORY_MAIL") as problem:
        mailers({"ONESTORY_MAIL": said + "?secret"} if said != "notify" else {"ONESTORY_MAIL": said})
    assert "secret" not in str(problem.value)
