"""Reading the audit for a privacy officer: what waits to be looked into, and who looked at one person's record."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import MD5, Cast

from onestory.platform.access.audit import AccessRecord, Act
from onestory.platform.access.models import BreakGlass, Conflict, LocationProtection, Seal, Threat
from onestory.platform.access.roles import ROLES
from onestory.platform.scrutiny.models import Judgement, Why
from onestory.platform.scrutiny.stretches import Stretch, by_actor_and_day, trawls

LOOKS = (Act.LOOK, Act.PRINT, Act.EXPORT, Act.SEND)
UNTIED = ("", "none")
WITHOUT_CONTENT = [code for code, role in ROLES.items() if "no_case_content" in role.groups]
"""Roles to which nothing of a record is shown: what they print of it is a list of who looked."""
LOOKED_BACK = dt.timedelta(days=92)
ONE_IN_A_HUNDRED = "028f5c28"
"""Digests below this one are a hundredth of all."""


def looked_into(why: Why, at: dt.datetime) -> list[Stretch]:
    """What waits to be looked into for one reason, of the last three months, the newest day first."""
    match why:
        case Why.UNEXPLAINED:
            return by_actor_and_day(_unexplained(at))
        case Why.TRAWL:
            return trawls(_waiting(at).filter(act=Act.SEARCH))
    return by_actor_and_day(_sample(at))


def stretch_of(why: Why, *, actor: UUID, on: dt.date, at: dt.datetime) -> Stretch | None:
    """What one person did on one day, while it waits to be looked into."""
    return next((one for one in looked_into(why, at) if (one.actor, one.on) == (actor, on)), None)


def _unexplained(at: dt.datetime) -> QuerySet[AccessRecord]:
    rows = _waiting(at).filter(act__in=LOOKS, tie__in=UNTIED).exclude(people=[])
    return rows.exclude(role__in=WITHOUT_CONTENT)


def _sample(at: dt.datetime) -> QuerySet[AccessRecord]:
    explained = _waiting(at).filter(act__in=LOOKS).exclude(tie__in=UNTIED)
    digest = MD5(Cast("id", CharField()))
    return explained.annotate(digest=digest).filter(digest__lt=ONE_IN_A_HUNDRED)


def _waiting(at: dt.datetime) -> QuerySet[AccessRecord]:
    judged = Judgement.objects.filter(access=OuterRef("pk"))
    rows = AccessRecord.objects.filter(~Exists(judged), at__gt=at - LOOKED_BACK, at__lte=at)
    return rows.select_related("actor", "agency").order_by("at", "id")


def judgements() -> QuerySet[Judgement]:
    """What was decided, the newest first."""
    return Judgement.objects.select_related("access__actor", "access__agency", "by").order_by("-at", "-id")


def break_glass_to_reconcile() -> QuerySet[BreakGlass]:
    """Records opened in an emergency that nobody has looked into yet, first what is due first."""
    rows = BreakGlass.objects.filter(reconciled_at=None).select_related("tie__user", "tie__second_person")
    return rows.order_by("due_on", "tie__since_at")


def break_glass_reconciled() -> QuerySet[BreakGlass]:
    """Records opened in an emergency that somebody has looked into, the newest first."""
    rows = BreakGlass.objects.exclude(reconciled_at=None)
    rows = rows.select_related("tie__user", "tie__second_person", "reconciled_by")
    return rows.order_by("-reconciled_at", "-tie_id")


def break_glass_numbered(tie_id: UUID) -> BreakGlass | None:
    """One of them, also one that somebody has looked into."""
    rows = BreakGlass.objects.select_related("tie__user", "tie__second_person", "reconciled_by")
    return rows.filter(pk=tie_id).first()


def seen_under(opened: BreakGlass) -> QuerySet[AccessRecord]:
    """What whoever opened the record looked at in it, from then until the hour was over."""
    tie = opened.tie
    rows = AccessRecord.objects.filter(actor=tie.user, people__contains=[tie.person_id], at__gte=tie.since_at)
    rows = rows.filter(at__lte=tie.until_at) if tie.until_at else rows
    return rows.select_related("actor", "agency").order_by("at", "id")


def open_conflicts() -> QuerySet[Conflict]:
    """Interests that people have declared in a record, the newest first."""
    rows = Conflict.objects.filter(ended_at=None).select_related("user", "declared_by")
    return rows.order_by("-declared_at", "-id")


def conflict_numbered(conflict_id: UUID) -> Conflict | None:
    """One declared interest, while it lasts."""
    return open_conflicts().filter(pk=conflict_id).first()


def who_looked_at(person_id: UUID) -> QuerySet[AccessRecord]:
    """Every look at a person's record, print, export and message of it, the newest first."""
    rows = AccessRecord.objects.filter(people__contains=[person_id], act__in=(*LOOKS, Act.BREAK_GLASS))
    return rows.select_related("actor", "agency").order_by("-at", "-id")


def is_to_be_kept_safe(person_id: UUID) -> bool:
    """Whether the name of an agency could tell somebody dangerous where the person is."""
    protected = LocationProtection.objects.filter(person=person_id, ended_at=None).exists()
    return protected or Threat.objects.filter(person=person_id, ended_at=None).exists()


def is_sealed(person_id: UUID) -> bool:
    """Whether the record is sealed: whoever asks about it is answered by those whom its list names."""
    return Seal.objects.filter(person=person_id, ended_at=None).exists()
