"""Commitments follow from entries: what is written here is written only because entries say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from onestory.platform.agencies.models import Agency
from onestory.platform.commitments.models import Commitment, CommitmentPerson, State
from onestory.platform.commitments.promises import MAKING, Promise, promises_of
from onestory.platform.history.models import Entry, EntryPerson, EntryText, Part
from onestory.platform.history.projections import Written
from onestory.platform.history.reach import groups_near

_FIELDS = (
    *("sort", "state", "made_in_id", "closed_in_id", "code", "what", "owner_agency_id", "owner_person_id"),
    *("made_on", "due_on", "every", "until_on", "test", "unless"),
)

type Key = tuple[UUID, UUID | None]


def project_commitments(written: Written) -> None:
    """Bring the commitments of everybody near the people of new entries up to date with all entries about them.

    Idempotent. A fixed number of queries, and none where no entry makes, closes or corrects a promise. Words of a
    restricted entry are not repeated in the commitment: ``what`` stays empty.
    """
    if not any(entry.kind in MAKING or entry.supersedes_id for entry in written.entries):
        return
    groups = groups_near(written.people)
    entries = _standing_entries({person for group in groups for person in group})
    said = _said(entries)
    promises = [
        promise for group in _by_group(entries, groups) for promise in promises_of(said[one.id] for one in group)
    ]
    replaced = {entry.supersedes_id: entry.id for entry in written.entries if entry.supersedes_id}
    _keep(promises, replaced)


def _standing_entries(people: Collection[UUID]) -> list[Entry]:
    """Entries about these people that make or close promises, in the order in which they became known."""
    named = EntryPerson.objects.filter(record__person__in=people).values("entry")
    return list(
        Entry.objects.filter(id__in=named, kind__in=MAKING, known_on__isnull=False)
        .filter(withdrawn=False, superseded_by__isnull=True)
        .order_by("known_on", "position", "id")
    )


def _said(entries: Sequence[Entry]) -> dict[UUID, tuple[Entry, str, Mapping[str, Any]]]:
    words = {one.entry_id: one for one in EntryText.objects.filter(entry__in=[entry.id for entry in entries])}
    nothing = EntryText()
    return {entry.id: (entry, words.get(entry.id, nothing).text, words.get(entry.id, nothing).own) for entry in entries}


def _by_group(entries: Sequence[Entry], groups: Sequence[frozenset[UUID]]) -> Iterable[list[Entry]]:
    """Entries of people who are near one another; ids of actions are given family by family."""
    group_of = {person: number for number, group in enumerate(groups) for person in group}
    found: dict[int, dict[UUID, Entry]] = defaultdict(dict)
    by_id = {entry.id: entry for entry in entries}
    named = EntryPerson.objects.filter(entry__in=by_id, record__person__in=group_of).values_list(
        "entry_id", "record__person_id"
    )
    for entry_id, person in named:
        found[group_of[person]][entry_id] = by_id[entry_id]
    return [[entry for entry in entries if entry.id in chosen] for chosen in found.values()]


def _keep(promises: Sequence[Promise], replaced: Mapping[UUID, UUID]) -> None:
    """Write what differs from what is there; ``replaced``: which entry was corrected by which."""
    wanted = _wanted(promises)
    made_in = {one.made_in for one in promises} | replaced.keys()
    kept = list(Commitment.objects.filter(made_in__in=made_in).select_for_update())
    changed = []
    for commitment in kept:
        key = (replaced.get(commitment.made_in_id, commitment.made_in_id), commitment.owner_agency_id)
        fields = wanted.pop(key, None) or _no_longer(commitment, replaced)
        if any(getattr(commitment, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(commitment, name, value)
            changed.append(commitment)
    Commitment.objects.bulk_update(changed, _FIELDS, batch_size=500)
    added = Commitment.objects.bulk_create(Commitment(**fields) for fields in wanted.values())
    _name_people([*added, *changed])


def _wanted(promises: Sequence[Promise]) -> dict[Key, dict[str, Any]]:
    owners = {promise.owner for promise in promises if promise.owner}
    agencies = {str(one) for one in Agency.objects.filter(id__in=owners).values_list("id", flat=True)}
    wanted: dict[Key, dict[str, Any]] = {}
    for one in promises:
        owner = UUID(one.owner) if one.owner else None
        agency = owner if one.owner in agencies else None
        fields = {name: getattr(one, name) for name in _FIELDS if hasattr(one, name)}
        fields |= {
            "made_in_id": one.made_in,
            "closed_in_id": one.closed_in,
            "owner_agency_id": agency,
            "owner_person_id": None if agency else owner,
        }
        wanted[one.made_in, agency] = fields
    return wanted


def _no_longer(commitment: Commitment, replaced: Mapping[UUID, UUID]) -> dict[str, Any]:
    """What becomes of a commitment that no standing entry makes any more."""
    if commitment.state != State.OPEN:
        return {}
    return {"state": State.DROPPED, "closed_in_id": replaced.get(commitment.made_in_id)}


def _name_people(commitments: Sequence[Commitment]) -> None:
    """For whom each promise was made: the people whom its entry is about."""
    CommitmentPerson.objects.filter(commitment__in=commitments).delete()
    about: dict[UUID, list[UUID]] = defaultdict(list)
    named = EntryPerson.objects.filter(entry__in=[one.made_in_id for one in commitments], part=Part.ABOUT)
    for entry_id, record_id in named.order_by("id").values_list("entry_id", "record_id"):
        about[entry_id].append(record_id)
    CommitmentPerson.objects.bulk_create(
        CommitmentPerson(commitment=one, record_id=record) for one in commitments for record in about[one.made_in_id]
    )
