"""Assessments in the browser: written by several agencies, completed, signed; every tool that is shipped, once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect
from pytest_django.live_server_helper import LiveServer

from onestory.decide.assessments.reading import shipped_tools
from onestory.decide.assessments.tool import CHRONOLOGY_ANALYSIS, Question, Sort, Tool
from onestory.oversee.signals.actions import read_again
from onestory.platform.access.facts import TeamAnswers
from onestory.platform.access.keeping import keeping
from onestory.platform.access.settling import begin_ties
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.people.models import AgencyRecord
from tests.integration.platform.notices.teams import works
from tests.integration.web.partnership import AT, child
from tests.journeys.conftest import PATIENCE
from tests.journeys.steps import given_somebody_is_signed_in, picture
from tests.journeys.visitor import Visitor

SMALL = 320
"""Pixels across a small phone."""
TOOLS = shipped_tools()
EARLY_HELP, PRE_BIRTH = "shared-early-help", "pre-birth"
"""Completed in journeys of their own."""


WRONG = "the other day"
"""What somebody writes for a day or a number that nobody can take."""
FILL = """told => {
  const form = document.querySelector("form[data-onestory-save]"), done = new Set();
  for (const field of form.elements) {
    const name = field.name, answer = told.answers[name.split(".").pop()];
    if (answer === undefined || name.startsWith("read:") || name.startsWith("same:") || done.has(name)) continue;
    done.add(name);
    if (field.type === "radio" || field.type === "checkbox") field.checked = true;
    else if (!field.value || field.value === told.wrong || answer === told.wrong) field.value = answer;
  }
  form.dispatchEvent(new Event("input", {bubbles: true}));
  return done.size;
}"""
"""Answer everything that the page asks, at once: of a choice the first, of anything else what is told, where nothing
stands. Returns how many questions were answered."""


OWN = {
    "resourceType": "Questionnaire",
    "url": "https://partnership.example/tools/worries",
    "version": "1",
    "title": "Worries of a child",
    "status": "active",
    "item": [{"linkId": "worry", "text": "What worries you?", "type": "text", "required": True}],
}
"""A tool of a partnership's own."""


def answer_to(question: Question, *, wrong: bool) -> str:
    """Something that the question takes; ``wrong``: a day or a number that it does not."""
    if question.sort in (Sort.DATE, Sort.INTEGER) and wrong:
        return WRONG
    if question.sort is Sort.DATE:
        return "2027-05-20" if question.link.endswith(("again", "due")) else "2026-11-20"
    return str(question.least or 1) if question.sort is Sort.INTEGER else "Somebody wrote this."


def fills(visitor: Visitor, tool: Tool, *, wrong: bool = False) -> None:
    """Answer everything that the page asks."""
    answers = {one.link: answer_to(one, wrong=wrong) for one in tool.questions() if one.sort is not Sort.GROUP}
    assert visitor.page.evaluate(FILL, {"answers": answers, "wrong": WRONG})


