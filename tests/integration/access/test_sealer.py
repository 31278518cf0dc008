"""The chain over the audit has a role of its own, and so has whoever reads the audit."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from onestory.platform.access import jobs
from onestory.platform.access.auditing import check_audit, record_access
from onestory.platform.access.keeping import reading_audit, sealing
from onestory.platform.access.models import AccessRecord, AuditSeal
from tests.integration.access.place import Place

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("as_worker")]


@pytest.fixture
def heads(tmp_path: Path, settings) -> Path:
    settings.AUDIT_HEADS = tmp_path / "audit-heads"
    return settings.AUDIT_HEADS


def look() -> None:
    record_access(act="look", what="page", by=Place().user(f"u{AccessRecord.objects.count()}"), at=timezone.now())


def test_the_job_seals_what_was_looked_at_and_says_so_outside(heads: Path) -> None:
    look()
    look()
    jobs.seal(0)
    assert AuditSeal.objects.count() == 2
    jobs.seal(1)
    assert len(heads.read_text().splitlines()) == 1
    with reading_audit():
        assert check_audit(heads, using="default") == []


def test_the_application_adds_nothing_to_the_chain_and_the_sealer_nothing_else(heads: Path) -> None:
    look()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        AuditSeal.objects.create(sequence=1, record=AccessRecord.objects.get(), digest="x", sealed_at=timezone.now())
    for statement in (
        "SELECT * FROM access_user",
        "DELETE FROM access_auditseal",
        "UPDATE access_auditseal SET digest = ''",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), sealing(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_audit_reader_reads_the_audit_and_nothing_else(heads: Path) -> None:
    with reading_audit():
        assert AccessRecord.objects.count() == 0
    for statement in ("SELECT * FROM access_user", "SELECT * FROM history_entry", "DELETE FROM access_accessrecord"):
        with pytest.raises(ProgrammingError, match="permission denied"), reading_audit(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_what_is_wrong_is_said_by_the_command(heads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import contextlib

    from onestory.command_line import check_audit as command

    monkeypatch.setattr(command, "django_running", contextlib.nullcontext)
    look()
    jobs.seal(0)
    sound = CliRunner().invoke(command.check_audit_command)
    assert "1 accesses are sealed" in sound.output
    heads.write_text('{"sequence": 7, "digest": "x"}\n')
    assert "cut off" in str(CliRunner().invoke(command.check_audit_command).exception)
