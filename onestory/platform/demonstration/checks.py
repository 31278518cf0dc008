"""Django's system check that keeps demonstration sign-in where it belongs."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from onestory.platform.demonstration.guard import reasons_against


def check_demonstration(**_: Any) -> list[CheckMessage]:
    """An error for each reason against demonstration sign-in, when it is switched on."""
    if not settings.DEMO:
        return []
    return [
        Error(f"Demonstration sign-in is switched on, but {reason}.", id="demonstration.E001")
        for reason in reasons_against(settings.DATA, settings.LISTEN_ON, os.environ)
    ]
