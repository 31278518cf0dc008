"""Deciding on a concern: proposed, approved, told to whoever was asked; the second of two is told what changed."""

from __future__ import annotations

import datetime as dt
import re
from uuid import UUID

import pytest

from onestory.arrive.concerns.actions import log_concern
from onestory.arrive.concerns.models import Concern
from onestory.decide.decisions.actions import approve, decide, end_condition, save_decision, send_back, set_condition
from onestory.decide.decisions.models import Decision
from onestory.decide.decisions.policies import CannotDecide, ChangedMeanwhile
from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.loading import load_history
from onestory.platform.history.models import Entry, EntryText
from onestory.platform.moves import CannotHappen
from onestory.platform.notices.models import Notice
from tests.integration.web.partnership import child, found, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott",)
AT = dt.datetime(2026, 11, 17, 10, tzinfo=dt.UTC)  # before the clock of whoever runs this: a page opened comes after
LATER = AT + dt.timedelta(hours=1)
SAID = {"what": "He was alone.", "means": "He is afraid.", "who_saw": "professional", "safe": "yes", "parents": "agree"}
WRITTEN = {
    "outcome": "assessment",
    "level": "3",
    "rationale": "Three reports.",
    "considered": "An accident.",
    "analysis": "The same again.",
    "reply": "Please tell us of absences.",
}
CLOSED = WRITTEN | {"outcome": "no_further_action", "verified": "no", "relied_on": "School, a week old"}


def noah() -> UUID:
    """The child of these tests; who is signed in does not matter here."""
    with keeping():
        return child("Noah").pk


def user(username: str) -> User:
    return User.objects.get(username=username)


@pytest.fixture
def concern() -> Concern:
    post = Membership.objects.select_related("team__agency").get(user__username="ruth.school")
    with keeping():
        made = log_concern(
            form="concern",
            answers=SAID,
            child_id=noah(),
            from_team=post.team,
            by=user("ruth.school"),
            at=AT,
        )
        return Concern.objects.select_related("to_team__agency", "from_team__agency", "entry").get(pk=made.pk)


def opened_chronology(concern: Concern, username: str = "amina.duty") -> None:
    record_access(act=Act.LOOK, what="chronology", people=[concern.child_id], by=user(username), at=LATER)


def decided(concern: Concern, answers: dict, seen: int = 0, username: str = "amina.duty") -> Concern:
    return decide(concern, answers=answers, seen=seen, role="duty_social_worker", by=user(username), at=LATER)


def test_a_decision_is_an_entry_that_the_rules_read_and_everybody_asked_is_told(concern):
    with keeping():
        opened_chronology(concern)
        done = decided(concern, WRITTEN)
        entry = done.decided_in
        assert (done.state, done.decided_by.username) == ("decided", "amina.duty")
        assert entry.own["on_entries"] == [str(concern.entry_id)]
        assert entry.own["checks_done"] is False
        assert "The same again." in EntryText.objects.get(entry=entry).text
        told = Notice.objects.get(to_team=concern.from_team, kind="outcome")
        assert "Child and family assessment. Please tell us of absences." in told.words
        assert "Three reports" not in told.words


def test_nothing_is_decided_before_the_chronology_was_opened(concern):
    with keeping(), pytest.raises(CannotDecide, match="Open the chronology"):
        decided(concern, WRITTEN)


def test_closing_at_a_high_level_waits_for_a_manager_who_is_somebody_else(concern):
    with keeping():
        opened_chronology(concern)
        waiting = decided(concern, CLOSED)
        assert (waiting.state, waiting.decided_in) == ("approval", None)
        helen = user("helen.manager")
        assert Notice.objects.filter(to_team=waiting.approval_team, kind="approval").count() == 1
        with pytest.raises(CannotHappen):
            approve(waiting, seen=1, role="duty_social_worker", by=user("amina.duty"), at=LATER)
        with pytest.raises(CannotDecide):
            approve(waiting, seen=1, role="social_work_manager", by=user("amina.duty"), at=LATER)
        back = send_back(waiting, words="Ask the GP first.", role="social_work_manager", by=helen, at=LATER)
        assert back.state == "waiting"
        assert Decision.objects.get(concern=concern).sent_back == "Ask the GP first."
        again = decided(back, CLOSED, seen=1)
        done = approve(again, seen=1, role="social_work_manager", by=helen, at=LATER)
        assert (done.state, done.decided_by) == ("decided", helen)


def test_of_two_who_decide_the_second_is_told_what_changed(concern):
    with keeping():
        opened_chronology(concern)
        save_decision(concern, answers=WRITTEN, seen=0, role="duty_social_worker", by=user("amina.duty"), at=AT)
        with pytest.raises(ChangedMeanwhile, match="Amina Yusuf") as told:
            decided(concern, WRITTEN | {"rationale": "Other"}, seen=0)
        assert told.value.theirs["rationale"] == "Three reports."
        assert Concern.objects.get(pk=concern.pk).state == "waiting"


