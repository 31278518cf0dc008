"""Writing what was decided about accesses; and finding whose record a family asks about, which stands in the audit."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import transaction

from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import hashed_tokens, record_access
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.people.models import AgencyRecord
from onestory.platform.scrutiny.models import Judgement, Outcome, Why
from onestory.platform.scrutiny.policies import check_may_judge
from onestory.platform.scrutiny.queries import is_sealed
from onestory.platform.scrutiny.stretches import Stretch

OFFICER = "privacy_officer"


@transaction.atomic
def judge(stretch: Stretch, *, why: Why, outcome: Outcome, remark: str, by: User, at: dt.datetime) -> None:
    """Decide about all that one person did on one day. Raises CannotChange."""
    check_may_judge(stretch, by=by, remark=remark)
    Judgement.objects.bulk_create(
        Judgement(access=one, why=why, outcome=outcome, remark=remark.strip(), by=by, at=at) for one in stretch.accesses
    )
    record_access(act=Act.WRITE, what="accesses looked into", by=by, at=at, result_count=len(stretch.accesses))


@transaction.atomic
def find_record_asked_for(*, name: str, born: dt.date, by: User, at: dt.datetime) -> UUID | None:
    """Whose record a family asks about: the one person of this whole name and birth date; None: nobody, or several.

    A sealed record is not found so. That somebody asked stands in the audit, its words hashed.
    """
    with keeping():
        known = AgencyRecord.objects.filter(label__iexact=name.strip(), born=born.isoformat())
        people = [one for one in set(known.values_list("person_id", flat=True)) if not is_sealed(one)]
    record_access(
        act=Act.SEARCH,
        what="who looked at a record",
        by=by,
        at=at,
        purpose="A family asks who looked",
        search_tokens=hashed_tokens(name, key=settings.SECRET_KEY.encode()[:64]),
        result_count=len(people),
    )
    return people[0] if len(people) == 1 else None


@transaction.atomic
def note_print(person_id: UUID, *, recipient: str, by: User, at: dt.datetime) -> None:
    """Put on record for whom a list of who looked was printed."""
    record_access(
        act=Act.PRINT,
        what="who looked at a record",
        people=[person_id],
        by=by,
        at=at,
        recipient=recipient,
        role=OFFICER,
        purpose="A family asks who looked",
    )
