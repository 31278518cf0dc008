"""Django's relations pass a filtering manager by. Row-level security does not: what is not seen is not there."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import ObjectDoesNotExist, QuerySet
from django.utils import timezone

from onestory.platform.access.actions import grant_tie
from onestory.platform.access.keeping import keeping
from onestory.platform.access.reading_as import read_as
from onestory.platform.access.ties import Because, Kind
from onestory.platform.access.visibility import guarded_models, visible_to
from onestory.platform.agencies.actions import add_member
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import Entry, EntryReporter, EntryText
from onestory.platform.history.record import Reporter
from onestory.platform.people.actions import add_agency_record
from tests.integration.access.place import NOW, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    """A concern with words and a name of who told; from now on a team on duty, which gets a summary, reads."""
    place = Place()
    child, team = place.person(), place.team("Health")
    with keeping():
        record = add_agency_record(person_id=child.pk, agency_id=team.agency_id, label="Robin", by=None, at=NOW)
        made = record_entry(
            agency=place.team("Police").agency_id,
            kind="concern",
            happened=parse_when("2025-11-02"),
            about=(record.pk,),
            text="Words",
            reporter=Reporter("public", None, "Neighbour"),
            by=None,
            at=timezone.now(),
        )
    grant_tie(child.pk, kind=Kind.TEAM, because=Because.DUTY, team_id=team.pk, by=None, at=NOW)
    post = add_member(user=place.user("reader"), team=team, role="health_visitor", since_on=NOW.date(), by=None, at=NOW)
    sight = read_as(post, at=timezone.now())
    return visible_to(sight, Entry.objects.filter(pk=made.pk)).get()


def test_a_relation_from_a_row_that_is_seen_shows_no_row_that_is_not(entry: Entry) -> None:
    for name in ("entrytext", "reporter", "entrysourcedetail", "entrylocation"):
        with pytest.raises(ObjectDoesNotExist):
            getattr(entry, name)
    assert entry.people.count() == 1
    with keeping():
        assert EntryText.objects.get(entry=entry).text == "Words"
        assert EntryReporter.objects.get(entry=entry).label == "Neighbour"


def test_joining_from_a_row_that_is_seen_shows_no_row_that_is_not(entry: Entry) -> None:
    assert not Entry.objects.filter(entrytext__text="Words").exists()
    assert not Entry.objects.filter(reporter__label__startswith="N").exists()
    assert Entry.objects.values_list("entrytext__text", flat=True).get() is None
    assert Entry.objects.select_related("entrytext").count() == 1


def test_no_manager_of_a_guarded_table_shows_a_row_to_nobody(entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_read_as(NULL, now(), NULL, '')")
    for model in guarded_models():
        for rows in (model._base_manager.all(), model._default_manager.all(), QuerySet(model)):
            assert not rows.exists(), model
