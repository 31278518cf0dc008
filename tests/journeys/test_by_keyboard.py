"""From signing in to an answer with the keyboard alone, the focus always to be seen."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

FOCUS = """
() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const label = one.labels && one.labels[0] ? getComputedStyle(one.labels[0], "::before") : style;
  // The middle of what the window shows of it: a browser brings a text field's cursor into view, not all its rows.
  const middle = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const at = document.elementFromPoint(box.left + box.width / 2, middle);
  return {
    words: (one.innerText || one.value || one.getAttribute("aria-label") || "").trim().slice(0, 80),
    tag: one.tagName, name: one.name || "", value: one.value || "",
    seen: box.bottom > 0 && box.top < innerHeight && !!at && (one.contains(at) || at.contains(one)),
    marked: [style, label].some((one) => one.outlineStyle !== "none" || one.boxShadow !== "none"),
  };
}
"""


def test_a_worker_answers_with_the_keyboard_alone(arrive: Callable[..., Visitor]) -> None:
    amina = arrive()
    when_she_signs_in(amina)
    then_she_can_skip_to_the_content(amina)
    when_she_opens_the_first_question(amina)
    when_she_answers_it(amina)
    then_her_answer_is_kept(amina)


def tabs_to(visitor: Visitor, at_most: int = 120, **wanted: str) -> None:
    """Press Tab until the wanted thing has the focus; whatever has it on the way must be seen to have it."""
    for _ in range(at_most):
        visitor.page.keyboard.press("Tab")
        focus = visitor.page.evaluate(FOCUS)
        assert focus["marked"], f"nobody sees that {focus} has the focus"
        if focus["tag"] != "BODY":
            assert focus["seen"], f"{focus} has the focus and cannot be seen"
        if all(focus[key] == value for key, value in wanted.items()):
            return
    raise AssertionError(f"{wanted} cannot be reached with the Tab key")


def when_she_signs_in(amina: Visitor) -> None:
    amina.goes_to("/sign-in")
    tabs_to(amina, name="person")
    amina.page.keyboard.press("Space")
    expect(amina.page.get_by_label("Amina Yusuf")).to_be_checked()
    tabs_to(amina, words="Sign in")
    amina.page.keyboard.press("Enter")
    expect(amina.page.get_by_role("heading", level=1)).to_have_text("My work")
    amina.looks()


def then_she_can_skip_to_the_content(amina: Visitor) -> None:
    amina.page.keyboard.press("Tab")
    assert amina.page.evaluate(FOCUS)["words"] == "Skip to main content"
    amina.page.keyboard.press("Enter")
    amina.page.keyboard.press("Tab")
    assert amina.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def when_she_opens_the_first_question(amina: Visitor) -> None:
    title = (
        amina.page.locator(".onestory-item__title a")
        .filter(has_text="A condition set earlier has been met")
        .first.inner_text()
    )
    amina.goes_to("/")
    tabs_to(amina, words=title)
    amina.page.keyboard.press("Enter")
    expect(amina.page.get_by_role("heading", level=1)).to_have_text(title)
    amina.looks()


def when_she_answers_it(amina: Visitor) -> None:
    tabs_to(amina, name="sort")
    amina.page.keyboard.press("Space")
    tabs_to(amina, name="words")
    amina.page.keyboard.type("Assessment opened today.")
    tabs_to(amina, words="Answer")
    amina.page.keyboard.press("Enter")


def then_her_answer_is_kept(amina: Visitor) -> None:
    expect(amina.page.get_by_role("heading", name="Answered")).to_be_visible()
    amina.looks()
    amina.sees("Assessment opened today.")
