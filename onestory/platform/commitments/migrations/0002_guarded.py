import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from onestory.platform.access.guarding import guard_by_entry, guard_by_row
from onestory.platform.commitments.guards import COMMITMENT, PERSON


class Migration(migrations.Migration):
    """Promises are seen as the entries that made them are."""

    dependencies = [
        ("history", "0004_guarded"),
        ("commitments", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="commitment",
            name="held_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="info",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "index"),
                    (2, "chronology"),
                    (3, "plans"),
                    (4, "source_detail"),
                    (5, "care_history"),
                    (6, "reporter"),
                    (7, "location"),
                    (8, "sealed"),
                    (9, "legal"),
                ],
                default=0,
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False
            ),
        ),
        migrations.AddField(
            model_name="commitmentperson",
            name="held_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="commitmentperson",
            name="info",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "index"),
                    (2, "chronology"),
                    (3, "plans"),
                    (4, "source_detail"),
                    (5, "care_history"),
                    (6, "reporter"),
                    (7, "location"),
                    (8, "sealed"),
                    (9, "legal"),
                ],
                default=0,
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="commitmentperson",
            name="keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False
            ),
        ),
        guard_by_entry(COMMITMENT),
        guard_by_row(PERSON, column="commitment_id", of="commitments_commitment"),
    ]
