"""Setting feeds up, bringing their files in, and saying who somebody in them is."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from onestory.arrive.feeds.extracts import ExtractProblems, PersonInRow, read_mapping
from onestory.arrive.feeds.extracts.rows import person_of, row_of
from onestory.arrive.feeds.incoming.bringing_in import BringingIn, batches, wait_for_our_turn
from onestory.arrive.feeds.incoming.comparing import SEALED_FOR
from onestory.arrive.feeds.incoming.models import (
    Feed,
    FeedMapping,
    FeedRun,
    SettledPerson,
    WaitingPerson,
    WaitingRow,
)
from onestory.arrive.feeds.incoming.people import new_record
from onestory.arrive.feeds.incoming.policies import NotPossible, approved_mapping, check_may_approve, check_may_confirm
from onestory.arrive.feeds.incoming.reports import FeedReport, Tell
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.accounts.sealing import seal, unseal
from onestory.platform.agencies.models import Team
from onestory.platform.people.actions import add_agency_records, add_person
from onestory.platform.people.models import AgencyRecord

SEALED_FILE = "feeds.file"


@transaction.atomic
def set_up_feed(*, name: str, team: Team, mapping: str, by: User | None, at: dt.datetime) -> FeedMapping:
    """A feed of the team's agency under a name, with the first version of its mapping, which waits to be approved.

    A feed that is there gets a newer version, unless the newest says the same. Raises MappingProblems; and NotPossible
    where the name is another agency's feed.
    """
    read = read_mapping(mapping)
    feed, _ = Feed.objects.get_or_create(
        name=name, defaults={"agency": team.agency, "team": team, "set_up_by": by, "set_up_at": at}
    )
    if feed.agency_id != team.agency_id:
        raise NotPossible("name", "Another agency has a feed of this name")
    newest = FeedMapping.objects.select_for_update().filter(feed=feed).order_by("-version").first()
    if newest and newest.digest == read.digest:
        return newest
    version = newest.version + 1 if newest else 1
    return FeedMapping.objects.create(
        feed=feed, version=version, content=dict(read.plain), digest=read.digest, proposed_by=by, proposed_at=at
    )


@transaction.atomic
def approve_mapping(mapping: FeedMapping, *, by: User, at: dt.datetime) -> None:
    """Approve a mapping as second person: files are read by it from now on. Raises NotPossible."""
    locked = FeedMapping.objects.select_for_update().get(pk=mapping.pk)
    check_may_approve(locked, by=by)
    FeedMapping.objects.filter(pk=locked.pk).update(approved_by=by, approved_at=at)


def bring_in(
    feed: Feed,
    *,
    file: BinaryIO,
    name: str,
    by: User | None,
    at: dt.datetime,
    dry_run: bool = False,
    progress: Tell | None = None,
) -> FeedReport:
    """Check a file of a feed and, unless it is a dry run, bring it in: all of it or nothing.

    Raises ExtractProblems with every row in error, NotAdmitted where no sharing protocol admits it, NoFrontDoor where
    a police incident could reach nobody, NotPossible where no mapping has been approved.
    """
    mapping = approved_mapping(feed)
    read = read_mapping(mapping.content)
    with transaction.atomic(), keeping():
        wait_for_our_turn(feed)
        checking = BringingIn(feed, by=by, at=at, tell=progress)
        checking.check(file, name=name, mapping=read)
        if dry_run:
            return FeedReport(feed.name, mapping.version, checking.counts, is_dry_run=True)
        writing = BringingIn(feed, by=by, at=at, tell=progress)
        writing.write(file, name=name, mapping=read)
        _note_run(feed, mapping, FeedRun.State.DONE, name, writing.counts, by=by, at=at)
    return FeedReport(feed.name, mapping.version, writing.counts)


def check_upload(feed: Feed, *, content: bytes, name: str, by: User, at: dt.datetime) -> FeedRun:
    """Check a file that somebody sent through the pages; it waits, sealed, until they bring it in or throw it away.

    A file with rows in error is not kept: its run says what is wrong. Raises NotAdmitted, NoFrontDoor, NotPossible.
    """
    try:
        report = bring_in(feed, file=io.BytesIO(content), name=name, by=by, at=at, dry_run=True)
    except ExtractProblems as problems:
        with keeping():
            found = [[one.row, one.field, one.found, one.allowed] for one in problems.problems]
            sealed = seal(json.dumps({"count": problems.count, "rows": found}), purpose=SEALED_FILE)
            state = FeedRun.State.REFUSED
            return _note_run(feed, approved_mapping(feed), state, name, {}, by=by, at=at, sealed_problems=sealed)
    sealed = seal(base64.b64encode(content).decode(), purpose=SEALED_FILE)
    with keeping():
        state = FeedRun.State.CHECKED
        return _note_run(
            feed, approved_mapping(feed), state, name, dict(report.counts), by=by, at=at, sealed_file=sealed
        )


@transaction.atomic
def confirm_upload(run: FeedRun, *, by: User, at: dt.datetime) -> FeedRun:
    """Bring a checked file in; it is not kept any longer. Raises as bring_in does, and NotPossible."""
    with keeping():
        locked = (
            FeedRun.objects.select_for_update(of=("self",)).select_related("feed__agency", "feed__team").get(pk=run.pk)
        )
        check_may_confirm(locked)
        content = base64.b64decode(unseal(locked.sealed_file, purpose=SEALED_FILE))
        wait_for_our_turn(locked.feed)
        writing = BringingIn(locked.feed, by=by, at=at)
        file_name = unseal(locked.sealed_name, purpose=SEALED_FILE)
        writing.write(io.BytesIO(content), name=file_name, mapping=read_mapping(locked.mapping.content))
        locked.state, locked.counts, locked.sealed_file = FeedRun.State.DONE, writing.counts, ""
        locked.brought_in_at = at
        locked.save(update_fields=["state", "counts", "sealed_file", "brought_in_at"])
    return locked


@transaction.atomic
def discard_upload(run: FeedRun, *, by: User | None, at: dt.datetime) -> None:
    """Throw a checked file away."""
    with keeping():
        waiting = FeedRun.objects.filter(pk=run.pk, state=FeedRun.State.CHECKED)
        waiting.update(state=FeedRun.State.DISCARDED, sealed_file="")


def discard_old_uploads(*, before: dt.datetime, by: User | None, at: dt.datetime) -> int:
    """Throw away checked files that nobody brought in since ``before``; how many."""
    with keeping():
        old = FeedRun.objects.filter(state=FeedRun.State.CHECKED, checked_at__lt=before)
        return old.update(state=FeedRun.State.DISCARDED, sealed_file="")


@transaction.atomic
def settle_person(waiting: WaitingPerson, *, record_id: UUID | None, by: User, at: dt.datetime) -> int:
    """Say who somebody in an extract is: one of the candidates, or None for somebody whom the agency did not hold.

    The rows that waited for nobody else come in now; how many. Raises NotPossible where it was settled already or the
    record is none of the candidates.
    """
    with keeping():
        found = (
            WaitingPerson.objects.select_for_update(of=("self",)).filter(pk=waiting.pk).select_related("agency").first()
        )
        if found is None:
            raise NotPossible("record", "Somebody has settled this already")
        if record_id is not None and record_id not in found.candidates:
            raise NotPossible("record", "Choose one of the people that are shown, or somebody else")
        person = person_of(found.told)
        record = _settled_record(found, person, record_id, by=by, at=at)
        SettledPerson.objects.create(agency=found.agency, likeness=found.likeness, record=record, by=by, settled_at=at)
        found.delete()
        return sum(_try_again(feed, found.likeness, by=by, at=at) for feed in Feed.objects.filter(agency=found.agency))


def _settled_record(
    found: WaitingPerson, person: PersonInRow, record_id: UUID | None, *, by: User, at: dt.datetime
) -> AgencyRecord:
    """The agency's record that says what the extract says, under the person that was chosen."""
    if record_id is None:
        person_id = add_person(is_child=person.is_child, by=by, at=at).id
    else:
        person_id = AgencyRecord.objects.get(pk=record_id, agency=found.agency).person_id
    made = new_record(person, person_id=person_id, agency=found.agency, at=at)
    return add_agency_records([made], by=by)[0]


