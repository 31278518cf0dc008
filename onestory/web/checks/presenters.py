"""A check's page in words. Pure, given the row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from onestory.decide.checks.models import Check
from onestory.decide.checks.policies import TELLS_THE_PARENT
from onestory.decide.checks.presenters import CheckRow, check_rows
from onestory.decide.checks.states import OPEN, TRANSITIONS, Sort, State
from onestory.platform.sharing.bases import bases
from onestory.platform.ui.wording import moment_words
from onestory.web.inbox.presenters import who_words


@dataclass(frozen=True, slots=True)
class CheckPage:
    """One check, ready to be shown to whoever is asked or asked."""

    id: str
    row: CheckRow
    title: str
    who: tuple[str, ...]
    purpose: str
    basis: str
    law: str
    question: str
    grounds: str
    asker: str
    asked: str
    parent_told: str
    answered: str
    is_welfare: bool
    to_answer: bool
    to_withdraw: bool
    withdrawn: bool
    accepted: bool
    about_adults: bool


def check_page(check: Check, *, may_answer: bool, may_withdraw: bool, now: dt.datetime) -> CheckPage:
    """The page of a check; ``may_answer``: the reader's team is asked; ``may_withdraw``: it asked."""
    basis = bases().get(check.basis)
    welfare = check.sort == Sort.WELFARE
    answered = f"{check.answered_by}, {moment_words(check.answered_at)}" if check.answered_at else ""
    return CheckPage(
        id=str(check.id),
        row=check_rows([check], now)[0],
        title="A welfare check is asked of you" if welfare else "What do you hold on this child?",
        who=who_words(check.who),
        purpose=check.purpose,
        basis=basis.words if basis else check.basis,
        law=basis.law if basis else "",
        question=check.question,
        grounds=check.grounds,
        asker=f"{check.asked_by}, {check.asking_team}",
        asked=str(check.asked_team),
        parent_told=check.parent_told,
        answered=answered,
        is_welfare=welfare,
        to_answer=may_answer and check.state in OPEN,
        to_withdraw=may_withdraw and "withdraw" in TRANSITIONS[Sort(check.sort)].get(State(check.state), {}),
        withdrawn=check.state == State.WITHDRAWN,
        accepted=check.state == State.ACCEPTED,
        about_adults=check.asked_team.agency.sector in TELLS_THE_PARENT,
    )
