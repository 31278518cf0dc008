"""Writing the audit, sealing it in a chain, and finding out whether somebody changed it.

The program adds a row in the transaction of the request: no row, no page. A sealer, under a role of its own, gives each
committed row the next number and a digest over the row and the digest before it. Now and then it writes number and
digest of the last link (the head) to a file outside the database, since a chain alone does not show a cut tail.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from onestory.platform.access.audit import AccessRecord, AuditSeal
from onestory.platform.access.decision import policy_in_force

START = "0" * 64
BATCH = 5_000


class Link(NamedTuple):
    """A number of the chain and its digest."""

    sequence: int
    digest: str


def record_access(*, act: str, what: str, by: Any, at: dt.datetime, people: Iterable[UUID] = (), **more: Any) -> None:
    """Add a row to the audit; ``more`` as AccessRecord's fields. Call it in the request's transaction."""
    AccessRecord.objects.create(
        act=act, what=what, actor=by, at=at, people=list(people), policy_version=policy_in_force().version, **more
    )


def hashed_tokens(words: str, *, key: bytes) -> list[str]:
    """The words of a search, each under a keyed hash: a trawl can be seen, what was searched for cannot be read."""
    return [hashlib.blake2b(word.encode(), key=key, digest_size=16).hexdigest() for word in words.casefold().split()]


def seal_accesses(*, using: str, at: dt.datetime) -> int:
    """Lay the chain over the rows that are not sealed yet, oldest first; ``using`` is the sealer's connection.

    Returns how many. Two sealers at once: the second one's numbers are taken, and it fails whole.
    """
    with transaction.atomic(using=using):
        last = AuditSeal.objects.using(using).order_by("-sequence").first()
        before = Link(last.sequence, last.digest) if last else Link(0, START)
        waiting = AccessRecord.objects.using(using).filter(seal=None).order_by("at", "id")[:BATCH]
        seals = []
        for record in waiting:
            before = Link(before.sequence + 1, digest_of(record, before.digest))
            seals.append(AuditSeal(sequence=before.sequence, record=record, digest=before.digest, sealed_at=at))
        AuditSeal.objects.using(using).bulk_create(seals)
    return len(seals)


def anchor_head(heads: Path, *, using: str, at: dt.datetime) -> Link | None:
    """Write the last link to the file outside the database, and make sure that it is on the disk. None: no link yet."""
    last = AuditSeal.objects.using(using).order_by("-sequence").first()
    if last is None:
        return None
    line = json.dumps({"sequence": last.sequence, "digest": last.digest, "at": at.isoformat()})
    with heads.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
    return Link(last.sequence, last.digest)


def check_audit(heads: Path, *, using: str) -> list[str]:
    """What is wrong with the audit, in sentences.

    Empty: every sealed row is as it was, and the chain reaches every head that was written outside.
    """
    anchored = {link.sequence: link.digest for link in _read_heads(heads)}
    problems, expected, before = [], 1, START
    for seal in AuditSeal.objects.using(using).select_related("record").order_by("sequence").iterator(BATCH):
        if seal.sequence != expected:
            problems.append(f"{_rows(expected, seal.sequence - 1)} removed from the audit.")
        elif digest_of(seal.record, before) != seal.digest:
            problems.append(f"Row {seal.sequence} of the audit was changed since it was sealed.")
        if anchored.pop(seal.sequence, seal.digest) != seal.digest:
            problems.append(f"Row {seal.sequence} of the chain is not the one whose head was written outside.")
        expected, before = seal.sequence + 1, seal.digest
    if anchored:
        problems.append(f"{_rows(expected, max(anchored))} cut off from the end of the audit.")
    return problems


def digest_of(record: AccessRecord, before: str) -> str:
    """SHA-256 over the digest before it and every field of the row, written in one way only."""
    fields = {field.attname: _plain(getattr(record, field.attname)) for field in record._meta.concrete_fields}
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value


def _read_heads(heads: Path) -> Iterator[Link]:
    if not heads.exists():
        return
    for line in heads.read_text(encoding="utf-8").splitlines():
        head: Mapping[str, Any] = json.loads(line)
        yield Link(int(head["sequence"]), str(head["digest"]))


def _rows(first: int, last: int) -> str:
    return f"Row {first} was" if first == last else f"Rows {first} to {last} were"
