"""Opening a record in an emergency, with whom it is told; asking for one that is not shown; readers on lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from onestory.platform.access import actions as access
from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import hashed_tokens, record_access
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import BreakGlass, Seal, Tie, User
from onestory.platform.access.policies import NotNow
from onestory.platform.access.ties import Kind
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.agencies.policies import CannotChange
from onestory.platform.agencies.queries import posts_of
from onestory.platform.notices.actions import send_notice
from onestory.platform.people.models import AgencyRecord
from onestory.web.opening_records.queries import reader_called


@transaction.atomic
def open_in_emergency(
    person_id: UUID, *, post: Membership, reason: str, scope: str, by: User, at: dt.datetime
) -> BreakGlass:
    """Open a record for one hour. The lead's team is told, and the privacy officer looks into it. Raises NotNow."""
    opened = access.break_glass(person_id, role=post.role, reason=reason, scope=scope, by=by, at=at)
    with keeping():
        records = list(AgencyRecord.objects.filter(person=person_id).order_by("-recorded_at")[:1])
        for team in _teams_that_lead(person_id, at):
            send_notice(
                to_team=team,
                about=records,
                kind="note",
                words=f"{by.display_name}, {post.team}, opened this record in an emergency for one hour: {reason}",
                address=f"/children/{person_id}",
                by=by,
                at=at,
            )
    return opened


@transaction.atomic
def ask_for_what_is_not_shown(
    *, name: str, born: dt.date, post: Membership, reason: str, scope: str, by: User, at: dt.datetime
) -> UUID:
    """Ask in an emergency for the record of the one person of this whole name and birth date.

    Returns a number to give to a second person. Whether there is such a record is not told: where there is none, or an
    interest was declared in it, the number is one that leads nowhere.
    """
    with keeping():
        known = AgencyRecord.objects.filter(label__iexact=name.strip(), born=born.isoformat())
        people = set(known.values_list("person_id", flat=True))
    record_access(
        act=Act.SEARCH,
        what="record asked for in an emergency",
        by=by,
        at=at,
        agency_id=post.team.agency_id,
        role=post.role,
        purpose="Emergency",
        search_tokens=hashed_tokens(f"{name} {born}", key=settings.SECRET_KEY.encode()[:64]),
        result_count=len(people),
    )
    if len(people) != 1:
        return uuid4()
    try:
        return open_in_emergency(people.pop(), post=post, reason=reason, scope=scope, by=by, at=at).pk
    except NotNow:
        return uuid4()


@transaction.atomic
def seal(person_id: UUID, *, ground: Seal.Ground, readers: str, by: User, at: dt.datetime) -> None:
    """Seal a record with its list, a reader or a team a line. Raises CannotChange where one is not known."""
    named = _readers(readers, at)
    sealed = access.seal_record(person_id, ground=ground, by=by, at=at)
    for one in named:
        access.name_in_seal(sealed, **_as_holder(one), by=by, at=at)


@transaction.atomic
def name_more(sealed: Seal, *, readers: str, by: User, at: dt.datetime) -> None:
    """Put more readers on a seal's list. Raises CannotChange."""
    for one in _readers(readers, at):
        access.name_in_seal(sealed, **_as_holder(one), by=by, at=at)


@transaction.atomic
def protect(person_id: UUID, *, reason: str, readers: str, by: User, at: dt.datetime) -> None:
    """Protect where a person lives and goes; the readers, one a line, may know. Raises CannotChange."""
    named = _readers(readers, at) if readers.strip() else []
    access.protect_location(person_id, reason=reason, by=by, at=at)
    list_more(person_id, readers=named, by=by, at=at)


@transaction.atomic
def list_more(person_id: UUID, *, readers: str | Iterable[User | Team], by: User, at: dt.datetime) -> None:
    """Put readers on the list of those who may know where a person is. Raises CannotChange."""
    for one in _readers(readers, at) if isinstance(readers, str) else readers:
        access.list_reader(person_id, **_as_holder(one), by=by, at=at)


def _readers(lines: str, at: dt.datetime) -> list[User | Team]:
    """The readers, one a line."""
    written = [line for line in lines.splitlines() if line.strip()]
    if not written:
        raise CannotChange("readers", "Enter who may open it, one a line")
    return [reader_called(line, timezone.localdate(at)) for line in written]


def _as_holder(reader: User | Team) -> dict[str, UUID]:
    return {"user_id": reader.pk} if isinstance(reader, User) else {"team_id": reader.pk}


def _teams_that_lead(person_id: UUID, at: dt.datetime) -> list[Team]:
    """The teams of whoever leads for the person now, each once."""
    ties = Tie.objects.filter(person=person_id, kind=Kind.LEAD, since_at__lte=at, until_at=None)
    teams: dict[UUID, Team] = {}
    for tie in ties.select_related("user", "team"):
        post = posts_of(tie.user, timezone.localdate(at)).first() if tie.user else None
        teams |= {team.pk: team for team in (tie.team, post.team if post else None) if team}
    return list(teams.values())
