"""Every earlier contact by every agency, with what became of it (F5.18, F5.58, F5.59). Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from onestory.arrive.chronology.rows import shortened, tone
from onestory.arrive.chronology.saying import factor_words, headline, kind_words, reporter_words
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story
from onestory.platform.ui.wording import plural, sentence
from onestory.web.decision_page.known import Known, newest_first

REPORTS = frozenset({"concern", "incident", "breach", "disclosure", "injury", "attendance", "harm"})
"""Kinds by which somebody tells of a child; observations and absences count where they name a need or a risk."""
SIGNS = frozenset({"observation", "absence", "voice"})
AT_FIRST = 14
"""So many stand open on the page; the rest is one press away, and counted."""
YEAR = dt.timedelta(days=365)

OUTCOME_WORDS = {
    "no_further_action": "No further action",
    "information_only": "Kept as information only",
    "malicious": "Judged malicious",
    "closed": "Closed",
}


@dataclass(frozen=True, slots=True)
class ContactShown:
    """One contact: when, by whom, what about, and what was decided on it."""

    entry: str
    when: str
    kind: str
    tone: str
    agency: str
    source: str
    words: str
    outcome: str
    open: bool


@dataclass(frozen=True, slots=True)
class ContactsShown:
    """The contacts, the latest first: those that stand open on the page, and the earlier ones."""

    latest: tuple[ContactShown, ...]
    earlier: tuple[ContactShown, ...]
    told: str


def contacts_shown(known: Known, *, but: str = "") -> ContactsShown:
    """Every contact about the family but the one under decision."""
    entries = newest_first([entry for entry in known.entries if is_contact(entry) and entry.id != but])
    shown = [_shown(entry, known) for entry in entries]
    return ContactsShown(tuple(shown[:AT_FIRST]), tuple(shown[AT_FIRST:]), _told(entries, known))


def is_contact(entry: Entry) -> bool:
    """Whether by this entry somebody told of a child's life."""
    return entry.kind in REPORTS or (entry.kind in SIGNS and bool(entry.factors))


def _told(entries: list[Entry], known: Known) -> str:
    """How many, by how many agencies, how many in the last year, and on how many nobody decided."""
    if not entries:
        return "Searched: no agency that is connected has told of this family before."
    number = sum(entry.count for entry in entries)
    year = sum(entry.count for entry in entries if known.today - entry.happened.first <= YEAR)
    sources = {(entry.reporter.role if entry.reporter else "", entry.by) for entry in entries}
    agencies = plural(len({agency for _, agency in sources}), "agency", "agencies")
    undecided = [entry for entry in entries if entry.kind == "concern" and not known.story.decisions_on(entry.id)]
    said = f"{plural(number, 'contact')} by {agencies}, {year or 'none'} of them in the last twelve months"
    return f"{said}. On {plural(len(undecided), 'concern')} no decision is on record." if undecided else f"{said}."


def _shown(entry: Entry, known: Known) -> ContactShown:
    decided = known.story.decisions_on(entry.id)
    begins, _ = shortened(entry.text or headline(entry) or ", ".join(factor_words(entry.factors)))
    return ContactShown(
        entry=entry.id,
        when=entry.happened.words(),
        kind=kind_words(entry.kind) + (f" ({entry.count})" if entry.count > 1 else ""),
        tone=tone(entry),
        agency=known.names.party(entry.by),
        source=sentence(reporter_words(entry, known.names)),
        words=begins,
        outcome=outcome_words(entry, known.story),
        open=entry.kind == "concern" and not decided,
    )


def outcome_words(entry: Entry, story: Story) -> str:
    """What was decided on an entry, and on what footing: were agencies asked, was the content tested."""
    decided = story.decisions_on(entry.id)
    if not decided:
        return "No decision on record" if entry.kind == "concern" else ""
    last = decided[-1]
    outcome = str(last.own.get("outcome", ""))
    said = [OUTCOME_WORDS.get(outcome) or sentence(headline(last)) or "Decided"]
    if last.own.get("checks_done") is False:
        said.append("agencies not asked")
    if last.own.get("verified") is False:
        said.append("content not tested")
    return f"{', '.join(said)}. {last.text}" if last.text else f"{', '.join(said)}."
