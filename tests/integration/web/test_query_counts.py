"""No page does work that grows with the rows on it: the same number of queries with one family and with three."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from onestory.arrive.concerns.actions import log_concern
from onestory.arrive.concerns.models import Concern
from onestory.oversee.signals.models import Alert
from onestory.platform.agencies.models import Membership
from tests.integration.web.partnership import AT, child, load, signed_in, three_times

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott", "rahman", "fletcher", "wojcik")
LISTS = ("/", "/families", "/rules")
OF_A_CHILD = ("", "/chronology", "/chronology/picture", "/chronology/print?purpose=test")


def queries_of(path: str) -> int:
    signed_in("amina.duty").get(path)  # what is slow the first time does not age the session that is counted
    client = signed_in("amina.duty")
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def keep_alerts_of(*labels: str) -> None:
    """Let only alerts about these children wait."""
    kept = Alert.objects.filter(children__child__records__label__in=labels).values("pk")
    Alert.objects.exclude(pk__in=kept).update(state="ended", ended_on=AT.date())


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_the_same_with_one_family_and_with_three(path):
    with transaction.atomic():
        keep_alerts_of("Noah")
        one = queries_of(path)
        transaction.set_rollback(True)
    keep_alerts_of("Noah", "Riley", "Filip")
    assert queries_of(path) == one


@pytest.mark.parametrize("page", OF_A_CHILD)
def test_a_childs_page_asks_the_same_with_every_entry_three_times(page, tmp_path):
    load(three_times("abbott", tmp_path))
    once, thrice = (queries_of(f"/children/{child(name).pk}{page}") for name in ("Noah", "Noah three"))
    assert once == thrice <= 80


def test_an_alert_asks_the_same_however_often_it_was_asked():
    by_number = {
        one.askings.count(): one for one in Alert.objects.filter(team__name="Front Door").exclude(state="ended")
    }
    assert len(by_number) > 1
    assert len({queries_of(f"/alerts/{one.pk}") for one in by_number.values()}) == 1


def told(*labels: str) -> list[Concern]:
    """A concern about each of these children waits at the front door."""
    post = Membership.objects.select_related("team__agency", "user").get(user__username="ruth.school")
    said = {"what": "Cold.", "means": "Afraid.", "who_saw": "professional", "safe": "yes", "parents": "agree"}
    return [
        log_concern(form="concern", answers=said, child_id=child(one).pk, from_team=post.team, by=post.user, at=AT)
        for one in labels
    ]


def test_the_duty_queue_asks_the_same_with_one_concern_and_with_three():
    told("Noah")
    one = queries_of("/duty")
    told("Riley", "Filip")
    assert queries_of("/duty") == one


def test_the_decision_page_asks_the_same_with_every_entry_three_times(tmp_path):
    load(three_times("abbott", tmp_path))
    once, thrice = (queries_of(f"/concerns/{concern.pk}") for concern in told("Noah", "Noah three"))
    assert once == thrice <= 100
