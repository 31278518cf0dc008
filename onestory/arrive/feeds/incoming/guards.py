"""Who sees what of a feed: its team the runs and the people who wait; rows and who was settled the program alone."""

from __future__ import annotations

from onestory.platform.database.own_sql import OwnSql
from onestory.platform.notices.guards import guard_for_teams, rule_for_teams

OF_THE_TEAM = rule_for_teams("team_id")
OF_NOBODY = "false"


def guards() -> list[OwnSql]:
    """The operations of the migration that puts the tables of feeds under row-level security."""
    return [
        guard_for_teams("feeds_feedrun", OF_THE_TEAM),
        guard_for_teams("feeds_waitingperson", OF_THE_TEAM),
        guard_for_teams("feeds_feedrow", OF_NOBODY),
        guard_for_teams("feeds_waitingrow", OF_NOBODY),
        guard_for_teams("feeds_settledperson", OF_NOBODY),
    ]
