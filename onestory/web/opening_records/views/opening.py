"""Opening a record in an emergency."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.platform.access.actions import approve_break_glass
from onestory.platform.ui.requests import SignedInRequest
from onestory.platform.ui.wording import moment_words
from onestory.web.asking.asking import Question, ask
from onestory.web.opening_records import actions, policies, queries
from onestory.web.opening_records.forms import ApproveForm, AskForm, OpenForm
from onestory.web.opening_records.queries import Whose

LASTS = (
    "The record opens to you for one hour. Whoever leads for the person is told at once, and the privacy officer looks"
    " into it by the next working day."
)
TWO = "What is sealed, and a protected address, need a second person: a colleague, or the out-of-hours desk."


def person_or_404(request: SignedInRequest, person_id: UUID) -> Whose:
    """Whose record it is. Whoever may not know of the person cannot tell them from nobody, and asking is on record."""
    found = queries.whose(request.sight, person_id) if policies.works_with_records(request.sight) else None
    if found is None:
        request.denied.append(person_id)
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def open_record(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Why now, and what is needed; then the record is open for an hour."""
    person = person_or_404(request, person_id)

    def act(given: dict[str, Any]) -> str:
        opened = actions.open_in_emergency(
            person_id, post=request.membership, **given, by=request.user, at=timezone.now()
        )
        return reverse("records:asked", kwargs={"number": opened.pk})

    question = Question(
        "Open this record in an emergency",
        "Open for one hour",
        reverse("my_work"),
        lead=(LASTS, TWO),
        warning="Open it only where a child cannot wait for whoever has the record.",
        caption=person.words(),
        serious=True,
    )
    return ask(request, OpenForm, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_record(request: SignedInRequest) -> HttpResponse:
    """Ask for a record that is not shown; the answer is the same whether or not there is one."""
    if not policies.works_with_records(request.sight):
        raise Http404

    def act(given: dict[str, Any]) -> str:
        number = actions.ask_for_what_is_not_shown(post=request.membership, **given, by=request.user, at=timezone.now())
        return reverse("records:asked", kwargs={"number": number})

    question = Question(
        "Ask for a record that you cannot find",
        "Ask",
        reverse("my_work"),
        lead=(f"Where there is a record: {LASTS[:1].lower()}{LASTS[1:]}", TWO),
        warning="Ask only where a child cannot wait. You are not told whether there is a record.",
        serious=True,
    )
    return ask(request, AskForm, question, act)


@require_safe
def asked(request: SignedInRequest, number: UUID) -> HttpResponse:
    """Where it stands: the way to the record once it is open, and otherwise the number for a second person.

    A number that leads nowhere, or is somebody else's, shows the same as one that waits.
    """
    if not policies.works_with_records(request.sight):
        raise Http404
    opened = queries.opened_by(request.user, number)
    person = queries.whose(request.sight, opened.tie.person_id) if opened else None
    said = {"number": str(number), "person": person, "second": reverse("records:approve", kwargs={"number": number})}
    return render(request, "opening_records/asked.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: SignedInRequest, number: UUID) -> HttpResponse:
    """A second person stands behind it. The page does not say whose record it is: the opener does."""
    opened, at = queries.opened_numbered(number), timezone.now()
    if opened is None or not policies.may_be_second(opened, request.sight, queries.post_at(opened), at=at):
        raise Http404

    def act(given: dict[str, Any]) -> str:
        approve_break_glass(opened, by=request.user, at=at)
        return reverse("my_work")

    tie = opened.tie
    opener = tie.user.display_name if tie.user else ""
    until = moment_words(tie.until_at) if tie.until_at else ""
    lead = (
        f"{opener} has asked to open a record until {until}. Ring them before you answer.",
        f"Why: {opened.reason}",
        f"What is needed: {opened.scope}",
    )
    warning = "With you as second person they see what is sealed. In an emergency role also a protected address."
    question = Question(
        "Be the second person", "Approve", reverse("my_work"), lead=lead, warning=warning, caption=opener
    )
    return ask(request, ApproveForm, question, act)
