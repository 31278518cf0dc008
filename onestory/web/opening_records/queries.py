"""Reading what the pages of opening and closing show: always what the reader sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from onestory.platform.access.models import (
    BreakGlass,
    CareHistoryBasis,
    CareHistoryWish,
    Listing,
    LocationProtection,
    Seal,
    SealName,
    ShareDecision,
    Threat,
    User,
)
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Agency, Membership, Team
from onestory.platform.agencies.policies import CannotChange
from onestory.platform.agencies.queries import posts_of
from onestory.platform.history.dates import When
from onestory.platform.history.models import Entry
from onestory.platform.history.reach import people_near
from onestory.platform.people.models import AgencyRecord


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose record a page is about, as the reader sees them."""

    id: UUID
    name: str
    born: When | None
    is_child: bool

    def words(self) -> str:
        """Name and birth date in one line."""
        return f"{self.name}, born {self.born.words()}" if self.born else self.name


def whose(sight: Sight, person_id: UUID) -> Whose | None:
    """The person by the newest record that the reader sees; None where they may not know of the person."""
    rows = visible_to(sight, AgencyRecord.objects.filter(person=person_id)).select_related("person")
    newest = rows.order_by("-recorded_at", "-id").first()
    if newest is None:
        return None
    return Whose(person_id, newest.label, cast("When | None", newest.born), newest.person.is_child)


@dataclass(frozen=True, slots=True)
class Closings:
    """What closes a person's record, or a part of it, now."""

    seal: Seal | None
    names: tuple[SealName, ...]
    location: LocationProtection | None
    listings: tuple[Listing, ...]
    wishes: tuple[CareHistoryWish, ...]
    bases: tuple[CareHistoryBasis, ...]


def closings_of(person_id: UUID) -> Closings:
    """What is in force for the person; for a page that its lead alone sees."""
    seal = Seal.objects.filter(person=person_id, ended_at=None).select_related("opening_asked_by").first()
    names = SealName.objects.filter(seal=seal, ended_at=None).select_related("user", "team__agency") if seal else []
    listings = Listing.objects.filter(person=person_id, ended_at=None).select_related("user", "team__agency")
    return Closings(
        seal,
        tuple(names),
        LocationProtection.objects.filter(person=person_id, ended_at=None).first(),
        tuple(listings),
        tuple(CareHistoryWish.objects.filter(person=person_id, ended_at=None).select_related("agency")),
        tuple(CareHistoryBasis.objects.filter(person=person_id, ended_at=None).select_related("agency")),
    )


@dataclass(frozen=True, slots=True)
class Danger:
    """From whom somebody is to be kept safe, by the name under which the reader knows them."""

    id: UUID
    name: str
    reason: str
    since: dt.datetime


def dangers_to(sight: Sight, person_id: UUID) -> tuple[Danger, ...]:
    """From whom the person is to be kept safe now; for pages of those who may say so."""
    threats = list(Threat.objects.filter(person=person_id, ended_at=None).order_by("made_at", "id"))
    names = _names(sight, [one.alleged_id for one in threats])
    return tuple(
        Danger(one.pk, names.get(one.alleged_id, "Somebody of whom you see no record"), one.reason, one.made_at)
        for one in threats
    )


def people_around(sight: Sight, person_id: UUID) -> dict[UUID, str]:
    """Everybody near the person of whom the reader sees a record, by name: whom a danger can be said to come from."""
    near = people_near([person_id])[person_id] - {person_id}
    named = _names(sight, near)
    return dict(sorted(named.items(), key=lambda one: (one[1].casefold(), str(one[0]))))


def _names(sight: Sight, people: Iterable[UUID]) -> dict[UUID, str]:
    """Each by the newest record that the reader sees."""
    rows = visible_to(sight, AgencyRecord.objects.filter(person__in=list(people)))
    return dict(rows.order_by("recorded_at", "id").values_list("person_id", "label"))


def threat_numbered(person_id: UUID, threat_id: UUID) -> Threat | None:
    """One danger to the person, while it is in force."""
    return Threat.objects.filter(pk=threat_id, person=person_id, ended_at=None).first()


def seal_numbered(seal_id: UUID) -> Seal | None:
    """A seal in force that somebody has asked to open."""
    rows = Seal.objects.select_related("opening_asked_by").exclude(opening_asked_by=None)
    return rows.filter(pk=seal_id, ended_at=None).first()


def reader_called(words: str, today: dt.date) -> User | Team:
    """The one person who works here today, or the one team, of this name. Raises CannotChange."""
    sought = " ".join(words.split())
    users = [user for user in _users_called(sought) if posts_of(user, today).exists()]
    teams = [team for team in Team.objects.select_related("agency") if sought.casefold() in _names_of(team)]
    found: list[User | Team] = [*users, *teams]
    if len(found) != 1:
        many = "Several are" if found else "Nobody is"
        raise CannotChange("readers", f"{many} called “{sought}”. Write a user name, or a team as “Team, Agency”")
    return found[0]


def _users_called(words: str) -> list[User]:
    by_username = list(User.objects.filter(username__iexact=words, is_active=True))
    return by_username or list(User.objects.filter(display_name__iexact=words, is_active=True))


def _names_of(team: Team) -> set[str]:
    return {team.name.casefold(), str(team).casefold()}


def opened_numbered(number: UUID) -> BreakGlass | None:
    """A record opened in an emergency that waits for a second person."""
    rows = BreakGlass.objects.select_related("tie__user").filter(tie__second_person=None)
    return rows.filter(pk=number).first()


def opened_by(user: User, number: UUID) -> BreakGlass | None:
    """What the user asked for under this number, while the hour lasts."""
    return BreakGlass.objects.select_related("tie").filter(pk=number, tie__user=user).first()


def post_at(opened: BreakGlass) -> Membership | None:
    """The post of whoever opened a record, on that day."""
    return post_of(opened.tie.user, opened.tie.since_at)


def post_of(user: User | None, at: dt.datetime | None) -> Membership | None:
    """Somebody's post on the day of an instant."""
    return posts_of(user, timezone.localdate(at)).first() if user and at else None


def own_entry(sight: Sight, entry_id: UUID) -> Entry | None:
    """An entry of the reader's own agency that the reader sees."""
    rows = visible_to(sight, Entry.objects.filter(pk=entry_id, agency=sight.agency_id))
    return rows.select_related("agency").first()


def share_decisions_of(entry: Entry) -> QuerySet[ShareDecision]:
    """What was decided about sharing the entry, in force or not, the newest first."""
    rows = ShareDecision.objects.filter(entry=entry).select_related("to_agency", "made_by")
    return rows.order_by("-made_at", "-id")


def other_agencies(sight: Sight) -> QuerySet[Agency]:
    """Agencies other than the reader's, by name."""
    return Agency.objects.exclude(pk=sight.agency_id).order_by("name", "area")


def listing_numbered(person_id: UUID, listing_id: UUID) -> Listing | SealName | None:
    """One place on a list of the person's, while it is in force."""
    listed = Listing.objects.filter(pk=listing_id, person=person_id, ended_at=None).select_related("user", "team")
    named = SealName.objects.filter(pk=listing_id, seal__person=person_id, ended_at=None).select_related("user", "team")
    return listed.first() or named.first()
