"""Who is relied on to protect the children stands on their plan, as the assessments that the reader sees have it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onestory.decide.assessments.models import AnswerGiven, Assessment, AssessmentPerson
from onestory.help.plans.models import Plan
from onestory.platform.access.guarding import keys_for
from onestory.platform.access.keeping import keeping
from onestory.platform.access.policy import InfoClass
from tests.integration.web.partnership import signed_in
from tests.integration.web.test_plans import NOW, opened, post_of

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("ellis",)


def queries_of(client: Client, path: str) -> int:
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def who_protects(plan: Plan, who: str, **said: str) -> None:
    """An assessment of these children that is completed and relies on somebody."""
    ben = post_of("ben.worker")
    with keeping():
        records = [one.record for one in plan.children.all()]
        one = Assessment.objects.create(
            tool="child-and-family",
            tool_version="1",
            state="completed",
            team=ben.team,
            started_by=ben.user,
            started_at=NOW,
            completed_by=ben.user,
            completed_at=NOW,
            agency_id=ben.team.agency_id,
            info=InfoClass.PLANS.number,
            keys=keys_for(each.id for each in records),
        )
        for each in plan.children.all():
            AssessmentPerson.objects.create(
                assessment=one, record=each.record, label=each.label, known_as=each.known_as, is_child=True
            )
        for name, value in {"who": who, "does": "Comes at night.", **said}.items():
            path = f"protective.1.protective-{name.replace('_', '-')}"
            AnswerGiven.objects.create(
                assessment=one, path=path, value=value, by=ben.user, team=ben.team, answered_at=NOW
            )


def test_whom_the_plan_relies_on_stands_on_it_with_evidence_test_and_what_if_they_stop() -> None:
    plan = opened()
    who_protects(plan, "Gran Jean", **{"for": "She came twice.", "against": "She fears him.", "stops": "Ring Ben."})
    page = signed_in("ben.worker").get(f"/plans/{plan.id}").content.decode()
    for words in ("Gran Jean", "Comes at night.", "She came twice.", "She fears him.", "Ring Ben.", "Not tested"):
        assert words in page, words
    who_protects(plan, "gran  jean", tested_by="Ben, at home", tested_on="2026-11-02")
    page = signed_in("ben.worker").get(f"/plans/{plan.id}").content.decode()
    assert "Ben, at home</bdi>, 2 November 2026" in page
    assert page.count("Comes at night.") == 1


def test_however_many_assessments_rely_on_somebody_the_plan_asks_the_same() -> None:
    plan, ben = opened(), signed_in("ben.worker")
    who_protects(plan, "Gran")
    one = queries_of(ben, f"/plans/{plan.id}")
    for number in range(3):
        who_protects(plan, f"Neighbour {number}")
    assert queries_of(ben, f"/plans/{plan.id}") == one
