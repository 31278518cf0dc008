"""One notice, acknowledging it, what the team sent, and being away."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onestory.platform.moves import CannotHappen
from onestory.platform.notices import actions, queries
from onestory.platform.notices.kinds import kind_or_plain
from onestory.platform.notices.models import Notice
from onestory.platform.people.told import people_now
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.inbox.forms import AnswerForm, AwayForm
from onestory.web.inbox.looking import note_look
from onestory.web.inbox.presenters import notice_page
from onestory.web.inbox.queries import colleagues_of


@require_safe
def notice(request: SignedInRequest, notice_id: UUID) -> HttpResponse:
    """One notice with what happened to it."""
    found = _notice(request, notice_id)
    note_look(request, "notice", people_now(found.who).values())
    page = notice_page(found, to_me=_is_mine(request, found), now=request.sight.at)
    return render(request, "inbox/notice.html", {"page": page, "form": AnswerForm()})


@require_POST
def acknowledge(request: SignedInRequest, notice_id: UUID) -> HttpResponse:
    """Acknowledge a notice of one's own team, and go on with one's work."""
    found = _notice(request, notice_id)
    if not _is_mine(request, found) or kind_or_plain(found.kind).asks == "answer":
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        page = notice_page(found, to_me=True, now=request.sight.at)
        return render(request, "inbox/notice.html", {"page": page, "form": form})
    actions.acknowledge_notice(found.id, by=request.user, at=timezone.now(), answer=form.cleaned_data["answer"])
    return redirect("my_work")


@require_POST
def try_again(request: SignedInRequest, notice_id: UUID) -> HttpResponse:
    """Send a notice again that could not be delivered."""
    found = _notice(request, notice_id)
    with suppress(CannotHappen):  # somebody else did it a moment ago: the page says where it stands
        actions.try_again(found.id, by=request.user, at=timezone.now())
    return redirect("notice", notice_id=found.id)


@require_safe
def sent(request: SignedInRequest) -> HttpResponse:
    """What the team sent and nobody has acknowledged yet."""
    found = queries.sent(request.sight)[:100]
    pages = [notice_page(one, to_me=False, now=request.sight.at) for one in found.prefetch_related("events__by")]
    return render(request, "inbox/sent.html", {"notices": pages})


@require_http_methods(["GET", "HEAD", "POST"])
def away(request: SignedInRequest) -> HttpResponse:
    """Say that one is away, and who covers."""
    colleagues = colleagues_of(request.sight, timezone.localdate())
    named = [(key, str(user)) for key, user in colleagues.items()]
    form = AwayForm(request.POST if request.method == "POST" else None, colleagues=named)
    if form.is_valid():
        given = form.cleaned_data
        actions.say_absent(
            request.user,
            since_on=given["since_on"],
            until_on=given["until_on"],
            cover=colleagues.get(given["cover"]),
            by=request.user,
            at=timezone.now(),
        )
        return redirect("away")
    absences = queries.absences_of(request.user, timezone.localdate())
    return render(request, "inbox/away.html", {"form": form, "absences": absences})


def _notice(request: SignedInRequest, notice_id: UUID) -> Notice:
    found = queries.notice_of(request.sight, notice_id)
    if found is None:
        raise Http404
    return found


def _is_mine(request: SignedInRequest, notice: Notice) -> bool:
    return request.sight.team_id in (notice.to_team_id, notice.with_team_id)
