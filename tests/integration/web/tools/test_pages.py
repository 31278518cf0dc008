"""A partnership brings its own tools in: checked item by item, approved by two people, and then begun by people."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onestory.decide.assessments.bringing import decide_tool, propose_tool
from onestory.decide.assessments.brought import ToolBrought, ToolRuling
from onestory.decide.assessments.choosing import tool_of, tools_now
from onestory.decide.assessments.reading import SHIPPED, ToolRefused
from onestory.platform.agencies.models import Change
from onestory.platform.agencies.policies import CannotChange
from tests.integration.web.office import AT, Office, everybody_by_role, open_office, same_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return open_office()


def questionnaire(**changed: Any) -> dict[str, Any]:
    told = {
        "resourceType": "Questionnaire",
        "url": "https://partnership.example/tools/worries",
        "version": "1",
        "title": "Worries of a child",
        "status": "active",
        "item": [{"linkId": "worry", "text": "What worries you?", "type": "text", "required": True}],
    }
    return told | changed


def sends(client: Client, told: Any, why: str = "Children asked for it.") -> Any:
    content = told if isinstance(told, bytes) else json.dumps(told).encode()
    return client.post("/tools/bring-in", {"file": SimpleUploadedFile("worries.json", content), "why": why})


def test_proposed_by_one_and_approved_by_another_it_can_be_begun(office: Office) -> None:
    gwen, hal = office.client("gwen"), office.client("hal")
    assert sends(gwen, questionnaire()).status_code == 302
    assert "worries" not in tools_now()
    proposed = ToolBrought.objects.get()
    own = gwen.post(f"/tools/proposed/{proposed.id}", {"approve": "yes", "words": "Good."}).content.decode()
    assert "Somebody else has to decide: you proposed it yourself" in own
    page = hal.get(f"/tools/proposed/{proposed.id}").content.decode()
    assert "What worries you?" in page
    assert hal.post(f"/tools/proposed/{proposed.id}", {"approve": "yes", "words": "Good."}).status_code == 302
    assert tools_now()["worries"].title == "Worries of a child"
    assert "Worries of a child" in gwen.get("/tools/").content.decode()
    assert Change.objects.filter(words="Approved the tool worries, version 1.").exists()


def test_what_was_begun_with_a_version_goes_on_with_it(office: Office) -> None:
    gwen, hal = office.user("gwen"), office.user("hal")
    for version in ("1", "2"):
        told = questionnaire(version=version, title=f"Worries {version}")
        proposed = propose_tool(json.dumps(told).encode(), file="w.json", why="Ours.", by=gwen, at=AT)
        decide_tool(proposed, approve=True, words="Good.", by=hal, at=AT)
    assert tool_of("worries", "1").title == "Worries 1"
    assert tool_of("worries").title == "Worries 2"


def test_what_is_declined_cannot_be_begun_and_nobody_decides_twice(office: Office) -> None:
    gwen, hal = office.user("gwen"), office.user("hal")
    proposed = propose_tool(json.dumps(questionnaire()).encode(), file="w.json", why="Ours.", by=gwen, at=AT)
    decide_tool(proposed, approve=False, words="It scores.", by=hal, at=AT)
    assert "worries" not in tools_now()
    with pytest.raises(CannotChange, match="decided already"):
        decide_tool(proposed, approve=True, words="Good.", by=office.user("oscar"), at=AT)
    assert ToolRuling.objects.get().is_approved is False


def test_what_is_wrong_is_named_item_by_item_and_nothing_is_kept(office: Office) -> None:
    told = questionnaire(
        item=[
            {"linkId": "worry", "text": "What?", "type": "attachment"},
            {"linkId": "worry", "type": "text"},
        ]
    )
    page = sends(office.client("gwen"), told).content.decode()
    assert "worries.json cannot be used" in page
    for words in ("type &#39;attachment&#39;", "the linkId twice", "each once", "What is wrong with it"):
        assert words in page, words
    assert not ToolBrought.objects.exists()


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[]", b'{"resourceType": "Patient"}', b"[" * 50_000])
def test_what_is_no_questionnaire_is_refused_on_the_page(office: Office, content: bytes) -> None:
    assert "worries.json cannot be used" in sends(office.client("gwen"), content).content.decode()


def test_a_version_of_an_assessment_without_chronology_voice_or_interplay_is_refused(office: Office) -> None:
    told = questionnaire(url="urn:onestory:tool:child-and-family", version="9")
    with pytest.raises(ToolRefused) as refused:
        propose_tool(json.dumps(told).encode(), file="w.json", why="Shorter.", by=office.user("gwen"), at=AT)
    found = " ".join(one.found for one in refused.value.problems)
    for code in ("chronology-analysis", "voice", "interplay-how", "interplay-present"):
        assert f"'{code}'" in found


def test_a_version_that_is_there_already_is_refused(office: Office) -> None:
    content = (SHIPPED / "safer-sleep.json").read_bytes()
    with pytest.raises(CannotChange, match="is there already"):
        propose_tool(content, file="safer-sleep.json", why="Again.", by=office.user("gwen"), at=AT)


def test_the_pages_are_for_the_office_alone(office: Office) -> None:
    for role, username in everybody_by_role(office).items():
        allowed = role in {"partnership_administrator", "privacy_officer"}
        for page in ("/tools/", "/tools/bring-in"):
            assert office.client(username).get(page).status_code == (200 if allowed else 404), (role, page)
    ben = office.client("ben")
    assert same_bytes(ben.get("/tools/bring-in"), ben.get("/tools/nothing-here"))
