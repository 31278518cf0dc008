"""Keeping the directory: all writes of it. It tells nothing of any person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from onestory.help.services.directory import TEAM
from onestory.help.services.models import (
    Contact,
    CostOption,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
)
from onestory.platform.access.models import User
from onestory.platform.agencies.actions import note_change
from onestory.platform.agencies.models import Team

PARTS = (CostOption, Schedule, Contact, Phone, ServiceArea)
NOT_TEXT = frozenset({"minimum_age", "maximum_age", "assured_date"})
TABLES = {
    CostOption: "cost_option",
    Schedule: "schedule",
    Contact: "contact",
    Phone: "phone",
    ServiceArea: "service_area",
}


@transaction.atomic
def keep_services(
    told: Iterable[Mapping[str, Any]], *, teams: Mapping[str, Team], by: User, at: dt.datetime
) -> list[Service]:
    """Take services into the directory, or change those that are there by that name. Values are as reading gives them.

    What is not among them stays as it is: a service that is given up says so by its status. One of which nothing else
    is told than is there already is not touched: its ``last_modified`` stays before ``at``. ``teams``: by name.
    """
    kept = [_keep(one, teams, at) for one in told]
    changed = [one for one in kept if one.last_modified == at]
    if changed:
        note_change(_words(changed), by=by, at=at)
    return kept


@transaction.atomic
def change_service(
    service: Service, *, told: Mapping[str, Any], teams: Mapping[str, Team], by: User, at: dt.datetime
) -> Service:
    """Change one service, its name too."""
    service.organization = _organization(told)
    service.name = told["service.name"]
    _fill(service, told, teams, at)
    note_change(_words([service]), by=by, at=at)
    return service


def _keep(told: Mapping[str, Any], teams: Mapping[str, Team], at: dt.datetime) -> Service:
    organization = _organization(told)
    service = Service.objects.filter(organization=organization, name=told["service.name"]).first()
    if service is None:
        service = Service(organization=organization, name=told["service.name"])
    elif _is_as_told(service, told, teams):
        return service
    _fill(service, told, teams, at)
    return service


def _is_as_told(service: Service, told: Mapping[str, Any], teams: Mapping[str, Team]) -> bool:
    if any(getattr(service, name) != value for name, value in _own(told, teams).items()):
        return False
    for model in PARTS:
        fields = _of(TABLES[model], told)
        held = [_not_empty(row) for row in model._default_manager.filter(service=service).values(*fields)]
        if held != ([_not_empty(fields)] if _not_empty(fields) else []):
            return False
    return True


def _not_empty(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "")}


def _organization(told: Mapping[str, Any]) -> Organization:
    return Organization.objects.get_or_create(name=told["organization.name"])[0]


def _fill(service: Service, told: Mapping[str, Any], teams: Mapping[str, Team], at: dt.datetime) -> None:
    for name, value in _own(told, teams).items():
        setattr(service, name, value)
    service.last_modified = at
    service.save()
    for model in PARTS:
        model._default_manager.filter(service=service).delete()
        given = {name: value for name, value in _of(TABLES[model], told).items() if value is not None}
        if given:
            model._default_manager.create(service=service, **given)


def _own(told: Mapping[str, Any], teams: Mapping[str, Team]) -> dict[str, Any]:
    """What stands in the service's own row, without its name."""
    own = {name: value for name, value in _of("service", told).items() if name != "name"}
    for name in own.keys() - NOT_TEXT:
        own[name] = own[name] or ("active" if name == "status" else "")
    return own | {"taxonomy_term": told["taxonomy_term.code"], "team": teams.get(told.get(TEAM) or "")}


def _of(table: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of one table, without its name before them."""
    return {name.partition(".")[2]: value for name, value in told.items() if name.partition(".")[0] == table}


def _words(kept: list[Service]) -> str:
    if len(kept) == 1:
        return f"Kept the service {kept[0]} in the directory."
    return f"Brought {len(kept)} services into the directory."
