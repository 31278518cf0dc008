"""The directory, for everybody who signs in."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onestory.help.services import queries
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.doors import ADMINISTRATOR
from onestory.web.services import presenters
from onestory.web.services.forms import NarrowForm


@require_safe
def services(request: SignedInRequest) -> HttpResponse:
    """Services by name, narrowed to a need, an age, words."""
    form = NarrowForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    keeps = request.membership.role == ADMINISTRATOR
    found = queries.directory(
        taxonomy_term=asked.get("need", ""), words=asked.get("words", ""), age=asked.get("age"), closed=keeps
    )
    said = {"rows": presenters.service_rows(found), "form": form, "keeps": keeps, "narrowed": any(asked.values())}
    return render(request, "services/services.html", said)


@require_safe
def service(request: SignedInRequest, service_id: UUID) -> HttpResponse:
    """One service: who may have it, how one comes to it, what it costs."""
    found = queries.service_numbered(service_id)
    if found is None:
        raise Http404
    page = presenters.service_page(found, timezone.localdate())
    keeps = request.membership.role == ADMINISTRATOR
    return render(request, "services/service.html", {"page": page, "keeps": keeps})


@require_safe
def gaps(request: SignedInRequest) -> HttpResponse:
    """How often help was not to be had, over all families: numbers and no names."""
    rows = presenters.count_rows(queries.counted())
    columns = [*presenters.STANDING.values(), *presenters.COLUMNS.values()]
    said = {"rows": rows, "columns": columns, "sentence": presenters.count_sentence(rows)}
    return render(request, "services/gaps.html", said)
