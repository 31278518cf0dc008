"""Giving a person of the family their own document, and writing down what they say to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction

from onestory.decide.assessments.cutting import Document, Person, Reader, names_in
from onestory.decide.assessments.models import Assessment, Comment, DocumentGiven
from onestory.decide.assessments.policies import CannotAssess
from onestory.decide.assessments.states import State
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Team
from onestory.platform.history.models import EntryLocation, EntryReporter
from onestory.platform.history.vocabulary import PARENT_RELATIONS
from onestory.platform.people.models import AgencyRecord, Relationship
from onestory.platform.sharing.actions import record_handing

DONE = (State.COMPLETED, State.SIGNED)


def may_be_given(assessment: Assessment, records: Collection[AgencyRecord]) -> list[AgencyRecord]:
    """Who of these people can be given a document of it: whoever it is about, and the adults around the children.

    What a parent told of their own time in care is given to that parent alone (T4.5).
    """
    about = {one.known_as for one in assessment.people.all()}
    if assessment.info == InfoClass.CARE_HISTORY.number:
        return [one for one in records if one.person_id in about and not one.person.is_child]
    return [one for one in records if one.person_id in about or not one.person.is_child]


@keeping()
def reader_for(assessment: Assessment, recipient: AgencyRecord) -> Reader:
    """For whom the document is cut: who is theirs, who is not, and which words give away a place or who told.

    Worked out from everything on record, whatever the worker may see: so nothing slips through because a part of the
    record is closed to whoever writes. Only what was left out, and how much, is ever shown of it.
    """
    people = {one.known_as: one for one in assessment.people.all()}
    rows = list(
        Relationship.objects.filter(of__person__in=people, withdrawn=False, superseded_by__isnull=True).select_related(
            "person", "of"
        )
    )
    relations: dict[UUID, set[str]] = {}
    labels: dict[UUID, set[str]] = {one.known_as: {one.label} for one in people.values()}
    for row in rows:
        relations.setdefault(row.person.person_id, set()).add(row.relation)
        labels.setdefault(row.person.person_id, set()).add(row.person.label)
    mine = {row.of.person_id for row in rows if _is_parent(row, recipient.person_id)}
    labels.setdefault(recipient.person_id, set()).add(recipient.label)
    told = {
        person: Person(
            str(people[person].record_id) if person in people else str(person),
            " ".join(sorted(found)),
            frozenset(relations.get(person, ())),
        )
        for person, found in labels.items()
    }
    everybody = set(labels)
    return Reader(
        me=told[recipient.person_id],
        mine=tuple(told[one] for one in sorted(mine & everybody, key=str)),
        others=tuple(told[one] for one in sorted(everybody - mine - {recipient.person_id}, key=str)),
        places=_words_of_places(everybody),
        referrers=_names_of_referrers(everybody),
    )


def _is_parent(row: Relationship, person: UUID) -> bool:
    return row.person.person_id == person and row.relation in PARENT_RELATIONS and row.status == "confirmed"


def _words_of_places(people: Collection[UUID]) -> frozenset[str]:
    """Places that are on record for these people, as a text would name them."""
    parts = EntryLocation.objects.filter(entry__people__record__person__in=people).distinct()
    found = [str(value) for part in parts for value in [part.text, *dict(part.own).values()]]
    return frozenset(text.casefold() for text in found if len(text) > 3)


def _names_of_referrers(people: Collection[UUID]) -> frozenset[str]:
    told = EntryReporter.objects.filter(entry__people__record__person__in=people).exclude(label="").distinct()
    names = frozenset().union(*(names_in(one.label) for one in told)) if told else frozenset()
    return frozenset(name for name in names if len(name) > 3)


@transaction.atomic
def give_document(
    assessment_id: UUID,
    *,
    recipient: AgencyRecord,
    document: Document,
    plain: str,
    review_on: dt.date,
    team: Team,
    by: User,
    at: dt.datetime,
) -> DocumentGiven:
    """Give a person their document: kept as it was given, and told to the record of what is shared (I1, I5).

    Raises CannotAssess.
    """
    if not plain.strip():
        raise CannotAssess("plain", "Enter what it means for them, in plain words")
    with keeping():
        assessment = Assessment.objects.select_related("completed_in").get(pk=assessment_id)
        if assessment.state not in DONE or assessment.completed_in is None or assessment.team_id != team.id:
            raise CannotAssess("plain", "The team that leads gives it, once it is completed")
        withheld = {str(reason): number for reason, number in sorted(document.withheld.items())}
        given = DocumentGiven.objects.create(
            assessment=assessment,
            recipient=recipient,
            recipient_label=recipient.label,
            plain=plain.strip(),
            lines=document.lines,
            withheld=withheld,
            review_on=review_on,
            by=by,
            given_at=at,
        )
        record_handing(
            assessment.completed_in,
            to=recipient,
            what=f"Assessment, document {given.id}",
            withheld=withheld,
            review_on=review_on,
            by=by,
            at=at,
        )
    return given


@transaction.atomic
def record_comment(
    assessment_id: UUID,
    *,
    who: str,
    words: str,
    said_on: dt.date,
    by: User,
    at: dt.datetime,
    document: DocumentGiven | None = None,
) -> Comment:
    """Write down what somebody of the family said to it, in their words. Raises CannotAssess."""
    told: Mapping[str, str] = {"who": who, "words": words}
    for field, value in told.items():
        if not value.strip():
            raise CannotAssess(field, "Enter who said it" if field == "who" else "Enter what they said, in their words")
    with keeping():
        return Comment.objects.create(
            assessment_id=assessment_id,
            document=document,
            who=who.strip()[:500],
            words=words.strip(),
            said_on=said_on,
            by=by,
            recorded_at=at,
        )
