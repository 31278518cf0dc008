"""Child F as it stood in December 2018, moved to last month: the next report is decided with the whole in view.

Six clicks from the page to the decision, its manager's approval, and the answer to whoever told. Then the head injury
of January 2019 is the health visitor's task.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.utils import timezone

from onestory.arrive.concerns.actions import log_concern
from onestory.arrive.concerns.models import Concern
from onestory.arrive.urgent_care.actions import tell_of_attendance
from onestory.platform.access.keeping import keeping
from onestory.platform.agencies.models import Agency, Membership
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.people.models import AgencyRecord
from tests.integration.web.partnership import DEMONSTRATION, child, load
from tests.journeys.moved_in_time import moved, words_of
from tests.journeys.steps import given_somebody_is_signed_in
from tests.journeys.test_telling_of_a_concern import COUNT, begin_counting
from tests.journeys.test_what_is_known import SECOND_SCREEN, bottom_of
from tests.journeys.visitor import Visitor

LAST, NAME = "2018-12", "then"
LEFT_OUT = ("e60", "e61", "e62", "e63")
"""December's own reports and what was decided on them: that is told and decided here."""
IN_VIEW = (
    "No record that it was done: Mother to complete a set of drug tests.",
    "Legal action will be sought.",
    "Child protection and legal advice will be sought to safeguard unborn F.",
    "An assessment is to be completed.",
    "A professional (School)",
    "An anonymous caller (neighbour)",
    "Development review at two years, not arranged",
)
TOLD = {
    "what": "A caller who gives no name: drugs are bought and used at the house, and dealers come in.",
    "means": "The children live with people who use drugs.",
    "who_saw": "anonymous",
    "safe": "not_known",
    "parents": "not_yet",
}


def month(text: str) -> str:
    return words_of(text, last=LAST, today=timezone.localdate())


@pytest.fixture(scope="module")
def f(served: object, tmp_path_factory: pytest.TempPathFactory) -> UUID:
    """The child, with everything on record that stood there before the report of December."""
    folder, today = tmp_path_factory.mktemp("moved"), timezone.localdate()
    path = moved(DEMONSTRATION / "child-f.yaml", folder, last=LAST, without=LEFT_OUT, today=today, name=NAME)
    load(path)
    return child(f"F {NAME}").pk


def test_the_next_report_is_decided_with_the_whole_in_view(arrive: Callable[..., Visitor], f: UUID) -> None:
    given_the_police_passed_on_an_anonymous_call(f)
    amina = arrive()
    amina.page.add_init_script(COUNT)
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    then_her_ways_stand_in_one_line(amina)
    when_she_opens_it_from_her_queue(amina)
    then_everything_that_mattered_is_in_view(amina)
    and_nobody_can_take_an_old_report_of_the_police_for_their_last(amina)
    begin_counting(amina.page)
    when_she_decides(amina)
    then_it_took_at_most(amina, clicks=6)
    helen = arrive()
    given_somebody_is_signed_in(helen, "Helen Ashworth")
    when_her_manager_approves(helen, f)
    priya = arrive()
    given_somebody_is_signed_in(priya, "Priya Nair")
    then_whoever_told_is_told_what_was_decided(priya)
    and_the_condition_stands(amina, f)


def given_the_police_passed_on_an_anonymous_call(f: UUID) -> None:
    post = Membership.objects.select_related("team__agency", "user").get(user__username="priya.police")
    with keeping():
        mother = str(AgencyRecord.objects.filter(label=f"Mother {NAME}").earliest("recorded_at").person_id)
    answers = TOLD | {"also_about": [mother], "factors": ["drugs_parent"]}
    log_concern(form="concern", answers=answers, child_id=f, from_team=post.team, by=post.user, at=timezone.now())


def then_her_ways_stand_in_one_line(amina: Visitor) -> None:
    """On a screen of 1280 pixels, however many parts of the program her post leads to."""
    ways = amina.page.locator(".govuk-service-navigation__item").all()
    places = [place for place in (way.bounding_box() for way in ways) if place]
    assert len(places) > 7
    assert len({place["y"] for place in places}) == 1


def when_she_opens_it_from_her_queue(amina: Visitor) -> None:
    amina.follows("Duty queue")
    row = amina.page.get_by_role("listitem").filter(has_text=f"F {NAME}")
    for flag in ("Not said to be safe now", "earlier contacts in twelve months", "standing conditions"):
        assert flag in row.inner_text()
    assert "No agency asked yet" in row.inner_text()
    row.get_by_role("link", name=f"F {NAME}").click()
    amina.looks()


