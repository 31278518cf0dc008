"""Services, requests and gaps in words. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from onestory.help.services.directory import DAYS, FIELDS, TEAM
from onestory.help.services.lists import gap_sorts, results, type_words
from onestory.help.services.models import CostOption, Gap, Schedule, Service, ServiceRequest
from onestory.help.services.queries import Counted
from onestory.help.services.states import OPEN, State
from onestory.platform.ui.days import typed_day
from onestory.platform.ui.wording import day_words, listed, moment_words, plural
from onestory.web.services.forms import OUTCOME_WORDS

DAY_WORDS = dict(
    zip(DAYS, ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"), strict=True)
)
TONES = {
    State.ASKED: "review",
    State.WAITING: "act",
    State.ACCEPTED: "contact",
    State.DECLINED: "act",
    State.ENDED: "other",
    State.WITHDRAWN: "other",
}
NO_MORE = 365
"""Days after which what the directory says has to be made sure of again."""


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service in the list."""

    id: str
    name: str
    organization: str
    need: str
    ages: str
    status: str


@dataclass(frozen=True, slots=True)
class ServicePage:
    """One service with everything that the directory says, as words under headings."""

    row: ServiceRow
    alert: str
    description: str
    facts: tuple[tuple[str, str], ...]
    stale: str


