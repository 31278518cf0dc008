"""A plan held until the transaction ends, for whoever is about to change it."""

from __future__ import annotations

from uuid import UUID

from onestory.help.plans.models import Plan


def locked(plan_id: UUID) -> Plan:
    """The row: of two who change a plan at once the second sees what the first did."""
    plans = Plan.objects.select_for_update(of=("self",))
    return plans.select_related("owner_team__agency", "lead", "lead_team__agency").get(pk=plan_id)
