"""A child's services; asking for one; one request and its answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.arrive.chronology.narrowing import Family
from onestory.arrive.chronology.queries import family_for
from onestory.help.services import actions, queries
from onestory.help.services.models import Service, ServiceRequest
from onestory.help.services.policies import MAY_ASK, fits
from onestory.help.services.states import OPEN, State
from onestory.platform.access.policies import NotNow
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.child import identity_of
from onestory.platform.ui.requests import SignedInRequest
from onestory.platform.ui.wording import due_words
from onestory.web.asking.asking import Question, ask
from onestory.web.checks.queries import record_for
from onestory.web.inbox.looking import note_look
from onestory.web.services import forms, presenters


@require_safe
def of_child(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """What was asked for this child, where it stands, and what was not to be had."""
    family = _family(request, child_id)
    people = [UUID(one) for one in family.circle]
    may_ask = _may_ask(request, child_id)
    said = {
        "child": str(child_id),
        "identity": identity_of(family.history.people[family.child], timezone.localdate()),
        "requests": presenters.request_rows(queries.requests_about(request.sight, people)),
        "gaps": presenters.gap_rows(queries.gaps_about(request.sight, people)),
        "services": presenters.service_rows(queries.directory() if may_ask else ()),
        "may_ask": may_ask,
    }
    return render(request, "services/of_child.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for(request: SignedInRequest, child_id: UUID, service_id: UUID) -> HttpResponse:
    """Ask for a service for the child, or for somebody of the family."""
    family = _family(request, child_id)
    found = queries.service_numbered(service_id)
    if found is None or not _may_ask(request, child_id):
        raise Http404
    today = timezone.localdate()
    records = _records(request, family)
    open_actions = list(queries.actions_to_meet(request.sight, [UUID(one) for one in family.circle]))

    def make(data: Any, **more: Any) -> django_forms.Form:
        named = [(key, one.label) for key, one in records.items()]
        return forms.AskForm(data, people=named, actions=[(one.code, one.what) for one in open_actions], **more)

    def act(given: dict[str, Any]) -> str:
        about = [records[one] for one in given.pop("people")]
        team = request.membership.team
        asked = actions.ask_for_service(found, about=about, team=team, **given, by=request.user, at=timezone.now())
        return reverse("services:request", kwargs={"request_id": asked.id})

    question = Question(
        heading=f"Ask for {found.name}",
        caption=found.organization.name,
        button="Ask",
        back=reverse("services:of_child", kwargs={"child_id": child_id}),
        lead=tuple(filter(None, [found.eligibility_description, found.alert, found.application_process])),
        warning=_warning(found, family, today),
        about=identity_of(family.history.people[family.child], today),
    )
    return ask(request, make, question, act, initial={"people": [str(child_id)]})


def _warning(found: Service, family: Family, today: Any) -> str:
    """Said beforehand and no bar: whether the child is of an age for it, and that nobody answers in the program."""
    born = family.history.people[family.child].born
    age = (today - born.first).days * 100 // 36525 if born and born.first <= today else None
    unfit = fits(found, age)
    said = [f"{unfit} The child is {age}." if unfit else ""]
    said += [] if found.team else ["This service has no team in Onestory. Ring it, and write its answer down here."]
    return " ".join(filter(None, said))


@require_http_methods(["GET", "HEAD", "POST"])
def note_gap(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Say that help was needed and not to be had."""
    family = _family(request, child_id)
    record = record_for(request.sight, child_id)
    if record is None or not _may_ask(request, child_id):
        raise Http404

    def act(given: dict[str, Any]) -> str:
        team = request.membership.team
        actions.note_gap(record, **given, team=team, by=request.user, at=timezone.now())
        return reverse("services:of_child", kwargs={"child_id": child_id})

    question = Question(
        heading="Help was needed and not to be had",
        button="Save",
        back=reverse("services:of_child", kwargs={"child_id": child_id}),
        lead=("It stands in the chronology, and it is counted, so that what is missing here can be seen.",),
        about=identity_of(family.history.people[family.child], timezone.localdate()),
    )
    return ask(request, forms.GapForm, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def service_request(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    """One request. The service answers here; whoever asked reads it, and takes it back."""
    found = queries.request_of(request.sight, request_id)
    if found is None:
        raise Http404
    note_look(request, "service request", [one.record.person_id for one in found.people.all() if one.record])
    mine = request.sight.team_id == (found.asked_team_id or found.asking_team_id)
    asked_by_us = request.sight.team_id == found.asking_team_id
    shown = _forms(found, request if request.method == "POST" else None)
    if request.method == "POST" and (mine or asked_by_us) and _done(request, found, shown):
        return redirect("services:request", request_id=request_id)
    said = {
        "page": presenters.request_row(found),
        "forms": shown,
        "may": _may(found, mine=mine, asked_by_us=asked_by_us),
        "notice_due": due_words(found.expected_on, timezone.localdate()) if found.expected_on else "",
    }
    return render(request, "services/request.html", said)


def _may(found: ServiceRequest, *, mine: bool, asked_by_us: bool) -> set[str]:
    """What may be done now, and by this reader's team."""
    accepted = found.state == State.ACCEPTED
    may = set()
    if mine and found.state in OPEN:
        may = {"came", "result", "decline"} if accepted else {"accept", "wait", "decline"}
    if asked_by_us and found.state in OPEN:
        may.add("withdraw")
    return may


def _forms(found: ServiceRequest, request: SignedInRequest | None) -> dict[str, Any]:
    """The forms of the page by what they do; only the one that was sent holds what was typed."""

    def data(name: str) -> Any:
        return request.POST if request and request.POST.get("do") == name else None

    children = [
        (str(one.record.id), one.record.label)
        for one in found.people.all()
        if one.record and one.record.person.is_child
    ]
    return {
        "accept": forms.AcceptForm(data("accept")),
        "wait": forms.WaitForm(data("wait")),
        "decline": forms.DeclineForm(data("decline")),
        "withdraw": forms.WithdrawForm(data("withdraw")),
        "came": forms.AttendanceForm(data("came"), children=children),
        "result": forms.ResultForm(data("result"), sort=found.service.taxonomy_term),
    }


def _done(request: SignedInRequest, found: ServiceRequest, shown: dict[str, Any]) -> bool:
    """Whether it was done; where not, the form says why."""
    do = request.POST.get("do", "")
    form = shown.get(do)
    if form is None or not form.is_valid():
        return False
    given = dict(form.cleaned_data)
    who: dict[str, Any] = {"team": request.membership.team, "by": request.user, "at": timezone.now()}
    if do == "came":
        given["seen"] = [UUID(one) for one in given.get("seen", ())]
    acts: dict[str, Any] = {
        "accept": actions.accept_request,
        "wait": actions.put_on_waiting_list,
        "decline": actions.decline_request,
        "withdraw": actions.withdraw_request,
        "came": actions.record_attendance,
        "result": actions.end_with_result,
    }
    try:
        acts[do](found.id, **given, **who)
    except NotNow as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else next(iter(form.fields)), str(refusal))
        return False
    return True


def _family(request: SignedInRequest, child_id: UUID) -> Family:
    """The family, for whoever may see plans; 404 alike for anybody else."""
    return family_for(request, child_id)


def _may_ask(request: SignedInRequest, child_id: UUID) -> bool:
    return bool(request.sight.kinds_of_ties(child_id) & MAY_ASK)


def _records(request: SignedInRequest, family: Family) -> dict[str, AgencyRecord]:
    """The people of the family for whom one can ask, the child first, by the records by which the reader knows them."""
    found = queries.records_of(request.sight, [UUID(one) for one in family.circle])
    others = sorted((one for one in found if one != family.child), key=lambda one: found[one].label)
    return {one: found[one] for one in (family.child, *others) if one in found}
