"""Reading meetings: of a plan, one. Each starts from the plans that the reader may see."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from onestory.help.meetings.models import Meeting
from onestory.help.meetings.states import MeetingState
from onestory.help.plans.queries import visible_plans
from onestory.platform.access.sight import Sight
from onestory.platform.notices.models import Notice
from onestory.platform.notices.queries import notices_for


def visible_meetings(sight: Sight) -> QuerySet[Meeting]:
    """The meetings on plans that the reader may see."""
    found = Meeting.objects.filter(plan__in=visible_plans(sight).values("id"))
    return found.select_related("plan__owner_team__agency", "plan__lead", "written_by")


def meeting_of(sight: Sight, meeting_id: UUID) -> Meeting | None:
    """One meeting with everybody who was invited; None where there is none for this reader."""
    found = visible_meetings(sight).filter(pk=meeting_id)
    return found.prefetch_related("invitations__team__agency", "plan__children").first()


def meetings_of(sight: Sight, plan_id: UUID) -> QuerySet[Meeting]:
    """The meetings on a plan, the latest first."""
    return visible_meetings(sight).filter(plan=plan_id).order_by("-meets_at", "id")


def next_meetings(sight: Sight) -> QuerySet[Meeting]:
    """The meetings to which the reader's team is invited and that were not held yet, the next first."""
    found = visible_meetings(sight).filter(invitations__team=sight.team_id, state=MeetingState.PLANNED)
    return found.order_by("meets_at", "id").distinct()


def minutes_sent(sight: Sight, meeting: Meeting) -> QuerySet[Notice]:
    """To which teams the minutes went and who acknowledged, as far as the reader's team sent or got them."""
    found = notices_for(sight).filter(kind="minutes", address=f"/meetings/{meeting.id}")
    return found.select_related("to_team__agency", "acknowledged_by").order_by("to_team__name", "id")