def test_information_only_comes_back_on_its_day(concern):
    with keeping():
        opened_chronology(concern)
        waiting = decided(concern, CLOSED | {"outcome": "information_only", "review_on": "1/2/2027"})
        approve(waiting, seen=1, role="social_work_manager", by=user("helen.manager"), at=LATER)
        owed = Commitment.objects.get(code=f"look again {concern.reference}")
        assert (owed.state, owed.due_on) == ("open", dt.date(2027, 2, 1))


def test_a_condition_set_with_a_decision_stands_and_is_ended_by_a_person_with_a_reason(concern):
    with keeping():
        opened_chronology(concern)
        decided(concern, WRITTEN | {"condition_when": "any_concern", "condition_then": "A conference is called."})
        condition = Entry.objects.get(kind="condition", own__from=str(Concern.objects.get(pk=concern.pk).decided_in_id))
        stands = Commitment.objects.get(made_in=condition)
        assert stands.what == "A conference is called."
        agency = concern.to_team.agency
        with pytest.raises(CannotDecide):
            end_condition(condition, agency=agency, reason=" ", by=user("helen.manager"), at=LATER)
        end_condition(condition, agency=agency, reason="They moved.", by=user("helen.manager"), at=LATER)
        stands.refresh_from_db()
        assert stands.state == "ended"


def test_people_build_a_condition_that_the_rules_can_read(concern):
    child_id = noah()
    with keeping():
        history = load_history([child_id])
        adults = [one.id for one in history.people.values() if not one.is_child][:2]
        made = set_condition(
            child_id=child_id,
            agency=concern.to_team.agency,
            answers={"condition_when": "together", "condition_people": adults, "condition_then": "Legal advice"},
            by=user("helen.manager"),
            at=AT,
        )
        read = next(one for one in load_history([child_id]).entries if one.id == str(made.id))
        assert read.own["if"].together == set(adults)


def test_the_pages_of_the_front_door_are_for_the_front_door(concern):
    queue = signed_in("amina.duty").get("/duty").content.decode()
    assert f"/concerns/{concern.id}" in queue
    assert signed_in("imran.teacher").get("/duty").status_code == 404
    sender = signed_in("ruth.school").get(f"/concerns/{concern.id}")
    assert sender.headers["Location"] == f"/concerns/receipt/{concern.id}"
    assert signed_in("joan.housing").get(f"/concerns/{concern.id}").status_code == 404


def test_who_is_involved_stands_with_the_number_to_ring(concern):
    """Of the team that answers; an agency whose number is not on record has none of another's (F5.56)."""
    school = concern.from_team.phone
    assert school.startswith("01632 960")
    Team.objects.exclude(phone=school).update(phone="")
    for page in (f"/concerns/{concern.id}", f"/children/{concern.child_id}/known", f"/children/{concern.child_id}"):
        shown = signed_in("amina.duty").get(page).content.decode()
        assert re.findall(r'href="tel:(\d+)"', shown) == [school.replace(" ", "")]


def test_what_was_typed_too_late_does_not_go_over_what_a_colleague_kept_meanwhile(concern):
    amina, path = signed_in("amina.duty", enforce_csrf_checks=True), f"/concerns/{concern.id}"
    mark = found(r'name="written_by" value="([^"]+)"', amina.get(path).content.decode(), 1)
    typed = WRITTEN | {"version": "0", "rationale": "As she saw it."}
    assert amina.post(path, typed | {"written_by": mark, "csrfmiddlewaretoken": "x" * 64}).status_code == 302
    role = "duty_social_worker"
    save_decision(concern, answers=WRITTEN, seen=0, role=role, by=user("nasreen.duty"), at=LATER)
    page = amina.get(path).content.decode()
    assert "As she saw it." in page
    assert found(r'name="version" value="(\d+)"', page, 1) == "0"
    opened_chronology(concern)
    with keeping(), pytest.raises(ChangedMeanwhile):
        decided(concern, typed, seen=0)


def test_the_duty_worker_decides_on_the_page(concern):
    amina = signed_in("amina.duty")
    page = amina.get(f"/concerns/{concern.id}")
    assert page.status_code == 200
    shown = page.content.decode()
    assert "He was alone." in shown
    assert "Agencies were not asked on this concern." in shown
    for asking in ("ask-agencies", "ask-for-welfare-check"):
        address = f"/children/{concern.child_id}/{asking}?concern={concern.entry_id}"
        assert f'href="{address}"' in shown
        assert amina.get(address).status_code == 200
    refused = amina.post(f"/concerns/{concern.id}", WRITTEN | {"version": "0"}).content.decode()
    assert "Open the chronology before you decide" in refused
    assert "Three reports." in refused
    assert amina.get(f"/children/{concern.child_id}/chronology").status_code == 200
    sent = amina.post(f"/concerns/{concern.id}", WRITTEN | {"version": "0"})
    assert sent.status_code == 302
    receipt = signed_in("ruth.school").get(f"/concerns/receipt/{concern.id}").content.decode()
    assert "Please tell us of absences." in receipt
    assert "Three reports." not in receipt
