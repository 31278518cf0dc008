"""After-care is kept by having seen the child; what is missed is asked about, and missed again it is drawing back."""

from __future__ import annotations

import pytest

from onestory.help.aftercare.actions import say_not_seen, say_seen
from onestory.help.aftercare.asking import ask_what_was_missed, end_duties_that_are_over
from onestory.help.aftercare.policies import CannotAnswer
from onestory.help.closure.completing import close
from onestory.platform.access.policies import NotNow
from onestory.platform.access.ties import Tie
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.models import Entry
from onestory.platform.notices.models import Notice
from tests.integration.help.closure.place import Second
from tests.integration.platform.notices.teams import AT, DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]
LATE, LATER = 45 * DAY, 75 * DAY
"""Past the first turn, which falls on Christmas Eve, and past the second."""


class Going(Second):
    """The plan has ended; health visiting sees F once a month."""

    def __init__(self) -> None:
        super().__init__()
        closure = self.sent()
        self.all_accept(closure)
        self.does(close, closure.id)
        self.promise = Commitment.objects.get(sort="aftercare", owner_team=self.visiting)

    def asked(self, kind: str = "aftercare") -> list[Notice]:
        return list(Notice.objects.filter(kind=kind).order_by("sent_at"))


def test_nothing_is_asked_before_the_turn_is_over() -> None:
    here = Going()
    assert ask_what_was_missed(at=AT + 30 * DAY) == 0
    assert here.asked() == []


def test_a_missed_turn_is_asked_about_once_in_the_teams_inbox() -> None:
    here = Going()
    for _ in range(2):
        assert ask_what_was_missed(at=AT + LATE) == 1
    (notice,) = here.asked()
    assert (notice.to_team, notice.address) == (here.visiting, f"/aftercare/{here.promise.id}")
    assert notice.acknowledge_by  # it is chased and taken further like any other
    assert "Was the child seen?" in notice.words
    assert here.asked("drawn_back") == []


def test_missed_again_whoever_ended_the_plan_is_told() -> None:
    here = Going()
    ask_what_was_missed(at=AT + LATE)
    ask_what_was_missed(at=AT + LATER)
    assert len(here.asked()) == 2
    (told,) = here.asked("drawn_back")
    assert told.to_team == here.social
    assert "Missed 2 times in a row" in told.words


def test_having_seen_the_child_keeps_the_turn_and_answers_the_question() -> None:
    here = Going()
    ask_what_was_missed(at=AT + LATE)
    at, by = AT + LATE, here.wendy.user
    with pytest.raises(CannotAnswer, match="how the child was"):
        say_seen(here.promise.id, on=at.date(), words=" ", team=here.visiting, by=by, at=at)
    with pytest.raises(CannotAnswer, match="after today"):
        say_seen(here.promise.id, on=at.date() + DAY, words="Well.", team=here.visiting, by=by, at=at)
    say_seen(here.promise.id, on=at.date(), words="Smiles, gains weight.", team=here.visiting, by=by, at=at)
    assert [one.state for one in here.asked()] == ["acknowledged"]
    assert ask_what_was_missed(at=at + DAY) == 0


def test_not_being_brought_stands_in_the_chronology_and_whoever_ended_the_plan_hears_of_it() -> None:
    here = Going()
    ask_what_was_missed(at=AT + LATE)
    at, by = AT + LATE, here.wendy.user
    with pytest.raises(CannotAnswer, match="how it came"):
        say_not_seen(here.promise.id, outcome="kept", words="I ring.", team=here.visiting, by=by, at=at)
    say_not_seen(here.promise.id, outcome="not_brought", words="I visit tomorrow.", team=here.visiting, by=by, at=at)
    entry = Entry.objects.get(kind="appointment", known_on=at.date())
    assert entry.own == {"service": "aftercare", "outcome": "not_brought"}
    (told,) = here.asked("drawn_back")
    assert "was not brought. I visit tomorrow." in told.words
    say_not_seen(here.promise.id, outcome="no_access", words="Nobody there.", team=here.visiting, by=by, at=at + DAY)
    assert Entry.objects.get(kind="visit", known_on=(at + DAY).date()).own == {"outcome": "no_access"}


def test_another_team_does_not_answer() -> None:
    here = Going()
    with pytest.raises(NotNow, match="Another team"):
        say_seen(here.promise.id, on=AT.date(), words="Well.", team=here.school, by=here.ruth.user, at=AT)


def test_what_others_saw_keeps_nothing() -> None:
    here = Going()
    here.record("visit", by=here.school, on=(AT + 20 * DAY).date(), outcome="seen", seen=(here.child.id,))
    assert ask_what_was_missed(at=AT + LATE) == 1


def test_the_duty_and_its_tie_end_with_the_promise() -> None:
    here = Going()
    duties = Tie.objects.filter(because="aftercare", team=here.visiting, until_at=None)
    assert duties.count() == 1
    assert end_duties_that_are_over(at=AT + 170 * DAY) == 0
    assert end_duties_that_are_over(at=AT + 181 * DAY) == 1
    assert not duties.exists()
    assert ask_what_was_missed(at=AT + 181 * DAY) == 0
