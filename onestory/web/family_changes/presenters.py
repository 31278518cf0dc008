"""The pages on which a family's record is changed, in words. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from onestory.arrive.chronology.narrowing import Family
from onestory.platform.history.record import History, Person
from onestory.platform.history.vocabulary import RELATIONS
from onestory.platform.ui.child import identity_of
from onestory.platform.ui.wording import age_words, listed, sentence
from onestory.web.asking.asking import Question
from onestory.web.family.presenters import recorded
from onestory.web.family.ties import Tie, eldest_first, ties

PROPOSED = (
    "You propose this. It stands in the chronology as your agency’s entry, and the team of social care that works "
    "with the child is told. They record it, or say why not.",
)
RECORDED = ("Nothing is overwritten: what was on record before stays, with its date and source.",)


def people_of(family: Family) -> list[Person]:
    """Everybody of the child's circle: the child, the other children eldest first, then the adults."""
    inside = [one for key, one in family.history.people.items() if key in family.circle]
    children = sorted(eldest_first(one for one in inside if one.is_child), key=lambda one: one.id != family.child)
    return [*children, *(one for one in inside if not one.is_child)]


def choices_of(people: Iterable[Person], today: dt.date) -> list[tuple[str, str]]:
    """People as choices: name, with the age of those whose birth is on record, so that namesakes can be told apart."""
    return [(one.id, f"{one.label}, {age_words(one.born, today)}" if one.born else one.label) for one in people]


def standing_tie(history: History, person: str, relation: str, of: str) -> Tie | None:
    """What is on record of this relationship; None where nothing is."""
    held = ties(history.relationships)
    return next((tie for tie in held if (tie.person, tie.relation, tie.of) == (person, relation, of)), None)


def tie_question(family: Family, name: str, tie: Tie | None, *, records: bool, back: str, today: dt.date) -> Question:
    """What the page about a relationship asks."""
    told: tuple[str, ...] = ()
    if tie:
        of = family.history.people[tie.of].label
        heading = f"{name}: {RELATIONS[tie.relation]} of {of}"
        said = "; then ".join(recorded(row, family.history) for row in tie.rows)
        told = (f"On record: {said}.",)
    else:
        heading = f"How {name} belongs to this family" if name else "Add somebody to this family"
    return _question(family, heading, told, records=records, back=back, today=today)


def home_question(family: Family, *, records: bool, back: str, today: dt.date) -> Question:
    """What the page about the home asks."""
    return _question(family, "Somebody came to live here, or left", (), records=records, back=back, today=today)


def person_question(family: Family, name: str, *, records: bool, back: str, today: dt.date) -> Question:
    """What the page about one person asks."""
    return _question(family, f"What is on record about {name}", (), records=records, back=back, today=today)


def _question(
    family: Family, heading: str, told: tuple[str, ...], *, records: bool, back: str, today: dt.date
) -> Question:
    return Question(
        heading=heading,
        button="Record" if records else "Propose",
        back=back,
        lead=(*told, *(RECORDED if records else PROPOSED)),
        section="families",
        about=identity_of(family.history.people[family.child], today),
    )


def tie_words(said: dict[str, Any], name: str, relation: str, of: str) -> str:
    """What somebody proposes about a relationship, as a sentence."""
    span = [f"since {said['since'].words()}"] if said.get("since") else []
    span += [f"until {said['until'].words()}"] if said.get("until") else []
    status = "recorded by mistake" if said["status"] == "mistake" else said["status"]
    return f"{', '.join([f'{name} is the {RELATIONS[relation]} of {of}', status, *span])}."


def home_words(said: dict[str, Any], family: Family) -> str:
    """What somebody proposes about the home, as a sentence."""
    people = family.history.people
    home = listed(people[one].label for one in said["children"] if one in people)
    return f"{people[said['person']].label} {said['step']} the home of {home}, {said['happened'].words()}."


def person_words(said: dict[str, Any], name: str) -> str:
    """What somebody proposes about a person, as a sentence."""
    parts = [said["sex"]] if said.get("sex") else []
    parts += [f"died {said['died'].words()}"] if said.get("died") else []
    return sentence(f"{name}: {', '.join(parts)}.")
