from django.db import migrations

from onestory.platform.append_only import revoke_changes
from onestory.platform.notices.guards import guard_for_teams, rule_for_teams, rule_of_parent

NOTICE, EVENT, LETTER = "notices_notice", "notices_noticeevent", "notices_letter"


class Migration(migrations.Migration):
    """Who sees a notice, and that what happened to one is only added."""

    dependencies = [("notices", "0001_initial"), ("access", "0007_keeper")]
    operations = [
        guard_for_teams(NOTICE, rule_for_teams("to_team_id", "with_team_id", "from_team_id")),
        guard_for_teams(EVENT, rule_of_parent(EVENT, NOTICE, "notice_id")),
        guard_for_teams(LETTER, rule_of_parent(LETTER, NOTICE, "notice_id")),
        revoke_changes("notices.NoticeEvent"),
    ]
