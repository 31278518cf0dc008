"""Telling of a child: begin, write, check, send, receipt; and the public's page."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onestory.arrive.chronology.narrowing import Family
from onestory.arrive.concerns import presenters
from onestory.arrive.concerns.actions import discard_draft, log_concern, save_draft, send_draft
from onestory.arrive.concerns.forms import AnswersForm
from onestory.arrive.concerns.models import Draft
from onestory.arrive.concerns.policies import CannotSend, ChangedMeanwhile
from onestory.arrive.concerns.queries import concern_for, family_to_name, own_draft, own_drafts
from onestory.arrive.concerns.questionnaires import ALL
from onestory.arrive.concerns.questions import Questionnaire
from onestory.platform.accounts.actions import TooOften, count_attempt
from onestory.platform.accounts.attempts import Tries, network_of
from onestory.platform.ui import typed_text
from onestory.platform.ui.requests import SignedInRequest

FROM_THE_PUBLIC = Tries("public concern", 5)
"""So many may come from one address within a quarter of an hour."""
_SALT = "onestory.public-receipt"


@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """Which form, and about whom."""
    said = {
        "ways": presenters.ways_for(request.membership.team.agency.sector),
        "drafts": presenters.drafts_shown(own_drafts(request.user)),
        "child": request.GET.get("person") or request.GET.get("child") or "",
    }
    return render(request, "concerns/start.html", said)


@require_safe
def begin(request: SignedInRequest, form: str) -> HttpResponse:
    """A new page to write on, with an address of its own."""
    _asked(form)
    child = request.GET.get("person") or request.GET.get("child") or ""
    address = reverse("concerns:write", args=[form, uuid4()])
    return redirect(f"{address}?child={child}" if child else address)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedInRequest, form: str, draft_id: UUID) -> HttpResponse:
    """The questions. With each send what was written is kept; when everything needed is there, it is checked next."""
    asked, draft = _asked(form), own_draft(request.user, draft_id)
    family = _family(request, draft)
    typed = typed_text.take_back(request) or (draft.answers if draft else None)
    people = presenters.people_to_name(family)
    given = request.POST if request.method == "POST" else None
    answers = AnswersForm(given, asked=asked, found=family is not None, people=people, initial=typed)
    said: dict[str, Any] = {"asked": asked, "form": answers, "draft": draft_id, "theirs": None}
    said["version"] = draft.version if draft else 0
    said["child"] = presenters.child_of(family, timezone.localdate())
    if given is None:
        return render(request, "concerns/write.html", said)
    try:
        kept = _keep(request, asked, draft_id, answers, family)
    except ChangedMeanwhile as changed:
        return _changed(request, said, asked, changed, family)
    if request.POST.get("saving"):
        return JsonResponse({"version": kept.version})
    said |= {"version": kept.version, "draft": kept.id}
    if answers.is_valid():
        return redirect("concerns:check", draft_id=kept.id)
    return render(request, "concerns/write.html", said)


def _keep(
    request: SignedInRequest, asked: Questionnaire, draft_id: UUID, answers: AnswersForm, family: Family | None
) -> Draft:
    return save_draft(
        draft_id,
        form=asked.code,
        answers=answers.as_typed(),
        seen=_number(request.POST.get("version", "")),
        child_id=UUID(family.child) if family else None,
        team=request.membership.team,
        by=request.user,
        at=timezone.now(),
    )


def _changed(
    request: SignedInRequest,
    said: dict[str, Any],
    asked: Questionnaire,
    changed: ChangedMeanwhile,
    family: Family | None,
) -> HttpResponse:
    """The second of two windows is told what the first one kept; its own words stay in the fields."""
    if request.POST.get("saving"):
        return JsonResponse({"changed": str(changed)}, status=409)
    people = presenters.people_to_name(family)
    theirs = presenters.answers_shown(asked, changed.theirs, found=family is not None, people=people)
    said |= {"theirs": theirs, "version": changed.version, "changed": str(changed)}
    return render(request, "concerns/write.html", said, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Check the answers, then send them."""
    problem = ""
    if request.method == "POST":
        try:
            sent = send_draft(
                draft_id, seen=_number(request.POST.get("version", "")), by=request.user, at=timezone.now()
            )
            return redirect("concerns:receipt", concern_id=sent.id)
        except (CannotSend, ChangedMeanwhile) as refused:
            problem = str(refused)
    draft = own_draft(request.user, draft_id)
    if draft is None:
        return _sent_already(request, draft_id)
    family, asked = _family(request, draft), ALL[draft.form]
    people = presenters.people_to_name(family)
    shown = presenters.answers_shown(asked, draft.answers, found=family is not None, people=people)
    child = presenters.child_of(family, timezone.localdate())
    said = {"asked": asked, "draft": draft, "answers": shown, "problem": problem, "child": child}
    return render(request, "concerns/check.html", said)


