"""Ties, conflicts, break-glass, protections: all writes of access, each with its row in the audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.access.facts import DueTie, Fact, Holder, HolderSort, ties_at
from onestory.platform.access.marks import RecordMark
from onestory.platform.access.models import User
from onestory.platform.access.policies import (
    NotNow,
    check_may_approve,
    check_may_ask_to_open,
    check_may_break_glass,
    check_may_confirm_join,
    check_may_end_conflict,
    check_may_open,
    check_may_reconcile,
)
from onestory.platform.access.policy import Level
from onestory.platform.access.policy import Tie as TieKind
from onestory.platform.access.protections import (
    AddressHeld,
    CareHistoryBasis,
    CareHistoryWish,
    Listing,
    LocationProtection,
    Protection,
    Seal,
    SealName,
    ShareDecision,
    Threat,
)
from onestory.platform.access.ties import Because, BreakGlass, Conflict, Kind, Tie
from onestory.platform.database.together import together
from onestory.platform.deadlines.working_days import after_working_days

BREAK_GLASS_LASTS = dt.timedelta(hours=1)


@transaction.atomic
def settle_ties(person_id: UUID, *, facts: Iterable[Fact], by: User | None, at: dt.datetime) -> list[Tie]:
    """Bring a person's ties to what follows from the facts: end what no longer does, begin what now does.

    ``by`` is None where the program settles them by itself. Break-glass is left alone. Returns the ties begun.
    """
    due = {tie for tie in ties_at(at, facts) if UUID(tie.person) == person_id}
    open_ties = {_as_due(tie): tie for tie in _open(person_id, at).exclude(kind=Kind.BREAK_GLASS)}
    for as_due, tie in open_ties.items():
        if as_due not in due:
            end_tie(tie, by=by, at=at)
    return [_begin(tie, at) for tie in sorted(due - open_ties.keys())]


@together()
def grant_tie(
    person_id: UUID,
    *,
    kind: Kind,
    because: Because,
    by: User | None,
    at: dt.datetime,
    user_id: UUID | None = None,
    team_id: UUID | None = None,
    agency_id: UUID | None = None,
) -> Tie:
    """Begin a tie of exactly one holder; the one that is there already where it is."""
    holder = {"user_id": user_id, "team_id": team_id, "agency_id": agency_id}
    tie, began = Tie.objects.get_or_create(
        person_id=person_id, kind=kind, because=because, until_at=None, **holder, defaults={"since_at": at}
    )
    if began and by is not None:
        record_access(act=Act.WRITE, what="tie granted", people=[person_id], by=by, at=at)
    return tie


@together()
def tie_to_circle(
    people: Iterable[UUID], *, kind: Kind, because: Because, team_id: UUID, by: None, at: dt.datetime
) -> None:
    """Begin a team's ties to everybody of a circle, where they are not there already. One statement.

    ``by`` is None: the program ties by itself. What somebody grants goes through ``grant_tie``, into the audit.
    """
    fields: dict[str, Any] = {"kind": kind, "because": because, "team_id": team_id, "since_at": at}
    Tie.objects.bulk_create([Tie(person_id=one, **fields) for one in sorted(people)], ignore_conflicts=True)


@transaction.atomic
def end_tie(tie: Tie, *, by: User | None, at: dt.datetime) -> None:
    """End a tie from this instant on, though never before it began: the clocks of two clients may differ.

    One that has ended stays as it was.
    """
    ended = Tie.objects.filter(pk=tie.pk, until_at=None).update(until_at=Greatest(F("since_at"), Value(at)))
    if ended and by is not None:
        record_access(act=Act.WRITE, what="tie ended", people=[tie.person_id], by=by, at=at)


@transaction.atomic
def declare_conflict(person_id: UUID, *, user_id: UUID, nature: Conflict.Nature, by: User, at: dt.datetime) -> Conflict:
    """Close a person's record to a user who has an interest of their own in it. The privacy officer sees every one."""
    conflict, declared = Conflict.objects.get_or_create(
        user_id=user_id,
        person_id=person_id,
        ended_at=None,
        defaults={"nature": nature, "declared_by": by, "declared_at": at},
    )
    if declared:
        record_access(act=Act.WRITE, what="conflict of interest declared", people=[person_id], by=by, at=at)
    return conflict


