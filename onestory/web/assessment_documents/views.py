"""Giving somebody of the family their own document of an assessment, and writing down what they say to it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.decide.assessments.answers import standing_of
from onestory.decide.assessments.choosing import tool_of
from onestory.decide.assessments.cutting import Document, Piece, cut
from onestory.decide.assessments.handing_over import (
    DONE,
    give_document,
    may_be_given,
    reader_for,
    record_comment,
)
from onestory.decide.assessments.models import Assessment, DocumentGiven
from onestory.decide.assessments.plain import explained, hard_to_read
from onestory.decide.assessments.policies import CannotAssess
from onestory.decide.assessments.queries import assessment_of, comments_of, documents_of
from onestory.platform.access.audit import Act
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui import typed_text
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.assessment_documents.forms import CommentForm, GiveForm
from onestory.web.assessment_documents.paper import as_paper
from onestory.web.assessment_documents.presenters import left_out_words, pieces
from onestory.web.assessments.queries import children_of, names_of, note_look, people_around

LOOK_AGAIN = dt.timedelta(days=91)


@require_safe
def choose(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """Who was given a document, and for whom one can be made."""
    found = _led(request, assessment_id)
    note_look(request, "assessment", found)
    people = may_be_given(found, people_around(request, found)) if found.state in DONE else []
    shown = {"people": people, "documents": documents_of(found), "comments": comments_of(found)}
    return render(request, "assessment_documents/choose.html", _on(request, found) | shown)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: SignedInRequest, assessment_id: UUID, record_id: UUID) -> HttpResponse:
    """What the document of this person says and leaves out; read, explained and given."""
    found = _led(request, assessment_id)
    note_look(request, "assessment", found)
    recipient = next((one for one in may_be_given(found, people_around(request, found)) if one.id == record_id), None)
    if recipient is None or found.state not in DONE:
        raise Http404
    tool = tool_of(found.tool, found.tool_version)
    whole = list(pieces(tool, standing_of(found, tool), names_of(found)))
    reader = reader_for(found, recipient)
    form = _give_form(request, cut(whole, reader), whole)
    document = cut(whole, reader, also=request.POST.getlist("also"))
    if form.is_valid() and (given := _given(request, found, recipient, document, form)):
        return redirect("assessment_given_one", assessment_id=found.id, document_id=given.id)
    shown = {
        "recipient": recipient,
        "document": document,
        "left_out": left_out_words(document.withheld),
        "form": form,
        "hard": hard_to_read(form.data.get("plain", "")) if form.is_bound else [],
    }
    return render(request, "assessment_documents/prepare.html", _on(request, found) | shown)


def _give_form(request: SignedInRequest, document: Document, whole: list[Piece]) -> GiveForm:
    told = {str(line["words"]) for line in document.lines if line.get("answer")}
    lines = [(one.path, one.words) for one in whole if one.words in told and not one.heading]
    typed = typed_text.take_back(request)
    start = {"review_on": timezone.localdate() + LOOK_AGAIN}
    return GiveForm(request.POST if request.method == "POST" else None, lines=lines, initial=typed or start)


def _given(
    request: SignedInRequest, found: Assessment, recipient: AgencyRecord, document: Document, form: GiveForm
) -> DocumentGiven | None:
    try:
        given = give_document(
            found.id,
            recipient=recipient,
            document=document,
            plain=form.cleaned_data["plain"],
            review_on=form.cleaned_data["review_on"],
            team=request.membership.team,
            by=request.user,
            at=timezone.now(),
        )
    except CannotAssess as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        return None
    note_look(request, "assessment document", found, act=Act.SEND, recipient=recipient.label)
    return given


@require_http_methods(["GET", "HEAD", "POST"])
def given(request: SignedInRequest, assessment_id: UUID, document_id: UUID) -> HttpResponse:
    """The document as it was given, for reading and printing, with what they said to it."""
    found = _led(request, assessment_id)
    one = _document(found, document_id)
    note_look(request, "assessment document", found, act=Act.PRINT, recipient=one.recipient_label)
    start = {"who": one.recipient_label, "said_on": timezone.localdate()}
    form = CommentForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid():
        record_comment(found.id, **form.cleaned_data, document=one, by=request.user, at=timezone.now())
        return redirect("assessment_given_one", assessment_id=found.id, document_id=one.id)
    shown = {"document": one, "form": form} | _said_of(one)
    return render(request, "assessment_documents/given.html", _on(request, found) | shown)


@require_safe
def as_pdf(request: SignedInRequest, assessment_id: UUID, document_id: UUID) -> HttpResponse:
    """The same as a PDF. Its file name says nothing of anybody."""
    found = _led(request, assessment_id)
    one = _document(found, document_id)
    note_look(request, "assessment document", found, act=Act.EXPORT, recipient=one.recipient_label)
    said = _said_of(one)
    paper = as_paper(
        title=tool_of(found.tool, found.tool_version).title,
        recipient=one.recipient_label,
        plain=one.plain,
        lines=one.lines,
        left_out=said["left_out"],
        words=said["explained"],
        comments=[(each.who, each.words) for each in said["said"]],
        given=timezone.localdate(one.given_at),
    )
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="document-{one.id}.pdf"'
    return answer


def _said_of(one: DocumentGiven) -> dict[str, Any]:
    texts = [one.plain, *(f"{line.get('words', '')} {line.get('answer', '')}" for line in one.lines)]
    said = one.comments.order_by("said_on", "recorded_at")
    return {"left_out": left_out_words(one.withheld), "explained": explained(texts), "said": said}


def _led(request: SignedInRequest, assessment_id: UUID) -> Assessment:
    """An assessment of the reader's own team; for anybody else there is none here."""
    found = assessment_of(request.sight, assessment_id)
    if found is None or found.team_id != request.sight.team_id:
        raise Http404
    return found


def _document(found: Assessment, document_id: UUID) -> DocumentGiven:
    one = documents_of(found).filter(pk=document_id).first()
    if one is None:
        raise Http404
    return one


def _on(request: SignedInRequest, found: Assessment) -> dict[str, Any]:
    tool = tool_of(found.tool, found.tool_version)
    return {"assessment": found, "tool": tool, "children": children_of(request.sight, found)}
