"""Who is to be housed first and here; a child's homes and moves; who takes over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.arrive.chronology.narrowing import Family
from onestory.arrive.chronology.queries import family_for
from onestory.help.housing import actions, queries
from onestory.help.housing.policies import MAY_RECORD, sees_housing
from onestory.help.services.queries import records_of
from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.child import identity_of
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import Question, ask
from onestory.web.housing import forms, presenters

NOT_FOR_MOVES = "no_case_content"


@require_safe
def housing(request: SignedInRequest) -> HttpResponse:
    """Everybody with an application or a tenancy, whoever is housed first by the agreed rule first."""
    if not sees_housing(request.sight.role):
        raise Http404
    today, sight = timezone.localdate(), request.sight
    found = queries.homes_of_team(sight, today)
    record_access(
        act=Act.LOOK,
        what="housing",
        people=[one.record.person_id for one in found],
        by=request.user,
        at=sight.at,
        agency_id=sight.agency_id,
        role=sight.role,
    )
    rows = presenters.home_rows(found, today)
    return render(request, "housing/housing.html", {"rows": rows, "sentence": presenters.first_sentence(rows)})


@require_safe
def of_child(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """The homes of this child's family, its moves in the last year, and who has taken over."""
    family, today = family_for(request, child_id), timezone.localdate()
    people = [UUID(one) for one in family.circle]
    said = {
        "child": str(child_id),
        "identity": identity_of(family.history.people[family.child], today),
        "homes": presenters.home_rows(queries.homes_about(request.sight, people, today), today),
        "moves": presenters.move_rows(queries.moves_about(request.sight, people, today)),
        "may_record": bool(request.sight.groups & MAY_RECORD),
    }
    return render(request, "housing/of_child.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def record_home(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Record that somebody of the family has applied for a home or is a tenant."""
    family, records = _family(request, child_id)
    if not request.sight.groups & MAY_RECORD:
        raise Http404

    def act(given: dict[str, Any]) -> str:
        record = records[given.pop("person")]
        children = [records[str(child_id)]] if str(child_id) in records and record != records[str(child_id)] else []
        actions.record_home(record, **given, children=children, **_who(request))
        return _back(child_id)

    def make(data: Any, **more: Any) -> django_forms.Form:
        return forms.HomeForm(data, people=_named(records), **more)

    question = Question("An application or tenancy", "Save", _back(child_id), about=_identity(family))
    return ask(request, make, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def moved(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Record a move, and hand the family over to those who receive it."""
    family, records = _family(request, child_id)
    teams = queries.receiving_teams(request.sight)

    def act(given: dict[str, Any]) -> str:
        about = [records[one] for one in given.pop("people")]
        chosen = [teams[one] for one in given.pop("teams")]
        outside = given.pop("where") == "outside"
        actions.record_move(about=about, teams=chosen, outside=outside, **given, **_who(request))
        return _back(child_id)

    def make(data: Any, **more: Any) -> django_forms.Form:
        named = [(key, _team_words(team)) for key, team in teams.items()]
        return forms.MoveForm(data, people=_named(records), teams=named, **more)

    lead = "Each team that takes over has it in its inbox, and is asked again until it says that it has it."
    question = Question(
        "The family has moved", "Save and hand over", _back(child_id), lead=(lead,), about=_identity(family)
    )
    return ask(request, make, question, act, initial={"people": [str(child_id)]})


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: SignedInRequest, child_id: UUID, entry_id: UUID) -> HttpResponse:
    """Hand over a family that moved earlier."""
    family, records = _family(request, child_id)
    move = queries.move_of(request.sight, entry_id)
    if move is None or not any(str(move.id) == one.id for one in family.history.entries):
        raise Http404
    teams = queries.receiving_teams(request.sight)

    def act(given: dict[str, Any]) -> str:
        chosen = [teams[one] for one in given["teams"]]
        about = [records[str(child_id)]]
        actions.hand_over_move(move, about=about, teams=chosen, words=given["words"], **_who(request))
        return _back(child_id)

    def make(data: Any, **more: Any) -> django_forms.Form:
        return forms.HandOverForm(data, teams=[(key, _team_words(team)) for key, team in teams.items()], **more)

    question = Question("Hand the family over", "Hand over", _back(child_id), about=_identity(family))
    return ask(request, make, question, act)


def _family(request: SignedInRequest, child_id: UUID) -> tuple[Family, dict[str, AgencyRecord]]:
    """The family, with the record of each of its people by which the reader knows them."""
    family = family_for(request, child_id)
    found = records_of(request.sight, [UUID(one) for one in family.circle])
    if NOT_FOR_MOVES in request.sight.groups or str(child_id) not in found:
        raise Http404
    others = sorted((one for one in found if one != str(child_id)), key=lambda one: found[one].label)
    return family, {one: found[one] for one in (str(child_id), *others)}


def _identity(family: Family) -> Any:
    return identity_of(family.history.people[family.child], timezone.localdate())


def _named(records: dict[str, AgencyRecord]) -> list[tuple[str, str]]:
    return [(key, one.label) for key, one in records.items()]


def _team_words(team: Any) -> str:
    return f"{team}, {team.agency.area}" if team.agency.area else str(team)


def _who(request: SignedInRequest) -> dict[str, Any]:
    return {"team": request.membership.team, "by": request.user, "at": timezone.now()}


def _back(child_id: UUID) -> str:
    return reverse("housing:of_child", kwargs={"child_id": child_id})
