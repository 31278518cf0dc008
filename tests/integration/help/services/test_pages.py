"""The directory, asking and answering on their pages: who may, who may not, and what it costs in queries."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestory.help.services.actions import ask_for_service, note_gap
from onestory.help.services.models import Gap, Service, ServiceRequest
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Membership
from onestory.platform.people.models import AgencyRecord
from tests.integration.help.services.directory import kept
from tests.integration.web.office import same_bytes
from tests.integration.web.partnership import child, found, signed_in

pytestmark = [pytest.mark.usefixtures("families", "as_keeper"), pytest.mark.django_db]
FAMILIES = ("abbott", "wojcik")
ROW = "organization.name,service.name,taxonomy_term.code,service.minimum_age,team\n"


def a_service(name: str = "Positive parents", **more: Any) -> Service:
    by = User.objects.get(username="gwen.partnership")
    team = {"team": "Health Visiting East, CNWL Health Visiting"}
    return kept(by, timezone.now(), name=name, sort="parenting_programme", **(team | more))


def requested(service: Service, name: str = "Noah") -> ServiceRequest:
    ben = Membership.objects.select_related("user", "team__agency").get(user__username="ben.worker")
    record = AgencyRecord.objects.filter(label=name).latest("recorded_at")
    now = timezone.now()
    return ask_for_service(service, about=[record], team=ben.team, why="Bedtimes are hard.", by=ben.user, at=now)


def shown(username: str, path: str) -> str:
    answer = signed_in(username).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_everybody_reads_the_directory_and_the_administrator_alone_keeps_it() -> None:
    service = a_service(**{"service.minimum_age": 16})
    for username in ("ben.worker", "joan.housing", "imran.teacher"):
        assert "Positive parents" in shown(username, "/services")
        assert "16 and over" in shown(username, f"/services/{service.pk}")
        for path in ("/services/new", "/services/file", f"/services/{service.pk}/change"):
            assert signed_in(username).get(path).status_code == 404
    assert "Add a service" in shown("gwen.partnership", "/services")


def test_the_directory_is_narrowed_to_a_need_and_an_age() -> None:
    a_service(**{"service.maximum_age": 19})
    assert "Positive parents" in shown("ben.worker", "/services?need=parenting_programme&age=19")
    for query in ("need=drug_test", "age=20", "words=swimming"):
        assert "no service in it fits" in shown("ben.worker", f"/services?{query}")


def test_the_administrator_adds_and_changes_a_service() -> None:
    gwen = signed_in("gwen.partnership")
    typed = {"organization_name": "Harbour", "service_name": "Baby group", "taxonomy_term_code": "young_parents_group"}
    wrong = gwen.post("/services/new", typed | {"service_status": "active", "service_minimum_age": "ten"})
    assert "Youngest age: found “ten”; allowed: a whole number of years" in wrong.content.decode()
    assert not Service.objects.filter(name="Baby group").exists()
    added = gwen.post("/services/new", typed | {"service_status": "active", "cost_option_amount": "0"})
    service = Service.objects.get(name="Baby group")
    assert added.url == f"/services/{service.pk}"
    assert "free" in shown("ben.worker", f"/services/{service.pk}")
    changed = typed | {"service_name": "Babies and parents", "service_status": "inactive"}
    assert gwen.post(f"/services/{service.pk}/change", changed).status_code == 302
    assert "Babies and parents" not in shown("ben.worker", "/services")
    assert "Not offered now" in shown("gwen.partnership", "/services")


def test_a_file_comes_in_whole_or_not_at_all_with_every_error_by_row() -> None:
    gwen, before = signed_in("gwen.partnership"), Service.objects.count()

    def sent(text: str) -> Any:
        return gwen.post("/services/file", {"file": SimpleUploadedFile("local.csv", (ROW + text).encode())})

    page = sent("Harbour,Good,drug_test,,\nHarbour,Bad,tea,old,Nobody").content.decode()
    for field, told in (("taxonomy_term.code", "tea"), ("service.minimum_age", "old"), ("team", "Nobody")):
        assert f"local.csv, row 3, {field}: found “{told}”; allowed: " in page
    assert Service.objects.count() == before
    assert sent('Harbour,Good,drug_test,16,"Family Support, Children\'s Social Care"').status_code == 302
    assert Service.objects.get(name="Good").team.name == "Family Support"
    assert sent("Harbour,Good,alcohol_test,,").status_code == 302
    assert Service.objects.get(name="Good").taxonomy_term == "alcohol_test"


def test_whoever_sees_a_childs_plans_asks_for_a_service_on_the_childs_page() -> None:
    service, noah = a_service(), child("Noah")
    page = shown("ben.worker", f"/children/{noah.pk}/services")
    assert "Positive parents" in page
    path = f"/children/{noah.pk}/services/ask/{service.pk}"
    ben = signed_in("ben.worker")
    assert "Enter why it is needed" in ben.post(path, {"people": str(noah.pk), "why": ""}).content.decode()
    answer = ben.post(path, {"people": str(noah.pk), "why": "Bedtimes are hard."})
    request = ServiceRequest.objects.get()
    assert answer.url == f"/service-requests/{request.pk}"
    assert "Asked, no answer yet" in shown("ben.worker", f"/children/{noah.pk}/services")
    assert found(r"/service-requests/[0-9a-f-]+", shown("wendy.visitor", "/")) == f"/service-requests/{request.pk}"


@pytest.mark.parametrize("page", ["services", "services/not-to-be-had"])
@pytest.mark.parametrize("username", ["joan.housing", "gwen.partnership"])
def test_for_whoever_may_not_know_of_the_child_it_is_as_a_child_who_is_not_there(page: str, username: str) -> None:
    browser = signed_in(username)
    hidden = browser.get(f"/children/{child('Noah').pk}/{page}")
    assert hidden.status_code == 404
    assert same_bytes(hidden, browser.get(f"/children/{uuid4()}/{page}"))


def test_the_service_answers_and_nobody_else_can() -> None:
    request = requested(a_service())
    path = f"/service-requests/{request.pk}"
    assert signed_in("claire.school").get(path).status_code == 404
    assert same_bytes(
        signed_in("claire.school").get(path), signed_in("claire.school").get(f"/service-requests/{uuid4()}")
    )
    ben, wendy = signed_in("ben.worker"), signed_in("wendy.visitor")
    ben.post(path, {"do": "accept", "words": "Yes."})
    assert ServiceRequest.objects.get().state == "asked"
    assert "Enter why they have to wait" in wendy.post(path, {"do": "wait", "reason": ""}).content.decode()
    assert wendy.post(path, {"do": "wait", "reason": "Full", "expected_on": "1/3/2027"}).status_code == 302
    assert "On a waiting list" in shown("ben.worker", f"/children/{child('Noah').pk}/services")
    wendy.post(path, {"do": "accept", "words": "Tuesdays at ten."})
    noah = request.people.get().record_id
    wendy.post(path, {"do": "came", "on": "20/11/2026", "outcome": "kept", "words": "", "seen": str(noah)})
    assert "They came" in shown("ben.worker", path)
    assert wendy.post(path, {"do": "result", "result": "completed", "words": "All eight."}).status_code == 302
    assert "Completed. All eight." in shown("ben.worker", path)


def test_what_was_not_to_be_had_is_noted_and_counted_without_a_name() -> None:
    noah, service = child("Noah"), a_service()
    requested(service)
    ben = signed_in("ben.worker")
    path = f"/children/{noah.pk}/services/not-to-be-had"
    assert "Select what was needed" in ben.post(path, {}).content.decode()
    sent = ben.post(path, {"taxonomy_term": "drug_test", "sort": "costly", "words": "No budget."})
    assert sent.status_code == 302
    assert Gap.objects.count() == 1
    page = shown("joan.housing", "/services/gaps")
    assert "Drug test" in page
    assert "Too costly to order" in page
    assert "Noah" not in page
    assert "No budget" not in page


def queries_of(username: str, path: str) -> int:
    client = signed_in(username)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_pages_ask_the_same_with_one_and_with_three() -> None:
    ben = Membership.objects.select_related("user", "team__agency").get(user__username="ben.worker")
    noah = f"/children/{child('Noah').pk}/services"
    counts = []
    for names in (("one",), ("two", "three")):
        for name in names:
            request = requested(a_service(name))
            note_gap(
                request.people.get().record,
                sort="costly",
                taxonomy_term="drug_test",
                words=name,
                team=ben.team,
                by=ben.user,
                at=timezone.now(),
            )
        service = UUID(str(Service.objects.get(name="one").pk))
        pages = ("/services", "/services/gaps", f"/services/{service}", noah, f"{noah}/ask/{service}")
        counts.append([queries_of("ben.worker", path) for path in pages])
    assert counts[0] == counts[1]
