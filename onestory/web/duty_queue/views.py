"""The duty queue."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onestory.arrive.concerns.states import FRONT_DOOR
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.duty_queue.presenters import AT_MOST, queue_rows
from onestory.web.duty_queue.queries import facts_of, open_concerns


@require_safe
def duty_queue(request: SignedInRequest) -> HttpResponse:
    """Which next? For those who decide; to anybody else there is no such page."""
    if request.membership.role not in FRONT_DOOR:
        raise Http404
    today = timezone.localdate()
    concerns, count = open_concerns(request.sight, AT_MOST)
    rows = queue_rows(concerns, facts_of(request.sight, concerns, today), timezone.now(), today)
    return render(request, "web/duty_queue.html", {"rows": rows, "more": max(count - len(rows), 0)})