@transaction.atomic
def end_conflict(conflict: Conflict, *, by: User, at: dt.datetime) -> None:
    """End a conflict of interest. Raises NotNow where it is one's own or has ended."""
    locked = Conflict.objects.select_for_update().get(pk=conflict.pk)
    check_may_end_conflict(locked, by_id=by.id)
    Conflict.objects.filter(pk=locked.pk).update(ended_at=at, ended_by=by)
    record_access(act=Act.WRITE, what="conflict of interest ended", people=[locked.person_id], by=by, at=at)


@transaction.atomic
def break_glass(person_id: UUID, *, role: str, reason: str, scope: str, by: User, at: dt.datetime) -> BreakGlass:
    """Open a person's record for one hour without another tie.

    It stands at once on the list of the person's lead and of the privacy officer, who looks into it by the next
    working day. Raises NotNow with the reason where it may not be.
    """
    check_may_break_glass(user_id=by.id, role=role, person_id=person_id, reason=reason, scope=scope)
    tie = Tie.objects.create(
        person_id=person_id,
        user=by,
        kind=Kind.BREAK_GLASS,
        because=Because.BREAK_GLASS,
        since_at=at,
        until_at=at + BREAK_GLASS_LASTS,
    )
    due_on = after_working_days(timezone.localdate(at), 1)
    record_access(
        act=Act.BREAK_GLASS, what="break-glass", people=[person_id], by=by, at=at, role=role, tie=TieKind.BREAK_GLASS
    )
    return BreakGlass.objects.create(tie=tie, reason=reason.strip(), scope=scope.strip(), due_on=due_on)


@transaction.atomic
def approve_break_glass(opened: BreakGlass, *, by: User, at: dt.datetime) -> None:
    """Approve as second person, which opens what one person alone may not see. Raises NotNow."""
    locked = _locked(opened)
    check_may_approve(locked, by_id=by.id, at=at)
    Tie.objects.filter(pk=locked.tie_id).update(second_person=by)
    record_access(act=Act.BREAK_GLASS, what="break-glass approved", people=[locked.tie.person_id], by=by, at=at)


@transaction.atomic
def reconcile_break_glass(
    opened: BreakGlass, *, outcome: BreakGlass.Outcome, remark: str, by: User, at: dt.datetime
) -> None:
    """Say what came of looking into a break-glass. Raises NotNow for anybody who had a part in it."""
    locked = _locked(opened)
    check_may_reconcile(locked, by_id=by.id)
    BreakGlass.objects.filter(pk=locked.pk).update(outcome=outcome, remark=remark, reconciled_by=by, reconciled_at=at)
    record_access(act=Act.WRITE, what="break-glass reconciled", people=[locked.tie.person_id], by=by, at=at)


def _locked(opened: BreakGlass) -> BreakGlass:
    """The row, held until the transaction ends, so that of two people who act at once the second sees the first."""
    BreakGlass.objects.select_for_update().get(pk=opened.pk)
    return BreakGlass.objects.select_related("tie").get(pk=opened.pk)


def _open(person_id: UUID, at: dt.datetime) -> Any:
    return Tie.objects.filter(person_id=person_id, since_at__lte=at, until_at=None)


def _as_due(tie: Tie) -> DueTie:
    for sort in HolderSort:
        if holder := getattr(tie, f"{sort}_id"):
            return DueTie(Holder(sort, str(holder)), str(tie.person_id), TieKind(tie.kind), tie.because)
    raise AssertionError("the database lets no tie be without a holder")


