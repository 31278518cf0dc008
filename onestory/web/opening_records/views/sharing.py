"""The most that others may see of one entry of one's own agency."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestory.platform.access.policy import Level
from onestory.platform.sharing.actions import decide_disclosure
from onestory.platform.ui.requests import SignedInRequest
from onestory.platform.ui.wording import day_words
from onestory.web.asking.asking import Question, ask
from onestory.web.opening_records import queries
from onestory.web.opening_records.forms import SharingForm


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SignedInRequest, entry_id: UUID) -> HttpResponse:
    """Decide, and say how it may help to tell or why it is not told: both are recorded."""
    entry = queries.own_entry(request.sight, entry_id)
    if entry is None:
        request.denied.append(entry_id)
        raise Http404

    def act(given: dict[str, Any]) -> str:
        decide_disclosure(
            entry_id,
            at_most=Level(int(given["at_most"])),
            words=given["words"],
            to_agency_id=UUID(given["agency"]) if given["agency"] else None,
            by=request.user,
            at=timezone.now(),
        )
        return reverse("records:sharing", kwargs={"entry_id": entry_id})

    before = [
        f"{day_words(timezone.localdate(one.made_at))}: {one.to_agency or 'every other agency'} sees"
        f" {Level(one.at_most).name.lower()} at most. {one.reason}"
        for one in queries.share_decisions_of(entry)
    ]
    lead = (
        f"{entry.get_kind_display()}, {entry.happened.words()}. It is {entry.agency.name}’s own.",
        "What ties do not open stays closed whatever you choose. Your own agency is not touched by it.",
        *before,
    )
    question = Question("What others may see of this entry", "Record", reverse("my_work"), lead=lead)
    make = partial(SharingForm, agencies=queries.other_agencies(request.sight), every="Every other agency")
    return ask(request, make, question, act)
