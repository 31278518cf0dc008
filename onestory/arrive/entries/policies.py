"""Who may record, correct and take back by hand. Each refusal is a sentence that can be shown."""

from __future__ import annotations

from uuid import UUID

from onestory.platform.access.roles import ROLES
from onestory.platform.access.sight import Sight
from onestory.platform.history.record import Entry


class Refused(ValueError):
    """It cannot be recorded as it stands. ``field`` : the field of the form at which the reason stands."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def may_record(sight: Sight) -> bool:
    """Everybody records, whose role has anything to do with families; the office's roles do not."""
    return "no_case_content" not in ROLES[sight.role].groups


def may_correct(sight: Sight, entry: Entry) -> bool:
    """Each agency puts its own entries right, and nobody else's."""
    return may_record(sight) and UUID(entry.by) == sight.agency_id


def check_reason(reason: str) -> None:
    """What stood on record is changed for a reason that is kept. Raises Refused."""
    if not reason.strip():
        raise Refused("reason", "Enter why")
