"""Pages about plans ask as many queries for a large family as for one child: it is as quick for many."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.integration.help.plans.large import large_family
from tests.integration.web.partnership import signed_in

pytestmark = pytest.mark.django_db
SMALL = {"children": 1, "plans": 1, "actions": 10}
LARGE = {"children": 6, "plans": 4, "actions": 60}


def queries(told: dict[str, int]) -> dict[str, int]:
    """How many queries each page asks, of a family that is not there any more afterwards."""
    with transaction.atomic():
        family = large_family(**told, at=timezone.now())
        client = signed_in(family.lead.user.username)
        found = {}
        for what, path in family.pages.items():
            assert client.get(path).status_code == 200, path
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            found[what] = len(asked)
        transaction.set_rollback(True)
    return found


def test_six_children_four_plans_and_sixty_actions_cost_no_more_queries_than_one() -> None:
    small = queries(SMALL)
    assert queries(LARGE) == small
    assert max(small.values()) <= 80
