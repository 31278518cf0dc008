"""Who may be the second person to what one person alone may not do: nobody with an interest of their own in it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from onestory.platform.access.actions import (
    approve_break_glass,
    ask_to_open_seal,
    declare_conflict,
    open_seal,
    seal_record,
)
from onestory.platform.access.models import BreakGlass, Conflict, Seal
from onestory.platform.access.policies import NotNow
from tests.integration.web.office import AT, same_bytes
from tests.integration.web.test_opening_records import Place

pytestmark = pytest.mark.django_db


def test_whoever_has_an_interest_is_no_second_person() -> None:
    place = Place()
    place.post("ruth", "{child}/open", reason="Now", scope="All")
    opened, priya, helen = BreakGlass.objects.get(), place.office.user("priya"), place.office.user("helen")
    assert place.client("priya").get(f"/records/asked/{opened.pk}/approve").status_code == 200
    for one in (priya, helen):
        declare_conflict(place.child, user_id=one.pk, nature=Conflict.Nature.RELATIVE, by=one, at=AT)
    absent = place.client("priya").get(f"/records/asked/{uuid4()}/approve")
    assert same_bytes(place.client("priya").get(f"/records/asked/{opened.pk}/approve"), absent)
    assert place.post("priya", f"asked/{opened.pk}/approve", sure="yes").status_code == 404
    with pytest.raises(NotNow, match="Somebody else has to approve"):
        approve_break_glass(opened, by=priya, at=timezone.now())
    seal = seal_record(place.child, ground=Seal.Ground.STAFF, by=place.office.user("ben"), at=AT)
    ask_to_open_seal(seal, by=place.office.user("ben"), at=timezone.now())
    assert place.client("helen").get(f"/records/seals/{seal.pk}/open").status_code == 404
    with pytest.raises(NotNow, match="Somebody else has to open"):
        open_seal(seal, by=helen, at=timezone.now())
