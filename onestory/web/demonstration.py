"""The invented people who work here, loaded for the demonstration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from onestory.platform.access.facts import Fact, LeadProfessional, NamedWorker, TeamAnswers
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.settling import begin_ties
from onestory.platform.agencies.actions import add_member, ensure_agency, ensure_team
from onestory.platform.agencies.models import Agency, Membership
from onestory.platform.people.models import AgencyRecord

LEADING = frozenset({"duty_social_worker", "social_work_manager", "early_help_lead"})
"""Roles in which somebody of the demonstration leads for every family that their agency knows."""
ONLY_IN_THE_TEAM = frozenset({"teacher", "partnership_administrator", "privacy_officer"})
"""Roles in which nobody of the demonstration is anybody's named worker."""
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
    phone: str = ""


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
            agency=agency,
            name=worker.team,
            inbox_label=worker.inbox,
            phone=worker.phone,
            answers_for_agency=first,
            by=None,
            at=at,
        )
        user = _account(worker)
        if not user.memberships.filter(team=team, role=worker.role).exists():
            add_member(user=user, team=team, role=worker.role, since_on=since_on, by=None, at=at)
        users.append(user)
    _tie(since_on=since_on, users=users)
    return users


def _tie(*, since_on: dt.date, users: Iterable[User]) -> None:
    """Let everybody be tied to the people of whom their agency holds a record, as they would be by their work."""
    since = timezone.make_aware(dt.datetime.combine(since_on, dt.time.min))
    posts = Membership.objects.filter(user__in=users, since_on__lte=since_on).select_related("team")
    with keeping():
        known = set(AgencyRecord.objects.values_list("agency_id", "person_id"))
    by_agency: dict[UUID, list[str]] = {}
    for agency, person in sorted(known):
        by_agency.setdefault(agency, []).append(str(person))
    for post in posts:
        people = by_agency.get(post.team.agency_id, [])
        begin_ties(facts=_facts(post, people, since), by=None, at=since)


def _facts(post: Membership, people: Iterable[str], since: dt.datetime) -> Iterator[Fact]:
    user, team = str(post.user_id), str(post.team_id)
    for person in people:
        yield TeamAnswers(since=since, team=team, person=person)
        if post.role in LEADING:
            yield LeadProfessional(since=since, user=user, person=person)
        elif post.role not in ONLY_IN_THE_TEAM:
            yield NamedWorker(since=since, user=user, person=person)


def _agency(worker: Worker, at: dt.datetime) -> Agency:
    known = Agency.objects.filter(name=worker.agency).order_by("id").first()
    return known or ensure_agency(name=worker.agency, sector=OF_THE_PARTNERSHIP, area="", by=None, at=at)


def _account(worker: Worker) -> User:
    user, made = User.objects.get_or_create(username=worker.user, defaults={"display_name": worker.name})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
