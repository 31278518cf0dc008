"""The page about a child, ready to be shown. Pure: from the history and rows that were read, to words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from onestory.arrive.chronology.narrowing import Family, as_known_on
from onestory.arrive.chronology.rows import names_of
from onestory.arrive.chronology.saying import Names, code_words, headline, kind_words
from onestory.arrive.chronology.sightings import Sightings, sightings
from onestory.platform.history.record import Entry, History, Relationship
from onestory.platform.history.vocabulary import RELATIONS
from onestory.platform.ui.child import Identity, identity_of
from onestory.platform.ui.wording import age_words, listed, sentence, span_words
from onestory.web.family.drawing import draw
from onestory.web.family.family_map import family_map
from onestory.web.family.homes import Step, at_home_with, lives
from onestory.web.family.layout import lay_out
from onestory.web.family.ties import Tie, deaths, eldest_first, is_parent, ties

REPORTING = frozenset(
    {"concern", "incident", "injury", "disclosure", "observation", "attendance", "breach", "absence", "voice"}
)
"""Kinds by which an agency reports something about a child's life, and not only its own work."""


@dataclass(frozen=True, slots=True)
class TieRow:
    """One relationship in words: what it is, where it stands, and everything that was recorded about it."""

    words: str
    status: str
    told: tuple[str, ...]
    relation: str = ""
    others: tuple[tuple[str, str], ...] = ()
    """To whom it is, each with id and name, where it can be changed."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the family."""

    id: str
    name: str
    born: str
    died: str
    ties: tuple[TieRow, ...]


@dataclass(frozen=True, slots=True)
class HomeRow:
    """Where one person lives, by the latest word, and everything that was recorded before: words, source, entry."""

    name: str
    now: str
    at_home: bool
    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SeenRow:
    """When one child was last seen, by whom, and how long ago."""

    child: str
    when: str
    agency: str
    ago: str
    entry: str


@dataclass(frozen=True, slots=True)
class InvolvedRow:
    """One agency: when it last recorded anything, and what it last reported (P3, F5.20)."""

    agency: str
    last: str
    reported: str
    reported_when: str
    entry: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan: its level, when it was opened, whether it is closed, who is named in it."""

    level: str
    opened: str
    closed: str
    agencies: str
    review: str


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """Everything on the page that comes from the history."""

    identity: Identity
    summary: tuple[tuple[str, str], ...]
    svg: Markup | None
    people: tuple[PersonRow, ...]
    homes: tuple[HomeRow, ...]
    seen: tuple[SeenRow, ...]
    involved: tuple[InvolvedRow, ...]
    plans: tuple[PlanRow, ...]


def family_page(family: Family, today: dt.date, phones: Mapping[str, str] | None = None) -> FamilyPage:
    """The page about a child as of today. ``phones``: how to ring an agency, by its id."""
    history = as_known_on(family.history, None)
    names, own = names_of(history), _circle_only(history, family)
    seen = sightings(history, today, family.children)
    plans = tuple(plan_rows(history.entries, names))
    return FamilyPage(
        identity=identity_of(history.people[family.child], today),
        summary=_summary(family.child, seen, plans, names, today),
        svg=_drawn(own, family.child, today),
        people=tuple(people_rows(own, family.child, today)),
        homes=tuple(home_rows(history, family.child, names, today)),
        seen=tuple(seen_row(one, names, today) for one in seen),
        involved=tuple(involved_rows(history.entries, names, today, phones)),
        plans=plans,
    )


def _circle_only(history: History, family: Family) -> History:
    inside = {key: one for key, one in history.people.items() if key in family.circle}
    return replace(history, people=inside)


def _drawn(history: History, child: str, today: dt.date) -> Markup | None:
    the_map = family_map(history, child, today)
    layout = lay_out(the_map) if the_map else None
    title = f"Family map of {history.people[child].label}. The table of people says the same."
    return Markup(draw(the_map, layout, title)) if the_map and layout else None


def _summary(
    child: str, seen: Iterable[Sightings], plans: Iterable[PlanRow], names: Names, today: dt.date
) -> tuple[tuple[str, str], ...]:
    """What somebody opening the page needs first."""
    mine = next((seen_row(one, names, today) for one in seen if one.child.id == child), None)
    is_open = [plan.level for plan in plans if not plan.closed]
    return (
        (
            "Last seen by a professional",
            f"{mine.when}, {mine.agency} ({mine.ago})" if mine and mine.when else "Not on record",
        ),
        ("Open plan", sentence(listed(is_open)) if is_open else "None on record"),
    )


def people_rows(history: History, child: str, today: dt.date) -> Iterable[PersonRow]:
    """The child of the page, the other children eldest first, then the adults, each with their relationships."""
    held, dead = ties(history.relationships), deaths(history.entries)
    children = eldest_first(one for one in history.people.values() if one.is_child)
    children.sort(key=lambda one: one.id != child)
    adults = [one for one in history.people.values() if not one.is_child]
    for one in (*children, *adults):
        born = f"{one.born.words()} ({age_words(one.born, today)})" if one.born else ""
        told = (*_parents_row(one.id, held, history), *_tie_rows(one.id, held, history))
        yield PersonRow(one.id, one.label, born, _death(dead.get(one.id), history), told)


def _death(entry: Entry | None, history: History) -> str:
    if entry is None:
        return ""
    source = history.agencies[entry.by].name if entry.by in history.agencies else ""
    return ", ".join(part for part in (entry.happened.words(), source) if part)


def _parents_row(child: str, held: Iterable[Tie], history: History) -> Iterable[TieRow]:
    """Whose child somebody is, as far as it is confirmed; what is on record of it stands with the parents."""
    parents = [tie.person for tie in held if tie.of == child and is_parent(tie) and tie.status == "confirmed"]
    if parents:
        yield TieRow(f"Child of {listed(history.people[one].label for one in dict.fromkeys(parents))}", "confirmed", ())


def _tie_rows(person: str, held: Iterable[Tie], history: History) -> Iterable[TieRow]:
    """Somebody's relationships; those of which the same is on record are said together."""
    alike: dict[tuple[str, str, tuple[str, ...]], list[tuple[str, str]]] = {}
    for tie in held:
        if tie.person == person:
            told = tuple(recorded(row, history) for row in tie.rows)
            alike.setdefault((tie.relation, tie.status, told), []).append((tie.of, history.people[tie.of].label))
    for (relation, status, told), others in alike.items():
        words = sentence(f"{RELATIONS.get(relation, relation)} of {listed(name for _, name in others)}")
        yield TieRow(words, status, told, relation, tuple(others))


