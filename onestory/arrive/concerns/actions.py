"""Writing down a concern, sending it, giving advice: all writes of what arrives at the front door."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.arrive.concerns.models import Concern, Consultation, Draft
from onestory.arrive.concerns.policies import CannotSend, check_complete, check_version
from onestory.arrive.concerns.queries import front_door
from onestory.arrive.concerns.questionnaires import ALL, SAFER_SLEEP
from onestory.arrive.concerns.recording import people_of, record_telling
from onestory.arrive.concerns.states import after, check_role
from onestory.arrive.concerns.telling import telling_of, words_of
from onestory.arrive.urgent_care.receivers import health_of
from onestory.platform.access.actions import end_tie, tie_to_circle
from onestory.platform.access.guarding import keys_for
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.access.ties import Because, Kind, Tie
from onestory.platform.agencies.models import Team
from onestory.platform.database.together import together
from onestory.platform.deadlines import due_at
from onestory.platform.history.models import Entry
from onestory.platform.history.reach import people_near
from onestory.platform.identifiers import new_id
from onestory.platform.notices.actions import acknowledge_for_entry, send_notice
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.environment import entry_address

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits of a reference: none that is taken for another when it is read out."""


@transaction.atomic
def save_draft(
    draft_id: UUID,
    *,
    form: str,
    answers: Mapping[str, Any],
    seen: int,
    child_id: UUID | None,
    team: Team,
    by: User,
    at: dt.datetime,
) -> Draft:
    """Keep what was written so far. ``seen``: the version that the writer's window last showed; 0: none yet.

    Raises ChangedMeanwhile where another window saved something since: nothing is overwritten.
    """
    with keeping():
        fresh = {"form": form, "team": team, "child_id": child_id, "started_at": at, "saved_at": at}
        made = Draft(id=draft_id, author=by, answers=dict(answers), **fresh)
        kept = Draft.objects.select_for_update().filter(id=draft_id, author=by).first()
        if kept is None:
            if Draft.objects.filter(id=draft_id).exists():  # somebody else's: no error may show that it is there
                made.id = new_id()
            made.save(force_insert=True)
            return made
        check_version(kept, seen)
        if kept.answers == answers:
            return kept
        kept.answers, kept.version, kept.saved_at = dict(answers), kept.version + 1, at
        kept.save(update_fields=["answers", "version", "saved_at"])
        return kept


@transaction.atomic
def discard_draft(draft_id: UUID, *, by: User, at: dt.datetime) -> None:
    """Throw away what was not sent; its writer alone can."""
    with keeping():
        Draft.objects.filter(id=draft_id, author=by).delete()


@together()
def send_draft(draft_id: UUID, *, seen: int, by: User, at: dt.datetime) -> Concern:
    """Send what was written, once. Raises ChangedMeanwhile, CannotSend.

    The concern keeps the draft's id: whoever lost the answer on its way asks again and comes to the receipt.
    """
    with keeping():
        draft = (
            Draft.objects.select_for_update(of=("self",))
            .select_related("team__agency")
            .filter(id=draft_id, author=by)
            .first()
        )
        if draft is None:
            raise CannotSend("This was sent already, or thrown away.")
        check_version(draft, seen)
        concern = log_concern(
            concern_id=draft_id,
            form=draft.form,
            answers=draft.answers,
            child_id=draft.child_id,
            from_team=draft.team,
            by=by,
            at=at,
        )
        draft.delete()
    return concern


@together()
def log_concern(
    *,
    form: str,
    answers: Mapping[str, Any],
    child_id: UUID | None,
    from_team: Team | None,
    by: User | None,
    at: dt.datetime,
    concern_id: UUID | None = None,
) -> Concern:
    """Record what was told and put it before the front door, whose team may read the circle until it is decided (D1).

    ``child_id`` None: the child as the answers tell, matched behind it. ``from_team`` None: the public, or a family.
    Raises CannotSend.
    """
    asked = ALL[form]
    check_complete(asked, answers, has_child=child_id is not None)
    to_team = front_door(from_team.agency.area if from_team else "")
    if to_team is None:
        raise CannotSend("No front door is set up. Ring children’s social care.")
    with keeping():
        if not asked.names_family:
            return _consult(concern_id or new_id(), form, answers, from_team, to_team, by, at)
        agency = (from_team or to_team).agency
        telling = telling_of(asked, answers, agency=str(agency.id), today=timezone.localdate(at))
        records = people_of(answers, child_id, agency, by=by, at=at)
        entry = record_telling(telling, records, agency=agency, to=to_team.agency, by=by, at=at)
        concern = open_concern(
            form=form,
            from_team=from_team,
            to_team=to_team,
            records=records,
            entry=entry,
            unsafe=telling.unsafe,
            concern_id=concern_id,
            by=by,
            at=at,
        )
        let_read(concern, team_id=concern.to_team_id, by=None, at=at)
        tell_front_door(concern, records=records, by=by, at=at)
        if form == SAFER_SLEEP.code:
            _tell_health(concern, entry, records, by, at)
    return concern


def open_concern(
    *,
    form: str,
    from_team: Team | None,
    to_team: Team,
    records: Sequence[AgencyRecord] = (),
    entry: Entry | None = None,
    unsafe: bool,
    concern_id: UUID | None = None,
    by: User | None,
    at: dt.datetime,
) -> Concern:
    """Let a concern stand at the front door from ``at`` on, with its clock; ``records`` has the child's first."""
    return Concern.objects.create(
        reference=new_reference(),
        form=form,
        child_id=records[0].person_id if records else None,
        from_team=from_team,
        from_user=by,
        to_team=to_team,
        received_at=at,
        due_at=due_at("front_door", at),
        agency=to_team.agency,
        info=InfoClass.CHRONOLOGY.number,
        keys=keys_for(record.id for record in records),
        entry=entry,
        unsafe=unsafe,
        id=concern_id or new_id(),
    )


