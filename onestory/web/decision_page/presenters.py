"""Everything known before a decision, on one page, in words (D2). Pure: from a family as its reader sees it.

The order is that in which somebody decides: what was promised for this case, what was tried, what was told, who is
there. Nothing is scored, and nothing is left out without saying so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from onestory.arrive.chronology.narrowing import Family
from onestory.platform.history.record import History
from onestory.platform.ui.child import Identity, identity_of
from onestory.platform.ui.wording import day_words, listed
from onestory.web.decision_page.conditions import ConditionShown, conditions_shown
from onestory.web.decision_page.contacts import ContactsShown, contacts_shown
from onestory.web.decision_page.gaps import Connected, GapShown, gaps_shown
from onestory.web.decision_page.known import Known
from onestory.web.decision_page.patterns import PatternShown, patterns_found
from onestory.web.decision_page.plans import PlanShown, plans_shown
from onestory.web.decision_page.seen import MissedShown, missed_shown, seen_shown
from onestory.web.family.presenters import InvolvedRow, SeenRow, involved_rows, people_rows


@dataclass(frozen=True, slots=True)
class LifeRow:
    """One person in the child's life, in a line."""

    name: str
    born: str
    ties: str
    belief: str


@dataclass(frozen=True, slots=True)
class WhatIsKnown:
    """The page without its form."""

    identity: Identity
    told: str
    past_day: str
    conditions: tuple[ConditionShown, ...]
    plans: tuple[PlanShown, ...]
    contacts: ContactsShown
    seen: tuple[SeenRow, ...]
    missed: tuple[MissedShown, ...]
    agencies: tuple[InvolvedRow, ...]
    life: tuple[LifeRow, ...]
    patterns: tuple[PatternShown, ...]
    gaps: tuple[GapShown, ...]


def what_is_known(
    family: Family,
    today: dt.date,
    *,
    connected: Iterable[Connected] = (),
    phones: dict[str, str] | None = None,
    asked: tuple[PatternShown, ...] | None = None,
    concern: str = "",
    past: bool = False,
) -> WhatIsKnown:
    """What is on record on ``today``. ``asked``: questions that the reader may know of; None: what the rules find.

    ``concern``: id of the entry under decision, which stands apart; ``past``: the day is over, and the page says so.
    """
    known = Known(family, today)
    under_decision = known.story.entry(concern) if concern else None
    return WhatIsKnown(
        identity=identity_of(known.history.people[family.child], today),
        told=_told(known),
        past_day=day_words(today) if past else "",
        conditions=conditions_shown(known),
        plans=plans_shown(known),
        contacts=contacts_shown(known, but=concern),
        seen=seen_shown(known),
        missed=missed_shown(known),
        agencies=tuple(involved_rows(known.entries, known.names, known.today, phones)),
        life=tuple(life_rows(known)),
        patterns=patterns_found(known) if asked is None else asked,
        gaps=gaps_shown(known, connected, since=under_decision),
    )


def _told(known: Known) -> str:
    entries = known.entries
    if not entries:
        return "Nothing is on record about this family before today."
    first = min(entry.happened.first for entry in entries).year
    last = max(entry.happened.last for entry in entries).year
    span = str(first) if first == last else f"{first} to {last}"
    return f"{len(entries)} entries by {len({entry.by for entry in entries})} agencies, {span}"


def life_rows(known: Known) -> Iterable[LifeRow]:
    """Who is in the child's life: each in a line, with what was believed of a relationship and when (P2)."""
    inside = {key: one for key, one in known.history.people.items() if key in known.family.circle}
    own = History("", "", inside, known.history.relationships, known.history.agencies, ())
    for person in people_rows(own, known.family.child, known.today):
        doubted = [tie for tie in person.ties if len(tie.told) > 1 or tie.status != "confirmed"]
        yield LifeRow(
            name=person.name,
            born=person.born,
            ties=listed(_tie_words(tie.words, tie.status) for tie in person.ties),
            belief="; ".join(" → ".join(tie.told) for tie in doubted),
        )


def _tie_words(words: str, status: str) -> str:
    lower = words[:1].lower() + words[1:]
    return lower if status == "confirmed" else f"{lower} ({status})"


def changes_shown(theirs: Mapping[str, Any], form: Form) -> tuple[tuple[str, str], ...]:
    """What somebody else wrote meanwhile, field by field, where it differs from what this person sent."""
    mine = form.data
    return tuple(
        (str(form[name].label), ", ".join(value) if isinstance(value, list) else str(value))
        for name, value in theirs.items()
        if name in form.fields and str(mine.get(name, "")) != str(value)
    )
