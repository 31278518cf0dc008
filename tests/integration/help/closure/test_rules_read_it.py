"""The rules read what was done here, live: not acknowledged, ended with matters open, drawing back."""

from __future__ import annotations

import datetime as dt

import pytest

from onestory.help.aftercare.actions import say_not_seen
from onestory.help.closure.actions import send_record
from onestory.help.closure.completing import close
from onestory.oversee.signals.actions import read_again
from onestory.oversee.signals.models import Alert
from onestory.platform.commitments.models import Commitment
from tests.integration.help.closure.place import Second
from tests.integration.platform.notices.teams import AT, DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]


def asked(here: Second, at: dt.datetime) -> set[str]:
    read_again(child_ids=[here.child.person_id], today=at.date(), at=at)
    return set(Alert.objects.exclude(state="ended").values_list("signal", flat=True))


def test_a_hand_over_that_nobody_acknowledged_is_asked_about() -> None:
    here = Second()
    here.sent()
    assert "closure_not_acknowledged" not in asked(here, AT)
    assert "closure_not_acknowledged" in asked(here, AT + 20 * DAY)


def test_a_plan_that_a_manager_let_end_with_the_tests_undone_is_asked_about() -> None:
    here = Second()
    closure = here.answered("action")
    here.overrides(closure, "action", str(here.action.id))
    here.does(send_record, closure.id)
    here.all_accept(closure)
    here.does(close, closure.id)
    assert "plan_closed_with_matters_open" in asked(here, AT + DAY)


def test_drawing_back_after_the_end_is_asked_about() -> None:
    here = Second()
    closure = here.sent()
    here.all_accept(closure)
    here.does(close, closure.id)
    promise = Commitment.objects.get(sort="aftercare", owner_team=here.visiting)
    for days in (40, 75):
        at = AT + days * DAY
        say_not_seen(promise.id, outcome="not_brought", words="I ring.", team=here.visiting, by=here.wendy.user, at=at)
    assert "disengaged_after_closure" in asked(here, AT + 80 * DAY)
