"""Written agreements and safety plans: signed by whom, what is agreed, what a breach leads to (L3, F5.8).

Each is an entry that the rules read, and a standing condition: whoever comes to decide later is asked for what was
said would follow (D6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.decide.decisions.actions import end_condition
from onestory.decide.decisions.conditions import CONCERNS
from onestory.help.plans import policies
from onestory.help.plans.holding import locked
from onestory.help.plans.membership import tell_members
from onestory.help.plans.models import Agreement, AgreementSignature, Plan
from onestory.help.plans.recording import children_of, member_agencies
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.history.record import ConditionTest
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.wording import day_words


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed. People are records that are in the plan; ``not_signed``: who was asked and did not, and why."""

    sort: str
    terms: str
    breach_leads_to: str
    agreed_on: dt.date | None
    until_on: dt.date | None = None
    signed: tuple[UUID, ...] = ()
    not_signed: str = ""
    apart: tuple[UUID, ...] = ()


@transaction.atomic
def sign_agreement(plan_id: UUID, *, terms: Terms, team: Team, by: User, at: dt.datetime) -> Agreement:
    """Record an agreement or a safety plan, with its standing condition; every team in the plan is told.

    The condition is met when those who must be apart are together, or, where nobody must, when a further concern about
    a child of the plan comes in. Raises CannotPlan, CannotHappen.
    """
    policies.check_agreement(
        terms=terms.terms,
        breach_leads_to=terms.breach_leads_to,
        agreed_on=terms.agreed_on,
        signed=len(terms.signed),
        today=timezone.localdate(at),
    )
    if len(terms.apart) == 1:
        raise policies.CannotPlan("apart", "Select at least two people who must not be together, or nobody")
    with keeping():
        plan = locked(plan_id)
        policies.check_may_change(plan, team_id=team.id, user_id=by.id)
        people = _people(plan, {*terms.signed, *terms.apart})
        entry = _record(plan, "agreement", _agreed(plan, terms), terms, team, by, at)
        condition = _record(plan, "condition", _condition(plan, terms, entry), terms, team, by, at)
        assert terms.agreed_on, "checked before"
        agreement = Agreement.objects.create(
            plan=plan,
            sort=terms.sort,
            terms=terms.terms.strip(),
            breach_leads_to=terms.breach_leads_to.strip(),
            forbids=[str(one) for one in terms.apart],
            agreed_on=terms.agreed_on,
            until_on=terms.until_on,
            by=by,
            written_at=at,
            entry=entry,
            condition=condition,
        )
        AgreementSignature.objects.bulk_create(_signatures(agreement, terms, people, team))
        kind = Agreement.Sort(terms.sort).label.lower()
        tell_members(plan, f"A {kind} was signed: {agreement.terms}", by=by, at=at)
    return agreement


@transaction.atomic
def end_agreement(agreement_id: UUID, *, reason: str, team: Team, by: User, at: dt.datetime) -> Agreement:
    """End an agreement, with a reason; its standing condition ends with it, and every team in the plan is told.

    Raises CannotPlan, CannotHappen.
    """
    with keeping():
        plan = locked(Agreement.objects.values_list("plan", flat=True).get(pk=agreement_id))
        policies.check_may_change(plan, team_id=team.id, user_id=by.id)
        agreement = Agreement.objects.select_related("condition").get(pk=agreement_id)
        policies.check_may_end(ended=agreement.ended_on is not None, reason=reason)
        agreement.ended_on, agreement.ended_because, agreement.ended_by = timezone.localdate(at), reason.strip(), by
        agreement.save(update_fields=["ended_on", "ended_because", "ended_by"])
        if agreement.condition:
            end_condition(agreement.condition, agency=team.agency, reason=reason, by=by, at=at)
        kind = Agreement.Sort(agreement.sort).label.lower()
        tell_members(plan, f"The {kind} of {day_words(agreement.agreed_on)} has ended: {reason}", by=by, at=at)
    return agreement


def _people(plan: Plan, named: Collection[UUID]) -> dict[UUID, AgencyRecord]:
    """Their records; only people of the plan can sign or be kept apart."""
    inside = {*plan.children.values_list("record_id", flat=True), *plan.relatives.values_list("record_id", flat=True)}
    if not inside.issuperset(named):
        raise policies.CannotPlan("signatures", "Only people who are in the plan can be named here")
    return AgencyRecord.objects.in_bulk(list(named))


def _agreed(plan: Plan, terms: Terms) -> dict[str, Any]:
    own: dict[str, Any] = {
        "signed_by": (str(plan.agency_id), *(str(one) for one in terms.signed)),
        "terms": terms.terms.strip(),
    }
    return own | ({"forbids": tuple(str(one) for one in terms.apart)} if terms.apart else {})


def _condition(plan: Plan, terms: Terms, entry: Entry) -> dict[str, Any]:
    children = frozenset(str(one) for one in children_of(plan))
    test = (
        ConditionTest(together=frozenset(str(one) for one in terms.apart))
        if terms.apart
        else ConditionTest(kinds=CONCERNS, about=children if len(children) == 1 else frozenset())
    )
    own: dict[str, Any] = {"if": test, "then": terms.breach_leads_to.strip(), "from": str(entry.id)}
    return own | ({"ended": day(terms.until_on)} if terms.until_on else {})


def _record(plan: Plan, kind: str, own: dict[str, Any], terms: Terms, team: Team, by: User, at: dt.datetime) -> Entry:
    assert terms.agreed_on, "checked before"
    about = (*children_of(plan), *(one for one in terms.apart if one not in children_of(plan)))
    words = f"{terms.terms.strip()} A breach leads to: {terms.breach_leads_to.strip()}"
    return record_entry(
        agency=team.agency_id,
        kind=kind,
        happened=day(terms.agreed_on),
        about=about,
        own=own,
        text=words if kind == "agreement" else "",
        shared_with=set(member_agencies(plan)),
        weight="key",
        by=by,
        at=at,
    )


def _signatures(
    agreement: Agreement, terms: Terms, people: Mapping[UUID, AgencyRecord], team: Team
) -> list[AgreementSignature]:
    common = {"plan": agreement.plan, "agreement": agreement}
    signed = [AgreementSignature(**common, record_id=one, label=people[one].label, signed=True) for one in terms.signed]
    mine = AgreementSignature(**common, agency_id=team.agency_id, label=str(team), signed=True)
    if not terms.not_signed.strip():
        return [*signed, mine]
    why = terms.not_signed.strip()
    return [*signed, mine, AgreementSignature(**common, label="Not everybody", signed=False, refused_because=why)]
