from django.db import migrations

from onestory.arrive.concerns.guards import CONCERN, CONSULTATION, DRAFT
from onestory.platform.notices.guards import guard_for_teams


class Migration(migrations.Migration):
    """Who sees a draft, a concern, a question for advice; only the keeper changes them."""

    dependencies = [("concerns", "0001_initial"), ("access", "0007_keeper"), ("notices", "0002_guarded")]
    operations = [
        guard_for_teams("concerns_draft", DRAFT),
        guard_for_teams("concerns_concern", CONCERN),
        guard_for_teams("concerns_consultation", CONSULTATION),
    ]
