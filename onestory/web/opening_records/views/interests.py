"""Declaring an interest of one's own in a record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.platform.access.actions import declare_conflict
from onestory.platform.access.models import Conflict
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import Question, ask
from onestory.web.opening_records.forms import InterestForm
from onestory.web.opening_records.views.opening import person_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """It is my own record, a relative's or a colleague's: it closes to me at once, and the privacy officer is told."""
    person = person_or_404(request, person_id)

    def act(given: dict[str, Any]) -> str:
        nature = Conflict.Nature(given["nature"])
        declare_conflict(person_id, user_id=request.user.pk, nature=nature, by=request.user, at=timezone.now())
        return reverse("records:declared")

    lead = (
        "The record closes to you at once, whatever you work on. The privacy officer is told, and only somebody else"
        " can open it to you again.",
        "If you work with this person now, tell your manager today: somebody else has to take over.",
    )
    question = Question(
        "I have an interest in this record",
        "Close it to me",
        reverse("my_work"),
        lead=lead,
        caption=person.words(),
        serious=True,
    )
    return ask(request, InterestForm, question, act)


@require_safe
def declared(request: SignedInRequest) -> HttpResponse:
    """It is done. The page names nobody."""
    return render(request, "opening_records/declared.html")
