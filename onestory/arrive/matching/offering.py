"""Working out which records may be one person's, and offering them to a person to decide. Jobs do it as the keeper."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from onestory.arrive.matching.comparing.explaining import Comparison, explain
from onestory.arrive.matching.comparing.weights import Weights
from onestory.arrive.matching.indexing import mark_matched
from onestory.arrive.matching.models import Candidate, RecordContact
from onestory.arrive.matching.naming import person_of, stated_by
from onestory.arrive.matching.searching.sought import Sought, keys_to_look_up
from onestory.arrive.matching.states import OPEN, State
from onestory.arrive.matching.weighing import weights_in_force
from onestory.platform.access.guarding import keys_that_only_close
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import LocationProtection, Threat
from onestory.platform.access.policy import InfoClass
from onestory.platform.people.models import AgencyRecord

WORTH_A_LOOK = 0.4
"""The probability from which a pair is offered: a person decides on each, and looking is cheap."""

MOST_COMPARED = 60
LOCATED = frozenset({"street", "place", "phone"})
"""Aspects that tell where somebody is."""

_NEAR = """
SELECT record_id FROM (
  SELECT k.record_id, sum(a.worth) AS worth
  FROM matching_searchkey k JOIN unnest(%s::bigint[], %s::real[]) AS a(key, worth) ON a.key = k.key
  WHERE k.key = ANY (%s::bigint[]) GROUP BY k.record_id
) AS weighed ORDER BY worth DESC, record_id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records of two people, compared where they agree best."""

    record: AgencyRecord
    other: AgencyRecord
    comparison: Comparison


@transaction.atomic
def match_records(record_ids: Collection[UUID], *, at: dt.datetime) -> int:
    """Compare these records with all others and offer what may be one person; returns how many pairs are new.

    Idempotent. Two workers on the same people wait for each other.
    """
    with keeping():
        offered = 0
        for record in AgencyRecord.objects.filter(id__in=record_ids).order_by("id"):
            offered += sum(_offer(pair, at) for pair in pairs_of(record))
        mark_matched(record_ids, at=at)
    return offered


def pairs_of(record: AgencyRecord) -> list[Pair]:
    """For each other person who may be the same, the two records that say so most clearly. Call it as the keeper."""
    near = list(AgencyRecord.objects.filter(id__in=_near(record)).exclude(person=record.person_id))
    weights = weights_in_force()
    contacts = _contacts([record, *near])
    best: dict[UUID, Pair] = {}
    for other in near:
        comparison = _compared(record, other, contacts, weights)
        known = best.get(other.person_id)
        if known is None or comparison.evidence > known.comparison.evidence:
            best[other.person_id] = Pair(record, other, comparison)
    likely = [pair for pair in best.values() if pair.comparison.probability >= WORTH_A_LOOK]
    return [pair for pair in likely if not _held_apart(pair, weights)]


def _near(record: AgencyRecord) -> list[UUID]:
    contacts = list(RecordContact.objects.filter(record=record).order_by("-recorded_at"))
    stated = stated_by(record, record.former_names.all(), contacts)
    found: list[UUID] = []
    for names in stated.names:
        sought = Sought(
            names=names.all,
            born=stated.born,
            postcode=_first(one.postcode for one in contacts),
            nhs_number=record.nhs_number,
            upn=record.upn,
            phone=_first(one.phone for one in contacts),
        )
        asked = keys_to_look_up(sought)
        numbers, worths = [one.key.number for one in asked], [one.worth for one in asked]
        with connection.cursor() as cursor:
            cursor.execute(_NEAR, [numbers, worths, numbers, MOST_COMPARED])
            found += [row[0] for row in cursor.fetchall()]
    return found


def _first(texts: Iterable[str]) -> str:
    return next((text.replace(" ", "").upper() for text in texts if text), "")


def _contacts(records: Sequence[AgencyRecord]) -> dict[UUID, list[RecordContact]]:
    """Where each of them lives or lived, but of nobody whose location is protected: a match would tell it."""
    people = {record.person_id for record in records}
    hidden = located_nowhere(people)
    ids = [record.id for record in records if record.person_id not in hidden]
    found: defaultdict[UUID, list[RecordContact]] = defaultdict(list)
    for contact in RecordContact.objects.filter(record__in=ids).order_by("-recorded_at"):
        found[contact.record_id].append(contact)
    return found


def located_nowhere(people: Collection[UUID]) -> set[UUID]:
    """Of these people those whose location is protected or who are kept safe from somebody. Call it as the keeper."""
    protected = LocationProtection.objects.filter(person__in=people, ended_at=None).values_list("person", flat=True)
    threatened = Threat.objects.filter(person__in=people, ended_at=None).values_list("person", flat=True)
    return {*protected, *threatened}


def _compared(
    record: AgencyRecord, other: AgencyRecord, contacts: dict[UUID, list[RecordContact]], weights: Weights
) -> Comparison:
    """The clearest comparison over all places where each of the two lived."""
    lefts = [person_of(record, one) for one in contacts.get(record.id, [])[:3]] or [person_of(record)]
    rights = [person_of(other, one) for one in contacts.get(other.id, [])[:3]] or [person_of(other)]
    found = (explain(left, right, weights) for left in lefts for right in rights)
    return max(found, key=lambda one: (one.probability, one.evidence))


def _held_apart(pair: Pair, weights: Weights) -> bool:
    """Whether what any agency holds now of the one speaks for two people: a twin's full name at another agency."""
    left, right = (_held_now(record.person_id) for record in (pair.record, pair.other))
    for one in left:
        for other in right:
            veto = explain(person_of(one), person_of(other), weights).veto
            if veto is not None and veto.two_people and veto.at_most == 0:
                return True
    return False


