from django.db import migrations

from onestory.help.services.guards import GAP, rule
from onestory.platform.access.guarding import guard_table
from onestory.platform.notices.guards import guard_for_teams, rule_of_parent

REQUEST, PERSON, ATTENDANCE = "services_servicerequest", "services_requestperson", "services_attendance"


class Migration(migrations.Migration):
    """Who sees a request, whom it is for, who came; and who sees that help was not to be had."""

    dependencies = [("services", "0001_initial"), ("notices", "0002_guarded"), ("access", "0007_keeper")]
    operations = [
        guard_for_teams(REQUEST, rule()),
        guard_for_teams(PERSON, rule_of_parent(PERSON, REQUEST, "request_id")),
        guard_for_teams(ATTENDANCE, rule_of_parent(ATTENDANCE, REQUEST, "request_id")),
        guard_table(GAP),
    ]
