"""The keeper is taken for as long as a block lasts, however it ends; otherwise the application has nothing of it."""

from __future__ import annotations

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from onestory.platform.access.keeping import is_keeping, keeping
from onestory.platform.access.models import User
from onestory.platform.database import roles
from tests.conftest import OwnDatabase


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_block_works_as_keeper_and_gives_the_role_back() -> None:
    with keeping():
        assert (role(), is_keeping()) == (roles.KEEPER, True)
        with keeping():
            assert role() == roles.KEEPER
        assert role() == roles.KEEPER
    assert (role(), is_keeping()) == (roles.APPLICATION, False)


@pytest.mark.django_db
def test_an_error_of_ours_gives_the_role_back() -> None:
    with pytest.raises(ValueError, match="ours"), keeping():
        raise ValueError("ours")
    assert role() == roles.APPLICATION


@pytest.mark.django_db
def test_an_error_of_the_database_gives_the_role_back_with_the_rollback() -> None:
    User.objects.create(username="one", display_name="One")
    with pytest.raises(IntegrityError), transaction.atomic(), keeping():
        User.objects.create(username="one", display_name="Another")
    assert (role(), is_keeping()) == (roles.APPLICATION, False)


@pytest.mark.django_db
def test_a_part_that_fails_inside_leaves_the_block_as_it_was() -> None:
    with keeping():
        User.objects.create(username="one", display_name="One")
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(username="one", display_name="Another")
        assert role() == roles.KEEPER
    assert role() == roles.APPLICATION


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_one() -> None:
    with pytest.raises(IntegrityError), keeping():
        User.objects.bulk_create(User(username="one", display_name="One") for _ in range(2))
    assert not User.objects.exists()
    with keeping():
        User.objects.create(username="one", display_name="One")
    assert User.objects.exists()
    assert role() == roles.APPLICATION


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_keeper_is_there_before_the_role_is_taken(own_database: OwnDatabase) -> None:
    with own_database.address(roles.APPLICATION).connect(autocommit=True) as opened:
        opened.execute("SET ROLE onestory_keeper")
        opened.execute("RESET ROLE")
        assert opened.execute("SELECT pg_has_role(current_user, 'onestory_keeper', 'USAGE')").fetchone() == (False,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            opened.execute("SET ROLE onestory_owner")


@pytest.mark.django_db(transaction=True)
def test_nobody_signs_in_as_keeper(own_database: OwnDatabase) -> None:
    with pytest.raises(psycopg.OperationalError):
        own_database.address(roles.KEEPER).connect()


@pytest.mark.django_db
def test_the_keeper_may_do_with_tables_what_the_application_may() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, right_ FROM pg_tables, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'])"
            " AS right_ WHERE schemaname = 'public'"
            " AND has_table_privilege(%s, format('public.%%I', tablename), right_)"
            " <> has_table_privilege(%s, format('public.%%I', tablename), right_)",
            [roles.APPLICATION, roles.KEEPER],
        )
        # The title of a case history may be a family's name: pages read only whether it is published.
        assert {table for table, _ in cursor.fetchall()} == {"feeds_casehistorysource"}
