"""How an entry is said: its headline and what else its kind records, in plain words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onestory.platform.history.dates import When
from onestory.platform.history.record import ConditionTest, Entry, RelationshipTest
from onestory.platform.history.vocabulary import FACTORS, KINDS, RELATIONS, REPORTERS, Key, Shape

HEADLINE: Mapping[str, tuple[str, ...]] = {
    "appointment": ("service", "outcome"),
    "assessment": ("type", "stage"),
    "action": ("stage",),
    "breach": ("type",),
    "check": ("result",),
    "decision": ("outcome",),
    "injury": ("severity", "explained"),
    "meeting": ("type",),
    "notice": ("stage",),
    "order": ("type", "stage"),
    "plan": ("type", "stage"),
    "protective": ("evidence",),
    "request": ("type", "stage"),
    "tool": ("tool",),
    "visit": ("outcome",),
}
"""The keys of a kind that say at a glance what came of it; they stand beside the tag."""

CODE_WORDS: Mapping[str, str] = {
    "accepted_explanation": "explanation accepted",
    "against": "speaks against relying on it",
    "ced": "emergency department",
    "child_and_family": "child and family assessment",
    "cin_review": "child in need review",
    "consistent": "explanation fits the injury",
    "conference": "child protection conference",
    "development_review_1y": "development review at one year",
    "development_review_2y": "development review at two years",
    "ehcp": "education, health and care plan",
    "gp": "GP",
    "camhs": "CAMHS",
    "for": "speaks for relying on it",
    "inconsistent": "explanation does not fit the injury",
    "information_only": "kept as information only",
    "malicious": "judged malicious",
    "new_birth_visit": "new birth visit",
    "no_access": "no access",
    "no_further_action": "no further action",
    "not_brought": "was not brought",
    "not_made": "visit not made",
    "nothing_adverse": "nothing adverse held",
    "nothing_held": "nothing held",
    "adverse": "something adverse held",
    "pre_birth": "pre-birth",
    "section_47": "section 47 enquiry",
    "seen": "access given",
    "taf": "team around the family",
    "unexplained": "no explanation",
    "wrong_address": "wrong address",
}

KEY_WORDS: Mapping[str, str] = {
    "action": "Action number",
    "agencies": "Agencies named",
    "against": "Against",
    "alleged_malicious": "Alleged to be malicious",
    "answered": "Answered",
    "asked": "Asked",
    "attended": "Police attended",
    "announced": "Announced beforehand",
    "checks_done": "Agencies asked this time",
    "chronology": "Chronology used",
    "covers": "Covers",
    "due": "Due",
    "every": "How often",
    "forbids": "Must not be together",
    "found": "Found",
    "from": "From",
    "if": "If",
    "letter": "Letter number",
    "of": "Of",
    "on_entries": "Decided on",
    "owner": "Owed by",
    "present": "Present",
    "protects": "Protects",
    "request": "Request number",
    "review_due": "Review due",
    "sessions_percent": "Sessions missed",
    "signed_by": "Signed by",
    "tested": "Tested",
    "then": "Then",
    "to": "To",
    "to_area": "To the area of",
    "tools": "Tools used",
    "unless": "Unless",
    "until": "Until",
    "verified": "Checked by something other than asking the person complained of",
}

PERIOD_WORDS = {
    "P1W": "every week",
    "P2W": "every two weeks",
    "P1M": "every month",
    "P2M": "every two months",
    "P3M": "every three months",
    "P6M": "every six months",
    "P1Y": "every year",
}


_AT_AN_AGE = re.compile(r" (\d+)([dwmy])\Z")
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called: people and agencies by their names, entries by how they are pointed to."""

    people: Mapping[str, str]
    agencies: Mapping[str, str]
    entries: Mapping[str, str]

    def party(self, one: str) -> str:
        """The name of a person or an agency; an id that is neither stays as it is."""
        return self.people.get(one) or self.agencies.get(one) or one

    def each(self, ids: Iterable[str]) -> list[str]:
        """The names of several, in their order."""
        return [self.party(one) for one in ids]


