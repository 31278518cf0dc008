"""What is known about where people and entries come from."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from onestory.arrive.feeds.models import Sort, SourceRow


def entries_of_published_reviews() -> QuerySet[SourceRow, UUID]:
    """Ids of the entries that come from published reviews: nobody owes anything on them any more."""
    rows = SourceRow.objects.filter(sort=Sort.ENTRY, source__is_published=True)
    return rows.values_list("object_id", flat=True)


def all_from_published_reviews(children: Collection[UUID]) -> bool:
    """Whether each of these children is known from published reviews only: then their history is over."""
    rows = SourceRow.objects.filter(sort=Sort.PERSON, object_id__in=set(children))
    published = dict(rows.order_by("-source__is_published").values_list("object_id", "source__is_published"))
    return bool(children) and all(published.get(child, False) for child in children)
