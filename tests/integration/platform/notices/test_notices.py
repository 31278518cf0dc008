"""A notice is a row with a state: sent once, delivered, acknowledged, or taken further until somebody has it."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.moves import CannotHappen
from onestory.platform.notices.actions import (
    acknowledge_notice,
    deliver_notice,
    park_notice,
    say_absent,
    send_notice,
    take_further,
    try_again,
)
from onestory.platform.notices.kinds import UnknownKind
from onestory.platform.notices.models import Notice
from onestory.platform.notices.queries import concerns_me, inbox, notice_of, sent
from onestory.platform.notices.sweeping import sweep_notices
from onestory.platform.people.actions import move_records
from onestory.platform.people.models import Person
from tests.integration.platform.notices.teams import AT, DAY, HOUR, MINUTE, Place, place, reads, team, works

pytestmark = pytest.mark.django_db


def send(home: Place, **what: object) -> Notice:
    given = {
        "to_team": home.health,
        "from_team": home.duty,
        "about": [home.child],
        "kind": "hand_over",
        "words": "Weigh her every month.",
        "address": "/",
    }
    return send_notice(**{**given, "by": None, "at": AT, **what})  # type: ignore[arg-type]


def now(notice: Notice) -> Notice:
    with keeping():
        return Notice.objects.get(id=notice.id)


def happened(notice: Notice) -> list[str]:
    with keeping():
        return list(notice.events.values_list("what", flat=True))


def someone(name: str = "Wendy Oyelaran") -> User:
    return User.objects.get(display_name=name)


def test_it_stands_in_the_team_s_inbox_with_name_and_clock() -> None:
    home = place()
    wendy = works("Wendy Oyelaran", home.health, "health_visitor")
    notice = send(home)

    found = inbox(reads(wendy)).get()
    assert found == notice
    child = home.child
    assert found.who == [{"record": str(child.id), "person": str(child.person_id), "name": "Ada", "born": ""}]
    assert found.acknowledge_by == dt.datetime(2026, 11, 26, 17, tzinfo=dt.UTC)  # two working days, end of work


def test_nobody_but_the_teams_concerned_can_see_it() -> None:
    home = place()
    posts = [
        works("Wendy Oyelaran", home.health, "health_visitor"),
        works("Amina Yusuf", home.duty, "duty_social_worker"),
        works("Ruth Kendrick", home.school, "safeguarding_lead"),
    ]
    notice = send(home)

    seen = []
    for post in posts:
        sight = reads(post)
        seen.append(
            (notice_of(sight, notice.id) == notice, Notice.objects.count(), inbox(sight).count(), sent(sight).count())
        )
    assert seen == [(True, 1, 1, 0), (True, 1, 0, 1), (False, 0, 0, 0)]


def test_it_is_delivered_by_a_job_of_the_same_transaction() -> None:
    home = place()
    with transaction.atomic():
        send(home)
        transaction.set_rollback(True)
    with keeping():
        assert not Notice.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="notices.deliver").exists()

    notice = send(home)
    job = ProcrastinateJob.objects.get(task_name="notices.deliver")
    assert job.args == {"notice_id": str(notice.id)}
    for _ in range(10):  # at least once: a job may come back
        deliver_notice(notice.id, by=None, at=AT)
    assert (now(notice).state, happened(notice)) == ("delivered", ["sent", "delivered"])


def test_under_a_name_it_is_sent_once() -> None:
    home = place()
    notices = {send(home, once="attendance 1 health visitor").id for _ in range(10)}
    assert len(notices) == 1
    assert happened(Notice(id=notices.pop())) == ["sent"]


def test_a_kind_that_is_not_laid_down_is_refused() -> None:
    with pytest.raises(UnknownKind, match="gossip"):
        send(place(), kind="gossip")


def test_acknowledging_twice_is_acknowledging_once_and_the_first_counts() -> None:
    home = place()
    works("Wendy Oyelaran", home.health, "health_visitor")
    works("Tom Bellamy", home.health, "health_visitor")
    notice = send(home)
    for name in ("Wendy Oyelaran", "Tom Bellamy", "Tom Bellamy"):
        acknowledge_notice(notice.id, by=someone(name), at=AT + HOUR, answer=f"{name} has it.")

    kept = now(notice)
    assert (kept.state, kept.acknowledged_by, kept.answer, kept.next_at) == (
        "acknowledged",
        someone(),
        "Wendy Oyelaran has it.",
        None,
    )
    # Delivered late: that changes nothing any more.
    deliver_notice(notice.id, by=None, at=AT + 2 * HOUR)
    assert happened(notice) == ["sent", "acknowledged"]


def test_a_notice_of_the_chronology_is_acknowledged_by_an_entry_and_closes_the_hand_over() -> None:
    home = place()
    works("Wendy Oyelaran", home.health, "health_visitor")
    entry = record_entry(
        agency=home.duty.agency_id,
        kind="notice",
        happened=day(AT.date()),
        about=(home.child.id,),
        own={"stage": "sent", "of": "plan ended", "to": (str(home.health.agency_id),)},
        by=None,
        at=AT,
    )
    notice = send(home, entry=entry, kind="closure")
    acknowledge_notice(notice.id, by=someone(), at=AT + HOUR)

    with keeping():
        acknowledged = Entry.objects.exclude(id=entry.id).get(kind="notice")
        promise = Commitment.objects.get(made_in=entry)
    assert (acknowledged.own["stage"], acknowledged.agency) == ("acknowledged", home.health.agency)
    assert (promise.state, promise.closed_in_id) == ("kept", acknowledged.id)


def test_what_nobody_acknowledges_goes_step_by_step_to_the_next_and_its_sender_hears_of_each() -> None:
    home = place()
    works("Wendy Oyelaran", home.health, "health_visitor")
    lead = team("Harbour Health", "health_visiting", "Leads", answers=False)
    works("Grace Holm", lead, "safeguarding_lead")
    works("Helen Ashworth", home.duty, "social_work_manager")
    notice = send(home)
    deliver_notice(notice.id, by=None, at=AT)

    moments = [AT + 2 * DAY, AT + 3 * DAY, AT + 6 * DAY, AT + 9 * DAY, AT + 12 * DAY]
    steps = [_swept(notice, at) for at in moments]

    assert steps == [
        (0, None, ""),  # still in time
        (1, lead, "Grace Holm, the manager of the team"),
        (1, lead, "Grace Holm, the manager of the team"),  # her two working days are not over
        (3, home.duty, "Helen Ashworth, the manager of the team that sent it"),
        (3, home.duty, "Helen Ashworth, the manager of the team that sent it"),  # there is nobody beyond
    ]
    with keeping():
        told = Notice.objects.filter(to_team=home.duty, kind="not_acknowledged")
        assert told.count() == 2
    assert happened(notice) == ["sent", "delivered", "taken further", "taken further"]
    # It never leaves the inbox of the team that it was sent to.
    assert notice in inbox(reads(works("Wendy Oyelaran", home.health, "health_visitor"), AT + 12 * DAY))


def test_what_is_taken_further_names_the_child_also_once_they_are_held_to_be_somebody_else() -> None:
    home = place()
    works("Helen Ashworth", home.duty, "social_work_manager")
    notice = send(home)
    deliver_notice(notice.id, by=None, at=AT)
    with keeping():
        other = Person.objects.create(is_child=True, since_at=AT)
        move_records([home.child.id], to_person_id=other.id, reason="The same child", by=None, at=AT)
    _swept(notice, AT + 12 * DAY)
    with keeping():
        told = Notice.objects.get(to_team=home.duty, kind="not_acknowledged")
    assert [(one["name"], one["person"]) for one in told.who] == [("Ada", str(other.id))]
    assert told.keys == notice.keys


def _swept(notice: Notice, at: dt.datetime) -> tuple[int, Team | None, str]:
    for _ in range(3):  # sweeps overlap
        sweep_notices(at=at)
    kept = now(notice)
    return kept.step, kept.with_team, kept.with_words


def test_a_clock_that_goes_wrong_by_ten_minutes_takes_no_step_twice() -> None:
    home = place()
    works("Helen Ashworth", home.duty, "social_work_manager")
    notice = send(home, to_team=home.duty, from_team=None, kind="attendance")
    deliver_notice(notice.id, by=None, at=AT)
    due = now(notice).next_at
    assert due is not None
    for shift in (10, -10, 10, -10):
        take_further(notice.id, by=None, at=due + shift * MINUTE)
    assert happened(notice).count("taken further") == 1


def test_somebody_who_is_away_or_has_left_hides_nothing() -> None:
    home = place()
    gone = works("Wendy Oyelaran", home.health, "health_visitor", until_on=AT.date() - DAY)
    tom = works("Tom Bellamy", home.health, "health_visitor")
    ann = works("Ann Marlow", home.health, "health_visitor")
    for_the_leaver = send(home, for_user=gone.user)
    for_ann = send(home, for_user=ann.user)
    say_absent(ann.user, since_on=AT.date(), until_on=AT.date() + 7 * DAY, cover=tom.user, by=tom.user, at=AT)

    assert set(inbox(reads(tom))) == {for_the_leaver, for_ann}
    assert [concerns_me(one, tom.user, AT.date()) for one in (for_the_leaver, for_ann)] == [False, True]
    assert not concerns_me(for_ann, tom.user, AT.date() + 8 * DAY)
    reads(gone)
    assert not Notice.objects.exists()


def test_an_absence_is_a_stretch_of_days_that_somebody_else_covers() -> None:
    home = place()
    tom = works("Tom Bellamy", home.health, "health_visitor").user
    with pytest.raises(CannotHappen, match="before"):
        say_absent(tom, since_on=AT.date(), until_on=AT.date() - DAY, by=tom, at=AT)
    with pytest.raises(CannotHappen, match="Somebody else"):
        say_absent(tom, since_on=AT.date(), until_on=AT.date(), cover=tom, by=tom, at=AT)


def test_the_sweep_queues_again_what_lost_its_job() -> None:
    notice = send(place())
    ProcrastinateJob.objects.filter(task_name="notices.deliver").delete()
    sweep_notices(at=AT + 10 * dt.timedelta(seconds=1))  # it may still be on its way
    assert not ProcrastinateJob.objects.filter(task_name="notices.deliver").exists()
    sweep_notices(at=AT + MINUTE)
    sweep_notices(at=AT + 2 * MINUTE)
    assert ProcrastinateJob.objects.get(task_name="notices.deliver").args == {"notice_id": str(notice.id)}


def test_what_cannot_be_delivered_is_put_aside_and_its_sender_told() -> None:
    home = place()
    amina = works("Amina Yusuf", home.duty, "duty_social_worker")
    wendy = works("Wendy Oyelaran", home.health, "health_visitor")
    notice = send(home)
    for _ in range(2):
        park_notice(notice.id, by=None, at=AT + MINUTE)

    told = inbox(reads(amina)).get()
    assert (told.kind, told.words) == (
        "parked",
        "To East, Harbour Health: Something is handed over to you. Ring them, and try again.",
    )
    assert notice in inbox(reads(wendy))  # parked, and yet where it belongs
    try_again(notice.id, by=amina.user, at=AT + HOUR)
    assert now(notice).state == "queued"
    with pytest.raises(CannotHappen, match="on its way"):
        try_again(notice.id, by=amina.user, at=AT + HOUR)


def test_duplicates_and_another_order_have_one_effect() -> None:
    home = place()
    wendy = works("Wendy Oyelaran", home.health, "health_visitor").user
    works("Helen Ashworth", home.duty, "social_work_manager")
    for seed in range(10):
        notice = send(home, kind="attendance")
        acts = [
            lambda n=notice: deliver_notice(n.id, by=None, at=AT),
            lambda n=notice: take_further(n.id, by=None, at=AT + DAY),
            lambda n=notice: acknowledge_notice(n.id, by=wendy, at=AT + DAY),
        ] * 10
        random.Random(seed).shuffle(acts)
        for act in acts:
            act()
        found = Counter(happened(notice))
        assert now(notice).state == "acknowledged"
        assert found["acknowledged"] == found["sent"] == 1
        assert max(found.values()) == 1
