"""Which tie explains that somebody looked, and what it shows: for the audit. It decides nothing."""

from __future__ import annotations

from uuid import UUID

from onestory.platform.access.decision import policy_in_force
from onestory.platform.access.policy import InfoClass, Level, Tie
from onestory.platform.access.sight import OF_THE_ROW, Sight

BEST_FIRST = (Tie.LEAD, Tie.WORKER, Tie.FRONT_DOOR, Tie.TEAM, Tie.AGENCY, Tie.BREAK_GLASS)


def tie_to(sight: Sight, person_id: UUID) -> Tie:
    """The reader's best tie to the person; break-glass only where there is no other."""
    kinds = sight.kinds_of_ties(person_id)
    return next((tie for tie in BEST_FIRST if tie.value in kinds), Tie.NONE)


def shown_by(sight: Sight, tie: Tie) -> list[str]:
    """What the tie shows at most, class by class, such as ``chronology:F``. What depends on the row counts as held."""
    policy = policy_in_force()
    known = OF_THE_ROW | sight.groups
    shown = []
    for info in InfoClass:
        best = max((one.level for one in policy.cells[info, tie] if one.when <= known), default=Level.NOTHING)
        level = max(level for level in Level if level <= best and not sight.capped(info, level))
        if level is not Level.NOTHING:
            shown.append(f"{info.value}:{level.mark}")
    return shown
