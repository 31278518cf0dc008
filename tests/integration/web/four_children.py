"""Somebody of every role, and four children with a row of everything about each: own, the team's, known, hidden.

The same for every role: each has a team and an agency of its own. What stands about a child is written by a stranger's
agency. Every text of it begins with a mark, such as ``mark-hidden``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.test import Client
from django.utils import timezone

from onestory.decide.assessments.choosing import tools_now
from onestory.platform.access.actions import (
    break_glass,
    declare_conflict,
    grant_tie,
    list_reader,
    record_threat,
    seal_record,
)
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import Conflict, Seal, User
from onestory.platform.access.roles import ROLES
from onestory.platform.access.ties import Because, Kind
from onestory.platform.agencies.actions import add_member, ensure_agency, ensure_team
from onestory.platform.agencies.models import Membership
from onestory.platform.agencies.sectors import SECTORS as KNOWN_SECTORS
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import Entry
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import AgencyRecord, Person
from tests.integration.web.anything import a_row, every_text, everything_known
from tests.integration.web.office import AT, SINCE

CHILDREN = ("own", "team", "known", "hidden")
INDEX, CHRONOLOGY, PLANS = 1, 2, 3
ROWS = {
    "alert": ("signals.Alert", CHRONOLOGY),
    "check": ("checks.Check", PLANS),
    "concern": ("concerns.Concern", CHRONOLOGY),
    "commitment": ("commitments.Commitment", 0),
    "assessment": ("assessments.Assessment", PLANS),
    "assessed": ("assessments.AssessmentPerson", 0),
    "document": ("assessments.DocumentGiven", 0),
    "candidate": ("matching.Candidate", INDEX),
    "draft": ("concerns.Draft", 0),
    "join": ("matching.Join", INDEX),
    "notice": ("notices.Notice", CHRONOLOGY),
    "waiting": ("feeds.WaitingPerson", INDEX),
    "run": ("feeds.FeedRun", INDEX),
    "request": ("services.ServiceRequest", PLANS),
    "allocation": ("supervision.Allocation", PLANS),
    "plan": ("plans.Plan", PLANS),
    "plans/child": ("plans.PlanChild", 0),
    "outcome": ("plans.PlanOutcome", 0),
    "action": ("plans.PlanAction", 0),
    "agencies/row": ("plans.PlanAgency", 0),
    "family/row": ("plans.PlanRelative", 0),
    "proposals/proposal": ("plans.PlanProposal", 0),
    "meeting": ("meetings.Meeting", 0),
    "closure": ("closure.Closure", PLANS),
    "receiver": ("closure.ClosureReceiver", 0),
}
"""Ids in addresses, by the model whose row about a child stands in their place, and the class of its information."""
TELLS = {INDEX: "", CHRONOLOGY: "questions-", PLANS: "plans-", 0: "plans-"}
"""What comes before the child's name in the mark of a row of each class; a part of a plan has none of its own."""
ABOUT = ("checks.CheckPerson", "services.RequestPerson")
SECTORS = {
    "social_care": "childrens_social_care",
    "no_case_content": "safeguarding_partnership",
    "early_help_lead": "early_help",
    "substance_misuse": "substance_misuse_service",
}
"""In what sort of agency a role, or one of a group, works where the sort is not named as they are."""


def rows_of_everything(
    record: AgencyRecord,
    also: AgencyRecord,
    other: UUID,
    known: dict[type, Any],
    marks: Mapping[str, str],
    *,
    whole: bool = False,
) -> dict[str, UUID]:
    """A row for each part of addresses, about the child of this record, with its mark; returns their ids.

    ``also`` is another record of the child, ``other`` somebody of the family; ``known`` is what the rows point to. A
    ``whole`` row has the mark in every text, and says whom it is about where that stands in rows of their own.
    """
    tool = next(iter(tools_now().values()))
    given: dict[str, dict[str, Any]] = {
        "assessments.Assessment": {"tool": tool.name, "tool_version": tool.version},
        "assessments.AssessmentPerson": {"is_child": True},
        "matching.Candidate": {"record": record, "other": also},
        "matching.Join": {"from_person": record.person, "to_person": Person.objects.get(pk=other)},
        "assessments.DocumentGiven": {"lines": [{"words": marks["document"]}]},
    }
    ids = {}
    for part, (label, info) in ROWS.items():
        model = apps.get_model(label)
        has_class = info and any(one.name == "info" for one in model._meta.concrete_fields)
        named: dict[str, Any] = {"info": info} if has_class else {}
        named |= every_text(model, marks[part]) if whole else {}
        ids[part] = a_row(model, record, known, marks[part], **named, **given.get(label, {})).pk
    for label in ABOUT if whole else ():
        a_row(apps.get_model(label), record, known, marks["check"])
    return ids


