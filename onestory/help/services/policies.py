"""May it happen now? Each check raises a sentence that can be shown, with the field that has to change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from onestory.help.services.lists import gap_sorts, results_of, service_types
from onestory.help.services.models import Service, ServiceRequest
from onestory.platform.access.policies import NotNow
from onestory.platform.access.policy import Tie
from onestory.platform.agencies.models import Team

MAY_ASK = frozenset({Tie.TEAM.value, Tie.FRONT_DOOR.value, Tie.WORKER.value, Tie.LEAD.value})
"""Whoever sees a child's plans in full may ask for help for the child; that an agency knows the child is not enough."""


class CannotKeep(NotNow):
    """It cannot be kept as given; ``field`` names what has to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def check_may_ask(service: Service, *, people: Collection[object], why: str) -> None:
    """A request says for whom and why, of a service that is open (T4.3)."""
    if not people:
        raise CannotKeep("people", "Select whom it is for")
    if not why.strip():
        raise CannotKeep("why", "Enter why it is needed")
    if service.status != Service.Status.ACTIVE:
        raise CannotKeep("why", f"This service is not open: {Service.Status(service.status).label.lower()}")


def check_answers(request: ServiceRequest, team: Team) -> None:
    """The service answers; of one that is not in the program whoever asked writes the answer down."""
    if team.id != (request.asked_team_id or request.asking_team_id):
        raise NotNow("Only the service that was asked answers this")


def check_asked(request: ServiceRequest, team: Team) -> None:
    """Whoever asked takes it back."""
    if team.id != request.asking_team_id:
        raise NotNow("Only the team that asked takes it back")


def check_words(words: str, message: str, field: str = "reason") -> None:
    """A reason is given."""
    if not words.strip():
        raise CannotKeep(field, message)


def check_result(request: ServiceRequest, result: str, words: str) -> None:
    """What came of it is one of what can come of such a service, and is said in words too (F5.22)."""
    if result not in {one.code for one in results_of(request.service.taxonomy_term)}:
        raise CannotKeep("result", "Select what came of it")
    check_words(words, "Enter what came of it", "words")


def check_attendance(*, on: dt.date, today: dt.date) -> None:
    """Somebody came, or did not, on a day that is not still to come."""
    if on > today:
        raise CannotKeep("on", "Enter a day that is not still to come")


def check_gap(*, sort: str, taxonomy_term: str) -> None:
    """What was needed and why it was not to be had (H5)."""
    if taxonomy_term not in service_types():
        raise CannotKeep("taxonomy_term", "Select what was needed")
    if sort not in gap_sorts():
        raise CannotKeep("sort", "Select why it was not to be had")


def fits(service: Service, age: int | None) -> str:
    """One sentence where somebody's age in years is outside what the service says; nothing where it fits."""
    low, high = service.minimum_age, service.maximum_age
    if age is None or (low is None and high is None):
        return ""
    if low is not None and age < low:
        return f"This service is for people of {low} and over."
    if high is not None and age > high:
        return f"This service is for people of {high} and under."
    return ""
