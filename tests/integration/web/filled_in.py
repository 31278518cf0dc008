"""The forms of a page as somebody fills them in who wants them to be taken: an answer for each of their fields."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tests.integration.web.asked import TODAY, Fields

IS_A_DAY = re.compile(r"(_on|since|until|day|born|happened|died)$|^on$")
NOT_SENT = {"csrfmiddlewaretoken", "written_by", "post"}


def filled_in(page: str) -> Fields:
    """The fields of every form of the page, each with what is chosen or written, or else with what might be."""
    reader = _Reader()
    reader.feed(page)
    return {name: value for name, value in reader.fields.items() if name not in NOT_SENT}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._select = self._writing = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Fields by what kind they are."""
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", self._select), given.get("value", "")
        match tag, given.get("type", "text"):
            case "option", _:
                self._choose(self._select, value, is_chosen="selected" in given)
            case "input", "radio":
                self._choose(name, value, is_chosen="checked" in given)
            case "input", "checkbox":
                chosen = self.fields.get(name, [])
                self.fields[name] = [*([chosen] if isinstance(chosen, str) else chosen), value or "on"]
            case "input", "file":
                pass
            case "input", _:
                self.fields[name] = value or self._might_be(name, given)
            case "button", _:
                self._choose(name, value, is_chosen=False)
            case "select", _:
                self._select = name
            case "textarea", _:
                self._writing, self.fields[name] = name, ""

    def handle_data(self, data: str) -> None:
        """What stands already in a field for words."""
        if self._writing:
            self.fields[self._writing] = f"{self.fields[self._writing]}{data}"

    def handle_endtag(self, tag: str) -> None:
        """A field for words that is empty gets some."""
        if tag == "textarea" and self._writing:
            self.fields[self._writing] = str(self.fields[self._writing]).strip() or "Agreed with everybody."
            self._writing = ""
        self._select = "" if tag == "select" else self._select

    def _choose(self, name: str, value: str, *, is_chosen: bool) -> None:
        if name and value and (is_chosen or not self.fields.get(name)):
            self.fields[name] = value

    def _might_be(self, name: str, given: dict[str, str]) -> str:
        if IS_A_DAY.search(name):
            return TODAY
        return "1" if given.get("inputmode") == "numeric" or given.get("type") == "number" else "Some words"
