"""What a signed assessment leaves standing is asked about by itself when it comes true."""

from __future__ import annotations

import pytest

from onestory.decide.assessments import actions
from onestory.oversee.signals.actions import read_again
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from tests.integration.decide.assessments.test_writing_one import Here, completed
from tests.integration.platform.notices.teams import AT, DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_keeper")]


def signals(here: Here, days: int) -> set[str]:
    at = AT + days * DAY
    return {one.alert.signal for one in read_again(child_ids=[here.home.child.person_id], today=at.date(), at=at)}


def test_a_condition_of_a_pre_birth_assessment_is_asked_about_once_it_is_met() -> None:
    here = Here()
    one = completed(here, "pre-birth")
    sign = {"role": "social_work_manager", "team": here.home.duty, "by": here.helen.user, "at": AT + 3 * DAY}
    actions.sign_assessment(one.id, words="Whom did we not speak to?", **sign)  # type: ignore[arg-type]
    assert "standing_condition_met" not in signals(here, 4)
    at = AT + 400 * DAY
    record_entry(
        agency=here.home.school.agency_id,
        kind="disclosure",
        happened=day(at.date()),
        about=(here.home.child.id,),
        text="He says that nobody was at home.",
        by=None,
        at=at,
    )
    assert "standing_condition_met" in signals(here, 400)
