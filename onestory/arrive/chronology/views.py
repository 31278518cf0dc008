"""The chronology's pages: fetch, call, show."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onestory.arrive.chronology import presenters
from onestory.arrive.chronology.forms import NarrowingForm
from onestory.arrive.chronology.queries import family_for
from onestory.platform.access.audit import Act
from onestory.platform.ui.requests import SignedInRequest


@require_safe
def chronology(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """The table, grouped by day."""
    family, today = family_for(request, child_id), timezone.localdate()
    form = NarrowingForm(request.GET, family=family, today=today)
    page = presenters.chronology_page(family, form, today, request.path, request.GET.dict())
    return render(request, "chronology/table.html", {"page": page})


@require_safe
def picture(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """The lane picture, with its tables."""
    family, today = family_for(request, child_id), timezone.localdate()
    narrowing = NarrowingForm(request.GET, family=family, today=today).narrowing()
    if narrowing is None:
        return _back_to_the_filters(request, child_id)
    page = presenters.picture_page(family, narrowing, today, request.path, request.GET.dict())
    return render(request, "chronology/picture.html", {"page": page})


@require_safe
def on_paper(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """The table and the picture for printing, with who printed it, when and for what."""
    purpose = request.GET.get("purpose", "").strip()[:200]
    family, today = family_for(request, child_id, act=Act.PRINT, purpose=purpose), timezone.localdate()
    narrowing = NarrowingForm(request.GET, family=family, today=today).narrowing()
    if narrowing is None:
        return _back_to_the_filters(request, child_id)
    page = presenters.print_page(family, narrowing, today, request.GET.dict())
    return render(request, "chronology/print.html", {"page": page, "printed_at": timezone.now()})


def _back_to_the_filters(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """To the table, which says what is wrong with the filters."""
    return redirect(f"{reverse('chronology', args=[child_id])}?{request.GET.urlencode()}")
