"""What follows when somebody is worried about a family: referral, decision, assessment, plan, as services record it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from onestory.oversee.partnership.chronicle import Chronicle
from onestory.oversee.partnership.rates import ASSUMED, PUBLISHED, SOURCES
from onestory.platform.history.record import Reporter

WORRIES = (
    ("domestic_abuse_parent",),
    ("domestic_abuse_parent",),
    ("mental_health_parent",),
    ("neglect",),
    ("neglect", "home_conditions"),
    ("physical_abuse_adult",),
    ("emotional_abuse",),
    ("alcohol_parent",),
    ("drugs_parent",),
    ("supervision",),
    ("attendance",),
    ("socially_unacceptable_behaviour",),
)
LOOKED_AT = (
    "domestic_abuse_parent",
    "mental_health_parent",
    "alcohol_parent",
    "drugs_parent",
    "neglect",
    "emotional_abuse",
    "supervision",
    "home_conditions",
)
"""What any assessment of a whole family looks at."""
CHECKED = ("police", "school", "gp")
EVERY_DAYS = 28


def referrals(told: Chronicle, children: Mapping[str, dt.date], adults: Sequence[str]) -> None:
    """Referrals of the years told, each with what follows; one in five brings another within the year."""
    busy_until = told.begins_on
    for day in _days(told):
        young = [child for child, born in children.items() if born <= day and (day - born).days < 18 * 365]
        if young:
            busy_until = _referral(told, day, young, adults, under_plan=day < busy_until) or busy_until


def _days(told: Chronicle) -> list[dt.date]:
    """First referrals at what is left of the rate; each brings another within a year as often as published."""
    found = []
    for first in told.times(PUBLISHED.referrals * (1 - PUBLISHED.repeated), days_before=360):
        day: dt.date | None = first
        while day is not None and day <= told.ends_on:
            found.append(day)
            day = day + dt.timedelta(days=told.chance.randint(5, 360)) if told.happens(PUBLISHED.repeated) else None
    return sorted(day for day in found if day >= told.begins_on)


def _referral(
    told: Chronicle, day: dt.date, children: Sequence[str], adults: Sequence[str], *, under_plan: bool
) -> dt.date | None:
    """One referral; returns until when a plan is open because of it."""
    worry = told.chance.choice(WORRIES)
    source = told.chance.choices(list(SOURCES), weights=list(SOURCES.values()))[0]
    about = (*children, *adults)
    concern = _reported(told, day, source, worry, about)
    careful = not told.happens(ASSUMED.left_out)
    decided = told.after(day, 0, 1)
    if under_plan:
        told.write(decided, "csc", "decision", children, outcome="advice", on_entries=(concern,), checks_done=True)
        _seen(told, told.after(day, 1, 5), children)
        return None
    way = told.chance.random()
    if way < ASSUMED.assessed:
        return _assessed(told, decided, concern, children, about, worry, careful)
    if careful:
        told.write(
            decided, "csc", "check", about, asked=CHECKED, answered=CHECKED, result="nothing_adverse", text="Asked."
        )
    if way < ASSUMED.assessed + ASSUMED.early_help:
        return _early_help(told, decided, concern, children, careful)
    outcome = told.chance.choice(("no_further_action", "advice", "information_only"))
    if careful and told.happens(0.6):
        _seen(told, decided, children, by="school" if source != "health" else "hv")
    told.write(
        decided,
        "csc",
        "decision",
        children,
        outcome=outcome,
        on_entries=(concern,),
        checks_done=careful,
        text="Closed.",
    )
    return None


def _reported(told: Chronicle, day: dt.date, source: str, worry: Sequence[str], about: Sequence[str]) -> str:
    if source == "police":
        return told.write(day, "police", "incident", about, factors=worry, told=("csc",), attended=True)
    who = {
        "school": Reporter("professional", "school"),
        "health": Reporter("professional", told.chance.choice(("gp", "ae", "hv"))),
        "agency": Reporter("professional", told.chance.choice(("eh", "housing", "amh", "da"))),
        "family": Reporter("family", None, told.chance.choice(("grandmother", "aunt", "father"))),
        "anonymous": Reporter("anonymous"),
    }[source]
    return told.write(day, "csc", "concern", about, factors=worry, reporter=who)


def _seen(told: Chronicle, day: dt.date, children: Sequence[str], by: str = "csc", alone: bool = True) -> None:
    told.write(day, by, "visit", children, seen=children, alone=alone, outcome="seen", told=("csc",), text="Seen.")


def _early_help(
    told: Chronicle, decided: dt.date, concern: str, children: Sequence[str], careful: bool
) -> dt.date | None:
    told.write(decided, "csc", "decision", children, outcome="early_help", on_entries=(concern,), checks_done=careful)
    if not careful and told.happens(0.4):
        return None
    opened, closed = told.after(decided, 7, 21), told.after(decided, 120, 260)
    told.write(opened, "eh", "plan", children, type="early_help", stage="opened", agencies=("eh", "school"))
    _seen(told, told.after(opened, 3, 14), children, by="eh", alone=careful)
    told.write(closed, "eh", "plan", children, type="early_help", stage="closed", text="Goals met.")
    return closed


def _assessed(
    told: Chronicle,
    decided: dt.date,
    concern: str,
    children: Sequence[str],
    about: Sequence[str],
    worry: Sequence[str],
    careful: bool,
) -> dt.date | None:
    told.write(decided, "csc", "decision", children, outcome="assessment", on_entries=(concern,), checks_done=careful)
    told.write(decided, "csc", "assessment", children, type="child_and_family", stage="started")
    serious = told.happens(ASSUMED.child_protection) or "physical_abuse_adult" in worry
    if serious and careful:
        told.write(decided, "csc", "meeting", about, type="strategy", present=("csc", "police", "gp"))
    seen = told.after(decided, 1, 10)
    if careful or told.happens(0.7):
        _seen(told, seen, children, alone=careful)
    done = told.after(decided, 15, 44)
    told.write(
        done,
        "csc",
        "assessment",
        about,
        seen=children if careful else (),
        alone=careful,
        factors=_found(told, worry),
        type="child_and_family",
        stage="completed",
        chronology=careful,
        covers=frozenset({*LOOKED_AT, *worry}),
    )
    return _after_assessment(told, done, children, careful, serious)


def _found(told: Chronicle, worry: Sequence[str]) -> frozenset[str]:
    """What the assessment names: two needs as often as published, the others as they were reported."""
    found = set(worry) - {"domestic_abuse_parent", "mental_health_parent"}
    if told.happens(PUBLISHED.domestic_abuse):
        found.add("domestic_abuse_parent")
    if told.happens(PUBLISHED.mental_health):
        found.add("mental_health_parent")
    return frozenset(found)


def _after_assessment(
    told: Chronicle, done: dt.date, children: Sequence[str], careful: bool, serious: bool
) -> dt.date | None:
    way = told.chance.random()
    if way < ASSUMED.child_protection:
        told.write(told.after(done, 3, 10), "csc", "meeting", children, type="conference", present=("csc", "police"))
        return _plan(told, told.after(done, 3, 10), children, "child_protection", careful)
    if way < ASSUMED.child_protection + ASSUMED.child_in_need:
        return _plan(told, told.after(done, 1, 7), children, "child_in_need", careful)
    told.write(done, "csc", "decision", children, outcome="closed", checks_done=careful, text="Assessment ended.")
    return None


def _plan(told: Chronicle, opened: dt.date, children: Sequence[str], kind: str, careful: bool) -> dt.date:
    """A plan with visits every four weeks, now and then a door not opened, reviews, and an end."""
    agencies = ("csc", "school", "hv")
    due = told.after(opened, 80, 90)
    told.write(opened, "csc", "plan", children, type=kind, stage="opened", agencies=agencies)
    closed = told.after(opened, 170, 420)
    day = told.after(opened, 5, 10)
    while day < closed:
        if told.happens(0.06):
            told.write(day, "csc", "visit", children, outcome="no_access")
            day = told.after(day, 2, 7)
        _seen(told, day, children, alone=careful or told.happens(0.5))
        if day >= due and (careful or told.happens(0.5)):
            told.write(day, "csc", "plan", children, type=kind, stage="reviewed", agencies=agencies)
            due = told.after(day, 80, 90)
        day = told.after(day, EVERY_DAYS - 6, EVERY_DAYS + 6)
    told.write(closed, "csc", "plan", children, type=kind, stage="closed", agencies=agencies, text="Goals met.")
    if careful:
        told.write(closed, "csc", "notice", children, of="closing", to=("school", "hv"), stage="sent")
        told.write(
            told.after(closed, 1, 4), "school", "notice", children, of="closing", to=("csc",), stage="acknowledged"
        )
        until = told.after(closed, 180, 190)
        told.write(closed, "csc", "aftercare", children, who="school", what="talk with the children", every="P1M")
        check = told.after(closed, 20, 28)
        while check < until:
            told.write(check, "school", "voice", children, seen=children, alone=True)
            check = told.after(check, 24, 28)
    return closed
