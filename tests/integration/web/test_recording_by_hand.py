"""Recording by hand: every kind's form, what is refused with what was typed kept, whose entries may be put right."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onestory.arrive.entries.offers import OFFERS
from onestory.platform.access.keeping import keeping
from onestory.platform.history.models import Entry, EntryLocation, EntryReporter, EntrySourceDetail, EntryText
from tests.integration.web.partnership import child, load, signed_in, three_times

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott", "fletcher", "lin")


def given(person: Any, **more: Any) -> dict[str, Any]:
    return {"about": [str(person.pk)], "happened": "1/11/2026", "text": "As told.", **more}


def newest() -> Entry:
    """What was written last; ids tell the order, whatever the clock of the loaded families says."""
    with keeping():
        return Entry.objects.select_related("agency", "author").latest("id")


@pytest.mark.parametrize("offer", list(OFFERS))
def test_every_form_opens_and_says_what_is_missing_at_a_field_that_is_there(offer: str) -> None:
    wendy, noah = signed_in("wendy.visitor"), child("Noah")
    path = f"/children/{noah.pk}/add/{offer}"
    assert wendy.get(path).status_code == 200
    page = wendy.post(path, {"happened": "soon"}).content.decode()
    targets = re.findall(r'<li><a href="#([^"]+)"', page)
    assert targets
    assert all(f'id="{target}"' in page for target in targets), targets


SAID: dict[str, dict[str, Any]] = {
    "appointment": {"own_service": "other", "own_service_other": "Speech and language", "own_outcome": "not_brought"},
    "left": {"own_from": "gp_list"},
    "attendance": {"own_reason": "croup"},
    "injury": {"own_explained": "unexplained", "own_site": "left arm"},
    "order": {"own_type": "bail", "own_stage": "made", "own_until": "March 2027"},
    "breach": {"own_type": "bail"},
    "visit": {"own_outcome": "no_access", "own_announced": "no"},
    "protective": {"own_evidence": "for", "own_tested": "no"},
    "meeting": {"own_type": "taf"},
    "assessment": {
        "own_type": "early_help",
        "own_stage": "started",
        "own_covers": ["neglect"],
        "own_tools": "Home visit, neglect",
    },
    "plan": {"own_type": "early_help", "own_stage": "opened", "own_review_due": "1/2/2027"},
    "action": {"own_stage": "required", "own_due": "1/12/2026"},
    "agreement": {"own_terms": "To bring him each month."},
    "request": {"own_type": "housing", "own_stage": "asked"},
    "aftercare": {"own_what": "Weekly visits", "own_every": "P1W"},
    "tool": {"own_tool": "neglect"},
    "absence": {"own_sessions_percent": "12.5", "own_letter": "2"},
    "move": {"own_to_area": "Bedford"},
    "call": {"with_whom": "Dr Rao", "agreed": "Rings on Friday", "for_whom": []},
}


@pytest.mark.parametrize("offer", list(OFFERS))
def test_every_kind_can_be_recorded(offer: str) -> None:
    wendy, noah = signed_in("wendy.visitor"), child("Noah")
    answer = wendy.post(f"/children/{noah.pk}/add/{offer}", given(noah, **SAID.get(offer, {})))
    assert answer.status_code == 302, re.findall(r"error-message[^>]*>(.*?)</p>", answer.content.decode(), re.S)
    entry = newest()
    assert (entry.kind, entry.agency.name, str(entry.author)) == (
        OFFERS[offer].kind,
        "CNWL Health Visiting",
        "Wendy Oyelaran",
    )
    assert "It is on record" in wendy.get(answer.headers["Location"]).content.decode()


def test_each_part_goes_where_it_is_guarded() -> None:
    wendy, noah = signed_in("wendy.visitor"), child("Noah")
    said = given(
        noah,
        own_to_area="Bedford",
        impact="He has no cot.",
        reporter="family",
        reporter_label="an aunt",
        factors=["unsafe_sleep"],
    )
    assert wendy.post(f"/children/{noah.pk}/add/move", said).status_code == 302
    entry = newest()
    with keeping():
        assert EntryText.objects.get(entry=entry).text == "As told.\nWhat this means for the child: He has no cot."
        assert EntryLocation.objects.get(entry=entry).own == {"to_area": "Bedford"}
        assert EntryReporter.objects.get(entry=entry).label == "an aunt"
    assert entry.own == {}
    assert entry.factors == ["unsafe_sleep"]


def test_a_services_own_detail_stays_with_it_and_what_bears_on_the_child_does_not() -> None:
    mark, lin = signed_in("mark.mind"), child("Jun (俊)")
    said = given(lin, detail="Spoke of her own childhood.", told_parent="She knows that social care reads this.")
    path = f"/children/{lin.pk}/add/told"
    assert "Enter: what was the parent told" in mark.post(path, {**said, "told_parent": ""}).content.decode()
    assert mark.post(path, said).status_code == 302
    with keeping():
        detail = EntrySourceDetail.objects.latest("entry_id")
        assert detail.text == "Spoke of her own childhood."
        beside = EntryText.objects.latest("entry_id")
        assert "What the parent was told: She knows" in beside.text
        assert "childhood" not in beside.text


def test_what_was_typed_is_kept_through_a_refusal() -> None:
    wendy, noah = signed_in("wendy.visitor"), child("Noah")
    said = given(noah, happened="31/2/2026", impact="Kept.", factors=["neglect"], reporter_label="A neighbour")
    page = wendy.post(f"/children/{noah.pk}/add/noticed", said).content.decode()
    assert "is not a date" in page
    for words in ("As told.", "Kept.", "A neighbour", "31/2/2026"):
        assert words in page
    assert re.search(r'value="neglect"\s+checked', page)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"happened": "1/11/2099"}, "must be today or in the past"),
        ({"known": "1/10/2026"}, "cannot have known before it happened"),
        ({"about": []}, "Choose who it is about"),
        ({"text": "x" * 8001}, "At most 8,000 letters"),
    ],
)
def test_what_cannot_be_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    wendy, noah = signed_in("wendy.visitor"), child("Noah")
    before = newest().id
    page = wendy.post(f"/children/{noah.pk}/add/noticed", given(noah, **change)).content.decode()
    assert words in page
    assert newest().id == before


def test_nobody_from_another_family_can_be_named() -> None:
    wendy, noah, riley = signed_in("wendy.visitor"), child("Noah"), child("Riley")
    page = wendy.post(f"/children/{noah.pk}/add/noticed", given(noah, about=[str(riley.pk)])).content.decode()
    assert "Select a valid choice" in page


def test_nobody_records_on_a_child_of_whom_they_may_not_know() -> None:
    ruth, noah = signed_in("ruth.school"), child("Noah")
    hidden = ruth.post(f"/children/{noah.pk}/add/noticed", given(noah))
    absent = ruth.post("/children/00000000-0000-7000-8000-000000000000/add/noticed", given(noah))
    assert hidden.status_code == absent.status_code == 404
    assert len(hidden.content) == len(absent.content)
    for username in ("gwen.partnership", "oscar.privacy"):
        assert signed_in(username).get(f"/children/{noah.pk}/add").status_code == 404


def test_an_agency_puts_its_own_entries_right_and_nobody_elses() -> None:
    wendy, amina, noah = signed_in("wendy.visitor"), signed_in("amina.duty"), child("Noah")
    place = wendy.post(f"/children/{noah.pk}/add/noticed", given(noah)).headers["Location"]
    for what in ("correct", "take-back"):
        assert wendy.get(f"{place}/{what}").status_code == 200
        assert amina.get(f"{place}/{what}").status_code == 404
        assert amina.post(f"{place}/{what}", given(noah, reason="No.")).status_code == 404
    assert "Enter: why is it corrected?" in wendy.post(f"{place}/correct", given(noah)).content.decode()
    corrected = wendy.post(f"{place}/correct", given(noah, text="Otherwise.", reason="Misheard.")).headers["Location"]
    assert str(newest().supersedes_id) in place
    assert wendy.post(f"{place}/correct", given(noah, reason="Again.")).status_code == 404
    assert wendy.post(f"{corrected}/take-back", {"reason": "Another child."}).status_code == 302
    assert newest().withdrawn


def test_the_forms_ask_the_same_with_every_entry_three_times(tmp_path: Any) -> None:
    load(three_times("abbott", tmp_path))
    wendy, counts = signed_in("wendy.visitor"), []
    for name in ("Noah", "Noah three"):
        path = f"/children/{child(name).pk}/add/appointment"
        wendy.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert wendy.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 70
