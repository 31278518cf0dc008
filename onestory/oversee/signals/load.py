"""Whether a team's list of questions is more than it can answer: what came in, what was answered, what waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet

from onestory.oversee.signals.models import Alert, Answer, Asking
from onestory.oversee.signals.queries import alerts_of_team
from onestory.oversee.signals.spoken import FEW, told
from onestory.oversee.signals.states import State
from onestory.platform.access.keeping import keeping
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Team
from onestory.platform.deadlines.working_days import working_days_between
from onestory.platform.ui.wording import day_words, plural

LOOKED_AT = dt.timedelta(days=28)
"""Four weeks: long enough for a rate, short enough to be now."""
MOST_A_DAY = 10
"""Questions to one team on one working day beyond which nobody reads them with care: stated on the page."""


@dataclass(frozen=True, slots=True)
class Load:
    """One team's questions of the last four weeks, and its list today. Nothing is left out of ``waiting``."""

    asked: int
    answered: int
    working_days: int
    waiting: int
    overdue: int
    oldest_on: dt.date | None

    @property
    def asked_a_day(self) -> float:
        """Questions on a working day."""
        return self.asked / max(self.working_days, 1)

    @property
    def answered_a_day(self) -> float:
        """Answers on a working day."""
        return self.answered / max(self.working_days, 1)

    @property
    def is_too_much(self) -> bool:
        """Whether more comes in than is answered while answers are late, or more than anybody reads with care."""
        return self.asked_a_day > MOST_A_DAY or (self.overdue > 0 and self.asked > self.answered)

    def words(self) -> Iterator[str]:
        """The figures as sentences."""
        days = plural(self.working_days, "working day", "working days")
        yield (
            f"In the last four weeks ({days}) your team was asked {plural(self.asked, 'question', 'questions')}, "
            f"{self.asked_a_day:.1f} on a working day, and gave {plural(self.answered, 'answer', 'answers')}."
        )
        yield (
            f"Today {plural(self.waiting, 'question waits', 'questions wait')}, {self.overdue or 'none'} of them past "
            "the day on which an answer was due."
        )
        if self.oldest_on is not None:
            yield f"The oldest was asked on {day_words(self.oldest_on)}."

    def verdict(self) -> str:
        """What follows, in a sentence."""
        if self.is_too_much:
            return (
                "This is more than the team can answer. Nothing is hidden or dropped because of it: tell your manager, "
                "who can give the team time or people, or propose that rules ask less."
            )
        return "The list is within what the team answers."


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """How much one team is asked and answers: numbers alone, nothing of whom the questions are about."""

    team: str
    load: Load
    most_on_a_day: int

    @property
    def is_few(self) -> bool:
        """Whether the numbers are so small that they would tell of one question."""
        return self.load.asked < FEW and self.load.waiting < FEW

    def figures(self) -> tuple[str, ...]:
        """A working day, most on a day, asked, answered, waiting, late, as they are told to the office."""
        load, are_few = self.load, self.load.asked < FEW
        a_day = ("–", "–") if are_few else (f"{load.asked_a_day:.1f}", str(self.most_on_a_day))
        return (*a_day, *map(told, (load.asked, load.answered, load.waiting, load.overdue)))


def loads_of_teams(today: dt.date) -> list[TeamLoad]:
    """Teams that were asked enough in the last four weeks, or have enough waiting, the busiest first; for the office.

    The office is entitled to know of no question, and that a small team was asked at all tells of one. So a team with
    fewer than FEW is left out, and looks like one that was never asked; the same holds for each number of the others.
    What is left: who looks day after day sees a number of a busy team rise, of no child and by no rule. A fixed number
    of queries, however many teams.
    """
    since = today - LOOKED_AT
    with keeping():
        lately = Asking.objects.filter(alert__is_over=False, asked_on__gt=since, asked_on__lte=today)
        asked = list(lately.values_list("alert__team", "asked_on").annotate(Count("id")))
        given = Answer.objects.filter(asking__alert__is_over=False, answered_at__date__gt=since)
        answered = dict(given.values_list("asking__alert__team").annotate(Count("id")))
        alerts = Alert.objects.filter(is_over=False, state=State.WAITING)
        late = Count("id", filter=Q(due_on__lt=today))
        rows = alerts.values_list("team").annotate(number=Count("id"), late=late, oldest=Min("first_asked_on"))
        waits = {row[0]: row[1:] for row in rows}
        teams = Team.objects.filter(id__in={*waits, *(team for team, _, _ in asked)}).select_related("agency")
        names = {team.id: f"{team.name}, {team.agency.name}" for team in teams}
    days = working_days_between(since, today)
    found = []
    for team, name in names.items():
        counts = [number for one, _, number in asked if one == team]
        waiting, overdue, oldest = waits.get(team, (0, 0, None))
        load = Load(sum(counts), answered.get(team, 0), days, waiting, overdue, oldest)
        found.append(TeamLoad(name, load, max(counts, default=0)))
    return sorted(
        (one for one in found if not one.is_few), key=lambda one: (-one.load.asked, -one.load.waiting, one.team)
    )


def load_of_team(sight: Sight, today: dt.date) -> Load:
    """The reader's team's load, of what the reader may know. A fixed number of queries."""
    alerts = alerts_of_team(sight).filter(is_over=False)
    waiting: QuerySet[Alert] = alerts.filter(state=State.WAITING)
    since = today - LOOKED_AT
    asked = visible_to(sight, Asking.objects.filter(alert__in=alerts, asked_on__gt=since)).count()
    answers = visible_to(sight, Answer.objects.filter(asking__alert__in=alerts, answered_at__date__gt=since))
    oldest = waiting.order_by("first_asked_on").values_list("first_asked_on", flat=True).first()
    return Load(
        asked=asked,
        answered=answers.count(),
        working_days=working_days_between(since, today),
        waiting=waiting.count(),
        overdue=waiting.filter(due_on__lt=today).count(),
        oldest_on=oldest,
    )
