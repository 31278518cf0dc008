"""Families that my work touches, and a list by name. Finding a person properly is a matter of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onestory.oversee.signals.queries import visible_to
from onestory.oversee.signals.states import State
from onestory.platform.access.models import User
from onestory.platform.agencies.queries import posts_of
from onestory.platform.people.models import Person
from onestory.platform.ui.results import Results, results
from onestory.platform.ui.wording import age_words

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child by name."""

    id: str
    name: str
    born: str


def children_known_to(user: User, today: dt.date, name: str) -> QuerySet[Person]:
    """Children of whom the user's own agencies hold a record, by the name under which they do."""
    agencies = posts_of(user, today).values("team__agency")
    held = Person.objects.filter(is_child=True, records__agency__in=agencies)
    if name:
        held = held.filter(records__label__icontains=name, records__agency__in=agencies)
    return held.prefetch_related("records").distinct()


def children_in_my_work(user: User, today: dt.date) -> QuerySet[Person]:
    """Children about whom a question of the user's teams stands open."""
    alerts = visible_to(user, today).exclude(state=State.ENDED)
    return Person.objects.filter(alerts__alert__in=alerts).prefetch_related("records").distinct()


def child_rows(people: QuerySet[Person], today: dt.date) -> list[ChildRow]:
    """Children in words, by name."""
    rows = []
    for person in people:
        last = max(person.records.all(), key=lambda record: (record.recorded_at, record.id))
        born = f"Born {last.born.words()}, {age_words(last.born, today)}" if last.born else "Date of birth not recorded"
        rows.append(ChildRow(str(person.id), last.label, born))
    return sorted(rows, key=lambda row: row.name.casefold())


@require_safe
def families(request: HttpRequest) -> HttpResponse:
    """The list."""
    today, name = timezone.localdate(), request.GET.get("name", "").strip()[:100]
    mine = child_rows(children_in_my_work(request.user, today), today)
    known = child_rows(children_known_to(request.user, today, name), today)
    page = _page_of(known, request.GET.get("page", ""), request.path, name)
    return render(request, "web/families.html", {"mine": mine, "name": name, "count": len(known), "results": page})


def _page_of(rows: list[ChildRow], page: str, path: str, name: str) -> Results[ChildRow]:
    paged = Paginator(rows, ON_A_PAGE)
    pages = [list(paged.page(number).object_list) for number in paged.page_range]
    number = int(page) if page.isascii() and page.isdigit() else 1
    return results(pages, number, path, {"name": name} if name else {})
