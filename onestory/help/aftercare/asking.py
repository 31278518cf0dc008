"""After-care that was not kept is asked about, once for each turn; ties of what is over end (L7, F5.40)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.help.aftercare.rhythm import Standing
from onestory.help.aftercare.standing import live, standings
from onestory.platform.access.facts import AfterCareDuty, Holder, HolderSort
from onestory.platform.access.keeping import keeping
from onestory.platform.access.settling import end_ties
from onestory.platform.access.ties import Because, Tie
from onestory.platform.agencies.models import Team
from onestory.platform.commitments.models import Commitment
from onestory.platform.deadlines import due_on
from onestory.platform.history.models import EntryPerson
from onestory.platform.notices.actions import send_notice
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.wording import day_words, plural

ASKS = "aftercare_asks"
"""The clock after which a turn that is not on record is asked about."""
AGAIN = 2
"""After how many turns in a row that were missed whoever ended the plan is told that the family draws back."""
OLDEST = dt.timedelta(days=60)
"""What was missed earlier was never asked about, because it came in with a history."""


def ask_what_was_missed(*, at: dt.datetime) -> int:
    """Ask each team about a turn that was missed, once for each turn; returns how many promises are late."""
    today = timezone.localdate(at)
    with keeping():
        promises = list(_live(today).order_by("made_on", "id"))
        stand = standings(promises, EntryPerson.objects.all(), today)
    late = [one for one in promises if _is_asked(stand[one.id], today)]
    for one in late:
        _ask(one, stand[one.id], at)
    return len(late)


def _live(today: dt.date) -> Any:
    rows = live(Commitment.objects.all(), today).exclude(made_in__agency__isnull=True)
    return rows.select_related("owner_team__agency", "owner_agency", "made_in").prefetch_related("people__record")


def _is_asked(stands: Standing, today: dt.date) -> bool:
    if not stands.is_late:
        return False
    missed = stands.turns[-1].due_on
    return missed >= today - OLDEST and due_on(ASKS, missed) < today


@transaction.atomic
def _ask(promise: Commitment, stands: Standing, at: dt.datetime) -> None:
    with keeping():
        team = promise.owner_team or _answering(promise.owner_agency_id)
        if team is None:
            return
        missed = stands.turns[-1].due_on
        what = promise.what.rstrip(".")
        words = f"{what}. Due {day_words(missed)}, and nothing is on record. Was the child seen?"
        _send(promise, team, "aftercare", words, f"aftercare {promise.id} {missed}", at)
        if stands.missed >= AGAIN:
            told = f"{what}. Missed {plural(stands.missed, 'time')} in a row, last due {day_words(missed)}."
            tell_whoever_ended_it(promise, told, f"aftercare {promise.id} again {missed}", at)


def _send(promise: Commitment, team: Team, kind: str, words: str, once: str, at: dt.datetime) -> None:
    send_notice(
        to_team=team,
        about=records_of(promise),
        kind=kind,
        words=words,
        address=address_of(promise.id),
        once=once,
        by=None,
        at=at,
    )


def tell_whoever_ended_it(promise: Commitment, words: str, once: str, at: dt.datetime) -> None:
    """Drawing back is a reason to look again for whoever ended the plan (F5.40)."""
    team = _answering(promise.made_in.agency_id)
    if team and team != promise.owner_team:
        _send(promise, team, "drawn_back", words, once, at)


def _answering(agency_id: UUID | None) -> Team | None:
    return Team.objects.filter(agency=agency_id, answers_for_agency=True).select_related("agency").first()


def address_of(commitment_id: UUID) -> str:
    """The path of the page on which it is answered."""
    return f"/aftercare/{commitment_id}"


def records_of(promise: Commitment) -> list[AgencyRecord]:
    """For whom it was promised."""
    return [one.record for one in promise.people.all()]


@transaction.atomic
def end_duties_that_are_over(*, at: dt.datetime) -> int:
    """End the ties of teams whose after-care for a child is over; returns how many."""
    today = timezone.localdate(at)
    with keeping():
        ties = Tie.objects.filter(because=Because.AFTERCARE, until_at=None, team__isnull=False)
        held = {(one.team_id, one.person_id) for one in ties}
        owed = live(Commitment.objects.filter(owner_team__in={team for team, _ in held}), today)
        still = set(owed.values_list("owner_team_id", "people__record__person_id"))
        over = [
            AfterCareDuty(since=at, holder=Holder(HolderSort.TEAM, str(team)), person=str(person))
            for team, person in held - still
        ]
        return end_ties(facts=over, by=None, at=at)
