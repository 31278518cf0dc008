"""Which tools there are; bringing one in from a file; deciding on it as second person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.decide.assessments.bringing import decide_tool, decided_tools, propose_tool, waiting_tools
from onestory.decide.assessments.choosing import tools_now
from onestory.decide.assessments.reading import Problem, ToolRefused, read_tool
from onestory.decide.assessments.tool import Sort
from onestory.platform.agencies.policies import CannotChange
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import Question, ask
from onestory.web.asking.doors import ADMINISTRATOR, PRIVACY_OFFICER, only_for
from onestory.web.tools.forms import BringInForm, DecideForm

OFFICE = (ADMINISTRATOR, PRIVACY_OFFICER)
SECTION = "administration"


@only_for(*OFFICE)
@require_safe
def tools(request: SignedInRequest) -> HttpResponse:
    """What waits for a second person, what is used now, and what was decided."""
    used = sorted(tools_now().values(), key=lambda one: one.title)
    said = {"waiting": waiting_tools(), "tools": used, "history": decided_tools()[:50]}
    return render(request, "tools/tools.html", said)


@only_for(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: SignedInRequest) -> HttpResponse:
    """A version from a file. What is wrong with it is named item by item, and nothing of it is kept."""
    form = BringInForm(request.POST or None, request.FILES or None) if request.method == "POST" else BringInForm()
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            propose_tool(file.read(), file=file.name, why=form.cleaned_data["why"], by=request.user, at=timezone.now())
            return redirect("tools:tools")
        except ToolRefused as refused:
            problems = refused.problems
            form.add_error("file", f"{file.name} cannot be used: see what is wrong with it below")
        except CannotChange as refused:
            form.add_error(refused.field if refused.field in form.fields else "file", str(refused))
    return render(request, "tools/bring_in.html", {"form": form, "problems": problems})


@only_for(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SignedInRequest, proposed_id: UUID) -> HttpResponse:
    """Approve or decline a version as second person, with its questions in view."""
    found = waiting_tools().filter(pk=proposed_id).first()
    if found is None:
        raise Http404
    tool = read_tool(found.content.encode(), found.file)

    def act(given: dict[str, Any]) -> str:
        approve = given["approve"] == "yes"
        decide_tool(found, approve=approve, words=given["words"], by=request.user, at=timezone.now())
        return reverse("tools:tools")

    groups = [(item.text, [one.text for one in item.within() if one.sort is not Sort.GROUP]) for item in tool.sections]
    lead = (f"Version {tool.version}, proposed by {found.by}: {found.why}", tool.purpose)
    question = Question(
        tool.title, "Save", reverse("tools:tools"), lead=lead, caption="Decide on this tool", section=SECTION
    )
    return ask(request, DecideForm, question, act, template="tools/decide.html", also={"groups": groups})
