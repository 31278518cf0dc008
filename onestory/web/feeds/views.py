"""A team's feeds: upload a file, read what checking it found, bring it in; say who somebody is."""

from __future__ import annotations

import io
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.arrive.entries.front_door import NoFrontDoor
from onestory.arrive.feeds.extracts import ExtractProblems
from onestory.arrive.feeds.incoming import queries
from onestory.arrive.feeds.incoming.actions import check_upload, confirm_upload, discard_upload, settle_person
from onestory.arrive.feeds.incoming.models import Feed, FeedRun
from onestory.arrive.feeds.incoming.policies import NotPossible, may_bring_in, may_set_up
from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.cells import as_text_cell
from onestory.platform.sharing.admission import NotAdmitted
from onestory.platform.ui.requests import SignedInRequest
from onestory.platform.ui.wording import plural
from onestory.web.feeds import presenters
from onestory.web.feeds.forms import FileForm, SettleForm

REFUSALS = (NotAdmitted, NoFrontDoor, NotPossible)


@require_safe
def feeds(request: SignedInRequest) -> HttpResponse:
    """The feeds of one's team; for administrators, every feed with its mappings."""
    own = list(queries.feeds_of(request.sight))
    admin = may_set_up(request.sight)
    if not own and not admin:
        raise Http404
    waiting = queries.waiting_people(request.sight).count() if own else 0
    said = {"feeds": own, "all": queries.all_feeds() if admin else [], "admin": admin, "waiting": waiting}
    return render(request, "feeds/feeds.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: SignedInRequest, feed_name: str) -> HttpResponse:
    """One feed: upload a file, and what came in last."""
    found = _feed(request, feed_name)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        run = _checked(request, found, form)
        if run is not None:
            return redirect("feeds:run", run_id=run.id)
    runs = [presenters.run_row(one) for one in queries.runs_of(request.sight, found)]
    waiting = queries.waiting_people(request.sight).count()
    return render(request, "feeds/feed.html", {"feed": found, "form": form, "runs": runs, "waiting": waiting})


def _checked(request: SignedInRequest, found: Feed, form: FileForm) -> FeedRun | None:
    """The run of an uploaded file; None, with the reason at the field, where nothing may come in at all."""
    file = form.cleaned_data["file"]
    try:
        return check_upload(found, content=file.read(), name=file.name, by=request.user, at=timezone.now())
    except REFUSALS as refusal:
        form.add_error("file", str(refusal))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def run(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    """What checking a file found; bring it in, or throw it away."""
    found = _run(request, run_id)
    refusal = ""
    if request.method == "POST":
        if "discard" in request.POST:
            discard_upload(found, by=request.user, at=timezone.now())
            return redirect("feeds:feed", feed_name=found.feed.name)
        try:
            confirm_upload(found, by=request.user, at=timezone.now())
            return redirect("feeds:run", run_id=run_id)
        except (*REFUSALS, ExtractProblems) as problem:
            refusal = str(problem)
    page = presenters.run_page(_run(request, run_id))
    return render(request, "feeds/run.html", {"page": page, "refusal": refusal})


@require_safe
def problems(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    """The rows in error as CSV, for whoever puts the extract right; nothing in it runs in a spreadsheet."""
    import csv

    found = _run(request, run_id)
    _, wrong = queries.problems_of(found)
    kept = io.StringIO()
    sheet = csv.writer(kept)
    sheet.writerow(["row", "field", "found", "allowed"])
    sheet.writerows([as_text_cell(text) for text in (one.row, one.field, one.found, one.allowed)] for one in wrong)
    record_access(
        act=Act.EXPORT,
        what="feeds:problems",
        people=[],
        by=request.user,
        at=request.sight.at,
        agency_id=request.sight.agency_id,
        role=request.sight.role,
        result_count=len(wrong),
    )
    content = kept.getvalue().encode("utf-8-sig")
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="rows-in-error.csv"'},
    )


@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    """Who in the team's extracts cannot be told apart."""
    if not queries.feeds_of(request.sight).exists():
        raise Http404
    rows = [(one.id, queries.told_of(one)) for one in queries.waiting_people(request.sight)[:200]]
    said = [str(one) for one in messages.get_messages(request)]
    people_rows = [(one, presenters.person_words(who)) for one, who in rows]
    return render(request, "feeds/people.html", {"rows": people_rows, "said": said})


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: SignedInRequest, waiting_id: UUID) -> HttpResponse:
    """Say who somebody is; the rows that waited for them come in."""
    waiting = queries.waiting_person(request.sight, waiting_id)
    if waiting is None or not queries.feeds_of(request.sight).exists():
        raise Http404
    candidates = presenters.candidate_words(queries.candidates_of(waiting))
    form = SettleForm(request.POST if request.method == "POST" else None, candidates=candidates)
    if form.is_valid():
        chosen = form.cleaned_data["record"]
        record = None if chosen == SettleForm.SOMEBODY_ELSE else UUID(chosen)
        try:
            taken = settle_person(waiting, record_id=record, by=request.user, at=timezone.now())
        except REFUSALS as refusal:
            form.add_error("record", str(refusal))
        else:
            messages.success(request, f"{plural(taken, 'row').capitalize()} came in.")
            return redirect(reverse("feeds:people"))
    told = presenters.person_words(queries.told_of(waiting))
    return render(request, "feeds/settle.html", {"form": form, "told": told, "candidates": candidates})


def _feed(request: SignedInRequest, name: str) -> Feed:
    found = queries.feed_of(request.sight, name)
    if found is None or not may_bring_in(request.sight, found):
        raise Http404
    return found


def _run(request: SignedInRequest, run_id: UUID) -> FeedRun:
    found = queries.run_of(request.sight, run_id)
    if found is None or not may_bring_in(request.sight, found.feed):
        raise Http404
    return found
