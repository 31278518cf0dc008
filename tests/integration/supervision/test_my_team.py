"""A manager sees which families need her; nobody else tells the page from one that is not there."""

from __future__ import annotations

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestory.oversee.supervision.models import Allocation, Supervision
from onestory.platform.agencies.models import Agency
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.people.models import AgencyRecord
from tests.integration.web.office import same_bytes
from tests.integration.web.partnership import child, signed_in

pytestmark = [pytest.mark.usefixtures("families", "as_keeper"), pytest.mark.django_db]
FAMILIES = ("abbott", "fletcher", "wojcik")


def shown(username: str, path: str) -> str:
    answer = signed_in(username).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def with_a_plan(name: str, days: int) -> None:
    """A plan was opened for the child so many days ago, and nobody is named."""
    now = timezone.now()
    record = AgencyRecord.objects.filter(label=name).latest("recorded_at")
    social_care = Agency.objects.filter(sector="childrens_social_care").order_by("id")[0]
    record_entry(
        agency=social_care.id,
        kind="plan",
        happened=day(timezone.localdate(now) - dt.timedelta(days=days)),
        about=(record.id,),
        own={"type": "child_in_need", "stage": "opened"},
        by=None,
        at=now,
    )


def test_a_manager_sees_in_one_click_what_is_longest_overdue_with_its_day_and_where_it_stands() -> None:
    with_a_plan("Noah", 50)
    with_a_plan("Riley", 70)
    assert "My team" in shown("helen.manager", "/")
    page = shown("helen.manager", "/my-team")
    assert {"Noah", "Riley"} <= set(re.findall(r'id="child-\d+"><a [^>]+><bdi>([^<]+)</bdi>', page))
    since = re.findall(r'onestory-overdue">[^<]*since (\d+ \w+ \d+)<', page)
    days = [dt.datetime.strptime(one, "%d %B %Y").date() for one in since]  # noqa: DTZ007
    assert len(days) >= 2
    assert days == sorted(days)
    assert "Nobody is named as worker; the child in need plan was opened on" in page
    assert "Where it stands" in page


@pytest.mark.parametrize("username", ["ben.worker", "joan.housing", "gwen.partnership", "imran.teacher"])
def test_for_whoever_does_not_manage_the_page_is_not_there(username: str) -> None:
    browser = signed_in(username)
    assert same_bytes(browser.get("/my-team"), browser.get("/no-such-page"))
    assert "My team" not in browser.get("/").content.decode()


def test_the_manager_gives_the_child_to_a_worker_and_ends_it() -> None:
    with_a_plan("Noah", 50)
    noah, helen = child("Noah"), signed_in("helen.manager")
    path = f"/children/{noah.pk}/workers"
    assert "Select who" in helen.post(f"{path}/allocate", {"sort": "worker"}).content.decode()
    ben = re.search(
        r'value="([^"]+)"[^>]*>\s*<label[^>]*>\s*Ben Carrick', shown("helen.manager", f"{path}/allocate"), re.S
    )
    assert ben
    sent = helen.post(f"{path}/allocate", {"worker": ben[1], "sort": "worker", "why": "Knows the family."})
    assert sent.status_code == 302
    given = Allocation.objects.get()
    assert "Ben Carrick" in shown("helen.manager", path)
    assert "Nobody is named as worker" not in re.sub(r"Riley.*", "", shown("helen.manager", "/my-team"))
    assert helen.post(f"{path}/{given.pk}/end", {"why": ""}).status_code == 200
    assert helen.post(f"{path}/{given.pk}/end", {"why": "He has left."}).status_code == 302
    assert Allocation.objects.get().until_at is not None


def test_supervision_is_recorded_on_the_childs_page_and_read_within_the_agency() -> None:
    noah, helen = child("Noah"), signed_in("helen.manager")
    path = f"/children/{noah.pk}/workers"
    wrong = helen.post(f"{path}/supervision", {"held_on": "20/11/2026", "reflection": "Thought.", "decision": ""})
    assert "Enter what was decided" in wrong.content.decode()
    assert "Thought." in wrong.content.decode()
    given = {"held_on": "20/11/2026", "reflection": "Whose word do we take?", "decision": "Ask Noah himself."}
    assert helen.post(f"{path}/supervision", given).status_code == 302
    assert Supervision.objects.count() == 1
    assert "Whose word do we take?" in shown("ben.worker", path)
    partner = shown("wendy.visitor", path)
    assert "Whose word do we take?" not in partner
    assert "Record supervision" not in partner


@pytest.mark.parametrize("page", ["", "/allocate", "/supervision"])
@pytest.mark.parametrize("username", ["joan.housing", "gwen.partnership"])
def test_for_whoever_may_not_know_of_the_child_it_is_as_a_child_who_is_not_there(page: str, username: str) -> None:
    browser = signed_in(username)
    hidden = browser.get(f"/children/{child('Noah').pk}/workers{page}")
    assert hidden.status_code == 404
    assert same_bytes(hidden, browser.get(f"/children/{uuid4()}/workers{page}"))


def test_a_worker_does_not_allocate() -> None:
    path = f"/children/{child('Noah').pk}/workers/allocate"
    assert signed_in("ben.worker").get(path).status_code == 404


def queries_of(path: str) -> int:
    client = signed_in("helen.manager")
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_managers_page_asks_the_same_with_one_overdue_and_with_three() -> None:
    with_a_plan("Noah", 50)
    one = queries_of("/my-team")
    for name in ("Riley", "Filip"):
        with_a_plan(name, 60)
    assert queries_of("/my-team") == one
