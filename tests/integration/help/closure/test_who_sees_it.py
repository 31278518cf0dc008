"""Who sees the ending of a plan, asked as the application under row-level security; and whose inbox is answered."""

from __future__ import annotations

from uuid import UUID

import pytest

from onestory.help.closure.actions import send_record
from onestory.help.closure.answering import accept_task
from onestory.help.closure.models import Closure, ClosureAnswer, ClosureReceiver, Override
from onestory.help.closure.queries import closure_of, my_receiver, overrides
from onestory.help.plans.models import Plan
from onestory.platform.access.keeping import keeping
from onestory.platform.agencies.actions import end_post
from onestory.platform.agencies.models import Membership
from onestory.platform.moves import CannotHappen
from onestory.platform.notices.actions import say_absent
from onestory.platform.notices.models import Notice
from onestory.platform.notices.queries import inbox
from onestory.platform.notices.sweeping import sweep_notices
from onestory.platform.people.actions import move_records
from onestory.platform.people.models import Person
from onestory.web.families.told import children_told_of, plans_told_of
from tests.integration.help.closure.place import Second
from tests.integration.platform.notices.teams import AT, DAY, reads, team, works

pytestmark = pytest.mark.django_db


def built() -> tuple[Second, Closure]:
    """Sent with the tests undone, which a manager let stand."""
    with keeping():
        here = Second()
        closure = here.answered("action")
        here.overrides(closure, "action", str(here.action.id))
        here.does(send_record, closure.id)
        return here, Closure.objects.get(id=closure.id)


def seen_by(post: Membership, closure: Closure) -> tuple[bool, ...]:
    """Record, receivers, plan, answers at the gate, overrides: by the database, and by the query of the pages."""
    sight = reads(post)
    by_query = closure_of(sight, closure.id) is not None
    assert by_query == Closure.objects.filter(id=closure.id).exists()
    tables = (Closure, ClosureReceiver, Plan, ClosureAnswer, Override)
    return tuple(one.objects.exists() for one in tables)


def test_whoever_goes_on_reads_the_record_and_whoever_has_no_part_in_it_nothing() -> None:
    here, closure = built()
    stranger = works("Priya Nair", team("Harbour Police", "police", "Safeguarding unit"), "police_officer")
    everything, record, nothing = (True,) * 5, (True, True, False, False, False), (False,) * 5
    assert seen_by(here.ben, closure) == everything
    assert seen_by(here.helen, closure) == everything
    assert seen_by(here.tom, closure) == record  # no tie to the child: sent the record, and nothing else
    assert seen_by(here.wendy, closure) == record  # left out of the plan
    assert seen_by(stranger, closure) == nothing


def test_a_list_tells_of_the_ending_also_once_the_child_is_held_to_be_somebody_else() -> None:
    here, closure = built()
    (told,) = closure.who
    with keeping():
        other = Person.objects.create(is_child=True, since_at=AT)
        move_records([UUID(told["record"])], to_person_id=other.id, reason="The same child", by=None, at=AT)
    sight = reads(here.tom)  # no tie to the child: sent the record, and nothing else
    assert set(children_told_of(sight)) == {other.id}
    assert [child for child, _ in plans_told_of(sight, {other.id, UUID(told["person"])})] == [other.id]


def test_what_was_let_stand_is_listed_for_the_team_whose_plan_it_was() -> None:
    here, _ = built()
    assert [one.reason for one in overrides(reads(here.helen))] == ["I answer for it."]
    assert not overrides(reads(here.tom)).exists()


def test_a_leavers_inbox_is_answered_by_the_team() -> None:
    here, closure = built()
    anja = works("Anja Lund", here.visiting, "health_visitor")
    end_post(here.wendy, by=here.helen.user, at=AT)
    sight = reads(anja)
    assert inbox(sight).filter(kind="hand_over").count() == 1
    found = closure_of(sight, closure.id)
    assert found
    mine = my_receiver(sight, found)
    assert mine
    accept_task(mine.id, version=1, post=anja, by=anja.user, at=AT)
    assert not inbox(reads(anja)).filter(kind="hand_over").exists()


def test_an_absent_workers_inbox_is_the_teams_and_what_nobody_answers_goes_to_the_manager_who_may() -> None:
    here, closure = built()
    leads = team("Harbour Health Visiting", "health_visiting", "Leads", answers=False)
    head = works("Gita Rao", leads, "safeguarding_lead")
    say_absent(here.wendy.user, since_on=AT.date(), until_on=AT.date() + 20 * DAY, by=here.wendy.user, at=AT)
    assert closure_of(reads(head), closure.id) is None
    with keeping():
        Notice.objects.filter(kind="hand_over").update(state="delivered")
    sweep_notices(at=AT + 5 * DAY)
    sight = reads(head, AT + 5 * DAY)
    found = closure_of(sight, closure.id)
    assert found
    mine = my_receiver(sight, found)
    assert mine
    assert mine.team == here.visiting
    accept_task(mine.id, version=1, post=head, by=head.user, at=AT + 5 * DAY)


def test_a_team_to_which_it_was_not_taken_further_cannot_answer_for_another() -> None:
    here, closure = built()
    leads = team("Harbour Health Visiting", "health_visiting", "Leads", answers=False)
    head = works("Gita Rao", leads, "safeguarding_lead")
    with keeping():
        mine = here.receiver(closure, here.visiting)
    with pytest.raises(CannotHappen, match="not sent to your team"):
        accept_task(mine.id, version=1, post=head, by=head.user, at=AT)