def saves(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Save and go on", exact=True).click()


def writes_section(visitor: Visitor, address: str, tool: Tool, *, wrong: bool) -> None:
    """Write one section until it asks for nothing more; ``wrong``: with mistakes first, which the page names."""
    visitor.goes_to(address)
    if wrong:
        fills(visitor, tool, wrong=True)
        saves(visitor)
        visitor.looks()
        visitor.sees("There is a problem")
    for _ in range(4):
        fills(visitor, tool)
        saves(visitor)
        if not visitor.page.url.endswith(address):
            return
    raise AssertionError(f"{address} asks on and on")


def can_be_wrong(section: Question) -> bool:
    """Whether it asks at once for a day or a number."""
    return any(one.sort in (Sort.DATE, Sort.INTEGER) and not one.when for one in section.items)


def writes_everything(visitor: Visitor, tool: Tool, sections: list[str] | None = None) -> str:
    """Write these sections, or all; returns the address of the assessment."""
    address = re.sub(r"^https?://[^/]+", "", visitor.page.url)
    written = [one for one in tool.sections if sections is None or one.link in sections]
    mistaken = next(filter(can_be_wrong, written), None)
    for item in written:
        writes_section(visitor, f"{address}/{item.link}", tool, wrong=item is mistaken)
    visitor.goes_to(address)
    return address


def begins(visitor: Visitor, page: str, tool: Tool, **what: str) -> None:
    visitor.goes_to(f"{page}/assessments")
    visitor.chooses(tool.title)
    for box in visitor.page.get_by_role("group", name="About whom?").get_by_role("checkbox").all():
        box.check()
    for label, words in what.items():
        visitor.writes(label, words)
    visitor.presses("Begin")
    visitor.sees_heading(tool.title)


AGREEMENT = "For early help: who in the family agreed, and how?"


@pytest.fixture
def a_manager(served: Any) -> Membership:
    """Somebody who leads safeguarding in health visiting, of the same team as Wendy."""
    with keeping():
        team = Team.objects.get(name="Health Visiting East")
        post = works("Iris Fenwick", team, "safeguarding_lead", email=False)
        known = AgencyRecord.objects.filter(agency=team.agency).values_list("person", flat=True)
        facts = [TeamAnswers(since=AT.replace(year=2020), team=str(team.id), person=str(one)) for one in set(known)]
        begin_ties(facts=facts, by=None, at=AT.replace(year=2020))
    return post


def test_early_help_is_written_by_three_agencies_and_signed(
    arrive: Callable[..., Visitor], page_of: Callable[[str], str], a_manager: Membership
) -> None:
    tool, page = TOOLS[EARLY_HELP], page_of("Filip")
    wendy = arrive(width=SMALL)
    given_somebody_is_signed_in(wendy, "Wendy Oyelaran")
    begins(wendy, page, tool, **{"Who is the lead professional?": "Wendy Oyelaran", AGREEMENT: "His mother, at home"})
    when_she_asks_for_parts(
        wendy, {"Larkenby Primary School": "Plan", "Housing Options": "See: what is life like now?"}
    )
    address = when_an_agency_gives_its_part(arrive(), "Ruth Kendrick", tool, ["plan"])
    assert address == when_an_agency_gives_its_part(arrive(), "Joan Fairley", tool, ["see"])
    when_the_lead_completes_too_early(wendy)
    writes_everything(wendy, tool, [item.link for item in tool.sections if item.link not in ("plan", "see")])
    when_she_opens_the_chronology_and_completes(wendy, page, address)
    then_a_manager_signs_with_reflection(arrive(), address)
    and_his_mother_is_given_her_own_document(wendy, address)
    and_what_she_says_to_it_stands_on_it(wendy)


def when_she_asks_for_parts(wendy: Visitor, parts: dict[str, str]) -> None:
    for agency, section in parts.items():
        wendy.page.get_by_text("Ask another agency for a part").click()
        field = wendy.page.get_by_label("Which team?", exact=True)
        words = [one for one in field.locator("option").all_inner_texts() if agency in one]
        field.select_option(label=words[0])
        wendy.page.get_by_role("group", name="For which sections?").get_by_label(section, exact=True).check()
        wendy.presses("Ask them")
        wendy.sees(re.compile(f"{agency}.*: asked|asked, until"))


def when_an_agency_gives_its_part(visitor: Visitor, name: str, tool: Tool, sections: list[str]) -> str:
    given_somebody_is_signed_in(visitor, name)
    visitor.sees(re.compile("asks you to add to an assessment"))
    with_link = visitor.page.locator("a[href^='/assessments/']").first
    visitor.goes_to(str(with_link.get_attribute("href")))
    visitor.sees_heading(tool.title)
    address = writes_everything(visitor, tool, sections)
    visitor.presses("Our part is given")
    visitor.sees(re.compile(": given"))
    return address


def when_the_lead_completes_too_early(wendy: Visitor) -> None:
    wendy.page.reload()
    wendy.presses("Complete")
    wendy.sees("There is a problem")
    wendy.sees(re.compile("Not answered yet"))


def when_she_opens_the_chronology_and_completes(wendy: Visitor, page: str, address: str) -> None:
    wendy.goes_to(address)
    wendy.presses("Complete")
    wendy.sees(re.compile("Open the chronology first"))
    wendy.goes_to(f"{page}/chronology")
    wendy.goes_to(address)
    wendy.presses("Complete")
    wendy.sees("Waits for the manager")


def then_a_manager_signs_with_reflection(iris: Visitor, address: str) -> None:
    given_somebody_is_signed_in(iris, "Iris Fenwick")
    iris.goes_to(address)
    iris.presses("Sign")
    iris.sees("Enter your reasons")
    iris.writes("What did you think over together?", "What would prove us wrong? We go again in a month.")
    iris.presses("Sign")
    iris.sees("Signed")
    iris.sees(re.compile("We go again in a month"))
    picture(iris, "assessment-signed")
    iris.goes_to(f"{address}/document")
    iris.sees(re.compile("Somebody wrote this"))


def and_his_mother_is_given_her_own_document(wendy: Visitor, address: str) -> None:
    wendy.goes_to(address)
    wendy.follows("Documents for the family, and what they said")
    wendy.follows(re.compile("mother"))
    wendy.sees("What they would read")
    picture(wendy, "document-prepared")
    wendy.presses("Give it")
    wendy.sees("There is a problem")
    wendy.writes("What does it mean for them, in plain words?", "We want to help you and Filip at home.")
    wendy.chooses("I have read it as this person would, and it tells nothing of anybody else")
    wendy.presses("Give it")
    wendy.sees("What it means for you")
    wendy.sees("We want to help you and Filip at home.")
    picture(wendy, "document-given")


def and_what_she_says_to_it_stands_on_it(wendy: Visitor) -> None:
    wendy.presses("Save")
    wendy.sees("There is a problem")
    wendy.writes("What did they say, in their words?", "Nobody asked me before.")
    wendy.presses("Save")
    wendy.sees("Nobody asked me before.")


def test_who_saves_while_their_writing_is_being_kept_is_not_told_of_somebody_else(
    arrive: Callable[..., Visitor], page_of: Callable[[str], str]
) -> None:
    tool, ben, held = TOOLS["child-and-family"], arrive(), list[Route]()
    given_somebody_is_signed_in(ben, "Ben Carrick")
    begins(ben, page_of("Lena"), tool)
    address = re.sub(r"^https?://[^/]+", "", ben.page.url)
    ben.goes_to(f"{address}/{tool.sections[0].link}")
    field = ben.page.locator("form[data-onestory-save] textarea").first
    ben.page.route("**/assessments/**", lambda route: held.append(route) if is_kept(route) else route.continue_())
    with ben.page.expect_request(lambda request: request.method == "POST"):
        field.fill("She said that she")
    field.fill("She said that she likes school.")
    ben.page.get_by_role("button", name="Save and go on", exact=True).click()
    with ben.page.expect_navigation():
        held.pop().continue_()
    ben.looks()
    ben.goes_to(f"{address}/{tool.sections[0].link}")
    assert field.input_value() == "She said that she likes school."


def is_kept(route: Route) -> bool:
    """Whether it is the page's own keeping of what somebody types."""
    return 'name="saving"' in (route.request.post_data or "")


def test_a_partnership_brings_its_own_tool_in(arrive: Callable[..., Visitor]) -> None:
    gwen, oscar = arrive(width=SMALL), arrive()
    given_somebody_is_signed_in(gwen, "Gwen Tallis")
    gwen.goes_to("/tools/")
    picture(gwen, "tools")
    gwen.presses("Bring in a tool")
    when_she_sends(gwen, {**OWN, "item": [{"linkId": "worry", "type": "text"}]})
    gwen.sees("There is a problem")
    gwen.sees("the question as people read it")
    picture(gwen, "tool-refused")
    when_she_sends(gwen, OWN)
    gwen.sees_heading("Assessments and tools")
    given_somebody_is_signed_in(oscar, "Oscar Denholm")
    oscar.goes_to("/tools/")
    oscar.follows("Worries of a child")
    oscar.sees("What worries you?")
    picture(oscar, "tool-to-decide")
    oscar.presses("Save")
    oscar.sees("There is a problem")
    oscar.chooses("Approve")
    oscar.writes("Why", "Children asked for it.")
    oscar.presses("Save")
    oscar.sees("Nothing waits.")


def when_she_sends(gwen: Visitor, tool: dict[str, Any]) -> None:
    file = {"name": "worries.json", "mimeType": "application/json", "buffer": json.dumps(tool).encode()}
    gwen.page.get_by_label("The file of the tool", exact=True).set_input_files(file)  # type: ignore[arg-type]
    gwen.writes("What is this tool for, or what has changed in it?", "Children asked for it.")
    gwen.presses("Propose it")


def test_a_condition_of_a_pre_birth_assessment_is_asked_about_once_it_is_met(
    arrive: Callable[..., Visitor], page_of: Callable[[str], str]
) -> None:
    tool, page = TOOLS[PRE_BIRTH], page_of("Filip")
    ben, helen = arrive(), arrive()
    given_somebody_is_signed_in(ben, "Ben Carrick")
    begins(ben, page, tool)
    address = writes_everything(ben, tool)
    ben.goes_to(f"{page}/chronology")
    ben.goes_to(address)
    ben.presses("Complete")
    ben.sees("Waits for the manager")
    given_somebody_is_signed_in(helen, "Helen Ashworth")
    helen.goes_to(address)
    helen.writes("What did you think over together?", "Whom did we not speak to?")
    helen.presses("Sign")
    helen.goes_to(f"{page}/conditions")
    helen.sees(re.compile("If: Somebody wrote this"))
    when_a_concern_comes_in(arrive(), page)
    then_the_front_door_is_asked_about_it(arrive())


def when_a_concern_comes_in(visitor: Visitor, page: str) -> None:
    given_somebody_is_signed_in(visitor, "Wendy Oyelaran")
    visitor.goes_to(page)
    visitor.follows("Record something")
    visitor.follows("Something a child or adult told you")
    visitor.writes("What they said, in their words", "He says that nobody was at home.")
    visitor.presses("Save")
    visitor.sees_heading("It is on record")


def then_the_front_door_is_asked_about_it(amina: Visitor) -> None:
    found = read_again(child_ids=[child("Filip").pk], today=AT.date(), at=AT)
    met = next(one.alert for one in found if one.alert.signal == "standing_condition_met")
    given_somebody_is_signed_in(amina, "Amina Yusuf")
    amina.goes_to(f"/alerts/{met.pk}")
    amina.sees_heading("A condition set earlier has been met")
    amina.sees(re.compile("If: Somebody wrote this"))


@pytest.fixture(scope="module")
def ben(served: LiveServer, browser: Browser) -> Iterator[Visitor]:
    """A social worker who is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    visitor = Visitor(context.new_page(), served.url)
    given_somebody_is_signed_in(visitor, "Ben Carrick")
    yield visitor
    context.close()


@pytest.mark.parametrize("name", sorted(set(TOOLS) - {EARLY_HELP, PRE_BIRTH}))
def test_every_other_tool_that_is_shipped_is_completed(name: str, ben: Visitor, page_of: Callable[[str], str]) -> None:
    tool, page = TOOLS[name], page_of("Lena")
    begins(ben, page, tool)
    address = writes_everything(ben, tool)
    if list(tool.with_code(CHRONOLOGY_ANALYSIS)):
        ben.goes_to(f"{page}/chronology")
        ben.goes_to(address)
    expect(ben.page.get_by_text(re.compile("answers? missing"))).to_have_count(0)
    ben.presses("Complete")
    ben.sees("Waits for the manager")
