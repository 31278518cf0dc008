"""Begin an assessment, write it section by section, ask others for their part, complete it, sign it or give it back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.decide.assessments import actions
from onestory.decide.assessments.agreeing import agreement_of
from onestory.decide.assessments.answering import AnswerRefused, Asked
from onestory.decide.assessments.answers import Standing, standing_of
from onestory.decide.assessments.choosing import tool_of, tools_now
from onestory.decide.assessments.models import Assessment
from onestory.decide.assessments.policies import CannotAssess
from onestory.decide.assessments.queries import (
    assessment_of,
    assessments_about,
    challenges_of,
    comments_of,
    contributions_of,
    documents_of,
    sections_asked_of,
)
from onestory.decide.assessments.standing import protective_of
from onestory.decide.assessments.states import State
from onestory.decide.assessments.tool import AGREEMENT, Tool
from onestory.oversee.signals.acting import FROM, told_by
from onestory.platform.access.audit import Act
from onestory.platform.moves import CannotHappen
from onestory.platform.ui import typed_text
from onestory.platform.ui.about_child import about_child
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.assessments import presenters
from onestory.web.assessments.beside import beside_section
from onestory.web.assessments.doing import did, forms_of, may_sign
from onestory.web.assessments.forms import SectionForm, StartForm
from onestory.web.assessments.queries import children_of, identity_for, names_of, note_look, records_around

LEADS = frozenset({"social_care"})
ALSO_LEADS = frozenset({"early_help_lead", "health_visitor", "school_nurse", "midwife", "safeguarding_lead"})


@require_http_methods(["GET", "HEAD", "POST"])
def of_child(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """The assessments about a child, and beginning another."""
    sight = about_child(request, child_id)
    records, known_tools = records_around(sight, child_id), tools_now()
    people = [(str(one.id), one.label) for one in records]
    tools = [(tool.name, tool.title) for tool in known_tools.values()]
    may = bool(people) and (bool(sight.groups & LEADS) or sight.role in ALSO_LEADS)
    typed = typed_text.take_back(request)
    form = StartForm(request.POST if request.method == "POST" else None, tools=tools, people=people, typed=typed)
    if request.method == "POST" and not may:
        raise Http404
    if form.is_valid():
        chosen = set(form.cleaned_data["people"])
        try:
            begun = actions.start_assessment(
                tool_name=form.cleaned_data["tool"],
                about=[one for one in records if str(one.id) in chosen],
                team=request.membership.team,
                lead_professional=form.cleaned_data["lead_professional"],
                agreement=form.cleaned_data["agreement"],
                by=request.user,
                at=timezone.now(),
            )
            return redirect("assessment", assessment_id=begun.id)
        except CannotAssess as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
    found = [(one, tool_of(one.tool, one.tool_version).title) for one in assessments_about(sight, [child_id])]
    shown = {"child": identity_for(sight, child_id), "assessments": found, "form": form, "may": may}
    shown |= {"typed": typed is not None, "told": told_by(sight, request.GET.get(FROM, ""))}
    return render(request, "assessments/of_child.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """What is done and what is missing; and what happens to the whole."""
    found, tool, standing = _found(request, assessment_id)
    note_look(request, "assessment", found)
    done = request.POST.get("do", "")
    forms = forms_of(request, found, tool, done)
    if request.method == "POST" and did(request, found, done, forms.get(done)):
        return redirect("assessment", assessment_id=found.id)
    reviews = found.reviews.select_related("by").order_by("-decided_at")
    mine = sections_asked_of(found, request.sight.team_id)
    shown = {
        "assessment": found,
        "tool": tool,
        "children": children_of(request.sight, found),
        "sections": presenters.sections_of(tool, standing),
        "contributions": contributions_of(found),
        "asked_of_me": {one for contribution in mine for one in contribution.sections},
        "reviews": reviews,
        "forms": forms,
        "leads": found.team_id == request.sight.team_id,
        "may_sign": may_sign(request, found),
        "agreement": agreement_of(found) if list(tool.with_code(AGREEMENT)) else None,
        "challenges": challenges_of(found),
        "comments": comments_of(found),
        "documents": documents_of(found),
        "protective": list(protective_of(tool, standing)),
        "writing": presenters.can_write(found),
        "tone": presenters.TONES[State(found.state)],
    }
    return render(request, "assessments/overview.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: SignedInRequest, assessment_id: UUID, section: str) -> HttpResponse:
    """The questions of one section. Saving brings it back where the answers ask for more."""
    found, tool, standing = _found(request, assessment_id)
    heading = next((item.text for item in tool.sections if item.link == section), None)
    if heading is None or not presenters.can_write(found) or not _may_write(request, found, section):
        raise Http404
    note_look(request, "assessment", found)
    typed = typed_text.take_back(request)
    asked = presenters.of_section(tool, section, standing, more=True)
    beside = beside_section(request, found, asked)
    form = SectionForm(
        request.POST if request.method == "POST" else None,
        asked=asked,
        standing=standing,
        known=beside.known,
        typed=typed,
    )
    if "saving" in request.POST:
        return _kept_meanwhile(request, found, section, form)
    overtaken: list[actions.Overtaken] = []
    if form.is_valid() and _saved(request, found, section, form, overtaken):
        return redirect(*_next(request, found, tool, section, asked))
    shown = {
        "assessment": found,
        "tool": tool,
        "heading": heading,
        "children": children_of(request.sight, found),
        "form": form,
        "beside": beside,
        "headings": presenters.headings_before(asked, names_of(found)),
        "overtaken": overtaken,
        "typed": typed is not None,
        "rows": any(one.question.repeats and not one.question.each_child for one in asked if not one.question.options),
    }
    return render(request, "assessments/section.html", shown)


def _next(
    request: SignedInRequest, found: Assessment, tool: Tool, section: str, asked: Sequence[Asked]
) -> tuple[str, ...]:
    """Where one goes on: the same section where the answers ask for more, else the overview."""
    before = {one.path for one in asked}
    after = presenters.of_section(tool, section, standing_of(found, tool), more=False)
    if "more" in request.POST or {one.path for one in after} - before:
        return (reverse("assessment_section", kwargs={"assessment_id": found.id, "section": section}),)
    return (reverse("assessment", kwargs={"assessment_id": found.id}),)


def _kept_meanwhile(request: SignedInRequest, found: Assessment, section: str, form: SectionForm) -> JsonResponse:
    """Keep what is typed so far while somebody writes on; what is half typed waits for the button."""
    form.is_valid()
    try:
        overtaken = _save(request, found, section, form, form.takeable())
    except (CannotAssess, CannotHappen) as problem:
        return JsonResponse({"changed": str(problem)}, status=409)
    standing = standing_of(found, tool_of(found.tool, found.tool_version))
    numbers = {one.path: standing.number(one.path) for one in form.asked}
    if not overtaken:
        return JsonResponse({"numbers": numbers})
    theirs = {one.path for one in overtaken}
    numbers = {path: number for path, number in numbers.items() if path not in theirs}
    changed = f"{overtaken[0].by} has answered “{overtaken[0].text}” meanwhile. Press the button to see both."
    return JsonResponse({"numbers": numbers, "changed": changed}, status=409)


@require_safe
def on_paper(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """The assessment as a document, for reading and printing, with who gave each answer and when."""
    found, tool, standing = _found(request, assessment_id)
    note_look(request, "assessment", found, act=Act.PRINT)
    shown = {
        "assessment": found,
        "tool": tool,
        "lines": list(presenters.document(tool, standing, names_of(found))),
        "people": found.people.all(),
        "reviews": found.reviews.select_related("by").order_by("-decided_at"),
        "comments": comments_of(found),
        "printed_at": request.sight.at,
        "by": request.user,
    }
    return render(request, "assessments/document.html", shown)


def _found(request: SignedInRequest, assessment_id: UUID) -> tuple[Assessment, Tool, Standing]:
    found = assessment_of(request.sight, assessment_id)
    if found is None:
        raise Http404
    tool = tool_of(found.tool, found.tool_version)
    return found, tool, standing_of(found, tool)


def _may_write(request: SignedInRequest, found: Assessment, section: str) -> bool:
    if found.team_id == request.sight.team_id:
        return True
    return any(section in one.sections for one in sections_asked_of(found, request.sight.team_id))


def _saved(
    request: SignedInRequest, found: Assessment, section: str, form: SectionForm, overtaken: list[actions.Overtaken]
) -> bool:
    try:
        overtaken += _save(request, found, section, form, form.given())
    except AnswerRefused as problem:
        path = next(one.path for one in form.asked if one.question == problem.question)
        form.add_error(path, f"Found “{problem.found}”; allowed: {problem.allowed}")
    except (CannotAssess, CannotHappen) as problem:
        form.add_error(form.asked[0].path if form.asked else None, str(problem))
    return not form.errors and not overtaken


def _save(
    request: SignedInRequest, found: Assessment, section: str, form: SectionForm, given: dict[str, object]
) -> list[actions.Overtaken]:
    return actions.save_answers(
        found.id,
        section=section,
        given=given,
        read=form.read(),
        brought=form.brought(),
        team=request.membership.team,
        by=request.user,
        at=timezone.now(),
    )
