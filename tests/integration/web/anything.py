"""A row of any model, with what it needs and a mark in every text: for tests that ask for every page there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import count
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from onestory.platform.access.guarding import keys_for
from onestory.platform.people.models import AgencyRecord, Person

DAY = dt.date(2026, 11, 2)
NUMBERS = count(1)
NOT_ALONE = {"watches"}
"""Texts that the database takes with another field only."""
OF_GUARDED = ("keys", "info", "agency", "held_by")


def a_row(model: type[models.Model], about: AgencyRecord, known: dict[type, Any], mark: str, /, **given: Any) -> Any:
    """A row about the person of this record. ``known`` gives rows of other models to point to; others are made.

    Every text of it begins with ``mark`` where there is room; the row is known from then on. What is made beside it,
    such as a service that was asked, is of no child and has no mark.
    """
    fields = model._meta.concrete_fields
    values = {one.name: _value(one, about, known, mark) for one in fields if _is_needed(one, given)}
    known[model] = model._default_manager.create(**(values | given))
    return known[model]


def _is_needed(field: models.Field[Any, Any], given: Mapping[str, Any]) -> bool:
    if field.name in given or (field.primary_key and field.remote_field is None):
        return False
    return field.name in OF_GUARDED or not (field.null or field.has_default() or field.blank)


def _value(field: Any, record: AgencyRecord, known: dict[type, Any], mark: str) -> Any:
    if field.remote_field is not None:
        other = field.related_model
        return known[other] if other in known else a_row(other, record, known, "anything")
    if field.name == "keys":
        return keys_for([record.pk])
    if field.choices:
        return next(value for value, _ in field.flatchoices if value != "")
    return _plain(field.get_internal_type(), field.max_length, mark)


def _plain(kind: str, longest: int | None, mark: str) -> Any:
    match kind:
        case "UUIDField":
            return UUID(int=next(NUMBERS))
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
        case "CharField" | "TextField" | "SlugField" | "EmailField" | "URLField":
            word = f"{mark}-{next(NUMBERS)}"  # another each time: some must be
            return word if longest is None or len(word) <= longest else word[-longest:]
    return 1


def every_text(model: type[models.Model], mark: str) -> dict[str, str]:
    """The mark for every text of the model's rows that need not be filled in, as long as there is room for it."""
    texts = (one for one in model._meta.concrete_fields if isinstance(one, (models.CharField, models.TextField)))
    free = (one for one in texts if one.blank and not one.choices and one.name not in NOT_ALONE)
    return {one.name: mark for one in free if one.max_length is None or one.max_length >= len(mark)}


def everything_known(record: AgencyRecord, *more: models.Model) -> dict[type, Any]:
    """What rows about a record point to: the record, its person, its agency, and more rows."""
    known: dict[type, Any] = {AgencyRecord: record, Person: record.person, type(record.agency): record.agency}
    return known | {type(one): one for one in more}
