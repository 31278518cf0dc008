from pathlib import Path

from django.db import migrations

DETECTION = Path(__file__).parents[1] / "detection.sql"


class Migration(migrations.Migration):
    """What the rules of the signals read, under a role of its own."""

    dependencies = [
        ("history", "0005_relevance"),
        ("people", "0004_guarded"),
        ("agencies", "0001_initial"),
        ("access", "0009_worker"),
    ]
    operations = [migrations.RunSQL(DETECTION.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
