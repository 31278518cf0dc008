"""Agencies and their teams."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.platform.accounts.office.queries import sign_ins_of
from onestory.platform.agencies import actions, queries
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.administration import presenters
from onestory.web.administration.forms import AgencyForm, TeamForm
from onestory.web.asking.asking import Question, ask
from onestory.web.asking.doors import ADMINISTRATOR, only_for

SECTION = "administration"


@only_for(ADMINISTRATOR)
@require_safe
def agencies(request: SignedInRequest) -> HttpResponse:
    """Every agency, with how many teams and people it has."""
    rows = presenters.agency_rows(queries.agencies_with_sizes(timezone.localdate()))
    return render(request, "administration/agencies.html", {"rows": rows})


@only_for(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_agency(request: SignedInRequest) -> HttpResponse:
    """Add an agency."""

    def act(given: dict[str, Any]) -> str:
        agency = actions.add_agency(**given, by=request.user, at=timezone.now())
        return reverse("administration:agency", kwargs={"agency_id": agency.pk})

    question = Question("Add an agency", "Add the agency", back=reverse("administration:agencies"), section=SECTION)
    return ask(request, AgencyForm, question, act)


@only_for(ADMINISTRATOR)
@require_safe
def agency(request: SignedInRequest, agency_id: UUID) -> HttpResponse:
    """One agency: its teams, who works there, how its people sign in."""
    found = agency_or_404(agency_id)
    page = presenters.agency_page(found, timezone.localdate())
    return render(request, "administration/agency.html", {"page": page, "providers": sign_ins_of(found)})


@only_for(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_team(request: SignedInRequest, agency_id: UUID) -> HttpResponse:
    """Add a team with its shared inbox."""
    found = agency_or_404(agency_id)

    def act(given: dict[str, Any]) -> str:
        team = actions.add_team(agency=found, **given, by=request.user, at=timezone.now())
        return _address(team)

    back = reverse("administration:agency", kwargs={"agency_id": agency_id})
    return ask(
        request, TeamForm, Question("Add a team", "Add the team", back, caption=found.name, section=SECTION), act
    )


@only_for(ADMINISTRATOR)
@require_safe
def team(request: SignedInRequest, team_id: UUID) -> HttpResponse:
    """One team and who works in it."""
    found = team_or_404(team_id)
    posts = presenters.post_rows(queries.posts_in(found, timezone.localdate()))
    return render(request, "administration/team.html", {"team": found, "posts": posts})


@only_for(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_team(request: SignedInRequest, team_id: UUID) -> HttpResponse:
    """Another name, another inbox, or that it answers for its agency."""
    found = team_or_404(team_id)

    def act(given: dict[str, Any]) -> str:
        actions.change_team(found, **given, by=request.user, at=timezone.now())
        return _address(found)

    kept = {"name": found.name, "inbox_label": found.inbox_label, "phone": found.phone}
    question = Question("Change the team", "Save", _address(found), caption=str(found), section=SECTION)
    return ask(request, TeamForm, question, act, initial=kept | {"answers": found.answers_for_agency})


def agency_or_404(agency_id: UUID) -> Agency:
    """The agency of an address."""
    found = queries.agency_numbered(agency_id)
    if found is None:
        raise Http404
    return found


def team_or_404(team_id: UUID) -> Team:
    """The team of an address."""
    found = queries.team_numbered(team_id)
    if found is None:
        raise Http404
    return found


def _address(team: Team) -> str:
    return reverse("administration:team", kwargs={"team_id": team.pk})
