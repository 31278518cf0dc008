"""A row of any model, with what it needs and nothing of meaning: for tests that ask for every page there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from onestory.platform.access.guarding import keys_for
from onestory.platform.people.models import AgencyRecord, Person

DAY = dt.date(2026, 11, 2)


def a_row(model: type[models.Model], record: AgencyRecord, known: Mapping[type, Any], **given: Any) -> Any:
    """A row about the person of this record. ``known`` gives rows of other models to point to; others are made."""
    fields = model._meta.concrete_fields
    values = {field.name: _value(field, model, record, known, given) for field in fields if _is_needed(field, given)}
    return model._default_manager.create(**(values | given))


def _is_needed(field: models.Field[Any, Any], given: Mapping[str, Any]) -> bool:
    if field.name in given or (field.primary_key and field.remote_field is None):
        return False
    return field.name in ("keys", "info", "agency", "held_by") or not (field.null or field.has_default() or field.blank)


def _value(field: Any, model: Any, record: AgencyRecord, known: Mapping[type, Any], given: Mapping[str, Any]) -> Any:
    if field.remote_field is not None:
        other = field.related_model
        return known[other] if other in known else a_row(other, record, known)
    match field.name:
        case "keys":
            return keys_for([record.pk])
        case "info":
            return 2
    if field.choices:
        return next(value for value, _ in field.flatchoices if value != "")
    match field.get_internal_type():
        case "UUIDField":
            return UUID(int=1)
        case "DateField":
            return DAY
        case "DateTimeField":
            return timezone.now() - dt.timedelta(days=1)
        case "BooleanField":
            return False
        case "JSONField":
            return {}
        case "ArrayField":
            return []
        case "BinaryField":
            return b"x"
        case kind if "Integer" in kind:
            return 1
    return "x"


def everything_known(record: AgencyRecord, *more: models.Model) -> dict[type, Any]:
    """What rows about a record point to: the record, its person, its agency, and more rows."""
    return {AgencyRecord: record, Person: record.person, type(record.agency): record.agency} | {
        type(one): one for one in more
    }
