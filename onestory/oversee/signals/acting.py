"""What acting on a question opens, with the question at hand: decision, checks, protection, assessment, plan.

A step only leads there; nothing is decided by opening it. Each page says itself who may do what.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from onestory.arrive.concerns.queries import concerns_for
from onestory.arrive.concerns.states import FINAL
from onestory.oversee.signals.models import Alert
from onestory.oversee.signals.presenters import alert_title, children_of
from onestory.oversee.signals.queries import alert_of
from onestory.platform.access.sight import Sight
from onestory.platform.ui.wording import day_words

SOCIAL_CARE = "social_care"
ASKS_AGENCIES = frozenset({"early_help_lead"})
OF_A_CHILD = (
    ("Ask agencies what they hold", "ask_checks", True),
    ("Ask the police for a welfare check", "ask_welfare_check", True),
    ("Call a strategy discussion or a conference", "protection", False),
    ("Begin an assessment, or go on with one", "assessments_of_child", False),
    ("Open the plan, its actions and its meetings", "plans_of_child", False),
)
"""What may be opened about a child: in words, the page, and whether only those see it who ask agencies."""
FROM = "question"
"""The name under which the question travels in an address: its id and nothing that it says."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that may be opened, in words, and its address; ``about``: whom, where the question has several."""

    words: str
    address: str
    about: str = ""


def steps(sight: Sight, alert: Alert) -> list[Step]:
    """What the reader may open to act on the question: decisions that wait first, then each child's pages."""
    return [*_decisions(sight, alert), *_pages(sight, alert)]


def _decisions(sight: Sight, alert: Alert) -> Iterator[Step]:
    cited = [one.entry_id for one in next(iter(alert.askings.all())).entries.all()]
    waiting = concerns_for(sight).filter(entry__in=cited).exclude(state__in=FINAL).select_related("entry")
    for concern in waiting.order_by("entry__known_on", "id"):
        day = day_words(concern.entry.known_on) if concern.entry else ""
        yield Step(f"Decide on the concern of {day}", reverse("decision", kwargs={"concern_id": concern.id}))


def _pages(sight: Sight, alert: Alert) -> Iterator[Step]:
    asks = SOCIAL_CARE in sight.groups or sight.role in ASKS_AGENCIES
    children = children_of(alert)
    for child, name in children:
        about = name if len(children) > 1 else ""
        for words, page, only_who_asks in OF_A_CHILD:
            if asks or not only_who_asks:
                address = reverse(page, kwargs={"child_id": child})
                said = f"{words}: {about}" if about else words
                yield Step(said, f"{address}?{urlencode({FROM: alert.id})}", about)


def told_by(sight: Sight, question: str) -> tuple[str, ...]:
    """What a question said, for the page that was opened from it; nothing for whoever may not know of the question."""
    try:
        alert = alert_of(sight, UUID(question))
    except ValueError:
        return ()
    if alert is None:
        return ()
    latest = next(iter(alert.askings.all()))
    return (f"This answers a question to your team: {alert_title(alert)}.", *(one.says for one in latest.reasons.all()))
