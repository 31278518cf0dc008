"""May it happen now? Each check raises a sentence that can be shown, with the field that has to change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from onestory.help.housing.models import Home
from onestory.platform.access.policies import NotNow
from onestory.platform.access.roles import ROLES
from onestory.platform.agencies.models import Team

MAY_RECORD = frozenset({"housing", "social_care"})
"""Groups of roles that record homes. A move is recorded and handed over by whoever works with the child."""
ALSO_SEE = frozenset({"early_help_lead", "health_visitor", "midwife"})


class CannotKeep(NotNow):
    """It cannot be kept as given; ``field`` names what has to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def sees_housing(role: str) -> bool:
    """Whether the list of homes is for this role; of whom it then tells follows from ties."""
    known = ROLES.get(role)
    return role in ALSO_SEE or bool(known and known.groups & MAY_RECORD)


def check_home(*, sort: str, since_on: dt.date, for_the_child: str, today: dt.date) -> None:
    """An application or tenancy says what it means for the child, not for the tenancy alone (T4.7)."""
    if sort not in Home.Sort.values:
        raise CannotKeep("sort", "Select whether they have applied or are tenants")
    if since_on > today:
        raise CannotKeep("since_on", "Enter a day that is not still to come")
    if not for_the_child.strip():
        raise CannotKeep("for_the_child", "Enter what this home, or having none, means for the child")


def check_move(
    *, on: dt.date, today: dt.date, outside: bool, area: str, teams: Collection[Team], why_nobody: str
) -> None:
    """A move out of the area says where to and who takes over there, or why nobody can be told yet (P6, T3.3, T3.5)."""
    if on > today:
        raise CannotKeep("on", "Enter a day that is not still to come")
    if outside and not area.strip():
        raise CannotKeep("area", "Enter to which area")
    if not teams and not why_nobody.strip():
        raise CannotKeep("teams", "Select who takes over, or say why nobody can be told yet")
