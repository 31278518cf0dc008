"""Documents for the family: each their own, kept as given, recorded as shared, as a PDF, with what they said to it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from onestory.decide.assessments import actions
from onestory.decide.assessments.models import Assessment, Comment, DocumentGiven
from onestory.platform.access.actions import grant_tie
from onestory.platform.access.audit import AccessRecord
from onestory.platform.access.ties import Because, Kind
from onestory.platform.people.models import AgencyRecord
from onestory.platform.sharing.models import Handing
from tests.integration.decide.assessments.test_writing_one import Here
from tests.integration.platform.history.families import person, relate
from tests.integration.platform.notices.teams import AT, DAY
from tests.integration.web.assessments.test_pages import LONG_AGO, browser, text

SECRETS = ("Ada sings.", "Bo hides.", "lost his keys", "shouts")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]


@pytest.fixture(autouse=True)
def demonstration(settings) -> None:
    settings.DEMO = True


@pytest.fixture
def here() -> Here:
    return Here()


def tied(here: Here, *people: AgencyRecord) -> None:
    for one in (here.home.child, *people):
        grant_tie(one.person_id, kind=Kind.LEAD, because=Because.LEAD, user_id=here.amina.user_id, by=None, at=LONG_AGO)


def family(here: Here) -> tuple[AgencyRecord, AgencyRecord, AgencyRecord, AgencyRecord]:
    """A second child, the mother of both, and the father of each."""
    care = here.home.duty.agency
    mother = AgencyRecord.objects.get(label="Mother of Ada")
    second = person("Bo", care, is_child=True)
    fathers = person("Gregor Thorne", care), person("Idris Kemp", care)
    relate(mother, "mother", second)
    relate(fathers[0], "father", here.home.child)
    relate(fathers[1], "father", second)
    tied(here, second, mother, *fathers)
    return second, mother, *fathers


def done(here: Here, second: AgencyRecord, *adults: AgencyRecord) -> Assessment:
    one = here.begun(about=[here.home.child, second, *adults])
    here.saves(one, "around", {"around-home": "The kitchen is warm. Gregor lost his keys. Idris shouts at night."})
    words = {f"voice.{here.home.child.id}.voice-words": "Ada sings.", f"voice.{second.id}.voice-words": "Bo hides."}
    here.saves(one, "voice", words)
    here.answers_everything(one)
    here.opens_chronology()
    return actions.complete_assessment(one.id, by=here.amina.user, at=AT + 2 * DAY)


def gives(here: Here, one: Assessment, to: AgencyRecord, **what: Any) -> Any:
    said = {"plain": "We want to help.", "review_on": "27/3/2027", "read": "on"}
    return browser("Amina Yusuf").post(f"/assessments/{one.id}/given/for/{to.id}", said | what)


def test_a_mother_and_two_fathers_are_given_three_documents(here: Here) -> None:
    second, mother, first, other = family(here)
    one = done(here, second, mother, first, other)
    amina = browser("Amina Yusuf")
    page = text(amina, f"/assessments/{one.id}/given")
    assert [label in page for label in ("Mother of Ada", "Gregor Thorne", "Idris Kemp")] == [True, True, True]
    told = {}
    for to in (mother, first, other):
        assert "What they would read" in text(amina, f"/assessments/{one.id}/given/for/{to.id}")
        assert gives(here, one, to).status_code == 302
        told[to.label] = str(DocumentGiven.objects.get(recipient=to).lines)
    found = {label: {words for words in SECRETS if words in text} for label, text in told.items()}
    assert found == {
        "Mother of Ada": {"Ada sings.", "Bo hides."},
        "Gregor Thorne": {"Ada sings.", "lost his keys"},
        "Idris Kemp": {"Bo hides.", "shouts"},
    }
    assert Handing.objects.filter(entry=one.completed_in).count() == 3
    assert AccessRecord.objects.filter(act="send", recipient="Gregor Thorne").exists()


def test_without_plain_words_and_having_read_it_nothing_is_given(here: Here) -> None:
    second, mother, *_ = family(here)
    one = done(here, second, mother)
    page = gives(here, one, mother, plain="", read="").content.decode()
    assert "Enter what it means for them, in plain words" in page
    assert "Read the document, and say that you have" in page
    assert not DocumentGiven.objects.exists()


def test_it_is_read_printed_taken_as_a_pdf_and_commented_on(here: Here) -> None:
    second, mother, first, _ = family(here)
    one = done(here, second, mother)
    gives(here, one, first)
    given = DocumentGiven.objects.get()
    amina, path = browser("Amina Yusuf"), f"/assessments/{one.id}/given/{given.id}"
    assert "We want to help." in text(amina, path)
    answer = amina.get(f"{path}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "Thorne" not in answer["Content-Disposition"]
    paper = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "For Gregor Thorne" in paper
    assert "Ada sings." in paper
    assert "Bo hides." not in paper
    amina.post(path, {"who": "Gregor Thorne", "words": "I was never asked.", "said_on": "22/11/2026"})
    assert Comment.objects.get().document == given
    assert "I was never asked." in text(amina, path)
    assert "I was never asked." in text(amina, f"/assessments/{one.id}/document")


def test_nobody_but_the_team_that_leads_gives_documents_and_none_before_it_is_completed(here: Here) -> None:
    second, mother, *_ = family(here)
    one = here.begun(about=[here.home.child, second])
    assert "once the assessment is completed" in text(browser("Amina Yusuf"), f"/assessments/{one.id}/given")
    assert gives(here, one, mother).status_code == 404
    assert browser("Ruth Kendrick").get(f"/assessments/{one.id}/given").status_code == 404
