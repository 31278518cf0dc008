"""A small directory for tests, kept through the program's own actions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from onestory.help.services.directory import FIELDS, TEAM
from onestory.help.services.maintaining import keep_services
from onestory.help.services.models import Service
from onestory.help.services.queries import teams_by_name
from onestory.platform.access.models import User


def told(name: str = "Drug tests", sort: str = "drug_test", **more: Any) -> dict[str, Any]:
    """One service, by field."""
    given = {"organization.name": "Harbour Recovery", "service.name": name, "taxonomy_term.code": sort, TEAM: ""}
    return dict.fromkeys((field.name for field in FIELDS), None) | given | more


def kept(by: User, at: dt.datetime, **more: Any) -> Service:
    """The same in the directory."""
    return keep_services([told(**more)], teams=teams_by_name(), by=by, at=at)[0]
