"""Accesses in words. Pure, given the rows. No word of what stood in a record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from django.utils import timezone

from onestory.platform.access.audit import AccessRecord, Act
from onestory.platform.access.decision import policy_in_force
from onestory.platform.access.models import BreakGlass, Conflict
from onestory.platform.access.roles import ROLES
from onestory.platform.access.ties import Kind
from onestory.platform.agencies.sectors import sector_words
from onestory.platform.scrutiny.models import Judgement
from onestory.platform.scrutiny.stretches import Stretch
from onestory.platform.ui.wording import day_words, due_words, listed, moment_words, plural, sentence

PAGES = {
    "family": "the family’s page",
    "chronology": "the chronology",
    "chronology_picture": "the chronology as a picture",
    "chronology_print": "the chronology on paper",
    "known": "what is known, before a decision",
    "alert": "a question of the program",
    "given without a tie": "a child given to a worker by somebody to whom the record was not open",
    "break-glass": "the record, opened in an emergency",
    "break-glass approved": "a record that a colleague had opened in an emergency",
}
LEVELS = {"F": "all of it", "S": "a summary", "I": "who is involved", "M": "that it is protected"}
TO_THE_FAMILY = {
    Act.LOOK: "looked at",
    Act.PRINT: "printed",
    Act.EXPORT: "took a copy of",
    Act.SEND: "sent",
    Act.BREAK_GLASS: "opened in an emergency",
}
BECAUSE = {
    Kind.AGENCY: "their agency works with the person",
    Kind.TEAM: "their team looks after the person",
    Kind.FRONT_DOOR: "they were deciding about a worry that somebody had told them",
    Kind.WORKER: "they are a worker named for the person",
    Kind.LEAD: "they lead the help for the person, or manage whoever does",
    Kind.BREAK_GLASS: "it was an emergency; somebody else has to look into that afterwards",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One access."""

    at: str
    who: str
    what: str
    records: str
    shown: str
    tie: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Group:
    """What one person did on one day."""

    who: str
    on: str
    day: str
    actor: str
    count: str
    says: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A record that was opened in an emergency."""

    id: str
    who: str
    at: str
    record: str
    reason: str
    scope: str
    second: str
    due: str
    overdue: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class Interest:
    """A declared interest."""

    id: str
    who: str
    nature: str
    record: str
    declared: str


def reference(person_id: UUID) -> str:
    """By what a record is called where nothing of it may be told, its owner's name included."""
    digest = blake2b(person_id.bytes, digest_size=4, person=b"onestory-ref").hexdigest().upper()
    return f"Record {digest[:4]}-{digest[4:]}"


def group(stretch: Stretch) -> Group:
    """What one person did on one day, in words."""
    first = stretch.accesses[0]
    return Group(
        who=_who(first),
        on=day_words(stretch.on),
        day=stretch.on.isoformat(),
        actor=str(stretch.actor),
        count=plural(len(stretch.accesses), "time"),
        says=stretch.says,
        lines=tuple(line(one) for one in stretch.accesses),
    )


def line(access: AccessRecord) -> Line:
    """One access in words."""
    return Line(
        at=moment_words(access.at),
        who=_who(access),
        what=f"{Act(access.act).label}: {page_words(access.what)}",
        records=listed(reference(one) for one in access.people) if access.people else "",
        shown=_shown(access.shown),
        tie=Kind(access.tie).label if access.tie in Kind.values else "No tie",
        purpose=access.purpose,
    )


def page_words(what: str) -> str:
    """A page by its name in the program, in words."""
    return PAGES.get(what) or what.replace(":", " ").replace("_", " ")


def opened(row: BreakGlass, today: dt.date) -> Opened:
    """A record that was opened in an emergency, in words."""
    second = row.tie.second_person
    return Opened(
        id=str(row.pk),
        who=row.tie.user.display_name if row.tie.user else "",
        at=moment_words(row.tie.since_at),
        record=reference(row.tie.person_id),
        reason=row.reason,
        scope=row.scope,
        second=second.display_name if second else "",
        due=due_words(row.due_on, today),
        overdue=row.due_on < today,
        outcome=BreakGlass.Outcome(row.outcome).label if row.outcome else "",
    )


def interest(row: Conflict) -> Interest:
    """A declared interest in words."""
    by = "" if row.declared_by_id == row.user_id else f", by {row.declared_by.display_name}"
    return Interest(
        id=str(row.pk),
        who=row.user.display_name,
        nature=Conflict.Nature(row.nature).label,
        record=reference(row.person_id),
        declared=f"{moment_words(row.declared_at)}{by}",
    )


def decided(
    judgements: Iterable[Judgement], openings: Iterable[BreakGlass], *, at_most: int
) -> list[tuple[str, str, str, str]]:
    """What was decided, the newest first: when and by whom, about whom, what, on what it rests."""
    rows = [
        (
            one.at,
            one.by.display_name,
            f"{_who(one.access)}, {day_words(timezone.localdate(one.access.at))}",
            f"{one.get_outcome_display()} ({one.get_why_display().lower()})",
            one.remark,
        )
        for one in judgements
    ]
    rows += [_decided_of(one) for one in openings if one.reconciled_at is not None]
    rows.sort(key=lambda one: one[0], reverse=True)
    return [(f"{moment_words(at)}, {by}", who, what, remark) for at, by, who, what, remark in rows[:at_most]]


def _decided_of(row: BreakGlass) -> tuple[dt.datetime, str, str, str, str]:
    assert row.reconciled_at is not None
    by = row.reconciled_by.display_name if row.reconciled_by else ""
    who = row.tie.user.display_name if row.tie.user else ""
    about = f"{who}, {day_words(timezone.localdate(row.tie.since_at))}: {reference(row.tie.person_id)}"
    return row.reconciled_at, by, about, f"{row.get_outcome_display()} (opened in an emergency)", row.remark


def for_family(accesses: Iterable[AccessRecord], *, keep_safe: bool) -> list[str]:
    """Who looked, in sentences for the family: by role and agency, never by name; by sector alone to keep them safe."""
    return [_sentence_for_family(one, keep_safe) for one in accesses]


def _sentence_for_family(access: AccessRecord, keep_safe: bool) -> str:
    role = ROLES[access.role].name.lower() if access.role in ROLES else "somebody"
    agency = access.agency
    where = "" if agency is None else f" ({sector_words(agency.sector) if keep_safe else agency.name})"
    done = TO_THE_FAMILY.get(Act(access.act), "looked at")
    what = "the record" if access.act == Act.BREAK_GLASS else page_words(access.what)
    because = BECAUSE.get(Kind(access.tie)) if access.tie in Kind.values else None
    why = f", because {because}" if because else ". No reason is on record; it is being looked into"
    return f"{moment_words(access.at)}: {_a(role)}{where} {done} {what}{why}."


def _a(words: str) -> str:
    return f"{'An' if words[0] in 'aeiou' else 'A'} {words}"


def _who(access: AccessRecord) -> str:
    role = ROLES[access.role].name if access.role in ROLES else ""
    parts = [access.actor.display_name, role, access.agency.name if access.agency else ""]
    return ", ".join(part for part in parts if part)


def _shown(shown: Iterable[str]) -> str:
    words = policy_in_force().words
    said = []
    for one in shown:
        info, _, level = one.partition(":")
        known = next((words[known] for known in words if known.value == info), info)
        said.append(f"{known}: {LEVELS.get(level, level)}")
    return sentence("; ".join(said))
