"""The catalogue in docs/rules says what the rules are, and is current."""

from pathlib import Path

from onestory.oversee.signals.catalogue import pages, sees
from onestory.oversee.signals.rules import ALL_RULES

FOLDER = Path(__file__).resolve().parents[4] / "docs" / "rules"


def test_the_pages_in_docs_are_current() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert written == dict(pages())


def test_every_rule_has_a_page_that_the_index_leads_to() -> None:
    index = pages()["README.md"]
    for rule in ALL_RULES:
        page = pages()[f"{rule.signal}.md"]
        assert f"]({rule.signal}.md)" in index
        assert sees(rule) in page
        assert all(f"`{parameter.name}`" in page for parameter in rule.parameters)
