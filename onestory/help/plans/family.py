"""Who of the family has to be asked: each parent known, and whoever else is close to the children (P7, F5.30)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from onestory.platform.access.protections import Seal
from onestory.platform.history.vocabulary import COUPLE_RELATIONS, PARENT_RELATIONS, RELATIONS
from onestory.platform.people.models import Relationship

NOT_ASKED = frozenset({"sibling", "half_sibling", "friend"})
NOT_SURE = {"alleged": "said to be", "denied": "denied to be"}


@dataclass(slots=True)
class Relative:
    """Somebody of the family, by the anchor; what they are to the children; and whether that is a parent."""

    person: UUID
    label: str
    relations: list[str] = field(default_factory=list)
    is_parent: bool = False

    def words(self) -> str:
        """What they are, in words."""
        return "; ".join(dict.fromkeys(self.relations))


def relatives_of(children: Collection[UUID]) -> list[Relative]:
    """The parents of these children, alleged ones too, their partners, and wider family; parents first.

    Read as the keeper by the action that draws up a plan. Whoever's record is sealed is not named.
    """
    rows = _standing(Relationship.objects.filter(of__person__in=children))
    parents = {row.person.person_id for row in rows if row.relation in PARENT_RELATIONS and row.status != "denied"}
    couples = _standing(
        Relationship.objects.filter(
            Q(person__person__in=parents) | Q(of__person__in=parents), relation__in=COUPLE_RELATIONS
        )
    )
    found: dict[UUID, Relative] = {}
    for row in rows:
        if row.relation not in NOT_ASKED and row.status != "denied":
            _add(found, row.person.person_id, row.person.label, _words(row), row.relation in PARENT_RELATIONS)
    for row in couples:
        for one, other in ((row.person, row.of), (row.of, row.person)):
            if one.person_id not in parents and other.person_id in parents:
                _add(found, one.person_id, one.label, f"{RELATIONS[row.relation]} of {other.label}", False)
    sealed = set(Seal.objects.filter(person__in=found, ended_at=None).values_list("person", flat=True))
    shown = [one for one in found.values() if one.person not in sealed and one.person not in children]
    return sorted(shown, key=lambda one: (not one.is_parent, one.label))


def _standing(rows: object) -> list[Relationship]:
    """The last word on each pair and relation, that has not ended and was not taken back."""
    last: dict[tuple[UUID, str, UUID], Relationship] = {}
    related = rows.select_related("person", "of").filter(superseded_by__isnull=True)  # type: ignore[attr-defined]
    for row in related.order_by("position", "recorded_at"):
        last[row.person.person_id, row.relation, row.of.person_id] = row
    return [row for row in last.values() if not row.withdrawn]


def _words(row: Relationship) -> str:
    words = RELATIONS[row.relation]
    return (
        f"{NOT_SURE[row.status]} the {words} of {row.of.label}"
        if row.status in NOT_SURE
        else f"{words} of {row.of.label}"
    )


def _add(found: dict[UUID, Relative], person: UUID, label: str, words: str, is_parent: bool) -> None:
    one = found.setdefault(person, Relative(person, label))
    one.relations.append(words)
    one.is_parent = one.is_parent or is_parent
