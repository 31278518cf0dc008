"""Stepping up, strategy discussion, section 47 enquiry, conference: each as entries that the rules read (D9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.decide.protection.policies import check_day, check_present, check_words
from onestory.decide.protection.reading import standing_of
from onestory.decide.protection.states import Stage, after
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.deadlines import due_on
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.loading import load_history
from onestory.platform.history.models import Entry
from onestory.platform.notices.actions import send_notice
from onestory.platform.people.actions import record_of
from onestory.platform.people.models import AgencyRecord


@transaction.atomic
def step_up(
    *, child_id: UUID, team: Team, asked: Sequence[Team], why: str, role: str, by: User, at: dt.datetime
) -> Entry:
    """From child in need, or from anywhere, to a strategy discussion: one action (F5.11, F5.26).

    The decision and the request stand on record, and every team asked is told the same day. Raises CannotHappen,
    CannotRecord.
    """
    check_words(why, "why", "Enter why the child may be at risk of significant harm")
    with keeping():
        _move(child_id, "step up", role)
        record = record_of(person_id=child_id, agency_id=team.agency_id, by=by, at=at)
        said = _Saying(team.agency, record, timezone.localdate(at), by, at, {one.agency_id for one in asked})
        said.record("decision", why, outcome="strategy_discussion")
        request = said.record(
            "request", "A strategy discussion is asked for.", type="strategy_discussion", stage="asked"
        )
        for one in asked:
            _ask(one, record, request, team, by, at)
    return request


def _ask(to: Team, record: AgencyRecord, request: Entry, team: Team, by: User, at: dt.datetime) -> None:
    send_notice(
        to_team=to,
        about=[record],
        kind="strategy",
        words=f"{team} asks for a strategy discussion. Ring them{f' on {team.phone}' if team.phone else ''}.",
        address=f"/children/{record.person_id}/protection",
        entry=request,
        from_team=team,
        by=by,
        at=at,
    )


@transaction.atomic
def record_discussion(
    *,
    child_id: UUID,
    team: Team,
    held_on: dt.date | None,
    present: Collection[Agency],
    why_not: str,
    words: str,
    enquiry: bool,
    role: str,
    by: User,
    at: dt.datetime,
) -> Entry:
    """A strategy discussion: who took part, what was agreed, and whether it begins a section 47 enquiry.

    An enquiry starts the clocks of the conference and the assessment, as laid down on the day. Raises CannotHappen,
    CannotRecord.
    """
    on = check_day(held_on, timezone.localdate(at))
    check_present(present, why_not)
    check_words(words, "words", "Enter what was agreed, and why")
    with keeping():
        _move(child_id, "discuss: enquiry" if enquiry else "discuss: no enquiry", role)
        record = record_of(person_id=child_id, agency_id=team.agency_id, by=by, at=at)
        said = _Saying(team.agency, record, on, by, at, {one.id for one in present})
        text = f"{words.strip()}\n\nNot there: {why_not.strip()}" if why_not.strip() else words.strip()
        meeting = said.record("meeting", text, type="strategy", present=tuple(str(one.id) for one in present))
        if enquiry:
            said.record("decision", words, outcome="section_47", on_entries=(str(meeting.id),))
            said.record("assessment", "Section 47 enquiry begun.", type="section_47", stage="started")
            said.promise("conference", "Child protection conference", due_on("conference", on))
            said.promise("assessment", "Assessment completed", due_on("assessment", on))
    return meeting


@transaction.atomic
def record_conference(
    *,
    child_id: UUID,
    team: Team,
    held_on: dt.date | None,
    present: Collection[Agency],
    words: str,
    plan: bool,
    role: str,
    by: User,
    at: dt.datetime,
) -> Entry:
    """A conference: who took part, and whether a child protection plan is made; a plan starts its own clocks.

    Raises CannotHappen, CannotRecord.
    """
    on = check_day(held_on, timezone.localdate(at))
    check_words(words, "words", "Enter what was decided, and why")
    with keeping():
        _move(child_id, "conference: plan" if plan else "conference: no plan", role)
        record = record_of(person_id=child_id, agency_id=team.agency_id, by=by, at=at)
        said = _Saying(team.agency, record, on, by, at, {one.id for one in present})
        agencies = tuple(str(one.id) for one in present)
        meeting = said.record("meeting", words, type="conference", present=agencies)
        said.keep("conference", "The conference was held.")
        said.record("assessment", "Section 47 enquiry ended.", type="section_47", stage="completed")
        if plan:
            review = due_on("first_review_conference", on)
            said.record(
                "plan", words, type="child_protection", stage="opened", agencies=agencies, review_due=day(review)
            )
            said.promise("core-group", "First core group", due_on("core_group", on))
            said.promise("review", "First review conference", review)
    return meeting


@transaction.atomic
def end_enquiry(*, child_id: UUID, team: Team, words: str, role: str, by: User, at: dt.datetime) -> Entry:
    """End a section 47 enquiry without a conference: a manager's decision, with its reason."""
    check_words(words, "words", "Enter why no conference is called")
    with keeping():
        _move(child_id, "end enquiry", role)
        record = record_of(person_id=child_id, agency_id=team.agency_id, by=by, at=at)
        said = _Saying(team.agency, record, timezone.localdate(at), by, at, set())
        said.keep("conference", "No conference is called.", stage="dropped")
        said.record("decision", words, outcome="assessment")
        return said.record("assessment", words, type="section_47", stage="completed")


def _move(child_id: UUID, event: str, role: str) -> Stage:
    """The stage that follows, read from everything on record about the child."""
    history = load_history([child_id])
    return after(standing_of(history.entries, str(child_id)).stage, event, role)


class _Saying:
    """Entries about one child by one agency on one day, told to the same agencies."""

    def __init__(
        self, agency: Agency, record: AgencyRecord, on: dt.date, by: User, at: dt.datetime, told: set[UUID]
    ) -> None:
        self.agency, self.record_of_child, self.on, self.by, self.at, self.told = agency, record, on, by, at, told

    def record(self, kind: str, text: str, **own: Any) -> Entry:
        """One entry of this kind."""
        return record_entry(
            agency=self.agency.id,
            kind=kind,
            happened=day(self.on),
            about=(self.record_of_child.id,),
            text=text.strip(),
            own=own,
            shared_with=self.told,
            weight="key",
            by=self.by,
            at=self.at,
        )

    def promise(self, what: str, text: str, due: dt.date) -> None:
        """What is owed by a day: it stands in the worklist, and is overdue by itself."""
        own = {"action": f"section 47 {what}", "stage": "required", "owner": str(self.agency.id), "due": day(due)}
        self.record("action", text, **own)

    def keep(self, what: str, text: str, stage: str = "done") -> None:
        """That it was done, or is no longer needed."""
        self.record("action", text, action=f"section 47 {what}", stage=stage)
