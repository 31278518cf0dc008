"""Keeping the directory: the partnership administrator's pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestory.arrive.feeds.extracts.problems import ExtractProblems
from onestory.help.services import maintaining, queries
from onestory.help.services.reading import COLUMNS, read_directory
from onestory.platform.ui import typed_text
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.doors import ADMINISTRATOR, only_for
from onestory.web.feeds.forms import FileForm
from onestory.web.services.forms import ServiceForm
from onestory.web.services.presenters import typed_in


@only_for(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_service(request: SignedInRequest) -> HttpResponse:
    """Add a service."""
    teams = queries.teams_by_name()
    form, typed = _form(request, {"service_status": "active"})
    if form.is_valid():
        kept = maintaining.keep_services([form.told()], teams=teams, by=request.user, at=timezone.now())
        return redirect("services:service", service_id=kept[0].pk)
    said = {"form": form, "typed": typed, "heading": "Add a service", "button": "Add the service"}
    return render(request, "services/keep.html", said | {"back": reverse("services:services")})


@only_for(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_service(request: SignedInRequest, service_id: UUID) -> HttpResponse:
    """Change what the directory says of a service."""
    found = queries.service_numbered(service_id)
    if found is None:
        raise Http404
    form, typed = _form(request, typed_in(found))
    if form.is_valid():
        teams = queries.teams_by_name()
        maintaining.change_service(found, told=form.told(), teams=teams, by=request.user, at=timezone.now())
        return redirect("services:service", service_id=service_id)
    said = {"form": form, "typed": typed, "heading": "Change a service", "button": "Save"}
    return render(request, "services/keep.html", said | {"back": reverse("services:service", args=[service_id])})


def _form(request: SignedInRequest, initial: dict[str, Any]) -> tuple[ServiceForm, bool]:
    typed = typed_text.take_back(request)
    teams = [(name, name) for name in queries.teams_by_name()]
    data = request.POST if request.method == "POST" else None
    return ServiceForm(data, teams=teams, initial=typed or initial), typed is not None


@only_for(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: SignedInRequest) -> HttpResponse:
    """Bring a file in: all of it, or nothing and every error by row."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    problems: list[Any] = []
    if form.is_valid():
        file, teams = form.cleaned_data["file"], queries.teams_by_name()
        try:
            told = read_directory(file.read(), file=file.name or "file", teams=teams)
            maintaining.keep_services(told, teams=teams, by=request.user, at=timezone.now())
            return redirect("services:services")
        except ExtractProblems as found:
            problems = list(found.problems[:100])
    said = {"form": form, "problems": problems, "columns": COLUMNS}
    return render(request, "services/bring_in.html", said)
