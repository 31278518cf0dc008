"""The pages on which a plan ends: for whoever ends it, for whoever goes on, and for nobody else."""

from __future__ import annotations

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestory.help.closure.completing import close
from onestory.help.closure.models import Closure, ClosureReceiver, Override
from onestory.help.meetings.actions import call_meeting
from onestory.help.plans.models import Plan
from onestory.platform.commitments.models import Commitment
from onestory.platform.ui.wording import day_words, moment_words
from tests.integration.help.closure.demonstrated import (
    CONTACT,
    HEALTH,
    NURSES,
    TESTS,
    accepted_by_all,
    answered,
    post_of,
    second_plan,
    sent,
)
from tests.integration.web.office import same_bytes
from tests.integration.web.partnership import child, found, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott",)


def shown(username: str, path: str) -> str:
    answer = signed_in(username).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_from_the_plan_to_a_gate_that_names_what_is_open():
    plan = second_plan("Noah")
    ben = signed_in("ben.worker")
    assert "The plan stays open until then" in shown("ben.worker", f"/plans/{plan.id}/closing")
    begun = ben.post(f"/plans/{plan.id}/closing")
    page = shown("ben.worker", begun.url)
    for words in (CONTACT, TESTS, "CNWL Health Visiting is not told"):
        assert words in page
    assert "Let it stand" not in page
    assert "Send the record to all" not in page
    assert "Let it stand" in shown("helen.manager", begun.url)


def test_whoever_leads_answers_and_sends_and_whoever_goes_on_accepts_in_one_click():
    plan = second_plan("Noah")
    closure = answered(plan)
    gate = f"/closures/{closure.id}/gate"
    assert "Send the record to all" in shown("ben.worker", gate)
    assert signed_in("ben.worker").post(gate, {"do": "send"}).status_code == 302

    page = shown("wendy.visitor", f"/closures/{closure.id}")
    assert "F is seen at the clinic and weighed, once a month" in page
    version = found(r'name="version" value="(\d+)"', page, 1)
    signed_in("wendy.visitor").post(f"/closures/{closure.id}", {"do": "accept", "version": version})
    assert ClosureReceiver.objects.get(closure=closure, team__name=HEALTH).answer == "accepted"
    assert "Accepted" in shown("ben.worker", gate)


def test_a_refusal_says_why_and_opens_the_record_again():
    closure = sent(second_plan("Noah"))
    path = f"/closures/{closure.id}"
    tom = signed_in("tom.nurse")
    missing = tom.post(path, {"do": "differ", "version": 1, "words": ""}).content.decode()
    assert "Enter why, so that the record can be agreed again" in missing
    tom.post(path, {"do": "differ", "version": 1, "words": "A call every three months."})
    assert Closure.objects.get(id=closure.id).state == "reopened"
    assert "being agreed again" in shown("wendy.visitor", path)
    assert "A call every three months." in shown("ben.worker", f"{path}/gate")


def test_an_answer_to_a_text_that_has_changed_is_refused_on_the_page():
    closure = sent(second_plan("Noah"))
    stale = signed_in("wendy.visitor").post(f"/closures/{closure.id}", {"do": "accept", "version": 7})
    assert "The record has changed since you read it" in stale.content.decode()


def test_a_manager_lets_a_point_stand_and_it_is_listed():
    plan = second_plan("Noah")
    ben, helen = signed_in("ben.worker"), signed_in("helen.manager")
    closure = ben.post(f"/plans/{plan.id}/closing").url.split("/")[2]
    path = f"/closures/{closure}/let-stand/action/{plan.actions.get().id}"
    assert ben.get(path).status_code == 404
    assert "Enter why" in helen.post(path, {"reason": " "}).content.decode()
    assert helen.post(path, {"reason": "The laboratory closed."}).status_code == 302
    assert Override.objects.get(part="action").left == f"Required, and not recorded as done: {TESTS}"
    assert "The laboratory closed." in shown("helen.manager", "/closures/let-stand")
    assert ben.get("/closures/let-stand").status_code == 404


def test_forms_keep_what_was_written_and_say_what_is_missing():
    plan = second_plan("Noah")
    ben = signed_in("ben.worker")
    closure = ben.post(f"/plans/{plan.id}/closing").url.split("/")[2]
    reason, base = plan.reasons.get().id, f"/closures/{closure}"
    page = ben.post(f"{base}/answer/reason/{reason}", {"met": "yes", "words": "None since.", "source": ""})
    assert "Enter who or what says so" in page.content.decode()
    assert "None since." in page.content.decode()
    task = {"team": str(ClosureReceiver.objects.filter(closure=closure).first().team_id), "watches": "Sees him."}
    assert "Select how often" in ben.post(f"{base}/receivers", task).content.decode()
    ben.post(f"{base}/record", {"if_not": "Ring us.", "condition_then": "An assessment is made."})
    page = shown("ben.worker", base)
    assert "Ring us." in page
    assert "An assessment is made." in page