def _sent_already(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """The receipt, for whoever sent it and did not get the answer; 404 where nothing was sent under the id."""
    if concern_for(request.sight, draft_id) is None:
        raise Http404
    return redirect("concerns:receipt", concern_id=draft_id)


@require_POST
def discard(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Throw away what was not sent."""
    discard_draft(draft_id, by=request.user, at=timezone.now())
    return redirect("concerns:start")


@require_safe
def receipt(request: SignedInRequest, concern_id: UUID) -> HttpResponse:
    """The receipt, and later the outcome, for the team that told."""
    concern = concern_for(request.sight, concern_id)
    if concern is None:
        raise Http404
    advice = concern.consultation.advice if hasattr(concern, "consultation") else ""
    return render(request, "concerns/receipt.html", {"receipt": presenters.receipt_of(concern), "advice": advice})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, form: str = "public") -> HttpResponse:
    """The public's page: it searches nothing, and answers everybody alike."""
    asked = _asked(form, open_to_all=True)
    answers = AnswersForm(request.POST if request.method == "POST" else None, asked=asked, found=False)
    problem = ""
    if answers.is_bound and answers.is_valid():
        try:
            return redirect("concerns:told", token=_log_public(request, asked, answers))
        except TooOften:
            problem = "Many reports came from where you are just now. Ring us, or try again in a quarter of an hour."
        except CannotSend as refused:
            problem = str(refused)
    return render(request, "concerns/tell.html", {"asked": asked, "form": answers, "problem": problem})


def _log_public(request: HttpRequest, asked: Questionnaire, answers: AnswersForm) -> str:
    at = timezone.now()
    address = network_of(get_adapter(request).get_client_ip(request))
    count_attempt(FROM_THE_PUBLIC, name=address, by=None, at=at)
    concern = log_concern(form=asked.code, answers=answers.answers(), child_id=None, from_team=None, by=None, at=at)
    return signing.dumps(concern.reference, salt=_SALT)


@login_not_required
@require_safe
def told(request: HttpRequest, token: str) -> HttpResponse:
    """The public's receipt: the reference, and what happens next; the same for everybody."""
    try:
        reference = signing.loads(token, salt=_SALT, max_age=3600)
    except signing.BadSignature:
        raise Http404 from None
    return render(request, "concerns/told.html", {"reference": reference})


def _asked(form: str, *, open_to_all: bool = False) -> Questionnaire:
    asked = ALL.get(form)
    if asked is None or asked.open_to_all is not open_to_all:
        raise Http404
    return asked


def _family(request: SignedInRequest, draft: Draft | None) -> Family | None:
    """The family of the child who was chosen, as the writer may see it; None where none was found."""
    chosen = str(draft.child_id or "") if draft else request.GET.get("child") or request.POST.get("child") or ""
    try:
        return family_to_name(request, UUID(chosen)) if chosen else None
    except ValueError:
        raise Http404 from None


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() else 0
