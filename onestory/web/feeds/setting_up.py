"""Setting a feed up and approving its mapping: for the partnership's administrators. A mapping tells of nobody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestory.arrive.feeds.extracts import MappingProblems, read_mapping
from onestory.arrive.feeds.incoming import queries
from onestory.arrive.feeds.incoming.actions import approve_mapping, set_up_feed
from onestory.arrive.feeds.incoming.policies import NotPossible, may_set_up
from onestory.arrive.feeds.incoming.shipped import shipped_mapping, shipped_mappings
from onestory.platform.ui import typed_text
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.feeds import presenters
from onestory.web.feeds.forms import ApproveForm, SetUpForm


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: SignedInRequest) -> HttpResponse:
    """A feed with the first or the next version of its mapping, begun with a shipped one."""
    _only_administrators(request)
    teams = {str(one.id): one for one in queries.teams_that_may_have_feeds()}
    initial = typed_text.take_back(request) or {"mapping": shipped_mapping(request.GET.get("like", ""))}
    data = request.POST if request.method == "POST" else None
    form = SetUpForm(data, teams=[(one, str(team)) for one, team in teams.items()], initial=initial)
    if form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            made = set_up_feed(
                name=given["name"],
                team=teams[given["team"]],
                mapping=given["mapping"],
                by=request.user,
                at=timezone.now(),
            )
            return redirect("feeds:mapping", mapping_id=made.id)
        except MappingProblems as problems:
            for words in problems.problems:
                form.add_error("mapping", words)
        except NotPossible as refusal:
            form.add_error(refusal.field, str(refusal))
    return render(request, "feeds/set_up.html", {"form": form, "shipped": shipped_mappings()})


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: SignedInRequest, mapping_id: UUID) -> HttpResponse:
    """What each column becomes; a second person approves it."""
    _only_administrators(request)
    found = queries.mapping_numbered(mapping_id)
    if found is None:
        raise Http404
    form = ApproveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            approve_mapping(found, by=request.user, at=timezone.now())
            return redirect(reverse("feeds:mapping", args=[mapping_id]))
        except NotPossible as refusal:
            form.add_error("approve", str(refusal))
    read = read_mapping(found.content)
    said = {"mapping": found, "read": read, "rows": presenters.mapping_rows(read), "form": form}
    return render(request, "feeds/mapping.html", said)


def _only_administrators(request: SignedInRequest) -> None:
    if not may_set_up(request.sight):
        raise Http404