def _begin(due: DueTie, at: dt.datetime) -> Tie:
    return Tie.objects.create(
        person_id=due.person,
        kind=due.kind,
        because=due.because,
        since_at=at,
        **{f"{due.holder.sort}_id": due.holder.id},
    )


@transaction.atomic
def record_threat(person_id: UUID, *, alleged_id: UUID, reason: str, by: User, at: dt.datetime) -> Threat:
    """Record from whom a person is to be kept safe. From now on any tie to the one hides where the other is."""
    return _put_in_force(Threat, by, at, person_id=person_id, alleged_id=alleged_id, defaults={"reason": reason})


@transaction.atomic
def protect_location(person_id: UUID, *, reason: str, by: User, at: dt.datetime) -> LocationProtection:
    """Protect where a person lives and goes: shown only to whom their lead lists."""
    return _put_in_force(LocationProtection, by, at, person_id=person_id, defaults={"reason": reason})


@transaction.atomic
def list_reader(
    person_id: UUID, *, by: User, at: dt.datetime, user_id: UUID | None = None, team_id: UUID | None = None
) -> Listing:
    """List a user or a team as one that may know where a protected person is, whoever else they are tied to."""
    return _put_in_force(Listing, by, at, person_id=person_id, user_id=user_id, team_id=team_id)


@transaction.atomic
def seal_record(person_id: UUID, *, ground: Seal.Ground, by: User, at: dt.datetime) -> Seal:
    """Seal a person's whole record. Until somebody is named it is open to nobody."""
    return _put_in_force(Seal, by, at, person_id=person_id, defaults={"ground": ground})


@transaction.atomic
def name_in_seal(
    seal: Seal, *, by: User, at: dt.datetime, user_id: UUID | None = None, team_id: UUID | None = None
) -> SealName:
    """Name a user or a team in a seal's own list; their tie still has to be the lead's or the manager's."""
    return _put_in_force(SealName, by, at, about=seal.person_id, seal=seal, user_id=user_id, team_id=team_id)


@transaction.atomic
def ask_to_open_seal(seal: Seal, *, by: User, at: dt.datetime) -> None:
    """Ask, as the first of two people, that a record be sealed no longer. Raises NotNow."""
    locked = Seal.objects.select_for_update().get(pk=seal.pk)
    check_may_ask_to_open(locked, at=at)
    Seal.objects.filter(pk=locked.pk).update(opening_asked_by=by, opening_asked_at=at)
    record_access(act=Act.WRITE, what="opening of a seal asked for", people=[locked.person_id], by=by, at=at)


@transaction.atomic
def open_seal(seal: Seal, *, by: User, at: dt.datetime) -> None:
    """Open it as the second person: whoever's ties open the record sees it from now on. Raises NotNow."""
    locked = Seal.objects.select_for_update().get(pk=seal.pk)
    check_may_open(locked, by_id=by.id, at=at)
    Seal.objects.filter(pk=locked.pk).update(ended_at=at, ended_by=by)
    record_access(act=Act.WRITE, what="seal opened", people=[locked.person_id], by=by, at=at)


@transaction.atomic
def decide_sharing(
    entry_id: UUID, *, at_most: Level, reason: str, by: User, at: dt.datetime, to_agency_id: UUID | None = None
) -> ShareDecision:
    """Say the most that another agency (None: any other) may see of one entry. A new decision ends the one before."""
    before = ShareDecision.objects.filter(entry_id=entry_id, to_agency_id=to_agency_id, ended_at=None)
    before.update(ended_at=at, ended_by=by)
    return ShareDecision.objects.create(
        entry_id=entry_id, to_agency_id=to_agency_id, at_most=int(at_most), reason=reason, made_by=by, made_at=at
    )


@transaction.atomic
def record_care_history_wish(
    person_id: UUID, *, by: User, at: dt.datetime, agency_id: UUID | None = None
) -> CareHistoryWish:
    """Record that a person does not want an agency (None: any other) to know of their care history (T4.5)."""
    return _put_in_force(CareHistoryWish, by, at, person_id=person_id, agency_id=agency_id)


