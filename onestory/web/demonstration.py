"""The invented people who work here, loaded for the demonstration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings
from django.db import transaction

from onestory.platform.access.models import User
from onestory.platform.agencies.actions import add_member, ensure_agency, ensure_team
from onestory.platform.agencies.models import Agency

OF_THE_PARTNERSHIP = "safeguarding_partnership"
"""Sector of an agency that no family's record names: the partnership itself."""


@dataclass(frozen=True, slots=True)
class Worker:
    """One row of demonstration/people-who-work-here.yaml."""

    user: str
    name: str
    role: str
    agency: str
    team: str
    inbox: str = ""


def read_people_who_work_here(path: Path) -> Iterator[Worker]:
    """The rows of the file, in its order. Raises TypeError where a row has other keys than Worker."""
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        yield Worker(**{key: str(value) for key, value in row.items()})


@transaction.atomic
def load_people_who_work_here(*, path: Path, since_on: dt.date, at: dt.datetime) -> list[User]:
    """Accounts, teams and memberships of the demonstration; the same file twice, also on another day, changes nothing.

    The first team named for an agency answers what is asked of the agency. Nobody gets a password: signing in by
    choosing a person works in demonstration mode alone. Raises RuntimeError outside it.
    """
    if not settings.DEMO:
        raise RuntimeError("The people of the demonstration are loaded in demonstration mode only.")
    answering: set[str] = set()
    users = []
    for worker in read_people_who_work_here(path):
        agency = _agency(worker, at)
        first = worker.agency not in answering
        answering.add(worker.agency)
        team = ensure_team(
            agency=agency, name=worker.team, inbox_label=worker.inbox, answers_for_agency=first, by=None, at=at
        )
        user = _account(worker)
        if not user.memberships.filter(team=team, role=worker.role).exists():
            add_member(user=user, team=team, role=worker.role, since_on=since_on, by=None, at=at)
        users.append(user)
    return users


def _agency(worker: Worker, at: dt.datetime) -> Agency:
    known = Agency.objects.filter(name=worker.agency).order_by("id").first()
    return known or ensure_agency(name=worker.agency, sector=OF_THE_PARTNERSHIP, area="", by=None, at=at)


def _account(worker: Worker) -> User:
    user, made = User.objects.get_or_create(username=worker.user, defaults={"display_name": worker.name})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
