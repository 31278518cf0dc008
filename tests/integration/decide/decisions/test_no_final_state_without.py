"""Every step from every state by every role on real rows, and random walks: nothing is final without who and why."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.db import transaction

from onestory.arrive.concerns.actions import give_advice, log_concern
from onestory.arrive.concerns.models import Concern
from onestory.arrive.concerns.policies import CannotSend
from onestory.arrive.concerns.states import FINAL
from onestory.decide.decisions.actions import approve, decide, send_back
from onestory.decide.decisions.models import Decision
from onestory.decide.decisions.policies import CannotDecide, ChangedMeanwhile
from onestory.platform.access.keeping import keeping
from onestory.platform.access.roles import ROLES
from onestory.platform.agencies.models import Membership
from onestory.platform.history.models import EntryText
from onestory.platform.moves import CannotHappen
from tests.integration.decide.decisions.test_deciding import (
    AT,
    CLOSED,
    LATER,
    WRITTEN,
    concern,
    opened_chronology,
    user,
)

__all__ = ["concern"]
pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott",)
FRONT_DOOR = {"duty_social_worker", "out_of_hours_social_worker", "social_work_manager"}
MANAGER = {"social_work_manager"}
ALLOWED = {
    ("waiting", "decide"): dict.fromkeys(FRONT_DOOR, "decided"),
    ("waiting", "close"): dict.fromkeys(FRONT_DOOR, "approval") | {"social_work_manager": "decided"},
    ("approval", "approve"): {"social_work_manager": "decided"},
    ("approval", "send back"): {"social_work_manager": "waiting"},
}
"""From a state, by a step, what follows for which role: written down a second time, beside the program's own tables."""
STEPS = ("decide", "close", "approve", "send back", "advise")
REFUSALS = (CannotHappen, CannotDecide, CannotSend, ChangedMeanwhile)


def took(step: str, concern: Concern, role: str, username: str, answers: dict[str, str] | None = None) -> None:
    """Take the step as this role. Raises one of REFUSALS."""
    kept = Decision.objects.filter(concern=concern).first()
    seen, who = kept.version if kept else 0, {"role": role, "by": user(username), "at": LATER}
    match step:
        case "decide":
            decide(concern, answers=WRITTEN if answers is None else answers, seen=seen, **who)
        case "close":
            decide(concern, answers=CLOSED if answers is None else answers, seen=seen, **who)
        case "approve":
            if kept is None:
                raise CannotHappen("Nothing was proposed.")
            approve(concern, seen=seen, **who)
        case "send back":
            send_back(concern, words="Ask the GP first." if answers is None else answers.get("rationale", ""), **who)
        case "advise":
            give_advice(concern, advice="Talk with them." if answers is None else answers.get("rationale", ""), **who)


BRINGS_ABOUT: dict[str, Callable[[Concern], None]] = {
    "waiting": lambda concern: None,
    "approval": lambda concern: took("close", concern, "duty_social_worker", "amina.duty"),
    "decided": lambda concern: took("decide", concern, "duty_social_worker", "amina.duty"),
}


@pytest.mark.parametrize("state", BRINGS_ABOUT)
def test_every_step_from_every_state_by_every_role(state: str, concern: Concern) -> None:
    """Whoever has the role and read the chronology, somebody other than whoever proposed."""
    with keeping():
        for username in ("amina.duty", "helen.manager"):
            opened_chronology(concern, username)
        BRINGS_ABOUT[state](concern)
        for step in STEPS:
            for role in sorted(ROLES):
                expected = ALLOWED.get((state, step), {}).get(role, state)
                assert after(concern, step, role) == expected, f"{state}, {step}, {role}"


def after(concern: Concern, step: str, role: str) -> str:
    """The state in which the step leaves it; the step is taken back afterwards."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                took(step, concern, role, "helen.manager")
        except REFUSALS:
            pass
        state = str(Concern.objects.get(pk=concern.pk).state)
        transaction.set_rollback(True)
    return state


@pytest.mark.parametrize("seed", range(25))
def test_no_walk_ends_without_decision_reason_and_person(seed: int, concern: Concern) -> None:
    chance = random.Random(seed)
    with keeping():
        opened_chronology(concern) if chance.random() < 0.8 else None
        opened_chronology(concern, "helen.manager") if chance.random() < 0.8 else None
        for _ in range(12):
            step, role = chance.choice(STEPS), chance.choice([*sorted(FRONT_DOOR), chance.choice(sorted(ROLES))])
            with_gaps = {name: words for name, words in CLOSED.items() if chance.random() < 0.93}
            answers = {name: " " if chance.random() < 0.07 else words for name, words in with_gaps.items()}
            try:
                with transaction.atomic():
                    took(step, concern, role, chance.choice(["amina.duty", "helen.manager"]), answers)
            except REFUSALS:
                pass
            nothing_is_final_without_who_and_why(concern)


def nothing_is_final_without_who_and_why(concern: Concern) -> None:
    now = Concern.objects.select_related("decided_in").get(pk=concern.pk)
    if now.state not in FINAL:
        assert (now.decided_by, now.decided_at, now.decided_in) == (None, None, None)
        return
    assert now.state == "decided"
    assert now.decided_by is not None
    assert now.decided_at is not None
    assert now.decided_in.own["on_entries"] == [str(now.entry_id)]
    words = EntryText.objects.get(entry=now.decided_in).text
    answers = Decision.objects.get(concern=now).answers
    for name in ("rationale", "considered", "analysis"):
        assert answers[name].strip()
        assert answers[name].strip() in words


def test_advice_ends_a_question_and_never_a_concern_about_a_child(concern: Concern) -> None:
    post = Membership.objects.select_related("team__agency", "user").get(user__username="ruth.school")
    asked = {"what": "A child hoards food.", "asks": "Is it a sign?", "safe": "yes", "reach": "By phone"}
    who = {"role": "duty_social_worker", "by": user("amina.duty"), "at": LATER}
    with keeping():
        with pytest.raises(CannotSend, match="is decided"):
            give_advice(concern, advice="Talk with them.", **who)
        question = log_concern(
            form="consultation", answers=asked, child_id=None, from_team=post.team, by=post.user, at=AT
        )
        with pytest.raises(CannotSend, match="Enter your advice"):
            give_advice(question, advice=" ", **who)
        assert give_advice(question, advice="Talk with them.", **who).state == "advised"