@pytest.mark.parametrize("username", ["joan.housing", "gwen.partnership", "femi.probation"])
def test_for_everybody_else_it_is_as_one_that_is_not_there(username: str):
    plan = second_plan("Noah")
    closure = sent(plan)
    reading = signed_in(username)
    for kept, other in (
        (f"/closures/{closure.id}", f"/closures/{uuid4()}"),
        (f"/closures/{closure.id}/gate", f"/closures/{uuid4()}/gate"),
        (f"/plans/{plan.id}/closing", f"/plans/{uuid4()}/closing"),
    ):
        hidden, absent = reading.get(kept), reading.get(other)
        assert hidden.status_code == 404
        assert same_bytes(hidden, absent)


def test_a_receiver_reads_the_record_and_not_the_gate():
    closure = sent(second_plan("Noah"))
    tom = signed_in("tom.nurse")
    assert tom.get(f"/closures/{closure.id}").status_code == 200
    assert tom.get(f"/closures/{closure.id}/gate").status_code == 404


def test_everybody_accepts_the_plan_ends_and_stands_on_every_list_the_same_day():
    plan = second_plan("Noah")
    closure = sent(plan)
    usernames = {HEALTH: "wendy.visitor", NURSES: "tom.nurse"}
    for one in closure.receivers.select_related("team"):
        if one.team.name in usernames:
            signed_in(usernames[one.team.name]).post(f"/closures/{closure.id}", {"do": "accept", "version": 1})
        else:
            path = f"/closures/{closure.id}/let-stand/receiver/{one.id}"
            signed_in("helen.manager").post(path, {"reason": "Only to know."})
    signed_in("ben.worker").post(f"/closures/{closure.id}/gate", {"do": "close"})
    assert Plan.objects.get(id=plan.id).state == "closed"
    promise = Commitment.objects.get(sort="aftercare", owner_team__name=HEALTH)
    for username in ("wendy.visitor", "tom.nurse", "ben.worker"):
        assert "A plan has ended" in shown(username, "/")
    assert "What goes on after a plan has ended" in shown("wendy.visitor", f"/children/{child('Noah').pk}")
    path = f"/aftercare/{promise.id}"
    wendy = signed_in("wendy.visitor")
    assert "Was the child seen?" in shown("wendy.visitor", path)
    assert "Enter how the child was" in wendy.post(path, {"do": "seen", "on": "1/1/2026"}).content.decode()
    assert wendy.post(path, {"do": "not_seen", "outcome": "declined", "not_seen_words": "I ring."}).status_code == 302
    assert signed_in("joan.housing").get(path).status_code == 404


def told_on_the_list_of(username: str, name: str) -> str:
    """What somebody's list of families says of the child's plan, without its links."""
    rows = [one for one in shown(username, "/families").split("<tr")[1:] if f"<bdi>{name}</bdi>" in one]
    return re.sub(r"<[^>]+>", "", rows[-1].split("<td")[2]).strip() if rows else "not listed"


def test_where_a_plan_stands_is_on_every_involved_agencys_own_list_the_same_day():
    today = day_words(timezone.localdate())
    involved, stranger = ("ben.worker", "wendy.visitor", "tom.nurse"), "claire.school"
    plan = second_plan("Noah", without=())
    assert "Child in need plan, active since" in told_on_the_list_of("ben.worker", "Noah")
    assert "Child in need plan, active since" in told_on_the_list_of("wendy.visitor", "Noah")
    closure = sent(plan)
    for username in involved:
        assert f"Child in need plan, closing since {today}" in told_on_the_list_of(username, "Noah")
    end(closure)
    for username in involved:
        assert f"Child in need plan, closed on {today}" in told_on_the_list_of(username, "Noah")
    assert told_on_the_list_of(stranger, "Noah") == "not listed"


def test_my_work_names_the_next_meeting_and_the_plans_of_the_team():
    plan = second_plan("Noah", without=())
    ben = post_of("Ben Carrick")
    meets_at = timezone.now() + dt.timedelta(days=3)
    call_meeting(plan.id, kind="cin_review", meets_at=meets_at, team=ben.team, by=ben.user, at=timezone.now())
    for username in ("ben.worker", "wendy.visitor"):
        page = shown(username, "/")
        assert "Meetings to come" in page
        assert f"{moment_words(meets_at)}:" in page
        assert "Open plans that your team is in" in page
    assert "Meetings to come" not in shown("claire.school", "/")
    end(sent(plan))
    assert f"/plans/{plan.id}" not in shown("ben.worker", "/").split("Open plans that your team is in")[-1]


def end(closure: Closure) -> None:
    """Those who go on accept, a manager answers for the rest, and the lead ends it."""
    accepted_by_all(closure)
    ben = post_of("Ben Carrick")
    close(closure.id, post=ben, by=ben.user, at=timezone.now())


def queries_of(path: str) -> int:
    ben = signed_in("ben.worker")
    assert ben.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert ben.get(path).status_code == 200
    return len(asked)


def test_the_gate_asks_the_same_with_one_point_and_with_many():
    plan = second_plan("Noah")
    signed_in("ben.worker").post(f"/plans/{plan.id}/closing")
    closure = Closure.objects.get()
    pages = (f"/closures/{closure.id}/gate", f"/closures/{closure.id}")
    once = [queries_of(path) for path in pages]
    answered(plan)
    for number in range(2, 5):
        plan.reasons.create(number=number, words=f"Reason {number}")
    assert [queries_of(path) for path in pages] == once
    assert max(once) <= 80
