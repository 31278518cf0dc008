"""My work: what I or my team must answer, in the order in which it is due. No feed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onestory.arrive.feeds.incoming.queries import feeds_of
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.my_work.ahead import ahead_of
from onestory.web.my_work.presenters import stretches
from onestory.web.waiting.queries import work_of


@require_safe
def my_work(request: SignedInRequest) -> HttpResponse:
    """The first page after signing in."""
    today = timezone.localdate()
    work, more = work_of(request.sight, today=today)
    feeds = list(feeds_of(request.sight))
    said = {"stretches": stretches(work, today), "more": more, "feeds": feeds}
    return render(request, "web/my_work.html", said | {"ahead": ahead_of(request.sight, today=today)})
