"""The standing conditions of a child: what stands, set one, end one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestory.arrive.chronology.narrowing import Family
from onestory.arrive.chronology.queries import family_for
from onestory.arrive.concerns.presenters import people_to_name
from onestory.decide.decisions.actions import end_condition, set_condition
from onestory.decide.decisions.forms import ConditionForm, EndConditionForm
from onestory.decide.decisions.policies import CannotDecide
from onestory.decide.decisions.queries import condition_for
from onestory.decide.protection.states import SOCIAL_CARE
from onestory.platform.ui import typed_text
from onestory.platform.ui.child import identity_of
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.decision_page.conditions import conditions_shown
from onestory.web.decision_page.known import Known


@require_http_methods(["GET", "HEAD", "POST"])
def standing_conditions(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """What stands for the child; those who decide may set one, or end one with a reason."""
    family, today = family_for(request, child_id), timezone.localdate()
    people = ((family.child, family.history.people[family.child].label), *people_to_name(family))
    posted = request.POST if request.method == "POST" else None
    ending = posted is not None and "end" in posted
    form = ConditionForm(None if ending else posted, people=people, initial=typed_text.take_back(request))
    end = EndConditionForm(posted if ending else None)
    may = request.membership.role in SOCIAL_CARE
    if posted is not None and may and _done(request, family, form, end):
        return redirect("standing_conditions", child_id=child_id)
    said: dict[str, Any] = {
        "identity": identity_of(family.history.people[family.child], today),
        "conditions": conditions_shown(Known(family, today)),
        "form": end if ending else form,
        "set": form,
        "end": end,
        "ending": posted.get("end", "") if posted else "",
        "may": may,
    }
    return render(request, "web/standing_conditions.html", said)


def _done(request: SignedInRequest, family: Family, form: ConditionForm, end: EndConditionForm) -> bool:
    who: dict[str, Any] = {"agency": request.membership.team.agency, "by": request.user, "at": timezone.now()}
    try:
        if end.is_bound and end.is_valid():
            end_condition(_condition(request, family), reason=end.cleaned_data["reason"], **who)
        elif form.is_bound and form.is_valid():
            set_condition(child_id=UUID(family.child), answers=form.answers(), **who)
        else:
            return False
    except CannotDecide as refused:
        (end if end.is_bound else form).add_error(refused.field, str(refused))
        return False
    return True


def _condition(request: SignedInRequest, family: Family) -> Any:
    """The condition that is to be ended: one of this family's that the reader sees."""
    wanted = request.POST["end"]
    held = {entry.id for entry in family.history.entries if entry.kind == "condition"}
    found = condition_for(request.sight, UUID(wanted)) if wanted in held else None
    if found is None:
        raise Http404
    return found
