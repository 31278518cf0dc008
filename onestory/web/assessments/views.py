"""Begin an assessment, write it section by section, ask others for their part, complete it, sign it or give it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.decide.assessments import actions
from onestory.decide.assessments.answering import AnswerRefused
from onestory.decide.assessments.answers import Standing, standing_of
from onestory.decide.assessments.choosing import tool_of
from onestory.decide.assessments.models import Assessment
from onestory.decide.assessments.policies import MANAGERS, CannotAssess
from onestory.decide.assessments.queries import (
    assessment_of,
    assessments_about,
    contributions_of,
    sections_asked_of,
)
from onestory.decide.assessments.reading import shipped_tools
from onestory.decide.assessments.states import State
from onestory.decide.assessments.tool import Tool
from onestory.platform.access.audit import Act
from onestory.platform.moves import CannotHappen
from onestory.platform.ui import typed_text
from onestory.platform.ui.about_child import about_child
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.assessments import presenters
from onestory.web.assessments.forms import AskForm, SectionForm, StartForm, WordsForm
from onestory.web.assessments.queries import children_of, identity_for, note_look, records_around, teams_to_ask

LEADS = frozenset({"social_care"})
ALSO_LEADS = frozenset({"early_help_lead", "health_visitor", "school_nurse", "midwife", "safeguarding_lead"})


@require_http_methods(["GET", "HEAD", "POST"])
def of_child(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """The assessments about a child, and beginning another."""
    sight = about_child(request, child_id)
    records = records_around(sight, child_id)
    people = [(str(one.id), one.label) for one in records]
    tools = [(tool.name, tool.title) for tool in shipped_tools().values()]
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
    found = [(one, tool_of(one.tool).title) for one in assessments_about(sight, [child_id])]
    shown = {"child": identity_for(sight, child_id), "assessments": found, "form": form, "may": may}
    return render(request, "assessments/of_child.html", shown | {"typed": typed is not None, "tools": shipped_tools()})


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """What is done and what is missing; and what happens to the whole."""
    found, tool, standing = _found(request, assessment_id)
    note_look(request, "assessment", found)
    done = request.POST.get("do", "")
    forms = _forms(request, found, tool, done)
    if request.method == "POST" and _did(request, found, done, forms.get(done)):
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
        "may_sign": _may_sign(request, found),
        "writing": presenters.can_write(found),
        "tone": presenters.TONES[State(found.state)],
    }
    return render(request, "assessments/overview.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: SignedInRequest, assessment_id: UUID, section: str) -> HttpResponse:
    """The questions of one section. Saving brings it back where the answers ask for more."""
    found, tool, standing = _found(request, assessment_id)
    heading = next((item.text for item in tool.items if item.link == section), None)
    if heading is None or not presenters.can_write(found) or not _may_write(request, found, section):
        raise Http404
    note_look(request, "assessment", found)
    typed = typed_text.take_back(request)
    asked = presenters.of_section(tool, section, standing, more=True)
    form = SectionForm(request.POST if request.method == "POST" else None, asked=asked, standing=standing, typed=typed)
    overtaken: list[actions.Overtaken] = []
    if form.is_valid() and _saved(request, found, section, form, overtaken):
        after = standing_of(found, tool)
        left = {one.path for one in presenters.of_section(tool, section, after, more=False)} - {
            one.path for one in asked
        }
        if "more" in request.POST or left:
            return redirect("assessment_section", assessment_id=found.id, section=section)
        return redirect("assessment", assessment_id=found.id)
    names = {str(one.record_id): one.label for one in found.people.all()}
    shown = {
        "assessment": found,
        "tool": tool,
        "heading": heading,
        "children": children_of(request.sight, found),
        "form": form,
        "headings": presenters.headings_before(asked, names),
        "overtaken": overtaken,
        "typed": typed is not None,
        "rows": any(one.question.repeats and not one.question.each_child for one in asked if not one.question.options),
    }
    return render(request, "assessments/section.html", shown)


@require_safe
def on_paper(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """The assessment as a document, for reading and printing, with who gave each answer and when."""
    found, tool, standing = _found(request, assessment_id)
    note_look(request, "assessment", found, act=Act.PRINT)
    names = {str(one.record_id): one.label for one in found.people.all()}
    shown = {
        "assessment": found,
        "tool": tool,
        "lines": list(presenters.document(tool, standing, names)),
        "people": found.people.all(),
        "reviews": found.reviews.select_related("by").order_by("-decided_at"),
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


def _may_sign(request: SignedInRequest, found: Assessment) -> bool:
    of_agency = found.agency_id == request.sight.agency_id
    return found.state == State.COMPLETED and of_agency and request.sight.role in MANAGERS


def _forms(request: SignedInRequest, found: Assessment, tool: Tool, done: str) -> dict[str, Any]:
    """The forms of the page by what they do; only the one that was sent holds what was typed."""

    def data(name: str) -> Any:
        return request.POST if name == done else None

    sections = [(one.link, one.text) for one in tool.items]
    return {
        "ask": AskForm(data("ask"), teams=_teams(request), sections=sections),
        "given": WordsForm(data("given"), label="", name="given"),
        "decline": WordsForm(data("decline"), label="Why do you not add to it?", name="decline"),
        "complete": WordsForm(data("complete"), label="", name="complete"),
        "sign": WordsForm(data("sign"), label="What did you think over together?", name="sign"),
        "return": WordsForm(data("return"), label="What has to change?", name="return"),
        "end": WordsForm(data("end"), label="Why does it end without being completed?", name="end"),
    }


def _teams(request: SignedInRequest) -> list[tuple[str, str]]:
    return [(code, str(team)) for code, team in teams_to_ask(request.sight).items()]


def _did(request: SignedInRequest, found: Assessment, done: str, form: Any) -> bool:
    """Do what was asked; where it cannot be done, the form says why."""
    if form is None or done not in _DOING or not _DOING[done].may(request, found):
        raise Http404
    if _DOING[done].words and not form.is_valid():
        return False
    try:
        _DOING[done].do(request, found, form)
    except (CannotAssess, CannotHappen) as problem:
        form.is_valid()
        field = getattr(problem, "field", None)
        form.add_error(field if field in form.fields else None, str(problem))
        return False
    return True


def _saved(
    request: SignedInRequest, found: Assessment, section: str, form: SectionForm, overtaken: list[actions.Overtaken]
) -> bool:
    try:
        overtaken += actions.save_answers(
            found.id,
            section=section,
            given=form.given(),
            read=form.read(),
            team=request.membership.team,
            by=request.user,
            at=timezone.now(),
        )
    except AnswerRefused as problem:
        path = next(one.path for one in form.asked if one.question == problem.question)
        form.add_error(path, f"Found “{problem.found}”; allowed: {problem.allowed}")
    except (CannotAssess, CannotHappen) as problem:
        form.add_error(None, str(problem))
    return not form.errors and not overtaken


class _Doing:
    """One thing that can be done with the whole: whether it needs words, who may, and what it does."""

    def __init__(
        self,
        do: Callable[[SignedInRequest, Assessment, Any], object],
        may: Callable[[SignedInRequest, Assessment], bool],
        words: bool = True,
    ) -> None:
        self.do, self.may, self.words = do, may, words


def _leads(request: SignedInRequest, found: Assessment) -> bool:
    return found.team_id == request.sight.team_id


def _is_asked(request: SignedInRequest, found: Assessment) -> bool:
    return bool(sections_asked_of(found, request.sight.team_id))


def _ask(request: SignedInRequest, found: Assessment, form: AskForm) -> None:
    team = teams_to_ask(request.sight)[form.cleaned_data["team"]]
    actions.ask_for_contribution(
        found.id,
        team=team,
        sections=form.cleaned_data["sections"],
        from_team=request.membership.team,
        by=request.user,
        at=timezone.now(),
    )


def _answer_part(declined: bool) -> Callable[[SignedInRequest, Assessment, Any], None]:
    def answer(request: SignedInRequest, found: Assessment, form: Any) -> None:
        for one in sections_asked_of(found, request.sight.team_id):
            actions.answer_contribution(
                one.id,
                declined=declined,
                reason=form.cleaned_data["words"] if declined else "",
                team=request.membership.team,
                by=request.user,
                at=timezone.now(),
            )

    return answer


def _reviewed(act: Any) -> Callable[[SignedInRequest, Assessment, Any], None]:
    def review(request: SignedInRequest, found: Assessment, form: Any) -> None:
        act(
            found.id,
            words=form.cleaned_data["words"],
            role=request.sight.role,
            team=request.membership.team,
            by=request.user,
            at=timezone.now(),
        )

    return review


def _complete(request: SignedInRequest, found: Assessment, form: Any) -> None:
    actions.complete_assessment(found.id, by=request.user, at=timezone.now())


def _end(request: SignedInRequest, found: Assessment, form: Any) -> None:
    actions.end_assessment(found.id, reason=form.cleaned_data["words"], by=request.user, at=timezone.now())


_DOING = {
    "ask": _Doing(_ask, _leads),
    "given": _Doing(_answer_part(False), _is_asked, words=False),
    "decline": _Doing(_answer_part(True), _is_asked),
    "complete": _Doing(_complete, _leads, words=False),
    "sign": _Doing(_reviewed(actions.sign_assessment), _may_sign),
    "return": _Doing(_reviewed(actions.return_assessment), _may_sign),
    "end": _Doing(_end, _leads),
}
