"""Records as the plain keys and values of the format: what the writer prints and what the digests are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestory.arrive.feeds.case_history.circle import social_care_of
from onestory.platform.history.dates import When
from onestory.platform.history.record import (
    Agency,
    ConditionTest,
    Entry,
    History,
    Person,
    Relationship,
    Reporter,
    who_was_told,
)
from onestory.platform.history.vocabulary import KINDS, Shape

if TYPE_CHECKING:
    from onestory.arrive.feeds.case_history.case_file import ExpectedPoint

type Plain = str | list[Plain] | dict[str, Plain]


def plain_person(person: Person) -> dict[str, Plain]:
    """A person's keys, without the id."""
    return _stated(label=person.label, kind="child" if person.is_child else "adult", born=_date(person.born))


def plain_agency(agency: Agency) -> dict[str, Plain]:
    """An agency's keys, without the id."""
    return _stated(name=agency.name, sector=agency.sector, area=agency.area)


def plain_relationship(row: Relationship) -> dict[str, Plain]:
    """A relationship's keys; ``confirmed`` goes without saying."""
    return _stated(
        person=row.person,
        **{"is": row.relation},
        of=row.of,
        status="" if row.status == "confirmed" else row.status,
        known=_date(row.known),
        **{"from": _date(row.since)},
        until=_date(row.until),
        by=row.by or "",
        ref=row.ref,
    )


def plain_entry(entry: Entry) -> dict[str, Plain]:
    """An entry's keys without ``shared_with``. How the program shows it (``weight``) is not the record's."""
    stated = _stated(
        id=entry.id,
        date=entry.happened.text,
        known=_known(entry),
        by=entry.by,
        kind=entry.kind,
        about=list(entry.about),
        seen=list(entry.seen),
        seen_alone=list(entry.seen_alone),
        together=list(entry.together),
        reporter=_reporter(entry.reporter),
        factors=_sorted(entry.factors),
        restricted=entry.restricted or "",
        count="" if entry.count == 1 else str(entry.count),
        text=entry.text,
        ref=entry.ref,
    )
    keys = KINDS[entry.kind].by_name
    stated |= {name: _own(keys[name].shape, value) for name, value in entry.own.items()}
    return stated


def with_who_was_told(entry: Entry, social_care: str | None) -> dict[str, Plain]:
    """An entry's keys as a file has them: ``shared_with`` only where silence would not mean the same.

    Raises ValueError for an entry that the format cannot hold: one that takes the place of another, a
    concern that was not told to the agency to which it was sent, or an entry that its own author does not have.
    """
    if entry.supersedes or entry.withdraws:
        raise ValueError(f"entry {entry.id}: takes the place of another; a file holds only what stands")
    shared = _shared_with(entry, social_care)
    return plain_entry(entry) if shared is None else plain_entry(entry) | {"shared_with": shared}


def plain_point(point: ExpectedPoint) -> dict[str, Plain]:
    """An expected point's keys."""
    return _stated(
        by=point.by.text,
        what=point.what,
        rests_on=list(point.rests_on),
        about=list(point.about),
        ref=point.ref,
        theme=point.theme,
        basis=point.basis,
        min_response=point.min_response,
        earliest_signal=point.earliest_signal,
    ) | {"what": point.what, "rests_on": list(point.rests_on)}


def plain_history(history: History) -> dict[str, Plain]:
    """The whole history under the keys of a file; people and agencies in their order."""
    social_care = social_care_of(history.agencies, history.area)
    return {
        "title": history.title,
        "area": history.area,
        "people": {person.id: plain_person(person) for person in history.people.values()},
        "relationships": [plain_relationship(row) for row in history.relationships],
        "agencies": {agency.id: plain_agency(agency) for agency in history.agencies.values()},
        "entries": [with_who_was_told(entry, social_care) for entry in history.entries],
    }


def _stated(**keys: Plain) -> dict[str, Plain]:
    return {key: value for key, value in keys.items() if value}


def _date(date: When | None) -> str:
    return date.text if date else ""


def _known(entry: Entry) -> str:
    if entry.known is None:
        return "never"
    return "" if entry.known == entry.happened else entry.known.text


def _reporter(reporter: Reporter | None) -> dict[str, Plain]:
    if reporter is None:
        return {}
    return _stated(**{"as": reporter.role}, agency=reporter.agency or "", label=reporter.label)


def _sorted(values: frozenset[str]) -> list[Plain]:
    return [*sorted(values)]


def _shared_with(entry: Entry, social_care: str | None) -> list[Plain] | None:
    sent_to = entry.own.get("to") if entry.kind == "concern" else None

    def told(shared_with: list[str] | None) -> frozenset[str]:
        return who_was_told(
            kind=entry.kind, by=entry.by, shared_with=shared_with, sent_to=sent_to, social_care=social_care
        )

    if told(None) == entry.told:
        return None
    named = sorted(entry.told - told([]))
    if told(named) != entry.told:
        raise ValueError(f"entry {entry.id}: told without its author, or without the agency that it was sent to")
    return list(named)


def _own(shape: Shape, value: Any) -> Plain:
    if shape is Shape.CONDITION:
        return _condition(value)
    if shape is Shape.FORBIDS:
        return {"together": list(value)}
    if isinstance(value, frozenset):
        return _sorted(value)
    return list(value) if isinstance(value, tuple) else _single(value)


def _single(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f").rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _condition(test: ConditionTest) -> dict[str, Plain]:
    clauses: dict[str, Plain] = {
        name: _sorted(getattr(test, name)) for name in ("kinds", "factors", "about", "together") if getattr(test, name)
    }
    if test.relationship:
        wanted = test.relationship
        clauses["relationship"] = {"person": wanted.person, "is": wanted.relation, "of": wanted.of}
    return clauses
