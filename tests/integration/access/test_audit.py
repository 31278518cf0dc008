"""The audit is only added to; a change of what was sealed is found: edited, removed, cut off, or rewritten whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import psycopg
import pytest
from django.db import ProgrammingError, transaction

from onestory.platform.access.auditing import anchor_head, check_audit, hashed_tokens, record_access, seal_accesses
from onestory.platform.access.decision import policy_in_force
from onestory.platform.access.models import AccessRecord, AuditSeal
from tests.integration.access.place import NOW, Place

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SEALER = "owner"  # until the sealer has a role of its own


@pytest.fixture
def heads(tmp_path: Path) -> Path:
    return tmp_path / "audit-heads"


def look(number: int = 1) -> None:
    place = Place()
    somebody = place.user(f"worker {AccessRecord.objects.count()}")
    for minute in range(number):
        record_access(
            act="look",
            what="family page",
            by=somebody,
            at=NOW + dt.timedelta(minutes=minute),
            people=[place.person().id],
            role="social_worker",
            shown=["chronology:F", "location:M"],
            purpose="open concern – “Zoë’s” family",
        )


def sealed(heads: Path, number: int) -> None:
    look(number)
    assert seal_accesses(using=SEALER, at=NOW) == number
    anchor_head(heads, using=SEALER, at=NOW)


def without_triggers(owner: psycopg.Connection, *statements: str) -> None:
    """What somebody with power over the tables could do."""
    for table in ("access_accessrecord", "access_auditseal"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for statement in statements:
        owner.execute(statement)


def test_an_audit_that_nobody_touched_is_sound(heads: Path) -> None:
    sealed(heads, 5)
    look(2)
    assert check_audit(heads, using=SEALER) == []
    assert seal_accesses(using=SEALER, at=NOW) == 2
    assert seal_accesses(using=SEALER, at=NOW) == 0
    assert list(AuditSeal.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
    assert check_audit(heads, using=SEALER) == []


def test_a_row_carries_the_version_of_the_table_and_the_one_who_looked() -> None:
    look()
    row = AccessRecord.objects.get()
    assert row.policy_version == policy_in_force().version
    assert row.actor.username == "worker 0"


def test_the_program_can_neither_change_nor_remove_nor_seal(heads: Path) -> None:
    sealed(heads, 1)
    look(1)
    waiting = AccessRecord.objects.get(seal=None)
    for attempt in (
        lambda: AccessRecord.objects.update(what="nothing"),
        lambda: AccessRecord.objects.filter(seal=None).delete(),
        lambda: AuditSeal.objects.update(digest="0" * 64),
        lambda: AuditSeal.objects.create(sequence=2, record=waiting, digest="0" * 64, sealed_at=NOW),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            attempt()


def test_even_the_owner_is_stopped_by_the_trigger(heads: Path) -> None:
    sealed(heads, 1)
    with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic(using=SEALER):
        AccessRecord.objects.using(SEALER).update(what="nothing")


@pytest.mark.parametrize(
    "edit",
    [
        "purpose = 'another'",
        "at = at + interval '1 microsecond'",
        "shown = '{}'",
        "people = '{}'",
        "actor_id = (SELECT id FROM access_user WHERE username = 'innocent')",
        "tie = 'lead'",
    ],
)
def test_an_edited_row_is_found(heads: Path, owner_connection: psycopg.Connection, edit: str) -> None:
    sealed(heads, 4)
    Place().user("innocent")
    without_triggers(
        owner_connection,
        f"UPDATE access_accessrecord SET {edit} WHERE id = (SELECT record_id FROM access_auditseal WHERE sequence = 3)",
    )
    assert check_audit(heads, using=SEALER) == ["Row 3 of the audit was changed since it was sealed."]


def test_a_removed_row_is_found(heads: Path, owner_connection: psycopg.Connection) -> None:
    sealed(heads, 5)
    without_triggers(
        owner_connection,
        "CREATE TEMP TABLE gone AS SELECT record_id FROM access_auditseal WHERE sequence IN (2, 3)",
        "DELETE FROM access_auditseal WHERE sequence IN (2, 3)",
        "DELETE FROM access_accessrecord WHERE id IN (SELECT record_id FROM gone)",
    )
    problems = check_audit(heads, using=SEALER)
    assert problems[0] == "Rows 2 to 3 were removed from the audit."


def test_a_removed_row_is_found_although_the_rest_was_numbered_anew(
    heads: Path, owner_connection: psycopg.Connection
) -> None:
    sealed(heads, 3)
    without_triggers(
        owner_connection,
        "CREATE TEMP TABLE gone AS SELECT record_id FROM access_auditseal WHERE sequence = 2",
        "DELETE FROM access_auditseal WHERE sequence = 2",
        "DELETE FROM access_accessrecord WHERE id IN (SELECT record_id FROM gone)",
        "UPDATE access_auditseal SET sequence = 2 WHERE sequence = 3",
    )
    assert check_audit(heads, using=SEALER) == [
        "Row 2 of the audit was changed since it was sealed.",
        "Row 3 was cut off from the end of the audit.",
    ]


def test_a_cut_tail_is_found_only_thanks_to_the_head_outside(heads: Path, owner_connection: psycopg.Connection) -> None:
    sealed(heads, 5)
    without_triggers(
        owner_connection,
        "CREATE TEMP TABLE gone AS SELECT record_id FROM access_auditseal WHERE sequence > 3",
        "DELETE FROM access_auditseal WHERE sequence > 3",
        "DELETE FROM access_accessrecord WHERE id IN (SELECT record_id FROM gone)",
    )
    assert check_audit(heads, using=SEALER) == ["Rows 4 to 5 were cut off from the end of the audit."]
    assert check_audit(heads.with_name("another"), using=SEALER) == []


def test_a_chain_made_anew_is_found_by_the_head_outside(heads: Path, owner_connection: psycopg.Connection) -> None:
    sealed(heads, 3)
    without_triggers(
        owner_connection,
        "UPDATE access_accessrecord SET purpose = 'harmless'",
        "DELETE FROM access_auditseal",
    )
    assert seal_accesses(using=SEALER, at=NOW) == 3
    assert check_audit(heads, using=SEALER) == ["Row 3 of the chain is not the one whose head was written outside."]


@transaction.atomic
def look_and_fail() -> None:
    look()
    raise ZeroDivisionError


def test_what_a_transaction_takes_back_leaves_no_row() -> None:
    with pytest.raises(ZeroDivisionError):
        look_and_fail()
    assert not AccessRecord.objects.exists()


def test_words_of_a_search_are_kept_hashed_and_the_same_words_alike() -> None:
    key = b"a key of this installation"
    assert hashed_tokens("Ada LOVELACE", key=key) == hashed_tokens("ada lovelace", key=key)
    assert "ada" not in "".join(hashed_tokens("ada", key=key))
    assert hashed_tokens("ada", key=key) != hashed_tokens("ada", key=b"another")
