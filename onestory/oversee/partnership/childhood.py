"""What universal services record of children: reviews, school, urgent care, small injuries, moves, a new adult."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from onestory.oversee.partnership.chronicle import Chronicle
from onestory.oversee.partnership.rates import ASSUMED, PUBLISHED

REVIEWS = (("new_birth_visit", 13), ("development_review_1y", 340), ("development_review_2y", 800))
SIGNS = ("hunger", "hygiene", "punctuality")
INJURIES = ("fell in the playground", "bumped into another child", "trapped a finger", "fell from a scooter")


def childhood(told: Chronicle, child: str, born: dt.date, adults: Sequence[str]) -> None:
    """Write what is recorded of any child in the years told."""
    _reviews(told, child, born)
    _urgent_care(told, child, born)
    _school(told, child, born)
    for day in told.times(ASSUMED.appointments_missed):
        if _age(born, day) >= 0:
            _missed(told, child, day, _age(born, day) < 5)


def household(told: Chronicle, children: Sequence[str], adults: Sequence[str]) -> list[str]:
    """Moves, and somebody who joins the home; returns who joined."""
    for day in told.times(ASSUMED.moves):
        told.write(day, "housing", "move", (*children, *adults), told=("school",), text="The family has moved.")
    joined = []
    for place, day in enumerate(told.times(ASSUMED.new_partner)[:1]):
        joined.append(f"partner{place + 1}")
        about = (*children, "mother", joined[-1])
        told.write(day, "school", "household", about, joined=(joined[-1],), text="Somebody has moved in.")
    return joined


def _age(born: dt.date, on: dt.date) -> float:
    return (on - born).days / 365.25


def _reviews(told: Chronicle, child: str, born: dt.date) -> None:
    """Eight in ten are held in time; of the rest most are held late."""
    for service, days in REVIEWS:
        day = born + dt.timedelta(days=days + told.chance.randint(0, 25 if days > 20 else 1))
        if told.happens(PUBLISHED.reviews):
            _held(told, child, day, service)
            continue
        told.write(day, "hv", "appointment", (child,), service=service, outcome="not_brought", text="Not brought.")
        if told.happens(0.7):
            _held(told, child, told.after(day, 14, 60), service)


def _held(told: Chronicle, child: str, day: dt.date, service: str) -> None:
    told.write(day, "hv", "appointment", (child,), seen=(child,), service=service, outcome="kept", text="Held.")


def _urgent_care(told: Chronicle, child: str, born: dt.date) -> None:
    for day in told.times(ASSUMED.urgent_care):
        age = _age(born, day)
        if age < 0 or (age >= 5 and told.happens(0.5)):
            continue
        told.write(day, "ae", "attendance", (child,), seen=(child,), told=("gp",), reason="minor", text="Sent home.")


def _school(told: Chronicle, child: str, born: dt.date) -> None:
    place = {True: "nursery", False: "school"}
    for day in told.times(ASSUMED.small_injury):
        if 1 <= _age(born, day) < 12:
            how = told.chance.choice(INJURIES)
            told.write(
                day,
                place[_age(born, day) < 4],
                "injury",
                (child,),
                seen=(child,),
                severity="minor",
                explained="consistent",
                explanation=how,
                text="Written in the accident book.",
            )
    for day in told.times(ASSUMED.absence):
        if 5 <= _age(born, day) < 16:
            percent = float(told.chance.choice((11, 12, 13, 15, 18, 24, 33)))
            told.write(day, "school", "absence", (child,), factors=("attendance",), sessions_percent=percent, letter=1)
    for day in told.times(ASSUMED.young_sign):
        if 2 <= _age(born, day) < 12:
            sign = (told.chance.choice(SIGNS),)
            told.write(day, place[_age(born, day) < 4], "observation", (child,), seen=(child,), factors=sign)


def _missed(told: Chronicle, child: str, day: dt.date, young: bool) -> None:
    """An appointment to which the child was not brought, and usually the next one kept."""
    nurse = "hv" if young else "sn"
    by, service = told.chance.choice((("gp", "immunisation"), ("ae", "clinic"), (nurse, "clinic")))
    told.write(day, by, "appointment", (child,), service=service, outcome="not_brought")
    if told.happens(0.85):
        later = told.after(day, 7, 40)
        told.write(later, by, "appointment", (child,), seen=(child,), service=service, outcome="kept")
