"""Every table that tells anything about a person is under row-level security, or stands here with why it is not."""

from __future__ import annotations

import pytest
from django.db import connection

from onestory.platform.access.visibility import guarded_models

pytestmark = pytest.mark.django_db

ABOUT = ("people_person", "people_agencyrecord", "history_entry", "commitments_commitment", "signals_alert")
"""Whoever points to a row of these tables tells something about a person."""
NOT_GUARDED = {
    "access_": "who may see what, asked by the rules themselves; no page shows another's rows of it",
    "people_recordmove": "which record belongs to whom: ids and reasons, for the pages of those who join people",
    "feeds_": "where rows came from: the source's keys and ids, for imports alone",
    "urgent_care_": "that an entry was handed on, by its id",
    "scrutiny_": "what a privacy officer judged of a look: the look by its id, and words about it",
}


def asked(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def tables_about_people() -> set[str]:
    """Tables with a column for keys, and tables that point to one of ABOUT."""
    keyed = asked(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'keys'"
    )
    pointing = asked(
        "SELECT DISTINCT conrelid::regclass::text FROM pg_constraint"
        " WHERE contype = 'f' AND confrelid = ANY (%s::regclass[])",
        list(ABOUT),
    )
    return {name for (name,) in (*keyed, *pointing)}


def test_every_table_about_people_is_under_forced_row_level_security() -> None:
    forced = {name for (name,) in asked("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")}
    open_ones = {
        table
        for table in tables_about_people() - forced
        if not any(table.startswith(beginning) for beginning in NOT_GUARDED)
    }
    assert open_ones == set()


def test_without_a_reader_the_application_sees_no_row_and_as_keeper_all(as_keeper: None) -> None:
    tables = [model._meta.db_table for model in guarded_models()]
    assert len(tables) > 20
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table


def test_every_guarded_table_has_the_rule_that_the_reviewed_table_gives_it() -> None:
    policies = dict(
        asked("SELECT tablename, count(*) FROM pg_policies WHERE policyname IN ('seen', 'kept', 'of_owner') GROUP BY 1")
    )
    without = [model._meta.db_table for model in guarded_models() if policies.get(model._meta.db_table) != 3]
    assert without == []


MADE_BY_THE_PROGRAM = {("concerns_concern", "reference"), ("notices_notice", "once")}
"""Unique and no id: a reference drawn by lot, and the program's own name of a notice. No form has either."""


def test_no_rule_of_being_unique_answers_a_guess_about_somebody_hidden() -> None:
    """That something is there already is said of a row with the same id in it, and ids are not to be guessed."""
    found = asked(
        "SELECT i.indrelid::regclass::text, string_agg(a.attname, '+' ORDER BY a.attname)"
        " FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)"
        " WHERE i.indisunique AND NOT i.indisprimary AND i.indrelid = ANY (%s::regclass[])"
        " GROUP BY i.indexrelid, i.indrelid HAVING NOT bool_or(a.atttypid = 'uuid'::regtype)",
        sorted(tables_about_people()),
    )
    assert set(found) == MADE_BY_THE_PROGRAM