def recorded(row: Relationship, history: History) -> str:
    """One word on a relationship with its date and source: "Alleged, September 2016, Children's Social Care (F5.3)"."""
    source = history.agencies[row.by].name if row.by and row.by in history.agencies else ""
    span = f"from {row.since.words()}" if row.since else ""
    span = f"{span} until {row.until.words()}".strip() if row.until else span
    when = row.known.words() if row.known else "on record from the start"
    said = ", ".join(part for part in (sentence(row.status), when, source, span) if part)
    return f"{said} ({row.ref})" if row.ref else said


def home_rows(history: History, child: str, names: Names, today: dt.date) -> Iterable[HomeRow]:
    """Who lives with the child, and who did: everything on record about it, with its date and source."""
    living = lives(history, today)
    here = at_home_with(child, living)
    for one in living:
        if not any(child in (*step.home_of, step.person) for step in one.steps):
            continue
        told = tuple((_step(step, history, names), step.entry.id) for step in one.steps)
        now = "Lives here" if one.person in here else "Left" if one.now.sort == "left" else "Lives elsewhere"
        if one.person == child:
            now = "Left this home" if one.now.sort == "left" else "Joined this home"
        yield HomeRow(history.people[one.person].label, now, one.person in here, told)


def _step(step: Step, history: History, names: Names) -> str:
    others = listed(history.people[one].label for one in step.home_of)
    home = f" the home of {others}" if others else " the home"
    return f"{sentence(step.sort)}{home}, {step.entry.happened.words()}, {names.party(step.entry.by)}"


def seen_row(one: Sightings, names: Names, today: dt.date) -> SeenRow:
    """When one child was last seen."""
    last = one.last
    if last is None:
        return SeenRow(one.child.label, "", "", "", "")
    days = (today - last.happened.last).days
    ago = "today" if days <= 0 else f"{span_words(days)} ago"
    return SeenRow(one.child.label, last.happened.words(), names.party(last.by), ago, last.id)


def involved_rows(
    entries: Iterable[Entry], names: Names, today: dt.date, phones: Mapping[str, str] | None = None
) -> list[InvolvedRow]:
    """Every agency that recorded something, the one that did so last first, each with its phone where one is known."""
    by_agency: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda one: (one.happened.last, one.happened.first)):
        if entry.happened.first <= today and entry.weight != "system":
            by_agency.setdefault(entry.by, []).append(entry)
    ordered = sorted(by_agency.items(), key=lambda pair: pair[1][-1].happened.last, reverse=True)
    return [replace(_involved(agency, own, names), phone=(phones or {}).get(agency, "")) for agency, own in ordered]


def _involved(agency: str, own: list[Entry], names: Names) -> InvolvedRow:
    reports = [entry for entry in own if entry.kind in REPORTING]
    if not reports:
        return InvolvedRow(names.party(agency), own[-1].happened.words(), "", "", "")
    last = reports[-1]
    said = ": ".join(part for part in (kind_words(last.kind), headline(last) or last.text) if part)
    return InvolvedRow(names.party(agency), own[-1].happened.words(), said, last.happened.words(), last.id)


def plan_rows(entries: Iterable[Entry], names: Names) -> list[PlanRow]:
    """Plans, open ones first, then the latest closed. A plan is closed by the next closing at its level."""
    rows: list[PlanRow] = []
    standing: dict[str, Entry] = {}
    reviews: dict[str, str] = {}
    for entry in sorted((one for one in entries if one.kind == "plan"), key=lambda one: one.happened.last):
        level = str(entry.own.get("type", ""))
        if entry.own.get("review_due"):
            reviews[level] = entry.own["review_due"].words()
        if entry.own.get("stage") == "closed":
            rows.append(_plan(standing.pop(level, None), entry, names, reviews.pop(level, "")))
        elif entry.own.get("stage") == "opened":
            if level in standing:
                rows.append(_plan(standing[level], None, names, reviews.pop(level, "")))
            standing[level] = entry
    still_open = [_plan(entry, None, names, reviews.get(level, "")) for level, entry in standing.items()]
    return [*still_open, *reversed(rows)]


def _plan(opened: Entry | None, closed: Entry | None, names: Names, review: str) -> PlanRow:
    entry = opened or closed
    assert entry is not None
    return PlanRow(
        level=f"{code_words(str(entry.own.get('type', '')))} plan".strip(),
        opened=opened.happened.words() if opened else "not on record",
        closed=closed.happened.words() if closed else "",
        agencies=listed(names.each(entry.own.get("agencies", ()))) if entry.own.get("agencies") else "not stated",
        review="" if closed else review,
    )
