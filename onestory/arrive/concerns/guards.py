"""Who sees what waits at the front door: by team. What was told is an entry, and guarded as one."""

from __future__ import annotations

from onestory.platform.notices.guards import rule_for_teams, rule_of_parent

CONCERN = rule_for_teams("from_team_id", "to_team_id", "approval_team_id")
CONSULTATION = rule_of_parent("concerns_consultation", "concerns_concern", "concern_id")
DRAFT = "author_id = (SELECT access_user())"