def sector_of(code: str) -> str:
    """The sector in which somebody of the role works."""
    named = (SECTORS.get(one, one) for one in (code, *sorted(ROLES[code].groups)))
    return next((one for one in named if one in KNOWN_SECTORS), "community_health")


class World:
    """Who there is, the ids of each child's rows by their part in an address, and who is tied to whom."""

    def __init__(self) -> None:
        self.posts = {code: self._post(code) for code in ROLES}
        self.forms: dict[tuple[str, str], dict[str, str | list[str]]] = {}  # what pages offer, by role and route
        self.only_read: dict[str, bool] = {}  # whether a route takes nothing that is sent
        elsewhere = ensure_agency(name="Elsewhere", sector="voluntary", area="", by=None, at=AT)
        self.elsewhere = ensure_team(agency=elsewhere, name="Elsewhere", by=None, at=AT)
        self.stranger = User.objects.create(username="stranger", display_name="Stranger")
        add_member(user=self.stranger, team=self.elsewhere, role="social_worker", since_on=SINCE, by=None, at=AT)
        with keeping():
            self.ids = {name: self._child(name) for name in CHILDREN}
        for post in self.posts.values():
            self._tie(post)

    def client(self, code: str) -> Client:
        """A browser in which somebody of the role is signed in."""
        client = Client(raise_request_exception=False)
        client.force_login(self.posts[code].user)
        return client

    def _post(self, code: str) -> Membership:
        agency = ensure_agency(name=f"Agency of {code}", sector=sector_of(code), area="", by=None, at=AT)
        team = ensure_team(agency=agency, name="Team", inbox_label="Inbox", by=None, at=AT)
        user = User.objects.create(username=code, display_name=code.title(), email=f"{code}@example.org")
        return add_member(user=user, team=team, role=code, since_on=SINCE, by=None, at=AT)

    def _tie(self, post: Membership) -> None:
        def tie(child: str, kind: Kind, because: Because, **holder: UUID) -> None:
            grant_tie(self.ids[child]["person"], kind=kind, because=because, by=None, at=AT, **holder)

        tie("own", Kind.LEAD, Because.LEAD, user_id=post.user_id)
        tie("own", Kind.WORKER, Because.NAMED, user_id=post.user_id)
        tie("team", Kind.TEAM, Because.DUTY, team_id=post.team_id)
        tie("known", Kind.AGENCY, Because.KNOWN, agency_id=post.team.agency_id)

    def _child(self, name: str) -> dict[str, UUID]:
        mark = f"mark-{name}"
        person = add_person(is_child=True, by=None, at=AT).pk
        other = add_person(is_child=False, by=None, at=AT).pk
        record = self._record(person, f"Child {mark}")
        self._record(other, f"Adult {mark}")
        entry = self._entry(record, f"mark-words-{name}")
        ids = {"person": person, "child": person, "entry": entry.pk, "record": record.pk}
        known = everything_known(record, self.elsewhere, self.stranger, entry)
        also = self._record(record.person_id, f"Child mark-{name}, too")
        marks = {part: f"mark-{TELLS[info]}{name}" for part, (_, info) in ROWS.items()}
        ids |= rows_of_everything(record, also, other, known, marks)
        return ids | self._protected(person, other, name)

    def _protected(self, person: UUID, other: UUID, name: str) -> dict[str, UUID]:
        at, by = timezone.now(), self.stranger
        threat = record_threat(person, alleged_id=other, reason=f"mark-danger-{name}", by=by, at=at)
        sealed = add_person(is_child=True, by=None, at=AT).pk
        why = {"reason": f"mark-why-{name}", "scope": f"mark-why-{name}"}
        opened = break_glass(person, role="social_worker", by=by, at=at, **why)
        kin = Conflict.Nature.RELATIVE
        return {
            "threat": threat.pk,
            "listing": list_reader(person, user_id=by.pk, by=by, at=at).pk,
            "seal": seal_record(sealed, ground=Seal.Ground.STAFF, by=by, at=at).pk,
            "number": opened.pk,
            "tie": opened.tie_id,
            "conflict": declare_conflict(person, user_id=by.pk, nature=kin, by=by, at=at).pk,
        }

    def _record(self, person: UUID, label: str) -> AgencyRecord:
        agency = self.elsewhere.agency_id
        return add_agency_record(person_id=person, agency_id=agency, label=label, born="2019-04-02", by=None, at=AT)

    def _entry(self, record: AgencyRecord, words: str) -> Entry:
        return record_entry(
            agency=self.elsewhere.agency_id,
            kind="concern",
            happened=parse_when("2026-11-02"),
            about=(record.pk,),
            factors=frozenset({"neglect"}),
            text=words,
            by=None,
            at=timezone.now(),
        )
