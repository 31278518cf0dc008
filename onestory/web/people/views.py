"""Finding a person; two records side by side; joins."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.arrive.matching import actions, queries
from onestory.arrive.matching.finding import find_people
from onestory.arrive.matching.models import Join
from onestory.arrive.matching.policies import NotNow, check_may_review
from onestory.arrive.matching.states import OPEN, Decision
from onestory.platform.access.reading_as import read_as
from onestory.platform.access.sight import Sight
from onestory.platform.ui import typed_text
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import Question, ask
from onestory.web.people import presenters
from onestory.web.people.forms import ConfirmForm, DecideForm, FindForm, UndoForm
from onestory.web.people.searching import address_with, note_search, on_this_site, searches_everybody

COMPARING = "comparing records"


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: SignedInRequest) -> HttpResponse:
    """Find a person. What was typed is sent and never stands in an address."""
    everybody = searches_everybody(request.sight)
    then = on_this_site(request, request.GET.get("then", ""))
    typed = typed_text.take_back(request)
    form = FindForm(request.POST if request.method == "POST" else None, initial=typed, everybody=everybody)
    rows = _rows(request, form, then) if form.is_valid() else None
    said = {"form": form, "rows": rows, "everybody": everybody, "then": then, "typed": typed is not None}
    return render(request, "people/find.html", said)


def _rows(request: SignedInRequest, form: FindForm, then: str) -> list[presenters.FoundRow]:
    sight = _with_purpose(request, form.cleaned_data.get("purpose", ""))
    sought = form.sought()
    found = find_people(sight, sought)
    note_search(sight, sought, found, by=request.user)
    today, reviewer = timezone.localdate(sight.at), searches_everybody(sight)
    return [
        presenters.found_row(
            one,
            today,
            choose=address_with(then, one.person_id) if then else "",
            tied=bool(sight.kinds_of_ties(one.person_id)),
            reviewer=reviewer,
        )
        for one in found
    ]


def _with_purpose(request: SignedInRequest, purpose: str) -> Sight:
    if purpose:
        request.sight = read_as(request.membership, at=request.sight.at, purpose=purpose)
    return request.sight


def _reviewing(request: SignedInRequest) -> Sight:
    """Read from here on as a reviewer; for everybody else the page does not exist."""
    try:
        check_may_review(request.sight)
    except NotNow as refusal:
        raise Http404 from refusal
    return _with_purpose(request, COMPARING)


@require_safe
def records(request: SignedInRequest) -> HttpResponse:
    """Pairs that wait for a decision, and joins that wait for a second person."""
    sight = _reviewing(request)
    pairs = [presenters.waiting(one) for one in queries.candidates(sight)[:50]]
    standing = list(queries.joins(sight)[:50])
    return render(request, "people/records.html", {"pairs": pairs, "joins": _stories(sight, standing)})


def _stories(sight: Sight, joins: list[Join]) -> list[presenters.Story]:
    people = {person for one in joins for person in (one.from_person_id, one.to_person_id)}
    known = queries.names_by_person(sight, people)
    return [presenters.join_story(one, known[one.from_person_id], known[one.to_person_id]) for one in joins]


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: SignedInRequest, candidate_id: UUID) -> HttpResponse:
    """Two records side by side, and the decision."""
    sight = _reviewing(request)
    candidate = queries.candidate_numbered(sight, candidate_id)
    if candidate is None:
        raise Http404
    typed = typed_text.take_back(request)
    form = DecideForm(
        request.POST if request.method == "POST" else None,
        initial={**(typed or {}), "seen_at": candidate.changed_at.isoformat()},
    )
    if form.is_valid() and (done := _decided(request, form, candidate_id)):
        return done
    left, right = queries.sides_of(sight, candidate)
    said = {
        "candidate": candidate,
        "open": candidate.state in OPEN and candidate.record.person_id != candidate.other.person_id,
        "form": form,
        "lines": presenters.compared(candidate, queries.reasons_shown(candidate)),
        "sides": [(presenters.held_rows(side), presenters.former_names(side)) for side in (left, right)],
        "decisions": list(queries.decisions_on(sight, candidate)),
        "typed": typed is not None,
    }
    return render(request, "people/pair.html", said)


def _decided(request: SignedInRequest, form: DecideForm, candidate_id: UUID) -> HttpResponse | None:
    from django.shortcuts import redirect

    decided: dict[str, Any] = form.cleaned_data
    try:
        seen_at = dt.datetime.fromisoformat(decided["seen_at"])
        actions.decide(
            candidate_id,
            decision=Decision(decided["decision"]),
            reason=decided["reason"],
            seen_at=seen_at,
            by=request.user,
            at=request.sight.at,
        )
    except NotNow as refusal:
        form.add_error("decision", str(refusal))
        return None
    except ValueError:
        form.add_error("decision", "Open the page again, then decide.")
        return None
    return redirect("people:records")


@require_safe
def joined(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """What became of a person's records, in plain words."""
    sight = _reviewing(request)
    held = queries.records_held_of(sight, person_id)
    stories = _stories(sight, queries.joins_of(sight, person_id))
    if not held and not stories:
        raise Http404
    said = {
        "held": presenters.held_rows(held),
        "stories": stories,
        "name": presenters.name_of(held[-1]) if held else "",
    }
    return render(request, "people/joined.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SignedInRequest, join_id: UUID) -> HttpResponse:
    """A second person confirms a join."""
    story = _one_join(request, join_id)
    question = Question(
        heading="Confirm that these are one person",
        button="Confirm",
        back=reverse("people:records"),
        lead=story.sentences[:1],
        warning="People who are tied to one of the two will see the other’s records as well.",
        section="records",
    )

    def act(_: dict[str, Any]) -> str:
        actions.confirm_join(join_id, by=request.user, at=request.sight.at)
        return reverse("people:records")

    return ask(request, ConfirmForm, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: SignedInRequest, join_id: UUID) -> HttpResponse:
    """Take a join back."""
    story = _one_join(request, join_id)
    question = Question(
        heading="Take this join back",
        button="They are two people",
        back=reverse("people:records"),
        lead=(
            *story.sentences,
            "Every record goes back to its person, with all that was recorded with it. Nothing is lost.",
        ),
        section="records",
    )

    def act(typed: dict[str, Any]) -> str:
        actions.undo_join(join_id, reason=typed["reason"], by=request.user, at=request.sight.at)
        return reverse("people:records")

    return ask(request, UndoForm, question, act)


def _one_join(request: SignedInRequest, join_id: UUID) -> presenters.Story:
    sight = _reviewing(request)
    join = queries.join_numbered(sight, join_id)
    if join is None:
        raise Http404
    return _stories(sight, [join])[0]
