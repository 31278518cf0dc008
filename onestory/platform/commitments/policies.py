"""May it happen now? Each check raises NotNow with a sentence that can be shown."""

from __future__ import annotations

from onestory.platform.access.policies import NotNow
from onestory.platform.agencies.models import Team
from onestory.platform.commitments.models import Commitment, Sort, State


def check_owner(commitment: Commitment, team: Team) -> None:
    """Only whoever owes it answers: the team that it was given to; else the team that answers for the agency."""
    if commitment.owner_team_id:
        if commitment.owner_team_id != team.id:
            raise NotNow("Another team owes this.")
    elif commitment.owner_agency_id != team.agency_id or not team.answers_for_agency:
        raise NotNow("Another team owes this.")


def check_open(commitment: Commitment) -> None:
    """What is closed stays closed."""
    if commitment.state != State.OPEN:
        raise NotNow(f"This is {State(commitment.state).label.lower()} already.")


def check_closes(commitment: Commitment) -> None:
    """An entry must be able to name what it closes."""
    if commitment.sort not in (Sort.ACTION, Sort.REQUEST, Sort.HAND_OVER):
        raise NotNow("This is kept by what is recorded of the child: add what you saw or did.")
    if commitment.sort != Sort.HAND_OVER and not commitment.code:
        raise NotNow("This came without a number of its own. Add an entry that says what was done.")


def check_words(words: str, missing: str) -> None:
    """Keeping needs evidence, declining a reason."""
    if not words.strip():
        raise NotNow(missing)


def check_same_agency(commitment: Commitment, team: Team) -> None:
    """What an agency owes is given to one of its own teams."""
    if commitment.owner_agency_id != team.agency_id:
        raise NotNow("Give it to a team of your own agency.")
