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

    What is not among them stays as it is: a service that is given up says so by its status. ``teams``: by name.
    """
    kept = [_keep(one, teams, at) for one in told]
    note_change(_words(kept), by=by, at=at)
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
    service = service or Service(organization=organization, name=told["service.name"])
    _fill(service, told, teams, at)
    return service


def _organization(told: Mapping[str, Any]) -> Organization:
    return Organization.objects.get_or_create(name=told["organization.name"])[0]


def _fill(service: Service, told: Mapping[str, Any], teams: Mapping[str, Team], at: dt.datetime) -> None:
    for name, value in _of("service", told).items():
        if name in ("minimum_age", "maximum_age", "assured_date"):
            setattr(service, name, value)
        elif name != "name":
            setattr(service, name, value or ("active" if name == "status" else ""))
    service.taxonomy_term, service.team = told["taxonomy_term.code"], teams.get(told.get(TEAM) or "")
    service.last_modified = at
    service.save()
    for model in PARTS:
        model._default_manager.filter(service=service).delete()
        given = {name: value for name, value in _of(TABLES[model], told).items() if value is not None}
        if given:
            model._default_manager.create(service=service, **given)


def _of(table: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of one table, without its name before them."""
    return {name.partition(".")[2]: value for name, value in told.items() if name.partition(".")[0] == table}


def _words(kept: list[Service]) -> str:
    if len(kept) == 1:
        return f"Kept the service {kept[0]} in the directory."
    return f"Brought {len(kept)} services into the directory."
