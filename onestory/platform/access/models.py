"""The people who sign in; and the other models of access, which lie beside this file."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from onestory.platform.access.audit import AccessRecord, AuditSeal
from onestory.platform.access.marks import RecordMark
from onestory.platform.access.protections import (
    AddressHeld,
    AdviceName,
    CareHistoryBasis,
    CareHistoryWish,
    Listing,
    LocationProtection,
    Seal,
    SealName,
    ShareDecision,
    Threat,
)
from onestory.platform.access.reviewed import PolicyCap, PolicyCell, RoleGroup
from onestory.platform.access.ties import BreakGlass, Conflict, Tie
from onestory.platform.identifiers import new_id

__all__ = [
    "AccessRecord",
    "AddressHeld",
    "AdviceName",
    "AuditSeal",
    "BreakGlass",
    "CareHistoryBasis",
    "CareHistoryWish",
    "Conflict",
    "Listing",
    "LocationProtection",
    "PolicyCap",
    "PolicyCell",
    "RecordMark",
    "RoleGroup",
    "Seal",
    "SealName",
    "ShareDecision",
    "Threat",
    "Tie",
    "User",
]


class User(AbstractBaseUser):
    """Somebody who works with the program. What they may do comes from their memberships, never from this row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=150, unique=True)
    display_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    def __str__(self) -> str:
        return self.display_name
