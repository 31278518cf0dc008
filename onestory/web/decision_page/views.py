"""What is known of a child before anything is decided."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onestory.arrive.chronology.queries import family_for
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.decision_page.forms import LookBackForm
from onestory.web.decision_page.presenters import what_is_known
from onestory.web.decision_page.queries import connected_agencies


@require_safe
def known(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Everything on one page, today or as it was known on a past day (F5.18–5.21, F5.58)."""
    family, today = family_for(request, child_id), timezone.localdate()
    form = LookBackForm(request.GET, today=today)
    day = form.day()
    page = what_is_known(family, day, connected=connected_agencies(), past=day < today)
    return render(request, "web/known.html", {"page": page, "form": form})
