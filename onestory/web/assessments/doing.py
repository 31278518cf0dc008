"""What can be done with the whole of an assessment: which form it needs, who may, and the action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404

from onestory.decide.assessments import actions
from onestory.decide.assessments.agreeing import agreement_of
from onestory.decide.assessments.challenging import answer_challenge, challenge_assessment
from onestory.decide.assessments.models import Assessment
from onestory.decide.assessments.policies import MANAGERS, CannotAssess
from onestory.decide.assessments.queries import open_challenges, sections_asked_of
from onestory.decide.assessments.states import State
from onestory.decide.assessments.tool import AGREEMENT, Tool
from onestory.platform.moves import CannotHappen
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.assessments.forms import AgreementForm, AskForm, ChallengeForm, LeadForm, PressForm, WordsForm
from onestory.web.assessments.queries import teams_to_ask


def forms_of(request: SignedInRequest, found: Assessment, tool: Tool, done: str) -> dict[str, Any]:
    """The forms of the page by what they do; only the one that was sent holds what was typed."""

    def data(name: str) -> Any:
        return request.POST if name == done else None

    sections = [(one.link, one.text) for one in tool.sections]
    return {
        "ask": AskForm(data("ask"), teams=_teams(request), sections=sections),
        "given": PressForm(data("given")),
        "decline": WordsForm(data("decline"), label="Why do you not add to it?", name="decline"),
        "complete": PressForm(data("complete")),
        "sign": WordsForm(data("sign"), label="What did you think over together?", name="sign"),
        "return": WordsForm(data("return"), label="What has to change?", name="return"),
        "end": WordsForm(data("end"), label="Why does it end without being completed?", name="end"),
        "challenge": ChallengeForm(data("challenge")),
        "reply": WordsForm(data("reply"), label="What do you answer?", name="reply"),
        "lead": LeadForm(data("lead"), initial={"lead": found.lead_professional}),
        "agreement": AgreementForm(data("agreement"), initial=_said_last(found, tool)),
    }


def _said_last(found: Assessment, tool: Tool) -> dict[str, Any]:
    last = agreement_of(found) if list(tool.with_code(AGREEMENT)) else None
    return {"who": last.who} if last else {}


def _teams(request: SignedInRequest) -> list[tuple[str, str]]:
    return [(code, str(team)) for code, team in teams_to_ask(request.sight).items()]


def did(request: SignedInRequest, found: Assessment, done: str, form: Any) -> bool:
    """Do what was asked; where it cannot be done, the form says why."""
    if form is None or done not in DOING or not DOING[done].may(request, found):
        raise Http404
    if DOING[done].words and not form.is_valid():
        return False
    try:
        DOING[done].do(request, found, form)
    except (CannotAssess, CannotHappen) as problem:
        form.is_valid()
        field = getattr(problem, "field", None)
        form.add_error(field if field in form.fields else next(iter(form.fields), None), str(problem))
        return False
    return True


class Doing:
    """One thing that can be done with the whole: whether it needs words, who may, and what it does."""

    def __init__(
        self,
        do: Callable[[SignedInRequest, Assessment, Any], object],
        may: Callable[[SignedInRequest, Assessment], bool],
        words: bool = True,
    ) -> None:
        self.do, self.may, self.words = do, may, words


def may_sign(request: SignedInRequest, found: Assessment) -> bool:
    """A manager of the agency that leads, once it is completed."""
    of_agency = found.agency_id == request.sight.agency_id
    return found.state == State.COMPLETED and of_agency and request.sight.role in MANAGERS


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
        at=request.sight.at,
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
                at=request.sight.at,
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
            at=request.sight.at,
        )

    return review


def _complete(request: SignedInRequest, found: Assessment, form: Any) -> None:
    actions.complete_assessment(found.id, by=request.user, at=request.sight.at)


def _end(request: SignedInRequest, found: Assessment, form: Any) -> None:
    actions.end_assessment(found.id, reason=form.cleaned_data["words"], by=request.user, at=request.sight.at)


def _challenge(request: SignedInRequest, found: Assessment, form: Any) -> None:
    said = form.cleaned_data
    challenge_assessment(
        found.id,
        words=said["words"],
        effect=said["effect"],
        team=request.membership.team,
        by=request.user,
        at=request.sight.at,
    )


def _reply(request: SignedInRequest, found: Assessment, form: Any) -> None:
    for one in open_challenges(found)[:1]:
        answer_challenge(
            one.id,
            answer=form.cleaned_data["words"],
            team=request.membership.team,
            by=request.user,
            at=request.sight.at,
        )


def _lead(request: SignedInRequest, found: Assessment, form: Any) -> None:
    actions.name_lead(found.id, lead=form.cleaned_data["lead"], by=request.user, at=request.sight.at)


def _agreement(request: SignedInRequest, found: Assessment, form: Any) -> None:
    said = form.cleaned_data
    actions.hear_family(
        found.id,
        answer=said["answer"],
        who=said["who"],
        words=said["agreement_words"],
        asked_on=said["asked_on"],
        again_on=said["again_on"],
        team=request.membership.team,
        by=request.user,
        at=request.sight.at,
    )


def _anybody(request: SignedInRequest, found: Assessment) -> bool:
    return True


DOING = {
    "challenge": Doing(_challenge, _anybody),
    "reply": Doing(_reply, _leads),
    "lead": Doing(_lead, _leads),
    "agreement": Doing(_agreement, _leads),
    "ask": Doing(_ask, _leads),
    "given": Doing(_answer_part(False), _is_asked, words=False),
    "decline": Doing(_answer_part(True), _is_asked),
    "complete": Doing(_complete, _leads, words=False),
    "sign": Doing(_reviewed(actions.sign_assessment), may_sign),
    "return": Doing(_reviewed(actions.return_assessment), may_sign),
    "end": Doing(_end, _leads),
}
