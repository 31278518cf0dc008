"""Whether something may be judged now. Each refusal names the field it stands at."""

from __future__ import annotations

from onestory.platform.access.models import User
from onestory.platform.agencies.policies import CannotChange
from onestory.platform.scrutiny.stretches import Stretch


def check_may_judge(stretch: Stretch, *, by: User, remark: str) -> None:
    """Nobody judges what they did themselves, and a judgement says on what it rests."""
    if stretch.actor == by.pk:
        raise CannotChange("outcome", "Somebody else has to look into what you did yourself")
    if not remark.strip():
        raise CannotChange("remark", "Enter what you asked, and what was answered")
