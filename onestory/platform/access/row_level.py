"""Row-level security, written from the reviewed table: which rows of a guarded table a reader's transaction sees.

A guarded table has, beside what it tells, the columns ``info`` (number of the class), a column with the agency that
holds it, and ``keys`` (docs/adr/0010-access.md). The rule for a row at a level is one SQL expression; whatever does not
depend on the row stands in a sub-select, which PostgreSQL works out once for a query.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onestory.platform.access.policy import CAPPED, InfoClass, Level, Policy, Tie, load_policy
from onestory.platform.database.roles import APPLICATION, KEEPER, OWNER

FUNCTIONS = tuple(Path(__file__).with_name(name) for name in ("reach.sql", "on_record.sql"))
OF_THE_ROW = {
    "own": "{holder} = (SELECT access_agency())",
    "basis": "(SELECT access_marked('basis')) ?| keys",
    "listed": "NOT (SELECT access_marked('unlisted')) ?| keys",
    "owner": "{owner} = (SELECT access_agency())",
    "named": "EXISTS (SELECT FROM access_advicename n WHERE n.entry_id = {entry} AND access_names(n.user_id, n.team_id)"
    " AND n.ended_at IS NULL)",
}
"""Conditions of a cell that depend on the row; the others depend on the reader and are asked in reach.sql."""
# A seal lies over people, not over a row of its own.
UNDER_A_COLUMN = tuple(info for info in InfoClass if info is not InfoClass.SEALED)
AT_MOST_SUMMARY = {InfoClass.LOCATION: Level.MASKED}
"""The highest level at which a row still is a summary for whoever was an adult in it; of other classes SUMMARY."""
CLOSED_TO = {
    InfoClass.REPORTER: "adverse",
    InfoClass.LOCATION: "adverse",
    InfoClass.CARE_HISTORY: "refused",
}
CLOSINGS = {
    "adverse": "(SELECT access_marked('threatened_unlisted')) ?| keys OR ((SELECT access_marked('alleged')) ?| keys"
    " AND NOT (SELECT access_marked('threatened_listed')) ?| keys)",
    "refused": "{holder} <> (SELECT access_agency()) AND (SELECT access_marked('refused')) ?| keys",
}


@dataclass(frozen=True, slots=True)
class Guarded:
    """A table under row-level security: its name, the level that its rows tell, and the columns that some rules ask.

    ``classes`` : what its rows can be. ``entry`` : the column with the entry's id, ``owner`` : the column with the
    agency that owes it; None: it has none. ``holder`` : the column with the agency that holds it. ``changes`` : whether
    the application may change and remove rows that its reader sees; otherwise only the keeper does. ``named_in`` :
    tables, with their columns, that name a row; who sees the naming sees the row, unless the person is closed to them.
    """

    table: str
    level: Level
    classes: tuple[InfoClass, ...] = UNDER_A_COLUMN
    entry: str | None = "entry_id"
    owner: str | None = None
    holder: str = "agency_id"
    changes: bool = False
    named_in: tuple[tuple[str, str], ...] = ()

    def wanted(self, info: InfoClass) -> Level:
        """The level that a reader needs for a row. A location has no summary: past "protected" it is all or nothing."""
        return Level.FULL if info is InfoClass.LOCATION and self.level > Level.MASKED else self.level


def rule_of(guarded: Guarded, policy: Policy | None = None) -> str:
    """The SQL expression that is true for the rows of a table that the reader of the transaction may see."""
    policy = policy or load_policy()
    alike: dict[object, list[InfoClass]] = {}
    for info in guarded.classes:
        alike.setdefault(_shown_to(guarded, policy, info), []).append(info)
    classes = " ".join(_when(guarded, policy, infos) for infos in alike.values())
    shut = "NOT (SELECT nullif(current_setting('onestory.shut', true), '')::jsonb) ?| keys"
    parts = [shut, _or_named(guarded, f"CASE {classes} ELSE false END")]
    # One CASE around it all: the planner then takes the rule for even odds, and goes on walking an index in order.
    return "CASE WHEN " + " AND ".join(f"({part})" for part in parts) + " THEN true ELSE false END"


def _or_named(guarded: Guarded, rule: str) -> str:
    """The rule; and where it does not hold, whether a row that the reader sees names this one."""
    if not guarded.named_in:
        return rule
    naming = [
        f"EXISTS (SELECT FROM {table} n WHERE n.{column} = {guarded.table}.id)" for table, column in guarded.named_in
    ]
    return f"CASE WHEN {rule} THEN true ELSE {' OR '.join(naming)} END"


def guard(guarded: Guarded, policy: Policy | None = None) -> Iterator[str]:
    """The statements that put a table under row-level security. New rows are let in; what may be written is in actions.

    They may be run again, with another policy. The keeper sees every row (keeping.py). Forced: the owner sees nothing,
    but in a function or a migration that says so with the setting onestory.owner_reads.
    """
    table, rule = guarded.table, rule_of(guarded, policy)
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    for name in ("seen", "written", "changed", "removed"):
        yield f"DROP POLICY IF EXISTS {name} ON {table}"
    yield f"CREATE POLICY seen ON {table} FOR SELECT TO {APPLICATION} USING ({rule})"
    yield f"CREATE POLICY written ON {table} FOR INSERT TO {APPLICATION} WITH CHECK (true)"
    if guarded.changes:
        yield f"CREATE POLICY changed ON {table} FOR UPDATE TO {APPLICATION} USING ({rule}) WITH CHECK (true)"
        yield f"CREATE POLICY removed ON {table} FOR DELETE TO {APPLICATION} USING ({rule})"
    yield from keeper_and_owner(table)


def keeper_and_owner(table: str) -> Iterator[str]:
    """The policies of every table under row-level security. They may be run again."""
    yield f"DROP POLICY IF EXISTS kept ON {table}"
    yield f"CREATE POLICY kept ON {table} TO {KEEPER} USING (true) WITH CHECK (true)"
    yield f"DROP POLICY IF EXISTS of_owner ON {table}"
    yield (
        f"CREATE POLICY of_owner ON {table} TO {OWNER} USING (current_setting('onestory.owner_reads', true) = 'yes')"
        " WITH CHECK (true)"
    )


def functions() -> str:
    """The SQL of the functions that the rules call."""
    return "\n".join(file.read_text(encoding="utf-8") for file in FUNCTIONS)


def _when(guarded: Guarded, policy: Policy, infos: list[InfoClass]) -> str:
    """One branch for classes that the same ties show at this level, so that one set answers for all of them."""
    numbers = ", ".join(str(info.number) for info in infos)
    return f"WHEN info IN ({numbers}) THEN {_of_class(guarded, policy, infos[0])}"


def _shown_to(guarded: Guarded, policy: Policy, info: InfoClass) -> object:
    """By what the class is shown at the table's level: classes with the same answer need not be asked apart."""
    wanted, has = guarded.wanted(info), _tells(guarded)
    clauses = {
        (tie, clause.when)
        for tie in Tie
        for clause in policy.cells[info, tie]
        if clause.level >= wanted and clause.when & OF_THE_ROW.keys() <= has
    }
    capped = {group for group in CAPPED if policy.caps[info, group] < wanted}
    return wanted, frozenset(clauses), frozenset(capped), CLOSED_TO.get(info), info is InfoClass.LOCATION


