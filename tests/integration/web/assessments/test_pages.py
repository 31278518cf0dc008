"""The pages of an assessment: begun, written, asked of others, completed, signed; absent for whoever may not."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client

from onestory.decide.assessments import actions
from onestory.decide.assessments.models import Assessment
from onestory.platform.access.actions import grant_tie
from onestory.platform.access.audit import AccessRecord
from onestory.platform.access.models import User
from onestory.platform.access.ties import Because, Kind
from tests.integration.decide.assessments.test_writing_one import CARE, EARLY_HELP, FAMILY, Here, completed
from tests.integration.platform.notices.teams import AT, DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]
LONG_AGO = AT - 30 * DAY  # pages are asked for now: a tie holds before that


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


def browser(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(display_name=name))
    return client


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_it_is_begun_from_the_childs_page_and_written_section_by_section(here: Here) -> None:
    amina = browser("Amina Yusuf")
    path = f"/children/{here.home.child.person_id}/assessments"
    assert "Shared early help assessment" in text(amina, path)
    begun = amina.post(
        path, {"tool": EARLY_HELP, "people": [str(here.home.child.id)], "agreement": "Her mother, on the telephone"}
    )
    one = Assessment.objects.get()
    assert begun.headers["Location"] == f"/assessments/{one.id}"
    overview = text(amina, f"/assessments/{one.id}")
    assert "See: what is life like now?" in overview
    assert "Not begun" in overview
    section = f"/assessments/{one.id}/see"
    assert "Why is help offered now?" in text(amina, section)
    saved = amina.post(section, {"see-why-now": "Her school is worried.", "read:see-why-now": "0"})
    assert saved.headers["Location"] == f"/assessments/{one.id}"
    assert "Her school is worried." in text(amina, section)
    assert "Amina Yusuf, Duty team" in text(amina, f"/assessments/{one.id}/document")


def test_an_answer_that_asks_for_more_brings_the_section_back(here: Here) -> None:
    one = here.begun()
    amina, section = browser("Amina Yusuf"), f"/assessments/{one.id}/interplay"
    assert "How does each act on the others" not in text(amina, section)
    answer = amina.post(section, {"interplay-present": ["domestic_abuse"]})
    assert answer.headers["Location"] == section
    assert "How does each act on the others" in text(amina, section)


def test_of_two_tabs_the_second_is_shown_both_answers(here: Here) -> None:
    one = here.begun()
    amina, section = browser("Amina Yusuf"), f"/assessments/{one.id}/reason"
    amina.post(section, {"reason-concern": "from the first tab", "read:reason-concern": "0"})
    page = amina.post(section, {"reason-concern": "from the second tab", "read:reason-concern": "0"}).content.decode()
    assert "Somebody else has answered meanwhile." in page
    assert re.search(r"Yours: <span[^>]*>from the second tab", page)
    assert re.search(r"Theirs[^:]*: <span[^>]*>from the first tab", page)


def test_an_answer_that_is_not_taken_stays_typed_with_what_is_allowed(here: Here) -> None:
    one = here.begun("pre-birth")
    page = (
        browser("Amina Yusuf")
        .post(f"/assessments/{one.id}/pregnancy", {"pregnancy-due": "31/02/2027"})
        .content.decode()
    )
    assert "allowed: a day, such as 27/3/2026" in page
    assert 'value="31/02/2027"' in page


def test_completing_too_early_names_what_is_missing(here: Here) -> None:
    one = here.begun()
    page = browser("Amina Yusuf").post(f"/assessments/{one.id}", {"do": "complete"}).content.decode()
    assert "Not answered yet: What was reported, by whom and when?" in page


def test_a_manager_signs_and_nobody_else_is_offered_it(here: Here) -> None:
    one = completed(here)
    path = f"/assessments/{one.id}"
    assert "Manager’s review" not in text(browser("Amina Yusuf"), path)
    assert browser("Amina Yusuf").post(path, {"do": "sign", "words": "x"}).status_code == 404
    helen = browser("Helen Ashworth")
    assert "Manager’s review" in text(helen, path)
    helen.post(path, {"do": "sign", "words": "We asked what would prove us wrong."})
    assert "We asked what would prove us wrong." in text(helen, path)


def test_an_asked_school_sees_and_writes_its_part_and_no_other(here: Here) -> None:
    one = here.begun()
    ruth, path = browser("Ruth Kendrick"), f"/assessments/{one.id}"
    absent = ruth.get(f"/assessments/{uuid4()}")
    assert ruth.get(path).status_code == absent.status_code == 404
    actions.ask_for_contribution(
        one.id, team=here.home.school, sections=["needs"], from_team=here.home.duty, by=here.amina.user, at=AT
    )
    assert "Your team was asked for a part of it" in text(ruth, path)
    assert "Education" in text(ruth, f"{path}/needs")
    assert text(ruth, f"{path}/parents", 404)
    ruth.post(path, {"do": "given"})
    assert "given" in text(browser("Amina Yusuf"), path)


@pytest.mark.parametrize("tool", [FAMILY, CARE])
def test_for_others_it_is_as_if_absent(here: Here, tool: str) -> None:
    one = here.begun(tool)
    ruth = browser("Ruth Kendrick")
    for path in ("", "/document", "/reason"):
        hidden, absent = ruth.get(f"/assessments/{one.id}{path}"), ruth.get(f"/assessments/{uuid4()}{path}")
        assert (hidden.status_code, len(hidden.content)) == (absent.status_code, len(absent.content))


def test_every_look_is_on_record(here: Here) -> None:
    one = here.begun()
    text(browser("Amina Yusuf"), f"/assessments/{one.id}")
    assert AccessRecord.objects.filter(what="assessment", people__contains=[here.home.child.person_id]).exists()
