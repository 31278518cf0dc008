"""The list of families."""

from __future__ import annotations

from itertools import islice
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onestory.platform.ui.requests import SignedInRequest
from onestory.web.families.plans import statuses
from onestory.web.families.presenters import ON_A_PAGE, by_name, child_rows, number_of, page_of, with_plans
from onestory.web.families.queries import children_in_my_work, children_known_to
from onestory.web.families.told import children_told_of, plans_told_of


@require_safe
def families(request: SignedInRequest) -> HttpResponse:
    """The list, each child with the plan that it has or had last."""
    sight, today, name = request.sight, timezone.localdate(), request.GET.get("name", "").strip()[:100]
    number = number_of(request.GET.get("page", ""))
    mine = by_name(child_rows(children_in_my_work(sight), today))
    told = children_told_of(sight, name)
    up_to_here = number * ON_A_PAGE
    known = child_rows(islice(children_known_to(sight, name, told), up_to_here + 1), today, told)
    page = page_of(known, number, request.path, name)
    plans = statuses(plans_told_of(sight, {UUID(row.id) for row in (*mine, *page.groups)}))
    said = {"mine": with_plans(mine, plans), "rows": with_plans(page.groups, plans)}
    counted = {"count": min(len(known), up_to_here), "more": len(known) > up_to_here}
    return render(request, "web/families.html", said | counted | {"name": name, "results": page})
