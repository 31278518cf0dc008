"""Small histories for the chronology's tests."""

from __future__ import annotations

from typing import Any

from onestory.platform.history.dates import parse_when
from onestory.platform.history.record import Agency, Entry, History, Person, Relationship

AGENCIES = {
    one.id: one
    for one in (
        Agency("csc", "Children's Social Care", "childrens_social_care", "Milton Keynes"),
        Agency("school", "School", "school", "Milton Keynes"),
        Agency("hv", "Health Visiting", "health_visiting", "Milton Keynes"),
    )
}
PEOPLE = {
    one.id: one
    for one in (
        Person("mia", "Mia", True, parse_when("2020-03-05")),
        Person("sam", "Sam", True, parse_when("2015-06")),
        Person("mother", "Mother", False),
        Person("father", "Father", False),
        Person("stranger", "Stranger", True, parse_when("2012")),
    )
}
RELATIONSHIPS = (
    Relationship("mother", "mother", "mia"),
    Relationship("mother", "mother", "sam"),
    Relationship("father", "father", "mia", "alleged", parse_when("2020-04"), by="csc", ref="F5.3"),
    Relationship("father", "father", "mia", "confirmed", parse_when("2021-02"), by="csc"),
    Relationship("sam", "half_sibling", "mia"),
)


def entry(id: str, happened: str, kind: str = "note", **given: Any) -> Entry:
    """One entry, known when it happened unless said otherwise."""
    known = given.pop("known", happened)
    said: dict[str, Any] = {"by": "csc", "about": ("mia",), "told": frozenset({given.get("by", "csc")})} | given
    return Entry(id=id, happened=parse_when(happened), known=parse_when(known) if known else None, kind=kind, **said)


def history(*entries: Entry) -> History:
    """A history of these entries."""
    return History("Mia's family", "Milton Keynes", PEOPLE, RELATIONSHIPS, AGENCIES, entries)
