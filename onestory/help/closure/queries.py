"""Reading closures: of a plan, one, those that a manager let end all the same."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from onestory.help.closure.models import Closure, ClosureReceiver, Override
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.notices.guards import not_shut
from onestory.platform.notices.queries import notices_for


def visible_closures(sight: Sight) -> QuerySet[Closure]:
    """The closures that the reader may see: by tie, or because their team owns the plan or was sent the record.

    Whoever a notice of it was taken further to sees it for as long as they see the notice.
    """
    by_tie = visible_to(sight, Closure.objects.all()).values("id")
    mine = Q(owner_team=sight.team_id) | Q(receiving__contains=[sight.team_id])
    noticed = Q(sent_in__in=notices_for(sight).filter(entry__isnull=False).values("entry"))
    rows = Closure.objects.filter(Q(id__in=by_tie) | ((mine | noticed) & not_shut(sight)))
    # Not the plan: a receiver need not see it, and joining it would take the closure away from them.
    return rows.select_related("owner_team__agency", "sent_by", "ended_by", "begun_by")


def closure_of(sight: Sight, closure_id: UUID) -> Closure | None:
    """One closure with those who receive it; None where there is none for this reader."""
    return _whole(visible_closures(sight).filter(id=closure_id)).first()


def closure_of_plan(sight: Sight, plan_id: UUID) -> Closure | None:
    """The last closure of a plan; None where there is none for this reader."""
    return _whole(visible_closures(sight).filter(plan=plan_id).order_by("-begun_at", "-id")).first()


def _whole(rows: QuerySet[Closure]) -> QuerySet[Closure]:
    receivers = ClosureReceiver.objects.select_related("team__agency", "answered_by")
    return rows.prefetch_related(Prefetch("receivers", receivers))


def my_receiver(sight: Sight, closure: Closure) -> ClosureReceiver | None:
    """The receiver for whom the reader's team answers: itself, or a team whose notice was taken further to it."""
    receivers = list(closure.receivers.all())
    mine = [one for one in receivers if one.team_id == sight.team_id]
    if mine or closure.sent_in_id is None:
        return mine[0] if mine else None
    taken = notices_for(sight).filter(entry=closure.sent_in_id, with_team=sight.team_id).values_list("to_team_id")
    teams = {team for (team,) in taken}
    return next((one for one in receivers if one.team_id in teams), None)


def overrides(sight: Sight) -> QuerySet[Override]:
    """What managers let end although it was open, the latest first: for assurance (L5, F5.39)."""
    by_tie = visible_to(sight, Override.objects.all()).values("id")
    rows = Override.objects.filter(Q(id__in=by_tie) | (Q(team=sight.team_id) & not_shut(sight)))
    return rows.select_related("closure", "by", "team__agency").order_by("-at", "id")
