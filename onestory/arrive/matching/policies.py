"""Whether it may happen now. Each check raises NotNow with a sentence that can be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from onestory.arrive.matching.models import Candidate, Join
from onestory.arrive.matching.states import OPEN
from onestory.platform.access.models import User
from onestory.platform.access.policies import NotNow
from onestory.platform.access.roles import ROLES
from onestory.platform.access.sight import Sight
from onestory.platform.people.models import AgencyRecord

REVIEWERS = "front_door_role"
"""The group of roles whose work it is to say which records are one person's."""


def is_reviewer(role: str) -> bool:
    """Whether somebody in this role searches everybody and says which records are one person's."""
    known = ROLES.get(role)
    return known is not None and REVIEWERS in known.groups


def check_may_review(sight: Sight) -> None:
    """Only who searches everybody's index, and has said why, may look at pairs of records."""
    if not is_reviewer(sight.role):
        raise NotNow("Records are joined by the front door. Tell it what you have noticed.")


def check_may_decide(candidate: Candidate, *, seen_at: dt.datetime, reason: str) -> None:
    """A decision needs a reason, an open question, and the evidence that lay before whoever decides."""
    if not reason.strip():
        raise NotNow("Say in a sentence why you decide so.")
    if candidate.state not in OPEN:
        raise NotNow("Somebody has decided on these two records meanwhile. Nothing of yours was recorded.")
    if candidate.changed_at != seen_at:
        raise NotNow("What is known of these two has changed since you opened the page. Look again, then decide.")
    if candidate.record.person_id == candidate.other.person_id:
        raise NotNow("These two records are one person's already.")


def check_may_join(records: Collection[AgencyRecord], others: Collection[AgencyRecord]) -> None:
    """Both must be people of whom an agency holds a record now."""
    if not records or not others:
        raise NotNow("One of these two was joined with somebody else meanwhile. Look again.")


def check_may_confirm(join: Join, *, by: User) -> None:
    """A second person lets ties reach across a join, once, while it stands."""
    if join.undone_at is not None:
        raise NotNow("This join was undone.")
    if join.confirmed_at is not None:
        raise NotNow("A second person has confirmed this join already.")
    if join.joined_by_id == by.id:
        raise NotNow("Somebody other than whoever joined these people has to confirm it.")


def check_may_undo(join: Join, *, reason: str) -> None:
    """A join is undone once, with a reason. One person is enough: it only takes access away."""
    if not reason.strip():
        raise NotNow("Say in a sentence why these are two people.")
    if join.undone_at is not None:
        raise NotNow("This join was undone already.")
