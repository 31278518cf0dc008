"""A process that has loaded the program once and lets children begin from there, each to be killed like any process.

Speaks in lines of JSON. First line in: which database, which mail server. Then `{"do": …, "failpoint": …, …}`: the
answer is `{"pid": …}` at once and `{"signal": …}` when that child has ended (0: it was done).
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any
from uuid import UUID


def begin() -> None:
    told = json.loads(sys.stdin.readline())
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.conf import settings

    settings.DATABASES["default"].update(told["database"])
    settings.SECRET_KEY = told["secret"]  # a session that the test began holds here too
    settings.MAIL_IS_SET_UP = bool(told["mail"])
    settings.MAILERS = {"default": told["mail"]} if told["mail"] else settings.MAILERS
    django.setup()
    import config.urls  # the pages, so that a child that serves them answers at once

    assert config.urls.urlpatterns
    say({"ready": os.getpid()})


def say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def act(told: dict[str, Any]) -> None:
    """In the child: do it, and die where the failpoint says so."""
    from django.conf import settings
    from django.utils import timezone

    from onestory.platform.access.keeping import keeping
    from onestory.platform.access.models import User
    from onestory.platform.agencies.models import Team
    from onestory.platform.notices.actions import acknowledge_notice, send_notice
    from onestory.platform.people.models import AgencyRecord
    from onestory.platform.queue.worker import run_worker

    settings.FAILPOINT = told.get("failpoint", "")
    settings.DEMO = True  # whoever is signed in needs no second proof here
    match told["do"]:
        case "work":
            run_worker(concurrency=1, wait=False)
        case "work on":
            run_worker(concurrency=1)
        case "serve":
            serve(told["port"])
        case "send":
            with keeping():
                about = list(AgencyRecord.objects.filter(id=told["record"]))
            team = Team.objects.select_related("agency").get(id=told["team"])
            send_notice(
                to_team=team, about=about, kind="closure", words=told["words"], address="/", by=None, at=timezone.now()
            )
        case "acknowledge":
            user = User.objects.get(id=told["user"])
            acknowledge_notice(UUID(told["notice"]), by=user, at=timezone.now())
        case "send record" | "accept task" | "end plan":
            end_a_plan(told)


def end_a_plan(told: dict[str, Any]) -> None:
    """One step on the way to a plan's end, in somebody's post."""
    from datetime import datetime

    from onestory.help.closure.actions import send_record
    from onestory.help.closure.answering import accept_task
    from onestory.help.closure.completing import close
    from onestory.platform.agencies.models import Membership

    post = Membership.objects.select_related("user", "team__agency").get(id=told["post"])
    who: dict[str, Any] = {"post": post, "by": post.user, "at": datetime.fromisoformat(told["at"])}
    match told["do"]:
        case "send record":
            send_record(UUID(told["closure"]), **who)
        case "accept task":
            accept_task(UUID(told["receiver"]), version=1, **who)
        case "end plan":
            close(UUID(told["closure"]), **who)


def serve(port: int) -> None:
    """Answer requests until killed. Failpoint `answer`: all is written and committed, and nothing is sent."""
    import signal
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    program = get_wsgi_application()

    def answer(environ: dict[str, Any], start: Any) -> Any:
        body = program(environ, start)
        if settings.FAILPOINT == "answer" and environ["REQUEST_METHOD"] == "POST":
            os.kill(os.getpid(), signal.SIGKILL)
        return body

    class Silent(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    make_server("127.0.0.1", port, answer, handler_class=Silent).serve_forever()


def main() -> None:
    begin()
    for line in sys.stdin:
        told = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                act(told)
            except BaseException:
                import traceback

                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        say({"pid": child})
        status = os.waitpid(child, 0)[1]
        say({"signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, "code": os.waitstatus_to_exitcode(status)})


if __name__ == "__main__":
    main()
