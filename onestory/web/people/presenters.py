"""People that were found, and two records side by side, in words. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from onestory.arrive.matching.finding import Found, Involved, name_of
from onestory.arrive.matching.models import Candidate, FormerName, Join
from onestory.arrive.matching.queries import Side
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.wording import age_words, day_words, listed, moment_words, sentence


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Somebody who may be meant, and what can be done: ``choose`` gives them back to the form that asked."""

    id: str
    name: str
    also: str
    born: str
    why: tuple[str, ...]
    involved: tuple[Involved, ...]
    choose: str
    open: bool
    joins: bool


def found_row(one: Found, today: dt.date, *, choose: str, tied: bool, reviewer: bool) -> FoundRow:
    """One answer in words."""
    if one.mother:
        born = "Not born yet"
    elif one.born:
        born = f"Born {one.born.words()}, {age_words(one.born, today)}"
    else:
        born = "Date of birth not recorded"
    return FoundRow(
        id=str(one.person_id),
        name=one.name,
        also=listed(one.other_names),
        born=born,
        why=tuple(sentence(words) for words in one.why),
        involved=one.involved,
        choose=choose,
        open=tied and one.is_child and not choose,
        joins=reviewer and not choose,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that both records are asked for: what each says, and whether that is the same."""

    label: str
    left: str
    right: str
    mark: str
    tone: str


_FIELDS: tuple[tuple[str, Callable[[AgencyRecord], str], tuple[str, ...]], ...] = (
    ("Name", name_of, ("given_name", "surname")),
    ("Date of birth", lambda one: one.born.words() if one.born else "", ("birth_date",)),
    ("Sex", lambda one: one.sex, ("sex",)),
    ("NHS number", lambda one: one.nhs_number, ("nhs_number",)),
    ("Unique pupil number", lambda one: one.upn, ("upn",)),
)


def compared(candidate: Candidate, reasons: Iterable[dict]) -> list[Line]:
    """The two records field by field, equal and different marked; why it is so stands with it in words."""
    said = {one["aspect"]: one for one in reasons}
    lines = [
        _line(candidate, label, read, [said[one] for one in about if one in said]) for label, read, about in _FIELDS
    ]
    located = [said[one] for one in ("street", "place", "phone") if one in said]
    if located:
        words = "; ".join(one["words"] for one in located)
        lines.append(Line("Where they live", "Not shown here", "Not shown here", sentence(words), _tone(located)))
    return lines


def _line(candidate: Candidate, label: str, read: Callable[[AgencyRecord], str], said: Sequence[dict]) -> Line:
    left, right = read(candidate.record), read(candidate.other)
    if not left or not right:
        mark, tone = ("Only one of them says it" if left or right else "Neither says it"), "unknown"
    elif said:
        mark, tone = sentence("; ".join(one["words"] for one in said)), _tone(said)
    else:
        same = left.casefold() == right.casefold()
        mark, tone = ("Same", "same") if same else ("Different", "different")
    return Line(label, left or "Not recorded", right or "Not recorded", mark, tone)


def _tone(said: Sequence[dict]) -> str:
    if all(one["level"] in ("same", "verified") for one in said):
        return "same"
    return "alike" if all(one["agrees"] for one in said) else "different"


@dataclass(frozen=True, slots=True)
class HeldRow:
    """What one agency holds of a person."""

    agency: str
    name: str
    born: str
    number: str
    since: str


def held_rows(side: Side | Iterable[AgencyRecord]) -> list[HeldRow]:
    """What agencies hold of one person, in words."""
    records = side.records if isinstance(side, Side) else side
    return [
        HeldRow(
            one.agency.name,
            name_of(one),
            one.born.words() if one.born else "",
            one.number,
            day_words(timezone.localdate(one.recorded_at)),
        )
        for one in records
    ]


def former_names(side: Side) -> str:
    """Other names, in one line."""
    return listed(dict.fromkeys(_former(one) for one in side.former))


def _former(name: FormerName) -> str:
    return " ".join(filter(None, (name.given_name, name.family_name)))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pair on the list."""

    id: str
    names: str
    agencies: str
    why: str
    tag: str


def waiting(candidate: Candidate) -> Waiting:
    """A pair in one line."""
    pair = (candidate.record, candidate.other)
    agreeing = "; ".join(one["words"] for one in candidate.reasons if one["agrees"] and one["aspect"] not in _PLACES)
    if candidate.new_evidence:
        tag = "New since it was rejected"
    else:
        tag = "Nobody was sure" if candidate.state == "unsure" else ""
    return Waiting(
        id=str(candidate.id),
        names=" and ".join(name_of(one) for one in pair),
        agencies=" and ".join(one.agency.name for one in pair),
        why=sentence(agreeing),
        tag=tag,
    )


_PLACES = ("street", "place", "phone")


@dataclass(frozen=True, slots=True)
class Story:
    """What became of a join, in sentences, and what can be done about it."""

    id: str
    sentences: tuple[str, ...]
    waits: bool
    stands: bool


def join_story(join: Join, came: Collection[AgencyRecord], stayed: Collection[AgencyRecord]) -> Story:
    """A join in plain words: who, when, why, who confirmed it, whether and why it was taken back."""
    told = [
        f"On {moment_words(join.joined_at)} {join.joined_by.display_name} said that {_whose(came)} and"
        f" {_whose(stayed)} are one person: “{join.reason}”."
    ]
    if join.confirmed_at and join.confirmed_by:
        told.append(f"{join.confirmed_by.display_name} confirmed it on {moment_words(join.confirmed_at)}.")
    elif not join.undone_at:
        told.append(
            "It waits for a second person. Until then nobody sees more than before,"
            " and whatever is closed is closed for both."
        )
    if join.undone_at and join.undone_by:
        told.append(
            f"{join.undone_by.display_name} took it back on {moment_words(join.undone_at)}: “{join.why_undone}”."
            " Every record went back to its person."
        )
    return Story(
        str(join.id), tuple(told), join.undone_at is None and join.confirmed_at is None, join.undone_at is None
    )


def _whose(records: Collection[AgencyRecord]) -> str:
    if not records:
        return "a record that you may not see"
    names = listed(dict.fromkeys(name_of(one) for one in records))
    agencies = listed(dict.fromkeys(one.agency.name for one in records))
    return f"{names}, as held by {agencies},"
