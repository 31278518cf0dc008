"""May it happen now? Each check raises a sentence that can be shown, with the field that has to change."""

from __future__ import annotations

from onestory.decide.checks.models import Check
from onestory.platform.access.policies import NotNow
from onestory.platform.agencies.models import Team
from onestory.platform.sharing.bases import bases

TELLS_THE_PARENT = frozenset({"adult_mental_health", "substance_misuse_service", "substance_misuse"})
"""Services for adults: what a parent was told of what is shared about them, or why not, is not left open (LP3)."""
POLICE = "police"


class CannotAsk(NotNow):
    """The question or its answer cannot be kept as given; ``field`` names what has to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def check_may_ask(*, teams: list[Team], purpose: str, basis: str, question: str, asking_team: Team) -> None:
    """A check says whom, why, by which right and what (D3)."""
    if not teams:
        raise CannotAsk("teams", "Select who is asked")
    if asking_team in teams:
        raise CannotAsk("teams", "Your own team is not asked: look into your own records")
    if not purpose.strip():
        raise CannotAsk("purpose", "Enter why you ask")
    if basis not in bases():
        raise CannotAsk("basis", "Select on which lawful basis you ask")
    if not question.strip():
        raise CannotAsk("question", "Enter what you ask")


def check_may_ask_police(*, team: Team, grounds: str) -> None:
    """A welfare check is asked of the police, on grounds (F5.51, F5.52)."""
    if team.agency.sector != POLICE:
        raise CannotAsk("teams", "A welfare check is asked of the police")
    if not grounds.strip():
        raise CannotAsk("grounds", "Enter why the child may not be safe")


def check_answer(check: Check, *, held: bool, relevance: str, searched: str, parent_told: str) -> None:
    """“Nothing held” says what was searched; “held” says what bears on the child (D3, LP3)."""
    if not searched.strip():
        raise CannotAsk("searched", "Enter what you searched")
    if held and not relevance.strip():
        raise CannotAsk("relevance", "Enter what bears on the child")
    if held and check.asked_team.agency.sector in TELLS_THE_PARENT and not parent_told.strip():
        raise CannotAsk("parent_told", "Enter what the parent was told, or why they were not told")


def check_reason(reason: str) -> None:
    """Declining says why."""
    if not reason.strip():
        raise CannotAsk("relevance", "Enter why you decline")
