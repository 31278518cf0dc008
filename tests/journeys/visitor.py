"""Somebody at a browser. Every page that they come to is checked before anything else happens on it.

Checked: axe finds nothing; no console error; no report of the content security policy; one main heading; each link of
an error summary leads to a field; the page itself does not scroll sideways.
"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Dialog, Page, expect

AXE = (Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WATCH_POLICY = """
window.policyReports = [];
document.addEventListener("securitypolicyviolation", (one) => {
  window.policyReports.push(`${one.violatedDirective} ${one.blockedURI}`);
});
"""
# What the browser itself says of a page that answers with an error; the page is meant to.
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of (404|403|400)")


class Visitor:
    """One person, one browser window."""

    def __init__(self, page: Page, address: str, *, scripts: bool = True) -> None:
        self.page, self.address, self.scripts = page, address, scripts
        self.complaints: list[str] = []
        self.checked: set[str] = set()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("dialog", self._refuse)
        if scripts:
            page.add_init_script(WATCH_POLICY)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.match(message.text):
            self.complaints.append(f"console {message.type}: {message.text}")

    def _refuse(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    # Going about.

    def goes_to(self, path: str) -> None:
        """Type an address."""
        self.page.goto(self.address + path)
        self.looks()

    def follows(self, words: str | re.Pattern[str]) -> None:
        """Follow the first link of these words."""
        self.page.get_by_role("link", name=words).first.click()
        self.looks()

    def presses(self, words: str) -> None:
        """Press the button of these words."""
        self.page.get_by_role("button", name=words, exact=True).click()
        self.looks()

    def presses_and_is_led_on(self, words: str) -> None:
        """Press the button of these words, which a script of the page answers: it leads on when it is done."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words, exact=True).click()
        self.looks()

    def writes(self, label: str, words: str) -> None:
        """Write into the field of this label."""
        self.page.get_by_label(label, exact=True).fill(words)

    def chooses(self, label: str) -> None:
        """Choose the option of this label."""
        self.page.get_by_label(label, exact=True).check()

    # Seeing.

    def sees(self, words: str | re.Pattern[str]) -> None:
        """The words stand on the page, visibly."""
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def sees_heading(self, words: str) -> None:
        """The main heading of the page."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def does_not_see(self, words: str) -> None:
        """The words stand nowhere on the page."""
        expect(self.page.get_by_text(words)).to_have_count(0)

    # What every page must keep.

    def looks(self) -> None:
        """Check the page on which one has arrived."""
        self.page.wait_for_load_state("load")
        expect(self.page).to_have_title(re.compile("– Onestory$"))
        expect(self.page.get_by_role("heading", level=1)).to_have_count(1)
        self._error_links_lead_somewhere()
        if self.scripts:
            self._nothing_is_reported()
            self._axe_finds_nothing()
            self._does_not_scroll_sideways()
        assert self.complaints == []

    def _error_links_lead_somewhere(self) -> None:
        for link in self.page.locator(".govuk-error-summary__list a").all():
            target = link.get_attribute("href") or ""
            assert target.startswith("#"), target
            field = self.page.locator(f"[id='{target[1:]}']")
            expect(field).to_have_count(1)
            assert field.evaluate("one => one.matches('input, select, textarea')"), f"{target} is no field"

    def _nothing_is_reported(self) -> None:
        assert self.page.evaluate("window.policyReports") == []

    def _axe_finds_nothing(self) -> None:
        self.page.evaluate(AXE)
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}}).then(found => found.violations.map("
            "one => `${one.id}: ${one.help}: ${one.nodes.map(node => node.html.slice(0, 160)).join(' | ')}`))",
            RULES,
        )
        assert found == [], f"{self.page.url}\n" + "\n".join(found)
        self.checked.add(self.page.url)

    def _does_not_scroll_sideways(self) -> None:
        width = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, f"{self.page.url} is {width} px too wide"