@dataclass(frozen=True, slots=True)
class Came:
    """One day on which they came, or did not."""

    on: str
    outcome: str
    words: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request: what was asked for whom, where it stands since when, and what came of it."""

    id: str
    service: str
    service_id: str
    need: str
    who: str
    state: str
    tone: str
    says: str
    since: str
    asked: str
    asker: str
    why: str
    answers: str
    open: bool
    came: tuple[Came, ...]


@dataclass(frozen=True, slots=True)
class GapRow:
    """Help that was not to be had."""

    need: str
    why: str
    words: str
    noted: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """How often help for one need was not to be had, by reason; ``widths`` of the bars are per cent of the longest."""

    need: str
    numbers: tuple[int, ...]
    total: int
    width: int


def service_rows(services: Iterable[Service]) -> list[ServiceRow]:
    """Services in the order given."""
    return [_row(one) for one in services]


def _row(service: Service) -> ServiceRow:
    open_ = service.status == Service.Status.ACTIVE
    return ServiceRow(
        id=str(service.id),
        name=service.name,
        organization=service.organization.name,
        need=type_words(service.taxonomy_term),
        ages=ages_words(service.minimum_age, service.maximum_age),
        status="" if open_ else Service.Status(service.status).label,
    )


def ages_words(low: int | None, high: int | None) -> str:
    """``16 to 19``, ``16 and over``, ``19 and under``, ``Any age``."""
    if low is not None and high is not None:
        return f"{low} to {high}"
    if low is not None:
        return f"{low} and over"
    return f"{high} and under" if high is not None else "Any age"


def service_page(service: Service, today: dt.date) -> ServicePage:
    """The page of a service; what the directory does not say is left out."""
    found = [
        ("Who may have it", service.eligibility_description),
        ("Ages", ages_words(service.minimum_age, service.maximum_age)),
        ("Where somebody has to live", listed(one.name for one in service.service_areas.all())),
        ("How one comes to it", service.application_process),
        (
            "Answers requests in Onestory",
            str(service.team) if service.team else "Nobody: ring, and write the answer down",
        ),
        ("What it costs", "; ".join(filter(None, [service.fees_description, *map(_cost, service.cost_options.all())]))),
        ("When it is open", "; ".join(map(_hours, service.schedules.all()))),
        ("Whom to speak to", "; ".join(_contact(one.name, one.title, one.email) for one in service.contacts.all())),
        ("Number to ring", ", ".join(one.number for one in service.phones.all())),
        ("E-mail", service.email),
        ("Page on the web", service.url),
        ("Last made sure on", day_words(service.assured_date)),
    ]
    return ServicePage(
        row=_row(service),
        alert=service.alert,
        description=service.description,
        facts=tuple((name, words) for name, words in found if words),
        stale=_stale(service.assured_date, today),
    )


def _stale(assured: dt.date | None, today: dt.date) -> str:
    if assured is None:
        return "Nobody has said when they last made sure that this is so."
    return (
        "It is more than a year since somebody made sure that this is so." if (today - assured).days > NO_MORE else ""
    )


def _cost(cost: CostOption) -> str:
    amount = "" if cost.amount is None else "free" if not cost.amount else f"£{cost.amount:,.2f}"
    said = f"{cost.option}: {amount}" if cost.option and amount else cost.option or amount
    return (
        f"{said} ({cost.amount_description})" if said and cost.amount_description else said or cost.amount_description
    )


def _hours(schedule: Schedule) -> str:
    days = listed(DAY_WORDS[one] for one in schedule.byday.split(",") if one)
    hours = (
        f"{schedule.opens_at:%H:%M} to {schedule.closes_at:%H:%M}" if schedule.opens_at and schedule.closes_at else ""
    )
    said = " ".join(filter(None, [days, hours]))
    return ", ".join(filter(None, [said, schedule.description]))


def _contact(name: str, title: str, email: str) -> str:
    return ", ".join(filter(None, [name, title, email]))


def typed_in(service: Service) -> dict[str, str]:
    """What the directory says of a service, as it stands in the fields of its form."""
    parts = {
        "organization": service.organization,
        "service": service,
        "cost_option": service.cost_options.first(),
        "schedule": service.schedules.first(),
        "contact": service.contacts.first(),
        "phone": service.phones.first(),
        "service_area": service.service_areas.first(),
    }
    typed = {}
    for field in FIELDS:
        table, _, name = field.name.partition(".")
        value = service.taxonomy_term if table == "taxonomy_term" else getattr(parts[table], name, None)
        typed[field.key] = _typed(value)
    return typed | {TEAM: str(service.team) if service.team else ""}


def _typed(value: object) -> str:
    if isinstance(value, dt.date):
        return typed_day(value)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def request_rows(requests: Iterable[ServiceRequest]) -> list[RequestRow]:
    """Requests in the order given. What waits or was declined says so with its reason and its day."""
    return [request_row(one) for one in requests]


def request_row(request: ServiceRequest) -> RequestRow:
    """One request in words."""
    state, answers = State(request.state), request.asked_team or request.asking_team
    return RequestRow(
        id=str(request.id),
        service=str(request.service),
        service_id=str(request.service_id),
        need=type_words(request.service.taxonomy_term),
        who=listed(one.record.label for one in request.people.all() if one.record),
        state=state.label,
        tone=TONES[state],
        says=_says(request, state),
        since=day_words(timezone.localdate(request.changed_at)),
        asked=moment_words(request.asked_at),
        asker=f"{request.asked_by}, {request.asking_team}",
        why=request.why,
        answers=str(answers),
        open=state in OPEN,
        came=tuple(
            Came(day_words(one.on), OUTCOME_WORDS[one.outcome], one.words)
            for one in sorted(request.attendances.all(), key=lambda one: (one.on, one.id))
        ),
    )


def _says(request: ServiceRequest, state: State) -> str:
    match state:
        case State.WAITING:
            about = f" A place is expected about {day_words(request.expected_on)}." if request.expected_on else ""
            return f"{request.reason}.{about}".replace("..", ".")
        case State.DECLINED | State.WITHDRAWN:
            return request.reason
        case State.ENDED:
            known = results().get(request.result)
            return f"{known.words if known else request.result}. {request.result_words}"
    return ""


def gap_rows(gaps: Iterable[Gap]) -> list[GapRow]:
    """Help that was not to be had, in the order given."""
    return [
        GapRow(
            need=type_words(one.taxonomy_term),
            why=gap_sorts()[one.sort].words if one.sort in gap_sorts() else one.sort,
            words=one.words,
            noted=f"{one.noted_by}, {day_words(timezone.localdate(one.noted_at))}",
        )
        for one in gaps
    ]


COLUMNS: Mapping[str, str] = {one.code: one.words for one in gap_sorts().values()}
STANDING: Mapping[str, str] = {"waiting": "On a waiting list", "declined": "Declined by the service"}


def count_rows(counts: Iterable[Counted]) -> list[CountRow]:
    """For each need how often help was not to be had, by reason, the most frequent first."""
    found = []
    for one in counts:
        numbers = [one.states.get(state, 0) for state in STANDING] + [one.gaps.get(sort, 0) for sort in COLUMNS]
        if sum(numbers):
            found.append((type_words(one.taxonomy_term), tuple(numbers), sum(numbers)))
    longest = max((total for _, _, total in found), default=1)
    found.sort(key=lambda row: (-row[2], row[0]))
    return [CountRow(need, numbers, total, round(100 * total / longest)) for need, numbers, total in found]


def count_sentence(rows: Iterable[CountRow]) -> str:
    """The whole in one sentence."""
    rows = list(rows)
    if not rows:
        return "Nobody has yet written down that help was not to be had, and nobody waits."
    times = plural(sum(one.total for one in rows), "time")
    return f"Help was not to be had, or not yet, {times}. Most often: {rows[0].need.lower()}."


def seen_among(chosen: Iterable[str], allowed: Iterable[UUID]) -> list[UUID]:
    """The records that were chosen, of those that stood there to choose from."""
    wanted = set(chosen)
    return [one for one in allowed if str(one) in wanted]
