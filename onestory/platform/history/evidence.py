"""What an entry says about harm: whether it is evidence, how strong, and who told.

Only coded keys are read, never the free words of an entry: those are guarded apart and a reader may
not have them. Evidence is not proof. It is what somebody would want answered.
"""

from __future__ import annotations

from enum import IntEnum

from onestory.platform.history.record import Entry

PHYSICAL = frozenset(
    ["physical_abuse_adult", "bruising", "sexual_abuse_adult", "sexual_abuse_child_on_child", "fgm", "faith_abuse"]
)
"""Harm done to a child's body."""

HARM_TO_CHILD = frozenset(
    [
        "emotional_abuse",
        "domestic_abuse_child",
        "child_sexual_exploitation",
        "criminal_exploitation",
        "trafficking",
        "gangs",
        "missing",
        "self_harm",
        "physical_abuse_child_on_child",
        "head_banging",
    ]
)

BODILY_NEED = frozenset({"hunger", "weight_faltering"})
NEGLECT = BODILY_NEED | frozenset(
    ["neglect", "hygiene", "supervision", "home_conditions", "begging", "attendance", "punctuality"]
)
"""Signs that a neglect tool would put together (F5.43, F5.45)."""
_NEGLECT_TOOLS = ("neglect", "graded", "gcp")

DOMESTIC_ABUSE = frozenset({"domestic_abuse_parent"})
MENTAL_HEALTH = frozenset({"mental_health_parent"})
SUBSTANCES = frozenset({"drugs_parent", "alcohol_parent", "substance_unspecified"})
RISKY_ADULT = frozenset({"violence_or_offending_adult", "unknown_adults"})
AVOIDING = frozenset({"carer_avoids_professionals", "disguised_compliance"})

HARMFUL = (
    PHYSICAL | HARM_TO_CHILD | NEGLECT | DOMESTIC_ABUSE | SUBSTANCES | RISKY_ADULT | AVOIDING | {"privately_fostered"}
)
"""Factors that make an observation, a note or an attendance evidence. A parent's mental health or youth does not."""

CRIME_SECTORS = frozenset({"police", "probation", "prison", "youth_justice"})


class Weight(IntEnum):
    """How much an entry says on its own."""

    SIGN = 1  # something was noticed: hunger, a letter about absence, drink on somebody's breath
    REPORT = 2  # somebody told an agency, police came, an order was breached
    HARM = 3  # a child hurt, or said to be hurt, in body


def _injury(entry: Entry, child: bool) -> Weight | None:
    if not child:
        return Weight.REPORT if entry.factors & HARMFUL else Weight.SIGN
    return Weight.SIGN if entry.own.get("explained") == "consistent" else Weight.HARM


def _disclosure(entry: Entry, child: bool) -> Weight | None:
    told_by = entry.reporter.role if entry.reporter else None
    if told_by == "child" or (told_by is None and child):
        return Weight.HARM if entry.factors & PHYSICAL else Weight.REPORT
    if not entry.factors & HARMFUL:
        return None
    return Weight.SIGN if told_by in ("self", None) else Weight.REPORT


def weigh(entry: Entry, children: frozenset[str], sector: str) -> Weight | None:
    """How strong the entry is as evidence of harm to these children; None where it is none.

    ``sector`` is that of the recording agency. A parent who asks for help themselves, and help that
    was kept up, are no evidence (T3.5).
    """
    kind = entry.kind
    child = any(person in children for person in entry.about)
    if kind == "concern":
        if entry.reporter is not None and entry.reporter.role == "self":
            return None
        return Weight.HARM if entry.factors & PHYSICAL else Weight.REPORT
    if kind == "injury":
        return _injury(entry, child)
    if kind == "incident":
        return (Weight.HARM if entry.factors & PHYSICAL else Weight.REPORT) if child or entry.factors else None
    if kind == "breach":
        return Weight.REPORT
    if kind == "disclosure":
        return _disclosure(entry, child)
    if kind == "absence":
        return Weight.SIGN
    return _noticed(entry, sector)


def _noticed(entry: Entry, sector: str) -> Weight | None:
    kind, factors = entry.kind, entry.factors
    if kind in ("observation", "attendance", "voice", "visit"):
        if factors & PHYSICAL:
            return Weight.HARM
        return Weight.SIGN if factors & HARMFUL else None
    if kind == "appointment":
        kept = entry.own.get("outcome") == "kept"
        return Weight.SIGN if factors & (PHYSICAL | BODILY_NEED if kept else HARMFUL) else None
    if kind == "withdrawal":
        return Weight.SIGN if factors & HARMFUL else None
    if kind == "assessment":
        return Weight.HARM if entry.own.get("type") == "medical" and factors & PHYSICAL else None
    if kind in ("note", "check", "request"):
        if factors & HARMFUL or entry.own.get("result") == "adverse":
            return Weight.SIGN
        return Weight.SIGN if "other" in factors and sector in CRIME_SECTORS else None
    return None


def source_of(entry: Entry) -> tuple[str, str]:
    """Who told, so that distinct people can be told apart: an agency, or a kind of reporter with a label.

    Without a label two reporters of one kind count as one: the record does not say that they differ.
    """
    reporter = entry.reporter
    if reporter is None:
        return ("agency", entry.by)
    if reporter.role == "professional":
        return ("agency", reporter.agency or entry.by)
    return (reporter.role, reporter.label)


def used_neglect_tool(entry: Entry) -> bool:
    """Whether the entry says that a tool for neglect was used. Another tool, such as of safer sleep, is none."""
    codes = [entry.own.get("tool", "")] if entry.kind == "tool" else entry.own.get("tools", ())
    return any(word in code.lower() for code in codes for word in _NEGLECT_TOOLS)
