"""Reading stories again, asking, ending, answering: all writes of alerts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from onestory.oversee.signals import policies
from onestory.oversee.signals.asking import Memory
from onestory.oversee.signals.circles import circles_of
from onestory.oversee.signals.horizon import last_day_of
from onestory.oversee.signals.in_force import rules_on
from onestory.oversee.signals.keeping import keep
from onestory.oversee.signals.looking import look, stories_on
from onestory.oversee.signals.models import Alert, Answer, Asking, Circle, Sort
from onestory.oversee.signals.queries import records_of_children
from onestory.oversee.signals.rule import Finding
from onestory.oversee.signals.states import State, after
from onestory.oversee.signals.walking import walk
from onestory.platform.access.keeping import detecting, keeping
from onestory.platform.access.models import User
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.index import StoryIndex
from onestory.platform.history.loading import load_history
from onestory.platform.history.models import Entry, Weight


@transaction.atomic
@keeping()
def read_again(*, child_ids: Collection[UUID], today: dt.date, at: dt.datetime) -> list[Asking]:
    """Read the stories of these children's circles up to ``today`` and ask what there is to ask (S1, F5.17, F5.58).

    Days since the last look are caught up one by one; ``today`` itself is always read, since entries may have come in.
    Two readers of one circle take turns. Returns what was asked.
    """
    return [asking for circle, children in circles_of(child_ids) for asking in _read(circle, children, today, at)]


def _read(circle: Circle, children: Collection[UUID], today: dt.date, at: dt.datetime) -> list[Asking]:
    with detecting():
        history = load_history(children, summaries=True)
    indexes = [StoryIndex(history, str(child)) for child in sorted(children)]
    last_day = last_day_of(children, history)
    end = min(today, last_day or today)
    chosen = rules_on(today)
    asked: list[Asking] = []
    memory = Memory.from_plain(circle.memory)
    behind = circle.read_on is None or circle.read_on < end
    taken = None
    if behind:
        steps = walk(
            indexes,
            memory,
            after=circle.read_on,
            end=end,
            look_again_on=circle.next_check_on,
            rules=chosen.rules,
            settings=chosen.settings,
        )
        for on, taken in steps:
            asked += keep(circle, taken, history, on=on, at=at)
            memory = taken.memory
    if not behind or taken is None:
        stories = stories_on(indexes, end)
        taken = look(stories, memory, end, rules=chosen.rules, settings=chosen.settings, since=circle.read_on)
        asked += keep(circle, taken, history, on=end, at=at)
    circle.read_on = max(end, circle.read_on or end)
    circle.next_check_on = taken.look_again_on if end == today else None
    circle.is_over = last_day is not None
    circle.alerts.exclude(is_over=circle.is_over).update(is_over=circle.is_over)
    circle.memory = taken.memory.to_plain()
    circle.notes = [_note(finding) for finding in taken.notes]
    circle.save()
    return asked


def _note(finding: Finding) -> dict[str, object]:
    return {
        "signal": finding.signal,
        "key": finding.key,
        "consider": finding.consider,
        "ref": finding.ref,
        "children": list(finding.children),
        "rests_on": sorted(finding.evidence),
    }


def sweep(*, today: dt.date, at: dt.datetime, at_most: int | None = None) -> int:
    """Read every circle whose next day to look has come, each in a transaction of its own; returns how many.

    A circle is claimed by its row's lock, so several sweeps share the work, and one that is stopped half-way leaves the
    rest to the next. A day on which no sweep ran is caught up.
    """
    done = 0
    while at_most is None or done < at_most:
        with transaction.atomic(), keeping():
            due = Circle.objects.filter(next_check_on__lte=today).order_by("next_check_on")
            circle = due.select_for_update(skip_locked=True).first()
            if circle is None:
                break
            children = set(circle.children.values_list("child", flat=True))
            read_again(child_ids=children, today=today, at=at)
        done += 1
    wake_put_off(today=today)
    return done


@keeping()
def wake_put_off(*, today: dt.date) -> int:
    """Alerts that were put off until a day wait for an answer again once it has come; returns how many."""
    come = Alert.objects.filter(state=State.NOT_NOW, due_on__lte=today)
    return come.update(state=after(State.NOT_NOW, "day comes"))


@transaction.atomic
@keeping()
def answer_alert(
    *,
    alert_id: UUID,
    asking_id: UUID,
    sort: str,
    words: str,
    until_on: dt.date | None = None,
    by: User,
    at: dt.datetime,
    today: dt.date,
) -> Answer:
    """Answer the ask that the user saw: act, not now until a day, or no with a reason (S4).

    Raises CannotHappen or CannotAnswer with a sentence for the user: the alert ended or was asked again meanwhile, no
    words, no day. The answer becomes an entry of the chronology, marked as the program's own; no rule reads it.
    """
    alert = Alert.objects.select_for_update().select_related("team__agency").get(id=alert_id)
    asking = alert.askings.order_by("-asked_on", "-id")[0]
    policies.check_answer(alert, asking, seen=asking_id, sort=sort, words=words, until_on=until_on, today=today)
    entry = _entry_of_answer(alert, asking, sort, words, by, at, today)
    alert.state = after(alert.state, sort)
    alert.due_on = until_on or alert.due_on
    alert.save(update_fields=["state", "due_on"])
    return Answer.objects.create(
        asking=asking, sort=sort, words=words.strip(), until_on=until_on, by=by, answered_at=at, entry=entry
    )


def _entry_of_answer(
    alert: Alert, asking: Asking, sort: str, words: str, by: User, at: dt.datetime, today: dt.date
) -> Entry:
    return record_entry(
        agency=alert.team.agency_id,
        kind="note",
        happened=day(today),
        about=records_of_children(alert),
        text=f"Question of {day(asking.asked_on).words()} answered. {Sort(sort).label}: {words.strip()}",
        weight=Weight.SYSTEM,
        by=by,
        at=at,
    )
