"""Writing on the page: what is known is confirmed with one click, kept while typing, and quick with many questions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onestory.decide.assessments.answers import standing_of
from onestory.decide.assessments.brought import ToolBrought, ToolRuling
from onestory.decide.assessments.choosing import tool_of
from onestory.decide.assessments.models import AnswerGiven, Assessment
from onestory.platform.access.actions import grant_tie
from onestory.platform.access.ties import Because, Kind
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from tests.integration.decide.assessments.test_writing_one import EARLY_HELP, FAMILY, Here, completed
from tests.integration.platform.notices.teams import AT, DAY
from tests.integration.web.assessments.test_pages import LONG_AGO, browser, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]


@pytest.fixture(autouse=True)
def demonstration(settings) -> None:
    settings.DEMO = True


@pytest.fixture
def here() -> Here:
    found = Here()
    for post in (found.amina, found.helen):
        grant_tie(
            found.home.child.person_id, kind=Kind.LEAD, because=Because.LEAD, user_id=post.user_id, by=None, at=LONG_AGO
        )
    return found


def keeps(client: Client, path: str, given: dict[str, str]) -> tuple[int, Any]:
    answer = client.post(path, given | {"saving": "yes"})
    return answer.status_code, json.loads(answer.content)


def test_what_was_known_is_confirmed_with_one_click_or_corrected_with_its_source(here: Here) -> None:
    completed(here)
    again = here.begun(at=AT + 10 * DAY)
    amina, path = browser("Amina Yusuf"), f"/assessments/{again.id}/conclusion"
    page = text(amina, path)
    assert "Still so: What are we worried about" in page
    assert "Somebody wrote this. (Child and family assessment" in page
    amina.post(path, {"same:conclusion-worries": "on", "conclusion-strengths": "Something else by now."})
    rows = AnswerGiven.objects.filter(assessment=again).order_by("path")
    assert [(one.path, one.value, one.taken) for one in rows] == [
        ("conclusion-strengths", "Something else by now.", "corrected"),
        ("conclusion-worries", "Somebody wrote this.", "confirmed"),
    ]
    assert "Still so: What are we worried about" not in text(amina, path)
    document = text(amina, f"/assessments/{again.id}/document")
    assert "Confirmed; known before: Child and family assessment" in document
    amina.post(path, {"same:conclusion-worries": "on", "read:conclusion-worries": str(rows[1].number)})
    assert standing_of(again, tool_of(FAMILY)).answers["conclusion-worries"] == "Somebody wrote this."


def test_earlier_conclusions_and_broken_promises_come_from_the_chronology(here: Here) -> None:
    told: dict[str, Any] = {"agency": here.home.duty.agency_id, "about": (here.home.child.id,), "by": None}
    early = day(LONG_AGO.date())
    made = {"type": "child_and_family", "stage": "completed"}
    record_entry(**told, kind="assessment", own=made, happened=early, text="Not safe with his uncle.", at=LONG_AGO)
    owed = {"action": "a1", "stage": "required", "due": early, "owner": str(here.home.school.agency_id)}
    record_entry(**told, kind="action", own=owed, happened=early, text="A mentor at school.", at=LONG_AGO)
    one = here.begun()
    page = text(browser("Amina Yusuf"), f"/assessments/{one.id}/history")
    assert "Children&#39;s Social Care: Not safe with his uncle." in page
    assert "A mentor at school. (Harbour School" in page


def test_the_three_stand_side_by_side_on_one_line_of_time(here: Here) -> None:
    for factor, words in (("alcohol_parent", "Drunk at the gate."), ("domestic_abuse_parent", "Police came.")):
        record_entry(
            agency=here.home.duty.agency_id,
            kind="observation",
            happened=day(LONG_AGO.date()),
            about=(here.home.child.id,),
            factors={factor},
            text=words,
            by=None,
            at=LONG_AGO,
        )
    one = here.begun()
    page = text(browser("Amina Yusuf"), f"/assessments/{one.id}/interplay")
    assert "What is on record, side by side" in page
    assert page.index("Drunk at the gate.") > 0
    assert page.index("Police came.") > 0


def test_what_is_typed_is_kept_meanwhile_and_ones_own_saving_is_not_somebody_elses(here: Here) -> None:
    one = here.begun()
    amina, path = browser("Amina Yusuf"), f"/assessments/{one.id}/reason"
    status, told = keeps(amina, path, {"reason-concern": "Half a sen", "read:reason-concern": "0"})
    assert status == 200
    number = told["numbers"]["reason-concern"]
    saved = amina.post(path, {"reason-concern": "Half a sentence more.", "read:reason-concern": str(number)})
    assert saved.status_code == 302
    assert standing_of(one, tool_of(FAMILY)).answers["reason-concern"] == "Half a sentence more."


def test_a_day_that_is_half_typed_waits_and_the_rest_is_kept(here: Here) -> None:
    one = here.begun("pre-birth")
    path = f"/assessments/{one.id}/pregnancy"
    status, told = keeps(browser("Amina Yusuf"), path, {"pregnancy-due": "2027-0", "pregnancy-care": "Booked late."})
    assert status == 200
    assert told["numbers"]["pregnancy-due"] == 0
    assert standing_of(one, tool_of("pre-birth")).answers == {"pregnancy-care": "Booked late."}


def test_while_typing_one_is_told_that_somebody_else_answered(here: Here) -> None:
    one = here.begun()
    path = f"/assessments/{one.id}/reason"
    keeps(browser("Helen Ashworth"), path, {"reason-concern": "hers", "read:reason-concern": "0"})
    status, told = keeps(browser("Amina Yusuf"), path, {"reason-concern": "mine", "read:reason-concern": "0"})
    assert status == 409
    assert told["changed"].startswith("Helen Ashworth has answered")


def test_the_family_takes_its_agreement_back_on_the_page_and_it_ends(here: Here) -> None:
    one = here.begun(EARLY_HELP, agreement="Her mother")
    amina, path = browser("Amina Yusuf"), f"/assessments/{one.id}"
    assert "They are asked again by" in text(amina, path)
    page = amina.post(path, {"do": "agreement", "answer": "withdrawn", "asked_on": "22/11/2026"}).content.decode()
    assert "Enter who was asked, and how" in page
    said = {"do": "agreement", "answer": "withdrawn", "who": "Her mother", "asked_on": "22/11/2026"}
    assert amina.post(path, said).status_code == 302
    one.refresh_from_db()
    assert one.state == "ended"


def test_anybody_who_sees_it_may_disagree_and_the_team_that_leads_answers(here: Here) -> None:
    one = here.begun()
    path = f"/assessments/{one.id}"
    browser("Helen Ashworth").post(path, {"do": "challenge", "words": "He was not seen.", "effect": "Nobody knows."})
    amina = browser("Amina Yusuf")
    assert "Not answered yet." in text(amina, path)
    amina.post(path, {"do": "reply", "words": "We see him on Monday."})
    assert "We see him on Monday." in text(amina, path)


def long_tool(questions: int) -> str:
    item = [{"linkId": f"q{n}", "text": f"Question {n}?", "type": "text"} for n in range(questions)]
    tool = {
        "resourceType": "Questionnaire",
        "url": f"urn:tool:long-{questions}",
        "version": "1",
        "title": f"A long tool of {questions}",
        "status": "active",
        "item": [{"linkId": "all", "text": "All", "type": "group", "item": item}],
    }
    return json.dumps(tool)


def begun_long(here: Here, questions: int) -> Assessment:
    said = {"version": "1", "title": "Long", "file": "long.json", "why": "To measure.", "proposed_at": AT}
    brought = ToolBrought.objects.create(
        name=f"long-{questions}", content=long_tool(questions), by=here.amina.user, **said
    )
    ToolRuling.objects.create(brought=brought, is_approved=True, words="Yes.", by=here.helen.user, decided_at=AT)
    return here.begun(f"long-{questions}")


def queries_of(here: Here, questions: int) -> tuple[int, int, int]:
    """Of the page, of saving every answer, and of the overview."""
    one = begun_long(here, questions)
    amina, path = browser("Amina Yusuf"), f"/assessments/{one.id}/all"
    with CaptureQueriesContext(connection) as page:
        text(amina, path)
    with CaptureQueriesContext(connection) as save:
        assert amina.post(path, {f"q{n}": f"Answer {n}" for n in range(questions)}).status_code == 302
    assert len(standing_of(one, tool_of(one.tool)).answers) == questions
    with CaptureQueriesContext(connection) as overview:
        text(amina, f"/assessments/{one.id}")
    return len(page), len(save), len(overview)


def test_three_hundred_questions_take_as_many_queries_as_three(here: Here) -> None:
    browser("Amina Yusuf").get("/")
    queries_of(here, 2)
    assert queries_of(here, 300) == queries_of(here, 3)