def _held_now(person_id: UUID) -> list[AgencyRecord]:
    """The newest record of each agency."""
    newest: dict[UUID, AgencyRecord] = {}
    for record in AgencyRecord.objects.filter(person=person_id).order_by("recorded_at", "id"):
        newest[record.agency_id] = record
    return list(newest.values())


def _offer(pair: Pair, at: dt.datetime) -> bool:
    """Put the pair before a reviewer, unless the same evidence was decided on already."""
    reasons = _reasons(pair.comparison)
    known = _known(pair)
    if known is None:
        first, second = sorted((pair.record, pair.other), key=lambda one: one.id)
        Candidate.objects.create(
            record=first,
            other=second,
            evidence=pair.comparison.evidence,
            reasons=reasons,
            veto=pair.comparison.veto.words if pair.comparison.veto else "",
            found_at=at,
            changed_at=at,
            info=InfoClass.INDEX.number,
            agency_id=first.agency_id,
            keys=keys_that_only_close([first.id, second.id]),
        )
        return True
    new = [one["words"] for one in reasons if one["agrees"] and _said(one) not in _decided_on(known)]
    if known.state == State.WAITING and pair.comparison.evidence <= known.evidence:
        return False
    if known.state != State.WAITING and not new:
        return False
    if known.state == State.CONFIRMED:
        return False
    known.evidence, known.reasons, known.changed_at = pair.comparison.evidence, reasons, at
    known.veto = pair.comparison.veto.words if pair.comparison.veto else ""
    if known.state != State.WAITING:
        known.state, known.new_evidence = State.WAITING, "; ".join(new)
    known.save()
    return True


def _known(pair: Pair) -> Candidate | None:
    """The row of the same two people, by whichever of their records it was found; the one decided on before others."""
    people = [pair.record.person_id, pair.other.person_id]
    rows = Candidate.objects.filter(record__person__in=people, other__person__in=people)
    return (
        rows.exclude(record__person=F("other__person")).order_by("-changed_at").select_for_update(of=("self",)).first()
    )


def _reasons(comparison: Comparison) -> list[dict]:
    return [
        {"aspect": one.aspect, "level": one.level, "words": one.words, "agrees": one.agrees}
        for one in comparison.reasons
        if one.words
    ]


def _said(reason: dict) -> tuple[str, str]:
    return reason["aspect"], reason["level"]


def _decided_on(candidate: Candidate) -> set[tuple[str, str]]:
    """What was agreeing when it was decided on last."""
    last = candidate.decisions.order_by("-decided_at", "-id").first()
    return {_said(one) for one in (last.reasons if last else candidate.reasons) if one["agrees"]}


def let_go(people: Collection[UUID], *, at: dt.datetime) -> None:
    """Candidates between these people, who are one now, need no decision any more. Call it as the keeper."""
    between = Candidate.objects.filter(record__person__in=people, other__person__in=people, state__in=OPEN)
    between.update(state=State.GONE, changed_at=at)
