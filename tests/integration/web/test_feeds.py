"""The pages of feeds: for the feed's own team and nobody else; what a file tells is kept sealed and thrown away."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestory.arrive.feeds.incoming.actions import discard_old_uploads
from onestory.arrive.feeds.incoming.models import FeedRun, WaitingPerson
from onestory.platform.access.keeping import keeping
from onestory.platform.history.models import Entry
from onestory.web.feeds.demonstration import load_feeds
from tests.integration.web.partnership import DEMONSTRATION, signed_in
from tests.unit.platform.test_cells import FORMULAS

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("fletcher", "ellis")
EXTRACTS = DEMONSTRATION / "extracts"
FEED = "/feeds/larkenby-absence"


@pytest.fixture(autouse=True)
def feeds(families: None) -> None:
    load_feeds(EXTRACTS, at=timezone.now())


def send(client: Client, name: str = "larkenby-absence.csv", path: str = FEED, content: bytes | None = None) -> str:
    """Send a file; where it leads."""
    file = SimpleUploadedFile(name, (EXTRACTS / name).read_bytes() if content is None else content)
    answer = client.post(path, {"file": file})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return str(answer.headers["Location"])


def absences() -> int:
    with keeping():
        return Entry.objects.filter(kind="absence", agency__name="Larkenby Primary School").count()


def test_another_teams_feed_looks_exactly_like_none() -> None:
    ruth, priya = signed_in("ruth.school"), signed_in("priya.police")
    run = send(ruth)
    with keeping():
        waiting = WaitingPerson.objects.get().id
    for path in (FEED, run, f"{run}/problems.csv", f"/feeds/people/{waiting}"):
        assert ruth.get(path).status_code == 200
        hidden, absent = priya.get(path), priya.get("/feeds/no-such-feed")
        assert hidden.status_code == absent.status_code == 404
        assert len(hidden.content) == len(absent.content)
    assert b"Riley" not in priya.get("/feeds/people").content


@pytest.mark.parametrize("username", ["amina.duty", "wendy.visitor", "imran.teacher"])
def test_who_brings_no_feed_in_finds_no_page_of_feeds(username: str) -> None:
    client = signed_in(username)
    expected = 200 if username == "imran.teacher" else 404  # the same team as its lead
    assert client.get("/feeds/").status_code == expected
    assert client.get("/feeds/set-up").status_code == 404


def test_the_privacy_officer_and_administrators_see_mappings_and_no_file() -> None:
    gwen = signed_in("gwen.partnership")
    page = gwen.get("/feeds/").content.decode()
    assert "larkenby-absence" in page
    assert gwen.get(FEED).status_code == 404
    assert signed_in("oscar.privacy").get("/feeds/").status_code == 404


def test_a_checked_file_comes_in_once_and_is_kept_no_longer() -> None:
    ruth, before = signed_in("ruth.school"), absences()
    content = (
        (EXTRACTS / "larkenby-absence.csv")
        .read_bytes()
        .replace(b"LK-2026-0904,06/11/2026,10", b"LK-2026-0904,06/11/2026,15")
    )
    run = send(ruth, content=content)
    assert absences() == before
    page = ruth.get(run).content.decode()
    assert "1 entry corrected" in page
    with keeping():
        sealed = FeedRun.objects.get(state="checked")
        assert "Orla" not in sealed.sealed_file + sealed.sealed_name
        assert "larkenby" not in sealed.sealed_name
    assert ruth.post(run, {"confirm": "yes"}).status_code == 302
    assert absences() == before + 1
    again = ruth.post(run, {"confirm": "yes"}).content.decode()
    assert "no longer waits to be brought in" in again
    assert absences() == before + 1
    with keeping():
        assert FeedRun.objects.get(id=sealed.id).sealed_file == ""


def test_what_was_checked_and_not_brought_in_is_thrown_away() -> None:
    ruth = signed_in("ruth.school")
    run = send(ruth)
    assert ruth.post(run, {"discard": "yes"}).headers["Location"] == FEED
    run = send(ruth)
    now = timezone.now()
    assert discard_old_uploads(before=now - dt.timedelta(hours=1), by=None, at=now) == 0
    assert discard_old_uploads(before=now + dt.timedelta(hours=1), by=None, at=now) == 1
    assert "no longer waits" in ruth.post(run, {"confirm": "yes"}).content.decode()


def test_the_list_of_rows_in_error_holds_no_formula() -> None:
    ruth, kept = signed_in("ruth.school"), io.StringIO(newline="")
    names, row, *_ = csv.reader(io.StringIO((EXTRACTS / "larkenby-absence.csv").read_text(encoding="utf-8-sig")))
    place = row.index("16/10/2026")
    csv.writer(kept).writerows([names, *([*row[:place], one, *row[place + 1 :]] for one in FORMULAS)])
    run = send(ruth, content=kept.getvalue().encode())
    answer = ruth.get(f"{run}/problems.csv")
    heading, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert heading == ["row", "field", "found", "allowed"]
    assert rows[0][:3] == ["2", "Week ending", "'=1+1"]
    assert {len(one) for one in rows} == {len(heading)}
    assert len(rows) == len(FORMULAS)
    assert [cell for one in rows for cell in one if cell.lstrip(" ")[:1] in tuple("=+-@\t\r\n＝＋－＠")] == []
    assert "larkenby" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04", b"a,b\n1,2\n", bytes(range(256)) * 20])
def test_any_bytes_are_answered_in_words(content: bytes) -> None:
    answer = signed_in("ruth.school").post(FEED, {"file": SimpleUploadedFile("x.csv", content)}, follow=True)
    assert answer.status_code == 200
    assert "The file is empty" in answer.content.decode() or "Rows in error" in answer.content.decode()


def test_a_file_that_is_too_large_for_a_page_says_so() -> None:
    answer = signed_in("ruth.school").post(FEED, {"file": SimpleUploadedFile("x.csv", b"x" * 5_000_001)})
    assert "larger than 5 megabytes" in answer.content.decode()


def test_a_feeds_page_asks_the_same_with_one_file_and_with_three() -> None:
    ruth = signed_in("ruth.school")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert ruth.get(FEED).status_code == 200
        return len(asked)

    send(ruth)
    ruth.get(FEED)
    one = queries()
    send(ruth)
    send(ruth)
    assert queries() == one
