from __future__ import annotations

from pathlib import Path

import pytest

from onestory.platform.database.addresses import SIGNS_IN_AS_WORKER, django_databases, server_of
from onestory.platform.database.problems import DatabaseProblem

URL = "postgresql://onestory_app:s%2Fecret@db.example:5433/care?sslmode=verify-full"
OWNER = "postgresql://onestory_owner:other@db.example:5433/care"


WORKER = "postgresql://onestory_worker:third@db.example:5433/care"


def test_the_worker_signs_in_as_itself(tmp_path: Path) -> None:
    environment = {"DATABASE_URL": URL, "DATABASE_WORKER_URL": WORKER}
    assert django_databases(tmp_path, environment)["default"]["USER"] == "onestory_app"
    assert django_databases(tmp_path, environment | {SIGNS_IN_AS_WORKER: "1"})["default"]["USER"] == "onestory_worker"
    assert django_databases(tmp_path, {SIGNS_IN_AS_WORKER: "1"})["default"]["USER"] == "onestory_worker"


def test_a_servers_address_is_read_with_its_options(tmp_path: Path) -> None:
    database = django_databases(tmp_path, {"DATABASE_URL": URL})["default"]
    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "ATOMIC_REQUESTS": True,
        "HOST": "db.example",
        "PORT": "5433",
        "NAME": "care",
        "USER": "onestory_app",
        "PASSWORD": "s/ecret",
        "OPTIONS": {"sslmode": "verify-full"},
    }


def test_without_an_owners_address_nothing_can_migrate(tmp_path: Path) -> None:
    assert set(django_databases(tmp_path, {"DATABASE_URL": URL})) == {"default"}
    assert set(django_databases(tmp_path, {"DATABASE_URL": URL, "DATABASE_OWNER_URL": OWNER})) == {"default", "owner"}


def test_a_server_elsewhere_is_not_ours_to_start(tmp_path: Path) -> None:
    assert server_of(tmp_path, {"DATABASE_URL": URL}) is None
    assert server_of(tmp_path, {}) is not None


@pytest.mark.parametrize("wrong", ["postgresql://[", "nonsense", "postgresql://u:hush@h:port/x y?=", "host=h dbname=x"])
def test_an_unreadable_address_is_refused_without_showing_its_password(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(DatabaseProblem, match="DATABASE_URL") as problem:
        django_databases(tmp_path, {"DATABASE_URL": wrong})
    assert "hush" not in str(problem.value)


def test_before_the_first_start_no_server_can_be_meant_by_mistake(tmp_path: Path) -> None:
    for database in django_databases(tmp_path, {}).values():
        assert (database["HOST"], database["PORT"]) == ("127.0.0.1", 1)
        assert database["PASSWORD"] == ""


def test_a_pool_is_made_for_servers_only(tmp_path: Path) -> None:
    pooled = django_databases(tmp_path, {"ONESTORY_DATABASE_POOL": "4"})
    assert pooled["default"]["OPTIONS"]["pool"]["max_size"] == 4
    assert "pool" not in pooled["owner"]["OPTIONS"]
    assert "pool" not in django_databases(tmp_path, {})["default"]["OPTIONS"]