def new_reference() -> str:
    """A reference to quote on the phone; it tells nothing of what it stands for."""
    drawn = [secrets.choice(LETTERS) for _ in range(8)]
    return f"{''.join(drawn[:4])}-{''.join(drawn[4:])}"


def _consult(
    concern_id: UUID,
    form: str,
    answers: Mapping[str, Any],
    from_team: Team | None,
    to_team: Team,
    by: User | None,
    at: dt.datetime,
) -> Concern:
    unsafe = answers.get("safe") in ("no", "not_known")
    concern = open_concern(
        form=form, from_team=from_team, to_team=to_team, unsafe=unsafe, concern_id=concern_id, by=by, at=at
    )
    Consultation.objects.create(concern=concern, words=words_of(ALL[form], answers))
    send_notice(
        to_team=to_team,
        about=[],
        kind="consultation",
        words=f"{from_team} asks for advice. Reference {concern.reference}.",
        address=f"/concerns/{concern.id}",
        from_team=from_team,
        by=by,
        at=at,
    )
    return concern


@together()
def let_read(concern: Concern, *, team_id: UUID, by: None, at: dt.datetime) -> None:
    """Tie a team that has to decide to everybody of the circle, for as long as the concern is open."""
    assert concern.child_id
    with keeping():
        circle = people_near([concern.child_id])[concern.child_id]
        tie_to_circle(circle, kind=Kind.FRONT_DOOR, because=Because.OPEN_CONCERN, team_id=team_id, by=by, at=at)


def tell_front_door(concern: Concern, *, records: list[AgencyRecord], by: User | None, at: dt.datetime) -> None:
    """Tell the team that decides, with the clock of the concern."""
    send_notice(
        to_team=concern.to_team,
        about=records,
        kind="concern",
        words=f"{concern.get_form_display()}, from {concern.from_team or 'the public or a family'}. "
        f"Reference {concern.reference}.",
        address=f"/concerns/{concern.id}",
        entry=concern.entry,
        acknowledge_by=concern.due_at,
        from_team=concern.from_team,
        by=by,
        at=at,
    )


def _tell_health(concern: Concern, entry: Entry, records: list[AgencyRecord], by: User | None, at: dt.datetime) -> None:
    """The health visitor hears the same day that a baby may not sleep safely (T3.3, rec 5); not what was written."""
    for child in (one for one in records if one.person.is_child):
        for one in health_of(entry, child, timezone.localdate(at)):
            send_notice(
                to_team=one.team,
                about=[child],
                kind="safer_sleep",
                words=f"{concern.from_team or 'Somebody'} looked at where {child.label} sleeps. "
                "Speak with them, and see the family.",
                address=entry_address(str(child.person_id), str(entry.id)),
                from_team=concern.from_team,
                by=by,
                at=at,
            )


@transaction.atomic
def move_concern(
    concern: Concern, *, event: str, role: str, by: User, at: dt.datetime, entry: Entry | None = None, **fields: Any
) -> Concern:
    """Move a concern as the table says. ``entry``: the decision, where it is one; ``fields``: what changes with it.

    When it is final the front door's ties to the circle end, unless another concern of theirs is open. Raises
    CannotHappen where the table does not have it, or the role may not.
    """
    check_role(role, event)
    with keeping():
        locked = Concern.objects.select_for_update().get(pk=concern.pk)
        locked.state = after(locked.state, event)
        for name, value in fields.items():
            setattr(locked, name, value)
        if event in ("decide", "approve", "advise"):
            locked.decided_in, locked.decided_by, locked.decided_at = entry, by, at
        locked.save()
        if locked.decided_at:
            if locked.entry:
                acknowledge_for_entry(locked.entry, by=by, at=at)
            _close_to_front_door(locked, by, at)
    return locked


def _close_to_front_door(concern: Concern, by: User, at: dt.datetime) -> None:
    open_ones = Concern.objects.filter(to_team=concern.to_team_id, decided_at=None).exclude(child=None)
    still = {
        person
        for circle in people_near(list(open_ones.values_list("child_id", flat=True))).values()
        for person in circle
    }
    teams = [team for team in (concern.to_team_id, concern.approval_team_id) if team]
    ties = Tie.objects.filter(team__in=teams, kind=Kind.FRONT_DOOR, until_at=None)
    for tie in ties.exclude(person__in=still):
        end_tie(tie, by=None, at=at)


@transaction.atomic
def give_advice(concern: Concern, *, advice: str, role: str, by: User, at: dt.datetime) -> Concern:
    """Answer a question for advice; whoever asked is told. Raises CannotHappen, CannotSend.

    A concern about a child is decided, with its reasons: advice alone never ends one.
    """
    if concern.child_id is not None:
        raise CannotSend("A concern about a child is decided, with reasons. Advice can be the outcome.")
    if not advice.strip():
        raise CannotSend("Enter your advice")
    moved = move_concern(concern, event="advise", role=role, by=by, at=at)
    with keeping():
        Consultation.objects.filter(concern=moved).update(advice=advice.strip())
        if moved.from_team:
            send_notice(
                to_team=moved.from_team,
                about=[],
                kind="answer",
                words=f"Advice on what you asked. Reference {moved.reference}.",
                address=f"/concerns/{moved.id}",
                for_user=moved.from_user,
                by=by,
                at=at,
            )
    return moved
