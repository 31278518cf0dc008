"""The page about a child."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onestory.arrive.chronology.narrowing import Family
from onestory.arrive.chronology.queries import family_for
from onestory.help.aftercare.queries import aftercare_for
from onestory.platform.agencies.queries import phones_of
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.aftercare.presenters import aftercare_rows
from onestory.web.family.presenters import family_page
from onestory.web.family.queries import holders_of_places
from onestory.web.family_changes.policies import changing_words
from onestory.web.opening_records.policies import leads, may_say_who_endangers
from onestory.web.waiting.queries import open_alerts, open_promises


@require_safe
def family(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Who is in this child's life, who is involved, what is promised and open."""
    today = timezone.localdate()
    found = family_for(request, child_id)
    promises = open_promises(request.sight, family=found, today=today)
    alerts = open_alerts(request.sight, family=found, today=today)
    changes = changing_words(request.sight, child_id)
    said = {
        "page": family_page(found, today, phones_of(found.history.agencies)),
        "promises": promises,
        "alerts": alerts,
        "changes": changes,
        "leads": leads(request.sight, child_id),
        "aftercare": aftercare_rows(aftercare_for(request.sight, _children(found), today=today)),
        "may_say_who_endangers": may_say_who_endangers(request.sight, child_id),
        "child": str(child_id),
        "holders": holders_of_places(request.sight, [UUID(one) for one in found.circle]),
    }
    return render(request, "web/family.html", said)


def _children(found: Family) -> list[UUID]:
    return [UUID(one) for one in found.children]
