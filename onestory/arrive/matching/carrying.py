"""What goes along with a person who is joined to another, and ends when that is undone.

What closes a record (conflicts, seals, threats, protected locations, wishes) goes along at once. What opens one (ties,
listings, names in a seal, bases, addresses held) goes along when a second person has confirmed the join. Each is a new
row beside the old one, which stays with its own person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Model

from onestory.arrive.matching.models import Join
from onestory.platform.access.actions import end_tie, grant_tie, take_back_protection
from onestory.platform.access.models import (
    AddressHeld,
    CareHistoryBasis,
    CareHistoryWish,
    Conflict,
    Listing,
    LocationProtection,
    Seal,
    SealName,
    Threat,
    Tie,
    User,
)
from onestory.platform.access.ties import Because, Kind

Row = dict[str, str]

_CLOSING: Mapping[type[Model], tuple[str, ...]] = {
    Conflict: ("user_id", "nature"),
    LocationProtection: ("reason",),
    CareHistoryWish: ("agency_id",),
}
_OPENING: Mapping[type[Model], tuple[str, ...]] = {
    Listing: ("user_id", "team_id"),
    CareHistoryBasis: ("agency_id", "basis"),
    AddressHeld: ("agency_id",),
}


def carry_over(join: Join, *, grants: bool, by: User, at: dt.datetime) -> list[Row]:
    """Begin for the joined person what is in force for the other; returns what was begun. Call it as the keeper."""
    made: list[Model] = []
    for model, fields in (_OPENING if grants else _CLOSING).items():
        made += _copied(join, model, fields, by, at)
    made += _names_in_seals(join, by, at) if grants else [*_threats(join, by, at), *_seals(join, by, at)]
    if grants:
        made += _ties(join, by, at)
    return [{"model": one._meta.label, "id": str(one.pk)} for one in made]


def _in_force(model: type[Model], **about: Any) -> Any:
    return model._default_manager.filter(ended_at=None, **about)


def _begun(model: type[Model], by: User, at: dt.datetime, **what: Any) -> list[Model]:
    """A new row, unless the same is in force already."""
    same = {name: value for name, value in what.items() if name not in ("reason", "basis", "nature", "ground")}
    if _in_force(model, **same).exists():
        return []
    made = {"declared_by": by, "declared_at": at} if model is Conflict else {"made_by": by, "made_at": at}
    return [model._default_manager.create(**what, **made)]


def _copied(join: Join, model: type[Model], fields: Iterable[str], by: User, at: dt.datetime) -> list[Model]:
    made: list[Model] = []
    for row in _in_force(model, person=join.from_person_id):
        what = {name: getattr(row, name) for name in fields}
        made += _begun(model, by, at, person_id=join.to_person_id, **what)
    return made


def _threats(join: Join, by: User, at: dt.datetime) -> list[Model]:
    """Whoever threatens the one threatens the other, and who is threatened by the one is so by the other."""
    here, there = join.to_person_id, join.from_person_id
    made: list[Model] = []
    for row in [*_in_force(Threat, person=there), *_in_force(Threat, alleged=there)]:
        person, alleged = (here if one == there else one for one in (row.person_id, row.alleged_id))
        if person != alleged:
            made += _begun(Threat, by, at, person_id=person, alleged_id=alleged, reason=row.reason)
    return made


def _seals(join: Join, by: User, at: dt.datetime) -> list[Model]:
    made: list[Model] = []
    for row in _in_force(Seal, person=join.from_person_id):
        made += _begun(Seal, by, at, person_id=join.to_person_id, ground=row.ground)
    return made


def _names_in_seals(join: Join, by: User, at: dt.datetime) -> list[Model]:
    """Whom the one's seal names the other's names too, where that one was carried along."""
    carried = [one["id"] for one in join.carried if one["model"] == Seal._meta.label]
    made: list[Model] = []
    for name in _in_force(SealName, seal__person=join.from_person_id, seal__ended_at=None) if carried else ():
        made += _begun(SealName, by, at, seal_id=carried[0], user_id=name.user_id, team_id=name.team_id)
    return made


def _ties(join: Join, by: User, at: dt.datetime) -> list[Model]:
    made: list[Model] = []
    for tie in Tie.objects.filter(person=join.from_person_id, until_at=None).exclude(kind=Kind.BREAK_GLASS):
        holder = {"user_id": tie.user_id, "team_id": tie.team_id, "agency_id": tie.agency_id}
        same = Tie.objects.filter(person=join.to_person_id, until_at=None, kind=tie.kind, because=tie.because, **holder)
        if not same.exists():
            kind, because = Kind(tie.kind), Because(tie.because)
            made.append(grant_tie(join.to_person_id, kind=kind, because=because, by=by, at=at, **holder))
    return made


def end_carried(carried: Iterable[Row], *, by: User, at: dt.datetime) -> None:
    """End every row that came along. What has ended stays as it was."""
    for one in carried:
        model = apps.get_model(one["model"])
        row = model._default_manager.filter(pk=one["id"]).first()
        if row is None:
            continue
        if isinstance(row, Tie):
            end_tie(row, by=by, at=at)
        elif isinstance(row, Conflict):
            Conflict.objects.filter(pk=row.pk, ended_at=None).update(ended_at=at, ended_by=by)
        else:
            take_back_protection(row, by=by, at=at)
