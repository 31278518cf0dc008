"""Telling of a child: one entry, each part in the table of its class; the front door can read until it has decided."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse

from onestory.arrive.concerns.actions import give_advice, log_concern, move_concern, save_draft, send_draft
from onestory.arrive.concerns.models import Concern, Draft
from onestory.arrive.concerns.policies import CannotSend, ChangedMeanwhile
from onestory.arrive.concerns.states import FINAL
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import Tie, User
from onestory.platform.access.reading_as import read_as
from onestory.platform.agencies.models import Membership
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry, EntryLocation, EntryReporter, EntryText
from onestory.platform.identifiers import new_id
from onestory.platform.moves import CannotHappen
from onestory.platform.notices.models import Notice
from tests.integration.web.partnership import child, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott",)
AT = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
SAID = {
    "what": "He came without a coat again.",
    "means": "He is cold.",
    "who_saw": "public",
    "who_name": "A neighbour, 07700 900111",
    "safe": "yes",
    "where": "12 Mill Lane",
    "parents": "agree",
    "factors": ["neglect"],
}


def noah() -> UUID:
    """The child of these tests; who is signed in does not matter here."""
    with keeping():
        return child("Noah").pk


def post_of(username: str) -> Membership:
    return Membership.objects.select_related("team__agency", "user").get(user__username=username)


def logged(username: str = "imran.teacher", **answers: object) -> Concern:
    post = post_of(username)
    person = noah()
    return log_concern(
        form="concern", answers=SAID | answers, child_id=person, from_team=post.team, by=post.user, at=AT
    )


def test_each_part_lies_in_the_table_of_its_class():
    with keeping():
        concern = logged()
        entry = Entry.objects.get(pk=concern.entry_id)
        assert (entry.kind, entry.factors, entry.agency.name) == ("concern", ["neglect"], "Larkenby Primary School")
        assert "without a coat" in EntryText.objects.get(entry=entry).text
        assert EntryReporter.objects.get(entry=entry).label == "A neighbour, 07700 900111"
        assert "12 Mill Lane" in EntryLocation.objects.get(entry__agency=entry.agency).text
        for table in (EntryText, EntryLocation):
            assert not table.objects.filter(entry=entry, text__contains="900111").exists()
        assert not EntryText.objects.filter(text__contains="Mill Lane").exists()


def test_the_front_door_is_told_by_when_and_may_read_until_it_is_decided():
    with keeping():
        concern = logged()
        assert concern.due_at == dt.datetime(2026, 11, 25, 17, tzinfo=dt.UTC)
        notice = Notice.objects.get(entry=concern.entry)
        assert (notice.to_team, notice.acknowledge_by) == (concern.to_team, concern.due_at)
        held = Tie.objects.filter(team=concern.to_team, kind="front_door", until_at=None)
        assert noah() in held.values_list("person", flat=True)
        amina = User.objects.get(username="amina.duty")
        decision = record_entry(
            agency=concern.to_team.agency_id,
            kind="decision",
            happened=day(AT.date()),
            about=tuple(Entry.objects.get(pk=concern.entry_id).people.values_list("record_id", flat=True)),
            own={"outcome": "assessment", "on_entries": (str(concern.entry_id),)},
            by=amina,
            at=AT,
        )
        move_concern(concern, event="decide", role="duty_social_worker", by=amina, at=AT, entry=decision)
        assert not held.exists()
        notice.refresh_from_db()
        assert notice.state == "acknowledged"


def test_sender_and_front_door_see_that_it_is_there_and_nobody_else():
    with keeping():
        concern = logged()
    seen = {}
    for username in ("imran.teacher", "ruth.school", "amina.duty", "wendy.visitor", "joan.housing"):
        with transaction.atomic():
            read_as(post_of(username), at=AT)
            seen[username] = Concern.objects.filter(pk=concern.pk).exists()
    assert seen == {
        "imran.teacher": True,
        "ruth.school": True,
        "amina.duty": True,
        "wendy.visitor": False,
        "joan.housing": False,
    }


def test_a_child_who_is_not_found_is_put_on_record_as_told():
    post = post_of("imran.teacher")
    answers = SAID | {"child_name": "Kai Umber", "child_born": "3/4/2019", "child_where": "9 Elm Row"}
    with keeping():
        concern = log_concern(form="concern", answers=answers, child_id=None, from_team=post.team, by=post.user, at=AT)
        record = concern.child.records.get()
        assert (record.label, record.given_name, str(record.born)) == ("Kai Umber", "Kai", "2019-04-03")
        assert "9 Elm Row" in EntryLocation.objects.get(entry__people__record=record).text


def test_of_two_windows_the_second_is_told_and_nothing_is_overwritten():
    post, draft = post_of("imran.teacher"), new_id()
    given = {"form": "concern", "child_id": noah(), "team": post.team, "by": post.user, "at": AT}
    first = save_draft(draft, answers={"what": "one"}, seen=0, **given)
    save_draft(draft, answers={"what": "two"}, seen=first.version, **given)
    with pytest.raises(ChangedMeanwhile) as told:
        save_draft(draft, answers={"what": "three"}, seen=first.version, **given)
    assert dict(told.value.theirs) == {"what": "two"}
    with keeping():
        assert Draft.objects.get(pk=draft).answers == {"what": "two"}


def test_an_id_that_is_somebody_elses_shows_by_no_error_that_it_is_taken():
    post, other, draft = post_of("imran.teacher"), post_of("ruth.school"), new_id()
    given = {"form": "concern", "child_id": noah(), "at": AT}
    save_draft(draft, answers={"what": "one"}, seen=0, team=post.team, by=post.user, **given)
    theirs = save_draft(draft, answers={"what": "two"}, seen=0, team=other.team, by=other.user, **given)
    assert theirs.id != draft
    with keeping():
        assert Draft.objects.get(pk=draft).answers == {"what": "one"}


def test_a_draft_is_its_writers_alone_and_is_sent_once():
    post, draft = post_of("imran.teacher"), new_id()
    given = {"form": "concern", "child_id": noah(), "team": post.team, "by": post.user, "at": AT}
    save_draft(draft, answers=SAID, seen=0, **given)
    with transaction.atomic():
        read_as(post_of("ruth.school"), at=AT)
        assert not Draft.objects.filter(pk=draft).exists()
    send_draft(draft, seen=1, by=post.user, at=AT)
    with pytest.raises(CannotSend):
        send_draft(draft, seen=1, by=post.user, at=AT)
    with keeping():
        assert Concern.objects.count() == 1


def test_nothing_half_written_is_sent():
    with keeping(), pytest.raises(CannotSend, match="what this means"):
        logged(means="")


def test_advice_is_asked_and_given_without_naming_the_family():
    post = post_of("imran.teacher")
    answers = {"what": "A child hoards food.", "asks": "Is it a sign?", "safe": "yes", "reach": "By phone"}
    with keeping():
        asked = log_concern(
            form="consultation", answers=answers, child_id=None, from_team=post.team, by=post.user, at=AT
        )
        assert asked.entry_id is None
        amina = User.objects.get(username="amina.duty")
        with pytest.raises(CannotHappen):
            give_advice(asked, advice="Yes", role="teacher", by=post.user, at=AT)
        given = give_advice(asked, advice="Talk with the parents first.", role="duty_social_worker", by=amina, at=AT)
        assert (given.state, given.consultation.advice) == ("advised", "Talk with the parents first.")
        assert Notice.objects.filter(to_team=post.team, kind="answer").count() == 1


def test_no_final_state_can_be_kept_without_who_and_when():
    with keeping():
        concern = logged()
        for state in FINAL:
            with pytest.raises(Exception, match="check constraint"), transaction.atomic():
                Concern.objects.filter(pk=concern.pk).update(state=state)


def test_the_public_page_asks_everybody_the_same_and_shows_nobody(client):
    answers = {
        "child_name": "Noah",
        "what": "Crying at night",
        "means": "He is not looked after",
        "safe": "not_known",
        "who_saw": "anonymous",
    }
    pages, known = [], noah()
    for name in ("Noah", "Nobody At All"):
        sent = client.post(reverse("concerns:tell_form", args=["public"]), answers | {"child_name": name})
        assert sent.status_code == 302
        shown = client.get(sent.headers["Location"]).content.decode()
        pages.append(shown)
        assert name not in shown
    with keeping():
        first, second = Concern.objects.order_by("received_at")
        assert first.from_user is None
        assert first.child_id != known
        blank = [page.replace(one.reference, "") for page, one in zip(pages, (first, second), strict=True)]
    assert len(blank[0]) == len(blank[1])


def test_the_public_page_takes_no_more_than_a_few_from_one_place(client):
    answers = {"child_name": "Kim", "what": "x", "means": "y", "safe": "yes", "who_saw": "public"}
    kinds = [client.post(reverse("concerns:tell"), answers).status_code for _ in range(7)]
    assert kinds == [302] * 5 + [200] * 2


def test_a_health_visitor_who_knows_him_writes_checks_and_sends():
    client, draft = signed_in("wendy.visitor"), new_id()
    address = reverse("concerns:write", args=["concern", draft])
    answers = SAID | {"child": str(noah()), "version": "0"}
    assert client.post(address, answers | {"saving": "yes"}).json() == {"version": 1}
    late = client.post(address, answers | {"saving": "yes", "what": "other"})
    assert late.status_code == 409
    assert client.post(address, answers | {"version": "1"}).headers["Location"] == reverse(
        "concerns:check", args=[draft]
    )
    shown = client.get(reverse("concerns:check", args=[draft])).content.decode()
    assert "He came without a coat again." in shown
    sent = client.post(reverse("concerns:check", args=[draft]), {"version": "1"})
    receipt = client.get(sent.headers["Location"]).content.decode()
    with keeping():
        assert Concern.objects.get().reference in receipt
    assert client.get(address).status_code == 200  # the draft is gone: a fresh page


def test_a_child_of_whom_one_may_not_know_cannot_be_named():
    client = signed_in("imran.teacher")
    address = reverse("concerns:write", args=["concern", new_id()])
    named = {client.post(address, SAID | {"child": str(one), "version": "0"}).status_code for one in (noah(), new_id())}
    assert named == {404}


def test_of_a_babys_sleep_the_health_visitor_hears_the_same_day_and_reads_no_words_of_it():
    post, person = post_of("imran.teacher"), noah()
    answers = {"own_place": "no", "shared": "yes", "safe": "no", "what": "On a sofa with her uncle."}
    answers |= {"clear_flat": "no", "smoke_drink": "no", "warm": "no"}
    log_concern(form="safer_sleep", answers=answers, child_id=person, from_team=post.team, by=post.user, at=AT)
    with keeping():
        notice = Notice.objects.get(kind="safer_sleep")
        assert notice.to_team.agency.sector in ("health_visiting", "school_nursing")
        assert notice.acknowledge_by is not None
        assert notice.acknowledge_by.date() == AT.date()
        assert "sofa" not in notice.words
