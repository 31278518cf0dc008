"""Answering: to the question that was seen, with a reason, as an entry that no rule reads."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from onestory.arrive.feeds.actions import import_files
from onestory.oversee.signals import actions, queries
from onestory.oversee.signals.models import Alert, Answer, Asking, Circle
from onestory.oversee.signals.policies import CannotAnswer
from onestory.oversee.signals.states import TRANSITIONS, State, after
from onestory.platform.access.facts import LeadProfessional
from onestory.platform.access.models import User
from onestory.platform.access.reading_as import read_as
from onestory.platform.access.settling import begin_ties
from onestory.platform.access.sight import Sight
from onestory.platform.agencies.actions import add_member, ensure_team
from onestory.platform.history.models import Entry
from onestory.platform.moves import CannotHappen
from onestory.platform.people.models import Person

pytestmark = pytest.mark.django_db
DEMONSTRATION = Path(__file__).resolve().parents[4] / "demonstration"
FLETCHER = DEMONSTRATION / "families" / "fletcher.yaml"
AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
TODAY = AT.date()


def read() -> None:
    children = Person.objects.filter(is_child=True).values_list("id", flat=True)
    actions.read_again(child_ids=list(children), today=TODAY, at=AT)


@pytest.fixture
def waiting() -> Alert:
    """An alert about an invented family that waits for an answer."""
    import_files([FLETCHER], by=None, at=AT)
    read()
    return Alert.objects.filter(state=State.WAITING).order_by("first_asked_on")[0]


@pytest.fixture
def worker(waiting: Alert) -> User:
    """Somebody who works in the team that is asked."""
    user = User.objects.create(username="amina.duty", display_name="Amina Yusuf")
    add_member(user=user, team=waiting.team, role="duty_social_worker", since_on=TODAY, by=None, at=AT)
    lead(user)
    return user


def lead(user: User) -> None:
    """Let somebody lead for every child that there is."""
    people = Person.objects.values_list("id", flat=True)
    facts = [LeadProfessional(since=AT, user=str(user.id), person=str(one)) for one in people]
    begin_ties(facts=facts, by=None, at=AT)


def sight_of(user: User) -> Sight:
    """What somebody sees by their latest post."""
    post = user.memberships.select_related("team").latest("since_on")
    with transaction.atomic():
        return read_as(post, at=AT)


def answer(alert: Alert, worker: User, **what: Any) -> Answer:
    given = {"sort": "act", "words": "Strategy discussion called for this afternoon.", "until_on": None} | what
    asking = alert.askings.order_by("-asked_on", "-id")[0]
    return actions.answer_alert(alert_id=alert.id, asking_id=asking.id, by=worker, at=AT, today=TODAY, **given)


def test_an_answer_becomes_an_entry_of_the_chronology(waiting, worker):
    given = answer(waiting, worker)

    assert given.entry.weight == "system"
    assert given.entry.entrytext.text.endswith("Strategy discussion called for this afternoon.")
    assert {one.record.person_id for one in given.entry.people.all()} == {
        one.child_id for one in waiting.children.all()
    }
    waiting.refresh_from_db()
    assert waiting.state == State.ACTING


def test_no_rule_reads_an_answer(waiting, worker):
    before = [circle.memory["patterns"] for circle in Circle.objects.all()]
    askings = Asking.objects.count()
    answer(waiting, worker)

    read()

    assert Asking.objects.count() == askings
    assert [circle.memory["patterns"] for circle in Circle.objects.all()] == before


def test_put_off_until_a_day_it_waits_again_when_the_day_has_come(waiting, worker):
    answer(waiting, worker, sort="not_now", words="Core group on Thursday.", until_on=TODAY + dt.timedelta(days=3))

    actions.wake_put_off(today=TODAY + dt.timedelta(days=2))
    assert Alert.objects.get(id=waiting.id).state == State.NOT_NOW
    actions.wake_put_off(today=TODAY + dt.timedelta(days=3))
    assert Alert.objects.get(id=waiting.id).state == State.WAITING


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": "  "}, "words"),
        ({"sort": "later"}, "sort"),
        ({"sort": "not_now"}, "until_on"),
        ({"sort": "not_now", "until_on": TODAY}, "until_on"),
        ({"sort": "no", "until_on": TODAY + dt.timedelta(days=1)}, "until_on"),
    ],
)
def test_an_answer_that_lacks_something_is_not_kept(waiting, worker, given, field):
    entries = Entry.objects.count()

    with pytest.raises(CannotAnswer) as refused:
        answer(waiting, worker, **given)

    assert refused.value.field == field
    assert (Answer.objects.count(), Entry.objects.count()) == (0, entries)


def test_an_answer_to_a_question_that_has_moved_on_is_not_kept(waiting, worker):
    other = Asking.objects.exclude(alert=waiting)[0]

    with pytest.raises(CannotHappen, match="New information came in"):
        actions.answer_alert(
            alert_id=waiting.id, asking_id=other.id, sort="act", words="x", by=worker, at=AT, today=TODAY
        )


def test_only_the_team_that_is_asked_learns_of_the_alert(waiting, worker):
    stranger = User.objects.create(username="imran.teacher", display_name="Imran Sadiq")
    elsewhere = ensure_team(agency=waiting.team.agency, name="Another team", by=None, at=AT)
    add_member(user=stranger, team=elsewhere, role="social_worker", since_on=TODAY, by=None, at=AT)
    untied = User.objects.create(username="untied", display_name="Somebody of the team who is tied to nobody")
    add_member(user=untied, team=waiting.team, role="social_worker", since_on=TODAY, by=None, at=AT)
    lead(stranger)

    assert queries.alert_of(sight_of(worker), waiting.id) == waiting
    assert queries.alert_of(sight_of(stranger), waiting.id) is None
    assert queries.alert_of(sight_of(untied), waiting.id) is None


def test_reading_what_waits_takes_the_same_queries_for_one_alert_and_for_many(
    waiting, worker, django_assert_num_queries
):
    list(queries.waiting(sight := sight_of(worker)))  # what the reader can see is worked out once
    with django_assert_num_queries(7):
        many = list(queries.waiting(sight))
    Alert.objects.filter(state=State.WAITING).exclude(id=waiting.id).update(state=State.ACTING)
    with django_assert_num_queries(7):
        one = list(queries.waiting(sight))

    assert len(many) > len(one) == 1


def test_nobody_owes_an_answer_on_a_history_that_a_review_has_published(worker):
    import_files([DEMONSTRATION / "child-f.yaml"], by=None, at=AT)
    read()

    assert Alert.objects.filter(circle__is_over=True, state=State.WAITING, team__memberships__user=worker).exists()
    lead(worker)
    assert queries.alerts_of_team(sight_of(worker)).filter(circle__is_over=True).exists()
    assert not queries.waiting(sight_of(worker)).filter(circle__is_over=True).exists()


def test_from_every_state_something_can_follow_and_nothing_leads_nowhere():
    assert set(TRANSITIONS) == set(State)
    assert {to for events in TRANSITIONS.values() for to in events.values()} == set(State)
    with pytest.raises(CannotHappen):
        after(State.ENDED, "act")
