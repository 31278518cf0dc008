"""The pages of notices and checks: for the teams concerned, and as if absent for everybody else."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestory.platform.access.actions import grant_tie
from onestory.platform.access.audit import AccessRecord
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.ties import Because, Kind
from onestory.platform.notices.models import Absence, Notice
from tests.integration.decide.checks.test_checks import Here
from tests.integration.platform.notices.teams import works
from tests.integration.platform.notices.test_notices import send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings) -> None:
    settings.DEMO = True


def browser(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(display_name=name))
    return client


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_a_partner_answers_nothing_held_in_two_clicks() -> None:
    here = Here()
    check = here.asked(here.home.school)[0]
    ruth = browser("Ruth Kendrick")
    path = f"/checks/{check.id}"

    assert f'href="{path}">What do you hold on this child?</a>' in text(ruth, "/")
    assert "Nothing held" in text(ruth, path)
    assert ruth.post(path, {"do": "nothing held"}).headers["Location"] == path
    page = text(ruth, path)
    assert "Nothing held. Searched: Our own records" in page
    assert "<button" in page  # sign out
    assert 'name="do"' not in page  # nothing is asked any more
    assert path not in text(ruth, "/")
    assert "searched, nothing held" in text(browser("Amina Yusuf"), "/")


def test_held_is_not_sent_without_what_bears_on_the_child() -> None:
    here = Here()
    path = f"/checks/{here.asked(here.home.school)[0].id}"
    ruth = browser("Ruth Kendrick")
    page = ruth.post(path, {"do": "held", "searched": "The register", "relevance": ""}).content.decode()
    assert "Enter what bears on the child" in page
    assert "The register" in page  # what was typed is still there
    ruth.post(path, {"do": "held", "searched": "The register", "relevance": "Late four times."})
    assert "Late four times." in text(browser("Amina Yusuf"), path)


def test_the_police_accept_and_report_a_welfare_check() -> None:
    here = Here()
    path = f"/checks/{here.welfare().id}"
    priya = browser("Priya Nair")
    assert "Nobody has seen her for ten days." in text(priya, path)
    priya.post(path, {"do": "accept"})
    assert "Accepted, under way" in text(priya, path)
    assert "Select what you found" in priya.post(path, {"do": "report", "relevance": "x"}).content.decode()
    priya.post(path, {"do": "report", "outcome": "no_access", "relevance": "Nobody opened."})
    assert "Nobody let us in. Nobody opened." in text(browser("Amina Yusuf"), path)


def test_whoever_is_not_concerned_cannot_tell_it_from_what_is_not_there() -> None:
    here = Here()
    check = here.asked(here.home.school)[0]
    with keeping():
        notice = Notice.objects.get(entry=check.request)
    wendy, amina = browser("Wendy Oyelaran"), browser("Amina Yusuf")
    for there, absent in (
        (f"/checks/{check.id}", f"/checks/{uuid4()}"),
        (f"/notices/{notice.id}", f"/notices/{uuid4()}"),
    ):
        text(wendy, there, 404)
        text(wendy, absent, 404)
    assert wendy.post(f"/notices/{notice.id}/acknowledge").status_code == 404
    assert wendy.post(f"/checks/{check.id}", {"do": "nothing held"}).status_code == 404
    # Whoever asked sees it and cannot answer it.
    assert 'name="do"' not in text(amina, f"/checks/{check.id}")
    amina.post(f"/checks/{check.id}", {"do": "nothing held"})
    with keeping():
        check.refresh_from_db()
    assert check.state == "asked"


def test_whoever_asked_says_why_an_answer_is_no_longer_needed_and_nobody_else_can() -> None:
    here = Here()
    check = here.asked(here.home.school)[0]
    path, amina, ruth = f"/checks/{check.id}", browser("Amina Yusuf"), browser("Ruth Kendrick")
    leading = f'href="{path}/no-longer-needed"'
    assert leading in text(amina, path)
    assert leading not in text(ruth, path)
    assert ruth.post(f"{path}/no-longer-needed", {"relevance": "We are busy."}).status_code == 404

    refused = amina.post(f"{path}/no-longer-needed", {"relevance": " "}).content.decode()
    assert "Enter why an answer is no longer needed" in refused
    answer = amina.post(f"{path}/no-longer-needed", {"relevance": "She was seen at the clinic today."})
    assert answer.headers["Location"] == path
    assert leading not in text(amina, path)
    told = text(ruth, path)
    assert "She was seen at the clinic today." in told
    assert "Withdrawn by" in told
    assert "Answered by" not in told  # nobody answered
    assert path not in text(ruth, "/")
    text(amina, f"{path}/no-longer-needed", 404)


def test_a_notice_is_acknowledged_on_the_list_in_one_click_and_reading_it_is_on_record() -> None:
    here = Here()
    notice = send(here.home, kind="closure", words="The plan has ended.")
    wendy = browser("Wendy Oyelaran")
    assert f'action="/notices/{notice.id}/acknowledge"' in text(wendy, "/")
    assert "The plan has ended." in text(wendy, f"/notices/{notice.id}")
    look = AccessRecord.objects.get(what="notice")
    assert look.people == [here.home.child.person_id]
    assert notice.words in text(browser("Amina Yusuf"), "/notices/sent")

    wendy.post(f"/notices/{notice.id}/acknowledge", {"answer": "I go on weighing her."})
    assert str(notice.id) not in text(wendy, "/")
    assert "I go on weighing her." in text(browser("Amina Yusuf"), f"/notices/{notice.id}")


def test_somebody_says_who_covers_while_they_are_away() -> None:
    here = Here()
    tom = works("Tom Bellamy", here.home.health, "health_visitor").user
    wendy = browser("Wendy Oyelaran")
    assert "Enter your first day away" in wendy.post("/away", {"cover": ""}).content.decode()
    wendy.post("/away", {"since_on": "1/12/2026", "until_on": "7/12/2026", "cover": str(tom.id)})
    assert Absence.objects.get().cover == tom
    assert "Tom Bellamy" in text(wendy, "/away")


def test_social_care_asks_agencies_from_a_child_s_page_and_others_cannot() -> None:
    here = Here()
    now = timezone.now()
    child = here.home.child.person_id
    grant_tie(child, kind=Kind.LEAD, because=Because.LEAD, user_id=here.amina.user_id, by=None, at=now)
    grant_tie(child, kind=Kind.TEAM, because=Because.DUTY, team_id=here.home.health.id, by=None, at=now)
    amina, path = browser("Amina Yusuf"), f"/children/{child}/ask-agencies"
    page = text(amina, path)
    assert "Harbour School: Safeguarding" in page
    assert "Children&#39;s Social Care: Duty team" not in page
    given = {
        "teams": [str(here.home.school.id)],
        "purpose": "To decide",
        "basis": "enquiry",
        "question": "What do you hold?",
        "band": "2",
    }
    assert "Select how urgent it is" in amina.post(path, given | {"band": ""}).content.decode()
    answer = amina.post(path + f"?concern={here.concern.id}", given)
    assert answer.status_code == 302
    assert "What do you hold?" in text(browser("Ruth Kendrick"), answer.headers["Location"])
    text(browser("Wendy Oyelaran"), path, 404)


def test_my_work_costs_the_same_with_one_notice_and_with_three() -> None:
    here = Here()
    wendy = browser("Wendy Oyelaran")
    counts = []
    for many in (1, 2):
        for _ in range(many):
            send(here.home)
        text(wendy, "/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text(wendy, "/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