@transaction.atomic
def record_care_history_basis(
    person_id: UUID, *, agency_id: UUID, basis: str, by: User, at: dt.datetime
) -> CareHistoryBasis:
    """Record on which basis an agency may know of a person's care history, also against their wish (T4.5)."""
    if not basis.strip():
        raise NotNow("Say on which basis this agency may know.")
    return _put_in_force(CareHistoryBasis, by, at, person_id=person_id, agency_id=agency_id, defaults={"basis": basis})


@transaction.atomic
def hold_address(person_id: UUID, *, agency_id: UUID, by: User, at: dt.datetime) -> AddressHeld:
    """Let police hold an address from the moment that they are asked for a welfare check (F5.51)."""
    return _put_in_force(AddressHeld, by, at, person_id=person_id, agency_id=agency_id)


def end_protection(protection: Protection, *, by: User, at: dt.datetime) -> None:
    """End what was put in force. What has ended stays as it was. Raises NotNow for a seal, which two people open."""
    if isinstance(protection, Seal):
        raise NotNow("Two people open a seal.")
    take_back_protection(protection, by=by, at=at)


@transaction.atomic
def take_back_protection(protection: Protection, *, by: User, at: dt.datetime) -> None:
    """The same, a seal too, where a join that is undone had carried it along: what it was carried from stays."""
    ended = type(protection)._default_manager.filter(pk=protection.pk, ended_at=None)
    if ended.update(ended_at=at, ended_by=by):
        record_access(act=Act.WRITE, what=f"{protection._meta.model_name} ended", by=by, at=at)


@transaction.atomic
def confirm_join(record_id: UUID, *, by: User, at: dt.datetime) -> None:
    """Confirm, as second person, that a record belongs to the person to whom it was moved: ties to them now open it.

    Raises NotNow where it is whoever moved it, or where nothing waits.
    """
    mark = RecordMark.objects.select_for_update().get(record_id=record_id)
    check_may_confirm_join(mark, by_id=by.id)
    RecordMark.objects.filter(pk=mark.pk).update(grants_follow=mark.person_id)
    record_access(act=Act.WRITE, what="join confirmed", people=[mark.person_id, mark.home_id], by=by, at=at)


@transaction.atomic
def let_grants_follow(record_ids: Collection[UUID], *, by: User, at: dt.datetime) -> None:
    """Let ties to the persons whose these records are open them, where every join on the way there was confirmed.

    Whether a second person confirmed each is the caller's to know (arrive/matching).
    """
    marks = RecordMark.objects.filter(record__in=record_ids).exclude(grants_follow=F("person"))
    people = sorted(set(marks.values_list("person", flat=True)))
    if marks.update(grants_follow=F("person")):
        record_access(act=Act.WRITE, what="grants follow a confirmed join", people=people, by=by, at=at)


@transaction.atomic
def give_home(record_id: UUID, *, person_id: UUID, by: User, at: dt.datetime) -> None:
    """Say that a record which was made while two people were held to be one belongs to this one of them.

    From then on whose ties open it is theirs alone. The caller moves the record itself.
    """
    RecordMark.objects.filter(record_id=record_id).update(home=person_id, grants_follow=person_id)
    record_access(act=Act.WRITE, what="record given back", people=[person_id], by=by, at=at)


def _put_in_force[P: Protection](
    model: type[P], by: User, at: dt.datetime, *, about: UUID | None = None, **what: Any
) -> P:
    """The row that is in force; made, with its row in the audit, where there was none."""
    defaults = {"made_by": by, "made_at": at, **what.pop("defaults", {})}
    found, made = model._default_manager.get_or_create(**what, ended_at=None, defaults=defaults)
    if made:
        people = [one] if (one := about or what.get("person_id")) else []
        record_access(act=Act.WRITE, what=f"{model._meta.model_name} put in force", people=people, by=by, at=at)
    return found