def _try_again(feed: Feed, like: str, *, by: User, at: dt.datetime) -> int:
    """Bring in the rows of a feed that waited for somebody who is settled now, as far as they wait for nobody else."""
    waiting = WaitingRow.objects.filter(feed=feed, likenesses__contains=[like]).order_by("id")
    rows = [row_of(json.loads(unseal(one.sealed, purpose=SEALED_FOR))) for one in waiting]
    taken = 0
    for portion in batches(iter(rows)):
        again = BringingIn(feed, by=by, at=at)
        compared = again.comparing.compare(portion)
        again.take(compared)
        taken += len(compared.taken)
    return taken


def _note_run(
    feed: Feed,
    mapping: FeedMapping,
    state: FeedRun.State,
    name: str,
    counts: dict[str, int],
    *,
    by: User | None,
    at: dt.datetime,
    **sealed: str,
) -> FeedRun:
    return FeedRun.objects.create(
        feed=feed,
        mapping=mapping,
        team=feed.team,
        agency=feed.agency,
        info=InfoClass.INDEX.number,
        state=state,
        counts=counts,
        sealed_name=seal(name[:200], purpose=SEALED_FILE),
        by=by,
        checked_at=at,
        brought_in_at=at if state == FeedRun.State.DONE else None,
        **sealed,
    )
