"""The list of families."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onestory.platform.ui.requests import SignedInRequest
from onestory.web.families.presenters import child_rows, page_of
from onestory.web.families.queries import children_in_my_work, children_known_to


@require_safe
def families(request: SignedInRequest) -> HttpResponse:
    """The list."""
    today, name = timezone.localdate(), request.GET.get("name", "").strip()[:100]
    mine = child_rows(children_in_my_work(request.sight), today)
    known = child_rows(children_known_to(request.sight, name), today)
    page = page_of(known, request.GET.get("page", ""), request.path, name)
    return render(request, "web/families.html", {"mine": mine, "name": name, "count": len(known), "results": page})
