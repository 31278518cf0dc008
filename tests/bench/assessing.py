"""A tool of three hundred questions: its page, saving one answer and every answer, the overview.

Through the program's own views, as somebody who leads for the child, with the whole of the policy and row-level
security. The floor beside them: a page that shows nothing, and the bare writing of as many rows. How many questions:
ONESTORY_TEST_QUESTIONS (300). The promise: p95 of page and save within 400 ms.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from tests.bench._database import own_database, spread

QUESTIONS = int(os.environ.get("ONESTORY_TEST_QUESTIONS") or 300)
TIMES = 40
BEGUN = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


def _tool() -> str:
    item = [{"linkId": f"q{n}", "text": f"Question {n}?", "type": "text"} for n in range(QUESTIONS)]
    tool = {"resourceType": "Questionnaire", "url": "urn:bench:long", "version": "1", "title": "Long"}
    return json.dumps(
        tool | {"status": "active", "item": [{"linkId": "all", "text": "All", "type": "group", "item": item}]}
    )


def _begun() -> tuple[Any, Any]:
    """Somebody who leads, and the assessment that they began with the long tool."""
    from onestory.decide.assessments.actions import start_assessment
    from onestory.decide.assessments.brought import ToolBrought, ToolRuling
    from onestory.platform.access.actions import grant_tie
    from onestory.platform.access.keeping import keeping
    from onestory.platform.access.models import User
    from onestory.platform.access.ties import Because, Kind
    from onestory.platform.agencies.actions import add_member, ensure_agency, ensure_team
    from onestory.platform.people.actions import add_agency_record, add_person

    who: dict[str, Any] = {"by": None, "at": BEGUN}
    user = User.objects.create(username="writer", display_name="Writer")
    second = User.objects.create(username="second", display_name="Second")
    agency = ensure_agency(name="Social Care", sector="childrens_social_care", area="Area", **who)
    team = ensure_team(agency=agency, name="Team", answers_for_agency=True, **who)
    add_member(user=user, team=team, role="social_worker", since_on=BEGUN.date(), **who)
    with keeping():
        child = add_agency_record(
            person_id=add_person(is_child=True, **who).id, agency_id=agency.id, label="Somebody", **who
        )
        grant_tie(child.person_id, kind=Kind.LEAD, because=Because.LEAD, user_id=user.id, **who)
        said = {"version": "1", "title": "Long", "file": "long.json", "why": "To measure.", "proposed_at": BEGUN}
        brought = ToolBrought.objects.create(name="long", content=_tool(), by=user, **said)
        ToolRuling.objects.create(brought=brought, is_approved=True, words="Yes.", by=second, decided_at=BEGUN)
        assessment = start_assessment(tool_name="long", about=[child], team=team, by=user, at=BEGUN)
    return user, assessment


def _timed(what: str, ask: Callable[[int], Any], status: int, before: Callable[[], Any] = lambda: None) -> None:
    """Ask again and again; ``before`` each time, outside the measurement."""
    times = []
    for number in range(TIMES + 1):
        before()
        started = time.perf_counter()
        answer = ask(number)
        times.append(time.perf_counter() - started)
        assert answer.status_code == status, (what, answer.status_code)
    print(f"  {what:<44} {spread(times[1:])}", flush=True)


def _bare(assessment: Any, user: Any) -> None:
    """The floor of saving: the same rows, with nothing around them but a transaction that is kept."""
    from django.db import transaction

    from onestory.decide.assessments.models import AnswerGiven
    from onestory.platform.access.keeping import keeping

    times = []
    for number in range(TIMES):
        rows = [
            AnswerGiven(
                assessment=assessment,
                path=f"bare{n}",
                value=f"Answer {number}.{n}",
                by=user,
                team=assessment.team,
                answered_at=BEGUN,
            )
            for n in range(QUESTIONS)
        ]
        started = time.perf_counter()
        with transaction.atomic(), keeping():
            AnswerGiven.objects.bulk_create(rows)
        times.append(time.perf_counter() - started)
    print(f"  {'floor: the bare rows of every answer':<44} {spread(times)}", flush=True)


class _Writer:
    """Somebody at the page: what they have before them, and what they send."""

    def __init__(self, assessment: Any, client: Any) -> None:
        self.assessment, self.client, self.page = assessment, client, f"/assessments/{assessment.id}/all"
        self.read: dict[str, str] = {}

    def opens(self) -> None:
        """Which saving of each answer they have before them."""
        from onestory.decide.assessments.answers import standing_of
        from onestory.decide.assessments.choosing import tool_of
        from onestory.platform.access.keeping import keeping

        with keeping():
            standing = standing_of(self.assessment, tool_of("long"))
        self.read = {f"read:q{n}": str(standing.number(f"q{n}")) for n in range(QUESTIONS)}
        self.stands = {f"q{n}": str(standing.answers.get(f"q{n}", "")) for n in range(QUESTIONS)}

    def saves(self, changed: dict[str, str]) -> Any:
        """The whole form, as a browser sends it, with these answers changed."""
        sent = urlencode({**self.read, **self.stands, **changed})
        return self.client.post(self.page, sent, content_type="application/x-www-form-urlencoded")


def _measure() -> None:
    from django.test import Client

    user, assessment = _begun()
    client, path = Client(SERVER_NAME="127.0.0.1"), f"/assessments/{assessment.id}"
    client.force_login(user)
    writer = _Writer(assessment, client)

    def every(number: int) -> Any:
        return writer.saves({f"q{n}": f"Answer {number}.{n}" for n in range(QUESTIONS)})

    print(f"assessing: one tool of {QUESTIONS} questions", flush=True)
    _timed("floor: a page that shows nothing (my work)", lambda _: client.get("/"), 200)
    _timed("the page with every question", lambda _: client.get(f"{path}/all"), 200)
    _timed("saving one answer", lambda number: writer.saves({"q0": f"One {number}"}), 302, writer.opens)
    _timed("saving every answer, each another", every, 302, writer.opens)
    _timed("the page with every answer", lambda _: client.get(f"{path}/all"), 200)
    _timed("the overview", lambda _: client.get(path), 200)
    _bare(assessment, user)


def main() -> None:
    """Measure on a database of its own."""
    with own_database():
        from django.test import override_settings

        with override_settings(DEMO=True):  # signed in without a second proof
            _measure()


if __name__ == "__main__":
    main()
