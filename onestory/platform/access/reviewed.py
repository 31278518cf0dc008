"""The reviewed table as rows, for the database's own reading of it. Migrations lay it down; the program reads it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onestory.platform.access.policy import Policy, load_policy
from onestory.platform.access.roles import ROLES
from onestory.platform.database.own_sql import OwnSql, TableOf


class PolicyCell(models.Model):
    """One clause of a cell: at which level a tie shows a class, and what must hold for it."""

    id = models.BigAutoField(primary_key=True)
    info = models.PositiveSmallIntegerField()
    tie = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()
    needs = ArrayField(models.CharField(max_length=20), default=list)
    version = models.CharField(max_length=60)


class PolicyCap(models.Model):
    """The most that a group of roles may see of a class."""

    id = models.BigAutoField(primary_key=True)
    info = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()


class RoleGroup(models.Model):
    """That a role belongs to a group by which the table speaks of roles; a role in no group has one empty row."""

    id = models.BigAutoField(primary_key=True)
    role = models.CharField(max_length=60)
    group = models.CharField(max_length=20, blank=True)


def rows_of_cells(policy: Policy) -> list[dict[str, Any]]:
    """The table's clauses as rows of PolicyCell."""
    return [
        {
            "info": info.number,
            "tie": tie.value,
            "level": int(clause.level),
            "needs": sorted(clause.when),
            "version": policy.version,
        }
        for (info, tie), clauses in policy.cells.items()
        for clause in clauses
    ]


def rows_of_caps(policy: Policy) -> list[dict[str, Any]]:
    """The caps of roles as rows of PolicyCap."""
    return [{"info": info.number, "group": group, "level": int(cap)} for (info, group), cap in policy.caps.items()]


def rows_of_groups() -> list[dict[str, Any]]:
    """Every role with its groups as rows of RoleGroup."""
    return [{"role": role.code, "group": group} for role in ROLES.values() for group in (sorted(role.groups) or [""])]


def lay_down_policy() -> OwnSql:
    """A migration's operation: the database reads the table as it stands now. Every change of the table needs one."""

    def lay_down(table_of: TableOf, schema_editor: Any) -> None:
        policy = load_policy()
        with schema_editor.connection.cursor() as cursor:
            _write_anew(cursor, table_of("access.PolicyCell"), rows_of_cells(policy))
            _write_anew(cursor, table_of("access.PolicyCap"), rows_of_caps(policy))
            _write_anew(cursor, table_of("access.RoleGroup"), rows_of_groups())

    return OwnSql(lay_down)


def _write_anew(cursor: Any, table: str, rows: list[dict[str, Any]]) -> None:
    columns = ", ".join(f'"{name}"' for name in rows[0])
    values = ", ".join(f"%({name})s" for name in rows[0])
    cursor.execute(f"DELETE FROM {table}")
    cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)
