"""The page about a child."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onestory.arrive.chronology.queries import family_for
from onestory.web.family.presenters import family_page
from onestory.web.waiting.queries import open_alerts, open_promises


@require_safe
def family(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Who is in this child's life, who is involved, what is promised and open."""
    asked = {
        "by": request.user,
        "family": family_for(by=request.user, child_id=child_id),
        "today": timezone.localdate(),
    }
    page = family_page(asked["family"], asked["today"])
    said = {"page": page, "promises": open_promises(**asked), "alerts": open_alerts(**asked)}
    return render(request, "web/family.html", said)
