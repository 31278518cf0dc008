"""Writing protocols, and decisions to tell or not to tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from onestory.platform.access.actions import decide_sharing
from onestory.platform.access.models import ShareDecision, User
from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.agencies.actions import note_change
from onestory.platform.agencies.models import Agency
from onestory.platform.history.models import Entry
from onestory.platform.people.models import AgencyRecord
from onestory.platform.sharing.bases import basis_of
from onestory.platform.sharing.duty import Branch, in_force
from onestory.platform.sharing.models import Admits, Disclosure, Handing, Protocol
from onestory.platform.sharing.policies import check_draft, check_may_approve, check_may_end


@transaction.atomic
def draft_protocol(
    agency: Agency,
    *,
    purpose: str,
    basis: str,
    admits: Collection[tuple[str, InfoClass]],
    from_on: dt.date,
    by: User,
    at: dt.datetime,
    until_on: dt.date | None = None,
    replaces: Protocol | None = None,
) -> Protocol:
    """A protocol that waits for a second person; nothing is admitted by it yet. Raises CannotChange."""
    check_draft(
        basis=basis, from_on=from_on, until_on=until_on, admits=admits, duty_since=settings.DUTY_TO_DISCLOSE_FROM
    )
    chosen = basis_of(basis)
    protocol = Protocol.objects.create(
        agency=agency,
        purpose=purpose.strip(),
        basis=basis,
        law=chosen.law,
        edition=chosen.edition,
        from_on=from_on,
        until_on=until_on,
        replaces=replaces,
        drafted_by=by,
        drafted_at=at,
    )
    rows = [Admits(protocol=protocol, kind=kind, info=info.number) for kind, info in sorted(set(admits))]
    Admits.objects.bulk_create(rows)
    note_change(f"Drafted a sharing protocol for {agency.name}.", agency=agency, by=by, at=at)
    return protocol


@transaction.atomic
def approve_protocol(protocol: Protocol, *, by: User, at: dt.datetime) -> None:
    """Stand behind it as second person. What it replaces counts until the day before. Raises CannotChange."""
    locked = Protocol.objects.select_for_update().get(pk=protocol.pk)
    check_may_approve(locked, by=by, today=timezone.localdate(at))
    Protocol.objects.filter(pk=locked.pk).update(approved_by=by, approved_at=at)
    if locked.replaces_id:
        before = Protocol.objects.filter(pk=locked.replaces_id, ended_at=None)
        before.update(ended_by=by, ended_at=at, ended_on=locked.from_on, ended_because="Replaced by another protocol.")
    note_change(f"Approved the sharing protocol of {locked.agency.name}.", agency=locked.agency, by=by, at=at)


@transaction.atomic
def end_protocol(protocol: Protocol, *, because: str, by: User, at: dt.datetime) -> None:
    """From this day on nothing is admitted by it. What came in stays. Raises CannotChange."""
    locked = Protocol.objects.select_for_update().get(pk=protocol.pk)
    today = timezone.localdate(at)
    check_may_end(locked, because=because, today=today)
    Protocol.objects.filter(pk=locked.pk).update(
        ended_by=by, ended_at=at, ended_on=today, ended_because=because.strip()
    )
    note_change(f"Ended the sharing protocol of {locked.agency.name}.", agency=locked.agency, by=by, at=at)


@transaction.atomic
def decide_disclosure(
    entry_id: UUID, *, at_most: Level, words: str, by: User, at: dt.datetime, to_agency_id: UUID | None = None
) -> ShareDecision:
    """Tell or not tell what an entry holds; ``words`` say how it may help, or why it is not told.

    Whether the duty to disclose was in force is recorded with it, whichever way the decision went.
    """
    decision = decide_sharing(entry_id, at_most=at_most, reason=words, by=by, at=at, to_agency_id=to_agency_id)
    Disclosure.objects.create(
        entry_id=entry_id,
        share_decision=decision,
        branch=Branch.TOLD if at_most is Level.FULL else Branch.NOT_TOLD,
        duty=in_force(timezone.localdate(at), settings.DUTY_TO_DISCLOSE_FROM),
        words=words.strip(),
        by=by,
        at=at,
    )
    return decision


@transaction.atomic
def record_handing(
    entry: Entry,
    *,
    to: AgencyRecord,
    what: str,
    withheld: Mapping[str, int],
    review_on: dt.date,
    by: User,
    at: dt.datetime,
) -> Handing:
    """Record that somebody of the family was given what an entry tells, and what was withheld, by reason (I1, I5)."""
    return Handing.objects.create(
        entry=entry, to=to, what=what, withheld=dict(withheld), review_on=review_on, by=by, at=at
    )