def _tells(guarded: Guarded) -> set[str]:
    """The conditions of a row that the table has columns for."""
    told = {"own", "basis", "listed"}
    return told | ({"owner"} if guarded.owner else set()) | ({"named"} if guarded.entry else set())


def _of_class(guarded: Guarded, policy: Policy, info: InfoClass) -> str:
    wanted = int(guarded.wanted(info))
    ways = [_way(guarded, policy, info, needs) for needs in _needs(guarded, policy, info)]
    if any(clause.level >= wanted for clause in policy.cells[info, Tie.NONE]):
        ways.insert(0, f"(SELECT access_untied({info.number}, {wanted}))")  # once for a query, before each row is asked
    if info is InfoClass.LOCATION:
        ways.append("(SELECT access_marked('address_held')) ?| keys")
    if not ways:
        return "false"
    parts = ["(" + " OR ".join(ways) + ")"]
    if closing := CLOSED_TO.get(info):
        parts.append(f"NOT ({CLOSINGS[closing].format(holder=guarded.holder)})")
    if guarded.entry:
        shared = f"NOT (SELECT access_withheld({wanted})) ? {guarded.entry}::text"
        parts.append(f"({shared} OR {guarded.holder} = (SELECT access_agency()))")
    return "(" + " AND ".join(parts) + ")"


def _needs(guarded: Guarded, policy: Policy, info: InfoClass) -> list[tuple[str, ...]]:
    """The sets of row conditions under which some tie shows the class at the level, as far as the table can answer."""
    found = {
        tuple(sorted(clause.when & OF_THE_ROW.keys()))
        for tie in Tie
        if tie is not Tie.NONE
        for clause in policy.cells[info, tie]
        if clause.level >= guarded.wanted(info)
    }
    return sorted(needs for needs in found if set(needs) <= _tells(guarded))


def _way(guarded: Guarded, policy: Policy, info: InfoClass, needs: tuple[str, ...]) -> str:
    wanted, given = int(guarded.wanted(info)), "ARRAY[" + ", ".join(f"'{need}'" for need in needs) + "]::text[]"
    reach = f"(SELECT access_reach({info.number}, {wanted}, {given})) ?| keys"
    if any(one.level >= wanted and one.when & OF_THE_ROW.keys() <= {*needs} for one in policy.cells[info, Tie.AGENCY]):
        summary = str(wanted <= AT_MOST_SUMMARY.get(info, Level.SUMMARY)).lower()
        by_agency = f"(SELECT access_by_agency({info.number}, {wanted}, {given}))"
        reach = f"({reach} OR CASE WHEN {by_agency} THEN access_knows(keys, {summary}) ELSE false END)"
    columns = {"entry": f"{guarded.table}.{guarded.entry}", "owner": guarded.owner, "holder": guarded.holder}
    row = [OF_THE_ROW[need].format(**columns) for need in needs]
    return "(" + " AND ".join([*row, reach]) + ")"