def code_words(code: str) -> str:
    """A code as a reader says it: ``no_access`` is "no access", ``development_review_6w`` "… at 6 weeks"."""
    words = CODE_WORDS.get(code, code.replace("_", " "))
    return _AT_AN_AGE.sub(lambda found: f" at {found[1]} {_UNITS[found[2]]}", words)


def factor_words(codes: Iterable[str]) -> tuple[str, ...]:
    """Factors by their names, in the census' order."""
    known = set(codes)
    return tuple(factor.label for code, factor in FACTORS.items() if code in known)


def kind_words(kind: str) -> str:
    """The name of a kind of entry."""
    return KINDS[kind].label if kind in KINDS else kind


def headline(entry: Entry) -> str:
    """What came of it, in a few words: "new birth visit, was not brought"; empty where nothing is stated."""
    said = [code_words(str(entry.own[key])) for key in HEADLINE.get(entry.kind, ()) if entry.own.get(key)]
    return ", ".join(said)


def details(entry: Entry, names: Names) -> tuple[tuple[str, str], ...]:
    """Everything else that the kind's own keys state, each with its label, in the kind's order."""
    shown = HEADLINE.get(entry.kind, ())
    keys = KINDS[entry.kind].keys if entry.kind in KINDS else ()
    stated = ((key, entry.own[key.name]) for key in keys if key.name in entry.own and key.name not in shown)
    return tuple((_label(key, entry), value_words(key, value, names)) for key, value in stated)


def _label(key: Key, entry: Entry) -> str:
    if key.name == "of" and entry.kind == "request":
        return "Asked of"
    return KEY_WORDS.get(key.name, key.name.replace("_", " ").capitalize())


def value_words(key: Key, value: Any, names: Names) -> str:
    """One value of a kind's own key in words."""
    match key.shape:
        case Shape.TRUTH:
            return "yes" if value else "no"
        case Shape.WHEN:
            return value.words() if isinstance(value, When) else str(value)
        case Shape.PERCENT:
            return f"{value:g} %"
        case Shape.CODE | Shape.CHOICE:
            return code_words(str(value))
        case Shape.PERIOD:
            return PERIOD_WORDS.get(str(value), str(value))
        case Shape.CODES:
            return ", ".join(code_words(code) for code in value)
        case Shape.FACTORS:
            return ", ".join(factor_words(value))
        case Shape.CONDITION:
            return condition_words(value, names)
        case Shape.ENTRY:
            return names.entries.get(str(value), str(value))
        case Shape.ENTRIES:
            return "; ".join(names.entries.get(one, one) for one in value)
        case Shape.PEOPLE | Shape.AGENCIES | Shape.PARTIES | Shape.FORBIDS:
            return ", ".join(names.each(value))
        case Shape.PERSON | Shape.AGENCY | Shape.PARTY:
            return ", ".join(names.each(value if isinstance(value, tuple) else (value,)))
        case _:
            return str(value)


def condition_words(test: ConditionTest, names: Names) -> str:
    """When a standing condition fires: "any concern about Mother"; every part must match."""
    parts = []
    if test.kinds:
        parts.append(f"there is a new {' or '.join(sorted(kind_words(kind).lower() for kind in test.kinds))}")
    if test.factors:
        parts.append(f"it names {' or '.join(factor_words(test.factors))}")
    if test.about:
        parts.append(f"it is about {' and '.join(sorted(names.each(test.about)))}")
    if test.together:
        parts.append(f"{' and '.join(sorted(names.each(test.together)))} are in contact")
    if test.relationship:
        parts.append(_relationship_words(test.relationship, names))
    return ", and ".join(parts)


def _relationship_words(test: RelationshipTest, names: Names) -> str:
    relation = RELATIONS.get(test.relation, test.relation)
    return f"it is confirmed that {names.party(test.person)} is the {relation} of {names.party(test.of)}"


def reporter_words(entry: Entry, names: Names) -> str:
    """Who told, as far as it is recorded: "a family member (maternal grandmother)"; empty where not stated."""
    told = entry.reporter
    if told is None:
        return ""
    who = REPORTERS.get(told.role, told.role)
    more = ", ".join(part for part in (told.label, names.agencies.get(told.agency or "", "")) if part)
    return f"{who} ({more})" if more else who