def then_everything_that_mattered_is_in_view(amina: Visitor) -> None:
    amina.sees("drugs are bought and used at the house")
    assert amina.page.evaluate("window.scrollY") == 0
    assert amina.page.locator("#plans ~ ul .govuk-tag").all_inner_texts() == [
        f"Closed {month('2018-04')}",
        f"Closed {month('2017-12')}",
    ]
    too_far = {words: bottom_of(amina, words) for words in IN_VIEW if bottom_of(amina, words) > SECOND_SCREEN}
    assert too_far == {}
    april = amina.page.locator("#conditions ~ ul > li").filter(has_text=f"Children's Social Care, {month('2018-04')}")
    assert "Met" in april.inner_text()
    seen = amina.page.locator("#seen ~ ul li").filter(has_text=f"F {NAME}").first.inner_text()
    assert month("2018-01") in seen
    assert "CNWL Health Visiting" in seen


def and_nobody_can_take_an_old_report_of_the_police_for_their_last(amina: Visitor) -> None:
    """Today's is the police's last word; before it 2017's, among the earlier contacts (F5.20)."""
    police = amina.page.locator("#agencies ~ ul > li").filter(has_text="Thames Valley Police")
    assert f"{timezone.localdate():%B %Y}" in police.inner_text()
    assert police.get_by_role("link", name="01632 960").count() == 1
    place = police.bounding_box()
    assert place
    assert place["y"] + place["height"] <= SECOND_SCREEN


def when_she_decides(amina: Visitor) -> None:
    with amina.page.context.expect_page() as opened:
        amina.page.get_by_role("link", name="Open the chronology").click()
    opened.value.close()
    amina.chooses("Child and family assessment")
    amina.page.locator("input[name=level][value='4']").check()
    amina.page.locator("#decide-rationale").fill("April’s condition is met, and the tests were never evidenced.")
    amina.page.locator("#decide-considered").fill("That the caller means harm; the content is told by three others.")
    amina.page.locator("#decide-analysis").fill("Six reports in a year, each closed by itself.")
    amina.page.get_by_text("Set a standing condition for the future").click()
    amina.page.locator("input[name=condition_when][value=any_concern]").check()
    amina.page.locator("#decide-condition_then").fill("A strategy discussion is held.")
    amina.presses("Record the decision")


def then_it_took_at_most(amina: Visitor, *, clicks: int) -> None:
    amina.sees("Waiting for a manager’s approval")
    assert 0 < int(amina.page.evaluate("window.name")) <= clicks


def when_her_manager_approves(helen: Visitor, f: UUID) -> None:
    item = helen.page.get_by_role("listitem").filter(has_text="A decision waits for your approval")
    item.get_by_role("link").first.click()
    helen.looks()
    helen.sees("Proposed by Amina Yusuf")
    helen.sees("Six reports in a year, each closed by itself.")
    helen.presses("Approve")
    helen.sees("What whoever told was told")
    with keeping():
        decided = Concern.objects.get(child=f)
        assert (decided.state, decided.decided_by.display_name) == ("decided", "Helen Ashworth")


def then_whoever_told_is_told_what_was_decided(priya: Visitor) -> None:
    item = priya.page.get_by_role("listitem").filter(has_text="What was decided")
    assert "Child and family assessment" in item.first.inner_text()
    assert "never evidenced" not in item.first.inner_text()


def and_the_condition_stands(amina: Visitor, f: UUID) -> None:
    amina.goes_to(f"/children/{f}/conditions")
    amina.sees("A strategy discussion is held.")


def test_a_head_injury_at_urgent_care_is_the_health_visitors_task(arrive: Callable[..., Visitor], f: UUID) -> None:
    """January 2019: the plan had been closed for nine months, and nobody was told (F5.57)."""
    given_f_was_treated_for_a_head_wound(f)
    wendy = arrive()
    given_somebody_is_signed_in(wendy, "Wendy Oyelaran")
    item = wendy.page.get_by_role("listitem").filter(has_text=f"F {NAME} came to MK Urgent Care Centre")
    assert "A child came to urgent care" in item.inner_text()
    item.get_by_role("link").first.click()
    wendy.looks()
    wendy.follows("Go to what it is about")
    wendy.sees("head wound")


def given_f_was_treated_for_a_head_wound(f: UUID) -> None:
    now = timezone.now()
    with keeping():
        centre = Agency.objects.get(name="MK Urgent Care Centre")
        record = AgencyRecord.objects.filter(person=f).earliest("recorded_at")
        attendance = record_entry(
            agency=centre.id,
            kind="attendance",
            happened=day(timezone.localdate(now)),
            about=(record.id,),
            text="F fell from his highchair; head wound cleaned and glued.",
            own={"reason": "head wound after fall from highchair"},
            by=None,
            at=now,
        )
    tell_of_attendance(attendance.id, by=None, at=now)  # what the job does that the entry has queued
